//! What the tables of disclosures say, in the shapes in which counties print them.

#![allow(clippy::unwrap_used, reason = "a test fails where a sketch is wrong")]

mod sketch;

use gongkai::flag::Flag;
use gongkai::record::{
    Amount, Classification, Indicator, Level1, Level2, Measure, Ordinal, Records, Scope, Source, TableKind,
    TargetPeriod,
};
use sketch::records;

fn indicators(records: &Records) -> Vec<&Indicator> {
    records.indicators.iter().filter(|indicator| indicator.source == Source::Table).collect()
}

/// name, value as printed, value in base units, base unit
fn targets(records: &Records) -> Vec<(String, String, String, String)> {
    let read = |indicator: &&Indicator| {
        let target = indicator.target.as_ref().unwrap();
        let base = target.value_base.map_or(String::new(), |value| value.normalize().to_string());
        (
            indicator.level3.clone(),
            indicator.value_raw.clone(),
            base,
            target.unit_base.clone().unwrap_or_default(),
        )
    };
    indicators(records).iter().map(read).collect()
}

/// label, code, column, yuan
fn amounts(records: &Records) -> Vec<(&str, &str, &str, String)> {
    let read = |amount: &&'_ Amount| amount.source == Source::Table;
    let rows = records.amounts.iter().filter(read);
    rows.map(|amount| {
        let yuan = amount.value_yuan.map_or(String::new(), |value| value.normalize().to_string());
        (&*amount.label, amount.label_code.as_str(), &*amount.column_label, yuan)
    })
    .collect()
}

fn owned(row: (&str, &str, &str, &str)) -> (String, String, String, String) {
    (row.0.to_owned(), row.1.to_owned(), row.2.to_owned(), row.3.to_owned())
}

#[test]
fn six_columns_below_a_project_heading() {
    let records = records(
        "1、乡村道路养护绩效目标表
         | 绩效目标 | 全县乡道常年畅通。 |

         | 一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 | 指标值确定依据 |
         | v 产出指标 | 数量指标 | 养护里程 | 列养乡道 | ≥210公里 | 计划标准 |
         | ^ | 成本指标 | 养护工补贴 | 每人每月补贴 | 93.00元/人/月 | 历史标准 |",
    );
    assert_eq!(records.projects.len(), 1);
    let project = &records.projects[0];
    assert_eq!((project.number.as_str(), project.name.as_str()), ("1", "乡村道路养护"));
    assert_eq!(project.goal, "全县乡道常年畅通。");
    assert_eq!(
        targets(&records),
        [
            owned(("养护里程", "≥210公里", "210", "公里")),
            owned(("养护工补贴", "93.00元/人/月", "93", "元/人/月")),
        ]
    );
    let second = indicators(&records)[1];
    assert_eq!((second.level1.as_str(), second.level2_code), ("产出指标", Some(Level2::Cost)));
    assert_eq!(second.target.as_ref().unwrap().value_annual, Some(1116.into()));
    assert!(second.flags.contains(Flag::ComparatorImplied));
    assert_eq!((second.provenance.table, second.provenance.row), (Ordinal::new(2), Ordinal::new(3)));
    assert_eq!((second.scope, second.project), (Scope::Project, Some(0)));
}

#[test]
fn a_column_below_a_wider_heading_that_no_row_fills_names_no_indicator() {
    let records = records(
        "1、乡村道路养护绩效目标表
         | 项目名称 | <2>乡村道路养护 | 负责人 | 张三 |
         | 一级指标 | 二级指标 | <2>三级指标 | 指标值 |
         | v 产出指标 | 数量指标 | 养护里程 |  | ≥210公里 |
         | ^ | 质量指标 | 养护合格率 |  | ≥95% |",
    );
    let expected =
        [owned(("养护里程", "≥210公里", "210", "公里")), owned(("养护合格率", "≥95%", "0.95", "1"))];
    assert_eq!(targets(&records), expected);
}

#[test]
fn symbol_number_and_unit_are_joined_and_swapped_headers_give_way_to_content() {
    let records = records(
        "（四）部门整体支出绩效指标
         | v 一级指标 | v 二级⏎指标 | v 三级⏎指标 | v 评（扣）分标准 | v 绩效指标描述 | <3>指标值 | v 依据 |
         | ^ | ^ | ^ | ^ | ^ | 符号 | 值 | 单位 | ^ |
         | v 部门产出 | 数量 | 巡河里程 | 全年巡查河道 | 10 | ≥ | 1200.00 | 公里 | 计划标准 |
         | ^ | 质量 | 水质达标率 | 断面达标占比 | 15 | ≥ | 98.00 | % | 计划标准 |",
    );
    let rows = indicators(&records);
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].value_raw.as_str(), rows[0].description.as_str()), ("≥1200.00公里", "全年巡查河道"));
    assert_eq!(rows[1].weight, Some(15.into()));
    assert!(
        rows.iter().all(|row| row.flags.contains(Flag::ColumnsSwapped) && row.scope == Scope::Department)
    );
}

#[test]
fn the_national_form_gives_project_funds_goal_and_indicators() {
    let records = records(
        "项目支出绩效目标表
         （2022年度）
         | <2>项目名称 | <3>城区公交补贴 |
         | <2>主管部门 | 甲县交通局 | 实施单位 | 甲县公交公司 |
         | <2>v 项目资金⏎（万元） | 年度资金总额： | <2>767.85 |
         | <2>^ | 其中：财政拨款： | <2>614.28 |
         | <2>^ | 其他资金： | <2>153.57 |
         | v 总⏎体⏎目⏎标 | <4>年度目标 |
         | ^ | <4>保障公交正常运转。 |
         | v 绩效⏎指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 |
         | ^ | 产出指标 | 数量 | 补贴车辆数 | 不少于 206辆 |
         | ^ | 满意度指标 | 服务对象满意度 | 乘客满意度 | 不少于85% |",
    );
    let project = &records.projects[0];
    assert_eq!((project.name.as_str(), project.goal.as_str()), ("城区公交补贴", "保障公交正常运转。"));
    assert_eq!(project.amount_yuan, Some(7_678_500.into()));
    assert_eq!(
        amounts(&records),
        [
            ("年度资金总额：", "", "项目资金（万元）", "7678500".to_owned()),
            ("其中：财政拨款：", "", "项目资金（万元）", "6142800".to_owned()),
            ("其他资金：", "", "项目资金（万元）", "1535700".to_owned()),
        ]
    );
    assert_eq!(targets(&records)[0], owned(("补贴车辆数", "不少于 206辆", "206", "辆")));
}

#[test]
fn targets_of_term_and_year_side_by_side_give_two_rows() {
    let records = records(
        "| <2>项目名称 | <6>饮水安全工程 |
         | <2>v 项目资金（万元） | 实施期资金总额： | <2>1200 | 年度资金总额： | <2>400.5 |
         | <2>^ | 其中：财政拨款 | <2>1000 | 其中：财政拨款 | <2>300.5 |
         | v 总体目标 | <4>实施期目标 | <3>年度目标 |
         | ^ | <4>三年完成全部改造。 | <3>完成30个村。 |
         | v 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
         | ^ | 产出指标 | 数量指标 | 改造村庄数 | ≥90个 | 数量指标 | 改造村庄数 | ≥30个 |",
    );
    let rows = indicators(&records);
    let read: Vec<_> = rows.iter().map(|row| (row.value_raw.as_str(), row.target_period)).collect();
    assert_eq!(read, [("≥90个", TargetPeriod::Term), ("≥30个", TargetPeriod::Year)]);
    assert!(rows.iter().all(|row| row.level1_code == Some(Level1::Output)));
    let project = &records.projects[0];
    assert_eq!((project.goal.as_str(), project.amount_yuan), ("完成30个村。", Some(4_005_000.into())));
}

#[test]
fn a_list_names_project_goal_and_budget_in_columns() {
    let records = records(
        "部门预算项目绩效目标表
         金额单位：元
         | v 单位名称 | v 项目名称 | v 预算金额 | v 年度绩效目标 | <6>绩效指标 |
         | ^ | ^ | ^ | ^ | 一级指标 | 三级指标 | 指标性质 | 指标值 | 计量单位 | 权重 |
         | v 甲市民政局 | v 高龄津贴 | v 3853200.00 | v 弘扬敬老风尚。 | 成本指标 | 百岁老人津贴 | = | 500 | 元每人每月 | 8.5 |
         | ^ | ^ | ^ | ^ | 成本指标 | 公众额外负担 | 定性 | 影响较小 |  | 10 |
         | 甲市民政局 | 低保 | 1920700.00 | 应保尽保。 | 产出指标 | 保障人数 | ≥ | 1.20 | 万人 | 12 |",
    );
    let names: Vec<_> = records.projects.iter().map(|project| project.name.as_str()).collect();
    assert_eq!(names, ["高龄津贴", "低保"]);
    assert_eq!(records.projects[0].amount_yuan, Some(3_853_200.into()));
    assert_eq!(
        targets(&records),
        [
            owned(("百岁老人津贴", "=500元每人每月", "500", "元/人/月")),
            owned(("公众额外负担", "影响较小", "", "")),
            owned(("保障人数", "≥1.20万人", "12000", "人")),
        ]
    );
    assert_eq!(indicators(&records)[2].project, Some(1));
    assert_eq!(amounts(&records).len(), 2);
}

#[test]
fn a_self_evaluation_keeps_result_score_and_reason() {
    let records = records(
        "| <2>项目名称 | <7>民办园奖补 |
         | <2>v 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
         | <2>^ | 年度资金总额 | 227.49 | 227.49 | 182.21 | 10 | 80.10% | 8.0 |
         | v 年度总体目标 | <3>预期目标 | <5>实际完成情况 |
         | ^ | <3>缓解入园难。 | <5>已完成。 |
         | v 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
         | ^ | v 产出指标 | 数量 | 奖补园数 | ≥53所 | 51所 | 10 | 9 | 两所停办 |
         | ^ | ^ | 时效 | 拨付时限 | ≤30日 | 基本达到 | 10 | 9 |  |
         | <6>总分 | 100 | 95 |  |",
    );
    let rows = indicators(&records);
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].actual_raw.as_str(), rows[0].score), ("51所", Some(9.into())));
    assert_eq!(rows[0].actual.as_ref().unwrap().value, Some(51.into()));
    assert_eq!(rows[0].note, "两所停办");
    assert_eq!(records.projects[0].goal, "缓解入园难。");
    let columns: Vec<_> = amounts(&records).into_iter().map(|row| row.2).collect();
    assert_eq!(
        columns,
        ["项目资金（万元）/年初预算数", "项目资金（万元）/全年预算数", "项目资金（万元）/全年执行数"]
    );
}

#[test]
fn several_forms_in_one_table_are_several_projects() {
    let records = records(
        "| 项目名称 | <3>高标准农田 |
         | 绩效目标 | <3>新建农田。 |
         | 一级指标 | 二级指标 | 三级指标 | 指标值 |
         | 产出指标 | 数量指标 | 指标1：建成面积 | 300公顷 |
         |  |  | 指标2： |  |
         | 项目名称 | <3>动物防疫 |
         | 绩效目标 | <3>强制免疫。 |
         | 一级指标 | 二级指标 | 三级指标 | 指标值 |
         | 产出指标 | 数量指标 | 免疫密度 | 90%以上 |",
    );
    let names: Vec<_> = records.projects.iter().map(|project| project.name.as_str()).collect();
    assert_eq!(names, ["高标准农田", "动物防疫"]);
    let owners: Vec<_> = indicators(&records).iter().map(|row| row.project).collect();
    assert_eq!(owners, [Some(0), Some(1)]);
}

#[test]
fn a_target_in_the_basis_column_is_read_and_flagged() {
    let records = records(
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据 |
         | 产出指标 | 质量指标 | 达标率 | 计划标准 | >=92.00% |
         | 产出指标 | 质量指标 | 合格率 | =100% | 计划标准 |",
    );
    let rows = indicators(&records);
    assert_eq!((rows[0].value_raw.as_str(), rows[0].basis.as_str()), (">=92.00%", "计划标准"));
    assert!(rows[0].flags.contains(Flag::ValueInOtherColumn));
    assert!(rows[1].flags.is_empty());
}

#[test]
fn copies_residue_and_missing_numbers_are_flagged_on_their_rows() {
    let records = records(
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据 |
         | 产出指标 | 数量指标 | 服务人数 | ≥100人 | 计划标准v |
         | 产出指标 | 数量指标 | 服务人数 | ≥100人 | 计划标准v |
         | 效益指标 | 社会效益 | 增长率 | >=% | 计划标准 |",
    );
    let flags: Vec<_> = indicators(&records).iter().map(|row| row.flags.to_string()).collect();
    assert_eq!(flags, ["stray_character", "stray_character;duplicate_row", "number_missing"]);
}

#[test]
fn projects_below_the_carry_over_heading_are_carried_over() {
    let records = records(
        "1、甲项目绩效目标表
         | 绩效目标 | 目标甲。 |
         上年结转：
         1、乙项目绩效目标表
         | 绩效目标 | 目标乙。 |
         六、政府采购预算情况",
    );
    let read: Vec<_> =
        records.projects.iter().map(|project| (project.name.as_str(), project.carried_over)).collect();
    assert_eq!(read, [("甲项目", false), ("乙项目", true)]);
}

#[test]
fn an_indicator_table_cut_in_two_is_read_as_one() {
    let records = records(
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |
         | 产出指标 | 数量指标 | 服务人数 | ≥100人 |

         | 效益指标 | 社会效益指标 | 增长率 | ≥4% |
         |  | 社会效益指标 | 满意率 | ≥90% |",
    );
    assert_eq!(records.tables.len(), 1);
    assert_eq!(indicators(&records)[2].level1, "效益指标");
}

#[test]
fn income_beside_expenditure_has_labels_of_its_own() {
    let records = records(
        "收支预算总表
         金额单位：万元
         | <2>收入 | <3>支出 |
         | 项目 | 预算数 | 项目 | 预算数 | 比上年增减% |
         | 一、拨款收入 | 1,204.33 | 一、公共服务 | 1,100.33 | 2.3 |
         |  |  | 二、住房保障 | 104.00 | -1.1 |
         | 收 入 总 计 | 1,204.33 | 支 出 总 计 | 1,204.33 |  |",
    );
    assert_eq!(
        amounts(&records),
        [
            ("一、拨款收入", "", "收入/预算数", "12043300".to_owned()),
            ("一、公共服务", "", "支出/预算数", "11003300".to_owned()),
            ("二、住房保障", "", "支出/预算数", "1040000".to_owned()),
            ("收入总计", "", "收入/预算数", "12043300".to_owned()),
            ("支出总计", "", "支出/预算数", "12043300".to_owned()),
        ]
    );
    assert_eq!(records.tables[0].0.kind, TableKind::BudgetSummary);
}

#[test]
fn codes_split_over_columns_are_joined_and_filled_down() {
    let records = records(
        "支出总表
         单位：万元
         | <3>科目编码 | v 科目名称 | v 合计 |
         | 类 | 款 | 项 | ^ | ^ |
         | 208 |  |  | 社会保障支出 | 10.00 |
         |  | 05 |  | 养老支出 | 10.00 |
         |  |  | 5 | 养老保险缴费 | 10.00 |
         | <4>合计 | 10.00 |",
    );
    let codes: Vec<_> = amounts(&records).into_iter().map(|row| (row.0, row.1)).collect();
    assert_eq!(
        codes,
        [("社会保障支出", "208"), ("养老支出", "20805"), ("养老保险缴费", "2080505"), ("合计", "")]
    );
}

#[test]
fn counts_ordinals_and_shares_are_no_money() {
    let records = records(
        "政府采购预算表
         单位：元
         | v 单位名称 | v 采购品目名称 | v 数量 | <2>金额 | v 占比 |
         | ^ | ^ | ^ | 合计 | 一般公共预算 | ^ |
         | 甲县财政局 | 台式计算机 | 6 | 30,000.00 | 30,000.00 | 0.5 |",
    );
    assert_eq!(
        amounts(&records),
        [
            ("台式计算机", "", "金额/合计", "30000".to_owned()),
            ("台式计算机", "", "金额/一般公共预算", "30000".to_owned()),
        ]
    );
}

#[test]
fn a_table_without_a_unit_gives_figures_without_yuan() {
    let records = records(
        "支出总表
         | 科目名称 | 合计 | 基本支出 |
         | 教育支出 | 10.00 | 4.00 |",
    );
    let amounts = amounts(&records);
    assert_eq!(amounts.len(), 2);
    assert!(amounts.iter().all(|row| row.3.is_empty()));
}

#[test]
fn tasks_under_a_heading_about_money_have_budgets() {
    let records = records(
        "部门整体支出绩效目标表
         | 部门名称 | <4>某县水利局 |
         | v 年度主要任务 | v 任务名称 | v 主要内容 | <2>预算金额（万元） |
         | ^ | ^ | ^ | 总额 | 财政拨款 |
         | ^ | 河道巡护 | 巡护河道120公里 | 35.20 | 30.00 |
         | ^ | <2>金额合计 | 35.20 | 30.00 |
         | 年度总体目标 | <4>河道水质稳定达标。 |
         | v 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
         | ^ | 产出指标 | 数量指标 | 巡护里程 | ≥120公里 |",
    );
    let found = amounts(&records);
    let tasks: Vec<_> =
        found.iter().map(|(label, _, column, yuan)| (*label, *column, yuan.as_str())).collect();
    assert_eq!(tasks[0], ("河道巡护", "预算金额（万元）/总额", "352000"));
    assert_eq!(tasks[1], ("河道巡护", "预算金额（万元）/财政拨款", "300000"));
    assert_eq!((tasks[2].0, tasks[2].2), ("金额合计", "352000"));
    assert_eq!(tasks.len(), 4);
}

#[test]
fn keys_of_other_rows_of_a_form_name_no_columns() {
    let records = records(
        "项目支出绩效目标表
         | 项目名称 | 河道巡护 |  |  |
         | 项目属性 | 延续项目 | 项目期 | 1年 |
         | 资金构成（万元） | 年度资金总额 | 35.20 |  |
         |  | 其中：财政拨款 | 30.00 |  |
         | 总体目标 | 河道水质稳定达标。 |  |  |
         | 一级指标 | 二级指标 | 三级指标 | 指标值 |
         | 产出指标 | 数量指标 | 巡护里程 | ≥120公里 |",
    );
    let found: Vec<_> = amounts(&records).into_iter().map(|row| (row.0.to_owned(), row.3)).collect();
    let wanted = [("年度资金总额", "352000"), ("其中：财政拨款", "300000")];
    assert_eq!(found, wanted.map(|(label, yuan)| (label.to_owned(), yuan.to_owned())));
}

#[test]
fn contents_beside_the_names_of_indicators_describe_them() {
    let records = records(
        "1、河道巡护绩效目标表
         | 一级指标 | 二级指标 | 三级指标 | 指标内容 | 指标值 |
         | 产出指标 | 数量指标 | 巡护里程 | 全年巡护河道长度 | ≥120公里 |",
    );
    let found = indicators(&records);
    assert_eq!((found[0].level3.as_str(), found[0].description.as_str()), ("巡护里程", "全年巡护河道长度"));
}

#[test]
fn lines_name_projects_and_state_their_goals() {
    let records = records(
        "项目一：河道巡护
         绩效目标：河道水质稳定达标。
         | 一级指标 | 二级指标 | 三级指标 | 指标值（%） |
         | 产出指标 | 质量指标 | 达标断面占比 | ≥95 |

         （二）项目名称：堤防养护
         | 一级指标 | 二级指标 | 三级指标 | 指标值（%） |
         | 产出指标 | 时效指标 | 完工时限 | 10月底前 |",
    );
    let projects: Vec<_> =
        records.projects.iter().map(|project| (project.name.as_str(), project.goal.as_str())).collect();
    assert_eq!(projects, [("河道巡护", "河道水质稳定达标。"), ("堤防养护", "")]);
    let found = targets(&records);
    assert_eq!(found[0], owned(("达标断面占比", "≥95%", "0.95", "1")));
    assert_eq!(found[1].1, "10月底前");
}

#[test]
fn economic_codes_are_economic_in_tables_whose_title_does_not_say_so() {
    let records = records(
        "一般公共预算机关运行经费支出预算表
         单位：万元
         | 科目编码 | 科目名称 | 机关运行经费支出 |
         |  | 合计 | 62.00 |
         | 302 | 商品和服务支出 | 60.00 |
         | 30201 | 办公费 | 60.00 |
         | 310 | 其他资本性支出 | 2.00 |",
    );
    let classes: Vec<Classification> = records.line_items.iter().map(|item| item.classification).collect();
    assert_eq!(classes, [Classification::DepartmentEconomic; 4]);
    assert_eq!(records.line_items[2].parent_code, "302");
}

#[test]
fn spending_by_its_use_is_no_function() {
    let records = records(
        "收支预算总表
         单位：万元
         | <2>收入 | <4>支出 |
         | v 项目名称 | v 金额 | <2>功能分类 | <2>支出用途 |
         | ^ | ^ | 功能科目名称 | 金额 | 项目名称 | 金额 |
         | 一、财政拨款 | 90.00 | 一、公共安全支出 | 90.00 | 一、基本支出 | 70.00 |
         |  |  | 二、住房保障支出 |  | 二、单位预留机动经费 | 20.00 |",
    );
    let classes: Vec<(&str, Classification)> =
        records.line_items.iter().map(|item| (item.name.as_str(), item.classification)).collect();
    assert_eq!(
        classes,
        [
            ("财政拨款", Classification::Source),
            ("公共安全支出", Classification::Function),
            ("基本支出", Classification::None),
            ("单位预留机动经费", Classification::None),
        ]
    );
}

#[test]
fn one_row_of_figures_is_measured_by_its_columns() {
    let records = records(
        "支出预算总表
         单位：万元
         | 合计 | 基本支出 | 项目支出 | 单位预留机动经费 | 结转下年资金 |
         | 90.00 | 60.00 | 20.00 | 10.00 |  |",
    );
    let measures: Vec<Measure> = records.line_items.iter().map(|item| item.measure).collect();
    assert_eq!(measures, [Measure::Total, Measure::Basic, Measure::Project, Measure::Amount]);
}

#[test]
fn labels_before_figures_of_the_same_name_open_a_list_of_their_own() {
    let records = records(
        "公开表1  部门收支总体情况表（单位：万元）
         | <2>收入 | <4>支出 |
         | 项目 | 预算数 | 功能科目 | 预算数 | 支出项目类别 | 预算数 |
         | 一、财政拨款收入 | 90.00 | 一、农林水支出 | 80.00 | 一、基本支出 | 60.00 |
         | 二、事业收入 |  | 二、住房保障支出 | 10.00 | 二、项目支出 | 30.00 |
         | 本年收入合计 | 90.00 | 本年支出合计 | 90.00 | 本年支出合计 | 90.00 |",
    );
    let names: Vec<&str> = records.line_items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names[..5], ["财政拨款收入", "农林水支出", "基本支出", "住房保障支出", "项目支出"]);
    assert_eq!(&*records.tables[0].0.title, "部门收支总体情况表");
}

#[test]
fn codes_that_lie_in_each_other_are_no_money_whatever_their_column_is_called() {
    let records = records(
        "一般公共预算支出表
         单位：万元
         | <2>功能分类科目 | 合计 | 基本支出 | 项目支出 |
         | <2>合计 | 90.00 | 60.00 | 30.00 |
         | 208 | 社会保障和就业支出 | 30.00 | 30.00 |  |
         | 20805 | 行政事业单位养老支出 | 30.00 | 30.00 |  |
         | 2080505 | 机关事业单位基本养老保险缴费支出 | 30.00 | 30.00 |  |
         | 221 | 住房保障支出 | 60.00 | 30.00 | 30.00 |",
    );
    assert_eq!(amounts(&records)[3], ("社会保障和就业支出", "208", "合计", "300000".to_owned()));
    assert!(records.amounts.iter().all(|amount| &*amount.value_raw != "20805"));
}
