//! What documents say about themselves, recomputed: sound ones pass, a changed digit is found where it stands.

#![allow(clippy::unwrap_used, reason = "a test fails where a sketch is wrong")]

mod sketch;

use gongkai::check::{check, rules};
use gongkai::record::{Check, Ordinal, Verdict};
use sketch::records;
use std::collections::BTreeSet;

/// A disclosure in which every identity holds.
const SOUND: &str = "甲县民政局2023年部门预算公开
     一、收支总体情况
     2023年收入预算1500.00万元，其中：一般公共预算收入1200.00万元，政府性基金收入300.00万元。
     2023年支出预算1500.00万元，其中：基本支出900.00万元，占60.00%；项目支出600.00万元，占40.00%。
     2023年“三公”经费预算12.00万元，其中：因公出国（境）费0.00万元；公务用车购置及运行维护费10.00万元；公务接待费2.00万元。
     二、部门预算表
     收支预算总表
     单位：万元
     | <2>收入 | <2>支出 |
     | 项目 | 2023年预算数 | 项目 | 2023年预算数 |
     | 一、一般公共预算拨款收入 | 1,200.00 | 一、社会保障和就业支出 | 1,380.00 |
     | 二、政府性基金预算拨款收入 | 300.00 | 二、住房保障支出 | 120.00 |
     | 本年收入合计 | 1,500.00 | 本年支出合计 | 1,500.00 |
     | 上年结转结余 | 0.00 | 结转下年 | 0.00 |
     | 收入总计 | 1,500.00 | 支出总计 | 1,500.00 |
     支出总表
     单位：万元
     | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
     | <2>合计 | 1,500.00 | 900.00 | 600.00 |
     | 208 | 社会保障和就业支出 | 1,380.00 | 780.00 | 600.00 |
     | 20802 | 民政管理事务 | 1,000.00 | 700.00 | 300.00 |
     | 2080201 | 行政运行 | 700.00 | 700.00 | 0.00 |
     | 2080299 | 其他民政管理事务支出 | 300.00 | 0.00 | 300.00 |
     | 20810 | 社会福利 | 380.00 | 80.00 | 300.00 |
     | 221 | 住房保障支出 | 120.00 | 120.00 | 0.00 |
     一般公共预算“三公”经费支出表
     单位：万元
     | 项目 | 2023年预算数 |
     | 合计 | 12.00 |
     | 一、因公出国（境）费 | 0.00 |
     | 二、公务用车购置及运行维护费 | 10.00 |
     | 其中：公务用车购置费 | 4.00 |
     | 公务用车运行维护费 | 6.00 |
     | 三、公务接待费 | 2.00 |
     政府采购预算表
     单位：万元
     | 采购物品名称 | 数量 | 单价 | 金额 |
     | 合计 |  |  | 3.60 |
     | 甲县民政局小计 |  |  | 3.60 |
     | 台式计算机 | 8 | 0.45 | 3.60 |
     固定资产占用情况表
     单位：万元
     | 项目 | 数量 | 价值 |
     | 资产总额 | —— | 442.47 |
     | 1、车辆（台、辆） | 7 | 128.26 |
     | 2、其他固定资产 |  | 314.21 |";

fn failures(sketch: &str) -> Vec<Check> {
    check(&records(sketch)).into_iter().filter(|check| check.verdict == Verdict::Fail).collect()
}

#[test]
fn a_sound_document_passes_and_says_what_was_tried() {
    assert_eq!(failures(SOUND), []);
    let checks = check(&records(SOUND));
    let passed: BTreeSet<&str> = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Pass)
        .map(|check| check.rule.as_ref())
        .collect();
    for rule in [
        "income_equals_expenditure",
        "current_income",
        "total_income",
        "expenditure_row",
        "expenditure_total",
        "expenditure_levels",
        "three_public_total",
        "vehicles_total",
        "procurement_price",
        "procurement_total",
        "assets_total",
        "summary_expenditure_table",
        "prose_income",
        "prose_basic",
        "prose_three_public",
        "prose_reception",
        "prose_share",
    ] {
        assert!(passed.contains(rule), "{rule} was not tried: {passed:?}");
    }
    let skipped = checks.iter().filter(|check| check.verdict == Verdict::Skipped);
    assert!(skipped.clone().count() > 0 && skipped.into_iter().all(|check| !check.message.is_empty()));
}

#[test]
fn a_failure_names_both_figures_and_the_place() {
    let broken =
        SOUND.replace("| 2080201 | 行政运行 | 700.00 | 700.00 |", "| 2080201 | 行政运行 | 710.00 | 700.00 |");
    let failures = failures(&broken);
    let row = failures.iter().find(|check| check.rule == "expenditure_row").unwrap();
    assert_eq!((row.left, row.right), (Some(7_100_000.into()), Some(7_000_000.into())));
    assert_eq!(row.difference, Some(100_000.into()));
    assert_eq!((row.provenance.table, row.provenance.row), (Ordinal::new(2), Ordinal::new(5)));
    assert!(row.message.contains("7100000元") && row.message.contains("7000000元"));
    assert!(failures.iter().any(|check| check.rule == "expenditure_levels"));
}

#[test]
fn a_figure_in_the_text_is_compared_with_its_table() {
    let broken = SOUND.replace("公务接待费2.00万元。", "公务接待费2.50万元。");
    let rules: Vec<String> = failures(&broken).iter().map(|check| check.rule.to_string()).collect();
    assert_eq!(rules, ["prose_reception", "prose_three_public_parts"]);
}

#[test]
fn rounding_of_what_is_printed_is_no_failure() {
    let rounded = SOUND.replace(
        "| 20810 | 社会福利 | 380.00 | 80.00 | 300.00 |",
        "| 20810 | 社会福利 | 380.01 | 80.00 | 300.00 |",
    );
    assert_eq!(failures(&rounded), []);
}

#[test]
fn a_statement_that_there_is_nothing_is_held_against_its_table() {
    const FUNDS: &str = "
     政府性基金预算支出表
     单位：万元
     | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
     | <2>合计 | 300.00 |  | 300.00 |
     | 229 | 其他支出 | 300.00 |  | 300.00 |
     本部门2023年没有使用政府性基金预算拨款安排的支出。";
    let failures = failures(&format!("{SOUND}{FUNDS}"));
    let found = failures.iter().find(|check| check.rule == "empty_statement").unwrap();
    assert_eq!((found.left, found.right), (Some(3_000_000.into()), Some(0.into())));
    assert_eq!((found.provenance.table, found.provenance.row), (Ordinal::new(6), Ordinal::new(2)));
    let empty = FUNDS.replace("300.00", "");
    let checks = check(&records(&format!("{SOUND}{empty}")));
    let of = |rule: &str| checks.iter().find(|check| check.rule == rule).unwrap().verdict;
    assert_eq!((of("empty_statement"), of("empty_table_stated")), (Verdict::Pass, Verdict::Pass));
}

#[test]
fn the_change_in_percent_is_recomputed() {
    let text = "甲县民政局2023年部门预算公开
     一、收支总体情况
     2023年收支总预算1500.00万元，比上年增加300.00万元，增长25.00%。";
    assert_eq!(failures(text), []);
    let rules: Vec<String> =
        failures(&text.replace("25.00%", "26.00%")).iter().map(|check| check.rule.to_string()).collect();
    assert_eq!(rules, ["prose_growth"]);
}

#[test]
fn columns_left_blank_are_nothing_and_not_unknown() {
    let broken = SOUND.replace(
        "| 2080299 | 其他民政管理事务支出 | 300.00 | 0.00 | 300.00 |",
        "| 2080299 | 其他民政管理事务支出 | 310.00 |  | 300.00 |",
    );
    assert!(failures(&broken).iter().any(|check| check.rule == "expenditure_row"));
}

#[test]
fn a_table_of_the_contents_that_is_missing_is_told() {
    let contents = "甲县民政局2023年部门预算公开
     目录
     一、收支预算总表 1
     二、支出总表 2
     三、“三公”经费支出表 3
     四、政府采购预算表 4
     五、固定资产占用情况表 5
     六、国有资本经营预算支出表 6";
    let whole = format!("{contents}\n{SOUND}");
    let found = failures(&whole);
    let rules: Vec<String> = found.iter().map(|check| check.rule.to_string()).collect();
    assert_eq!(rules, ["contents_table"]);
    assert!(found[0].message.contains("国有资本经营预算支出表"));
    assert_eq!(failures(&whole.replace("六、国有资本经营预算支出表 6", "")), []);
}

/// Where the list of rules begins in the documentation.
const LIST: &str = "| rule | 规则 | meaning | source |\n|---|---|---|---|\n";

#[test]
fn the_list_of_rules_in_the_documentation_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checks.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (before, printed) = document.split_once(LIST).unwrap();
    let rows = rules()
        .into_iter()
        .map(|rule| format!("| `{}` | {} | {} | {} |\n", rule.code, rule.chinese, rule.english, rule.source));
    let list: String = rows.collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, format!("{before}{LIST}{list}")).unwrap();
        return;
    }
    assert_eq!(printed, list, "renew it with UPDATE_GOLDEN=1 cargo test --test check");
}

#[test]
fn nearly_every_changed_digit_of_the_tables_is_found() {
    let lines: Vec<&str> = SOUND.lines().collect();
    let (mut tried, mut found) = (0, 0);
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with('|')) {
        for cell in line
            .split('|')
            .map(str::trim)
            .filter(|cell| cell.contains('.') && gongkai::document::figure(cell).is_some())
        {
            // The leading digit goes up by one, 9 becomes 1: a change that no rounding hides.
            let first = cell.chars().next().unwrap();
            let changed = char::from(b'1' + (first as u8 - b'0') % 9);
            let mutant = cell.replacen(first, &changed.to_string(), 1);
            let mut mutated = lines.clone();
            let line = line.replacen(&format!("| {cell} |"), &format!("| {mutant} |"), 1);
            mutated[index] = &line;
            tried += 1;
            found += usize::from(!failures(&mutated.join("\n")).is_empty());
        }
    }
    assert!(tried > 40, "{tried}");
    assert!(found * 100 >= tried * 95, "{found} of {tried} changed figures were found");
}

#[test]
fn rules_have_codes_of_their_own_and_sentences_in_two_languages() {
    let rules = rules();
    assert!(rules.len() >= 50, "{}", rules.len());
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), rules.len());
    assert!(rules.iter().all(|rule| !rule.chinese.is_empty() && rule.english.is_ascii()
        || rule.english.contains('×')
        || rule.english.contains('÷')
        || rule.english.contains('−')
        || rule.english.contains('\'')));
}

/// Forms of projects, each with its name and goal.
fn forms(projects: &[(&str, &str)]) -> String {
    let form = |(name, goal): &(&str, &str)| {
        format!(
            "项目绩效目标表
| 项目名称 | <3>{name} |
| 总体目标 | <3>{goal} |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 完成数量 | ≥3处 |
| 效益指标 | 社会效益指标 | 受益人数 | ≥20人 |
"
        )
    };
    let forms: Vec<String> = projects.iter().map(form).collect();
    format!("甲县水务局2023年部门预算公开\n一、绩效目标\n{}", forms.concat())
}

/// How the rule on goals ended, project by project.
fn goals(projects: &[(&str, &str)]) -> Vec<Verdict> {
    let checks = check(&records(&forms(projects)));
    checks.iter().filter(|check| check.rule == "duplicate_goal").map(|check| check.verdict).collect()
}

#[test]
fn a_goal_under_another_projects_name_fails_with_both_places() {
    use Verdict::{Fail, Pass, Skipped};
    let dredging = ("河道清淤整治经费", "完成十公里河道清淤，提高行洪能力。");
    let flood = ("防汛物资储备", "储备防汛物资，提升应急抢险能力，保障安全度汛。");
    assert_eq!(goals(&[dredging, flood]), [Pass, Pass]);
    assert_eq!(goals(&[dredging, (flood.0, dredging.1)]), [Pass, Fail]);
    assert_eq!(goals(&[(flood.0, dredging.1), dredging]), [Fail, Pass]);
    let found = failures(&forms(&[dredging, (flood.0, dredging.1)]));
    assert_eq!(found[0].places.iter().map(|place| place.table).collect::<Vec<_>>(), [2, 1].map(Ordinal::new));
    // One project in parts, and a notice by which its money came.
    let parts =
        ["河道清淤整治经费（上年结转）", "2022年河道清淤整治经费", "关于下达2023年水利发展资金的通知"];
    for part in parts {
        assert!(!goals(&[dredging, (part, dredging.1)]).contains(&Fail), "{part}");
    }
    // A stock phrase says of neither what it is for.
    let stock = "按照年度计划完成各项任务，提高资金使用效益。";
    assert_eq!(goals(&[(dredging.0, stock), (flood.0, stock)]), [Pass, Skipped]);
    // Copied and reworded, the other name left in it.
    let named = "做好防汛物资储备，保证及时调用和更新。";
    assert_eq!(goals(&[("农村饮水安全巩固提升", named), flood]), [Fail, Pass]);
}

/// A self-evaluation of one project: weights and scores of its indicators, and of the row below them.
fn evaluation(points: &[(&str, &str)], total: (&str, &str)) -> String {
    let head = "甲县水务局2023年度部门决算公开
     河道清淤项目绩效自评表
     | <2>项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 分值 | 得分 |
     | <2>年度资金总额 | 120.00 | 114.00 | 95% | 10 | 9.5 |
     | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |";
    let names = ["清淤长度", "验收合格率", "按期完成率", "受益人数"];
    let row = |(name, (weight, score)): (&&str, &(&str, &str))| {
        format!("| 产出指标 | 数量指标 | {name} | ≥95% | 96% | {weight} | {score} |")
    };
    let rows: Vec<String> = names.iter().zip(points).map(row).collect();
    format!("{head}\n{}\n| <5>总分 | {} | {} |", rows.join("\n"), total.0, total.1)
}

#[test]
fn weights_and_scores_add_up_to_those_of_the_total_row() {
    let rules = |points: &[(&str, &str)], total| {
        let found = failures(&evaluation(points, total));
        found.iter().map(|check| check.rule.to_string()).collect::<BTreeSet<String>>()
    };
    let sound = [("30", "30"), ("20", "18.5"), ("20", "20"), ("20", "19")];
    assert!(rules(&sound, ("100", "97")).is_empty());
    assert_eq!(Vec::from_iter(rules(&sound, ("100", "96"))), ["scores_total"]);
    let broken = [("30", "30"), ("25", "18.5"), ("20", "20"), ("20", "19")];
    assert_eq!(Vec::from_iter(rules(&broken, ("100", "97"))), ["weights_sum", "weights_total"]);
    let over = [("30", "30"), ("20", "21"), ("20", "20"), ("20", "16.5")];
    assert_eq!(Vec::from_iter(rules(&over, ("100", "97"))), ["score_within_weight"]);
    let rate = evaluation(&sound, ("100", "97")).replace("95% | 10", "96% | 10");
    assert_eq!(failures(&rate)[0].rule, "execution_rate");
}

#[test]
fn points_too_large_for_a_sum_fail_and_stop_nothing() {
    let most = "79228162514264337593543950335";
    let huge = [(most, most); 4];
    let found = failures(&evaluation(&huge, (most, most)));
    assert!(found.iter().any(|check| check.rule == "weights_sum"));
    assert_eq!(
        failures(&evaluation(&huge, ("100", "97"))).iter().filter(|c| c.rule == "weights_total").count(),
        1
    );
}

#[test]
fn what_a_reader_would_call_sound_is_no_failure() {
    let sound = [
        // The completion of an item is not that of the item before it.
        "甲县水务局2023年度部门决算公开
         “三公”经费支出预算为40.00万元，支出决算为30.00万元，完成预算的75.00%。其中：公务用车购置及运行维护费支出决算25.00万元，完成预算的83.33%；公务接待费支出决算5.00万元，完成预算的50.00%。",
        // Assets in two levels.
        "甲县水务局2023年部门预算公开
         国有资产占有使用情况表
         单位：万元
         | 项目 | 数量 | 金额 |
         | 资产总额 | —— | 5210.00 |
         | （一）流动资产 | —— | 210.00 |
         | （二）固定资产 | —— | 4800.00 |
         | 其中：1.房屋（平方米） | 12000 | 3900.00 |
         | 2.车辆（辆） | 3 | 200.00 |
         | 3.其他固定资产 | —— | 700.00 |
         | （三）无形资产 | —— | 200.00 |",
        // Weights of whole levels, and ten points for the execution that stand nowhere.
        "甲县水务局2023年度部门决算公开
         部门整体支出绩效自评表
         | 一级指标 | 分值 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
         | v 产出指标 | v 50 | 数量指标 | 培训人数 | ≥100人 | 120人 | 20 |
         | ^ | ^ | 质量指标 | 合格率 | ≥95% | 96% | 15 |
         | ^ | ^ | 时效指标 | 及时率 | ≥95% | 96% | 14.5 |
         | 效益指标 | 40 | 社会效益指标 | 增收户数 | ≥50户 | 60户 | 40 |
         | <6>总分 | 99.5 |",
    ];
    for text in sound {
        assert_eq!(failures(text), []);
    }
}

#[test]
fn quantity_times_price_is_tried_beside_the_sources_of_the_money() {
    let table = "甲县水务局2023年部门预算公开
     政府采购预算表
     单位：元
     | v 采购品目 | v 数量 | v 单价 | v 采购预算金额 | <2>资金来源 |
     | ^ | ^ | ^ | ^ | 一般公共预算 | 其他 |
     | 台式计算机 | 50 | 4800.00 | 240000.00 | 200000.00 | 40000.00 |
     | 打印机 | 6 | 2350.50 | 14103.00 | 14103.00 |  |
     | 合计 |  |  | 254103.00 | 214103.00 | 40000.00 |";
    assert_eq!(failures(table), []);
    let broken = failures(&table.replace("| 50 |", "| 60 |"));
    assert_eq!(broken.iter().map(|check| check.rule.as_ref()).collect::<Vec<_>>(), ["procurement_price"]);
}

#[test]
fn a_column_with_a_name_of_its_own_leaves_open_what_a_row_adds_up_to() {
    let table = |total: &str| {
        format!(
            "支出预算总表
             单位：万元
             | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 单位预留机动经费 |
             | 204 | 公共安全支出 | {total} | 60.00 | 20.00 | 10.00 |
             | 208 | 社会保障和就业支出 | 30.00 | 20.00 | 5.00 | 5.00 |
             | 221 | 住房保障支出 | 16.00 | 10.00 | 5.00 | 1.00 |"
        )
    };
    assert!(failures(&table("90.00")).is_empty());
    assert_eq!(failures(&table("91.00")).len(), 1);
}
