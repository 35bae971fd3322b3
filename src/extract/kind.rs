//! What kind a table is: by its printed title, then by its column names and first column.

use super::columns::Column;
use crate::document::Grid;
use crate::record::TableKind;
use crate::wording::fold;

/// One way to know a kind: every word of one of the groups must occur, and none of the `without` words.
struct Rule {
    kind: TableKind,
    any: &'static [&'static [&'static str]],
    without: &'static [&'static str],
}

/// Rules on titles, tried in this order: the special tables before the general ones whose words they repeat.
/// Source: the table lists of 财预〔2016〕143号 and of the yearly final accounts, with titles collected from counties.
const TITLES: &[Rule] = &[
    Rule { kind: TableKind::Other, any: &[&["社会保险基金"], &["社保基金"]], without: &[] },
    Rule {
        kind: TableKind::Other,
        any: &[&["债务", "限额"], &["债务", "余额"], &["债券"]],
        without: &["收支", "收入"],
    },
    Rule {
        kind: TableKind::Procurement, any: &[&["政府采购"], &["采购预算"], &["购买服务"]], without: &[]
    },
    Rule { kind: TableKind::Assets, any: &[&["资产"]], without: &["负债", "收益", "收入"] },
    Rule { kind: TableKind::ThreePublic, any: &[&["三公"]], without: &[] },
    Rule {
        kind: TableKind::GovernmentFund,
        any: &[&["政府性基金"], &["基金预算"]],
        without: &["一般公共预算"],
    },
    Rule { kind: TableKind::StateCapital, any: &[&["国有资本"]], without: &[] },
    Rule {
        kind: TableKind::BasicExpenditure,
        any: &[
            &["基本支出"],
            &["人员经费"],
            &["公用经费"],
            &["工资福利支出"],
            &["商品和服务支出"],
            &["对个人和家庭"],
        ],
        without: &["项目支出", "收支"],
    },
    Rule {
        kind: TableKind::Organisation,
        any: &[&["机构设置"], &["单位构成"], &["机构情况"], &["人员编制"], &["编制情况"]],
        without: &[],
    },
    Rule {
        kind: TableKind::ProjectGoal, any: &[&["绩效目标"], &["绩效自评"], &["绩效指标"]], without: &[]
    },
    Rule {
        kind: TableKind::ProjectExpenditure,
        any: &[
            &["项目支出"],
            &["项目预算"],
            &["项目经费"],
            &["预算项目"],
            &["项目明细"],
            &["专项资金"],
            &["专项经费"],
        ],
        without: &["基本支出", "收支"],
    },
    Rule {
        kind: TableKind::FiscalAppropriation,
        any: &[&["财政拨款", "收支"], &["财政拨款", "收入支出"], &["财政拨款", "收入", "支出", "总"]],
        without: &[],
    },
    Rule {
        kind: TableKind::BudgetSummary, any: &[&["收支"], &["收入支出"], &["收入、支出"]], without: &[]
    },
    Rule {
        kind: TableKind::GeneralPublicBudget,
        any: &[&["一般公共预算", "支出"], &["公共财政预算", "支出"], &["一般公共预算拨款"]],
        without: &["机关运行"],
    },
    Rule {
        kind: TableKind::FiscalAppropriation,
        any: &[&["财政拨款", "支出"], &["财政拨款", "收入"], &["财政拨款", "预算"], &["财政拨款", "决算"]],
        without: &["机关运行"],
    },
    Rule {
        kind: TableKind::Income,
        any: &[&["收入", "表"], &["收入", "情况"], &["收入预算"], &["收入决算"]],
        without: &[],
    },
    Rule {
        kind: TableKind::Expenditure,
        any: &[&["支出", "表"], &["支出", "情况"], &["支出预算"], &["支出决算"]],
        without: &["机关运行"],
    },
];

/// Rules on the words of the header and the first column, for tables without a telling title.
const WORDS: &[Rule] = &[
    Rule { kind: TableKind::Procurement, any: &[&["采购"], &["目录序号"]], without: &[] },
    Rule {
        kind: TableKind::Organisation,
        any: &[&["单位性质"], &["单位规格"], &["经费保障形式"]],
        without: &[],
    },
    Rule {
        kind: TableKind::ThreePublic,
        any: &[&["因公出国", "公务接待"]],
        without: &["工资福利", "办公费"],
    },
    Rule {
        kind: TableKind::Assets,
        any: &[&["资产总额"], &["固定资产", "价值"], &["房屋", "车辆", "设备"]],
        without: &[],
    },
    Rule {
        kind: TableKind::FiscalAppropriation,
        any: &[&["收入", "支出", "一般公共预算财政拨款", "政府性基金预算财政拨款"]],
        without: &["科目编码", "事业收入"],
    },
    Rule {
        kind: TableKind::BudgetSummary,
        any: &[&["收入总计", "支出总计"], &["本年收入合计", "本年支出合计"]],
        without: &[],
    },
    Rule {
        kind: TableKind::BasicExpenditure,
        any: &[&["人员经费", "公用经费"], &["工资福利支出", "商品和服务支出"]],
        without: &["项目支出"],
    },
    Rule {
        kind: TableKind::ProjectExpenditure,
        any: &[&["项目名称", "项目单位"], &["项目名称", "本年拨款"]],
        without: &[],
    },
    Rule { kind: TableKind::Expenditure, any: &[&["基本支出", "项目支出"]], without: &[] },
    Rule {
        kind: TableKind::Income,
        any: &[&["事业收入", "上级补助收入"], &["税收收入", "非税收入"]],
        without: &[],
    },
];

/// The kind of a table that holds no indicators.
pub(super) fn of_table(title: &str, columns: &[Column], grid: &Grid<'_>) -> TableKind {
    let title = fold(title);
    let names = names(columns, grid);
    first(TITLES, &title).or_else(|| first(WORDS, &names)).unwrap_or_default()
}

/// The kind that a printed title names; `None` where it names none of the standard ones.
pub(super) fn of_title(title: &str) -> Option<TableKind> {
    first(TITLES, &fold(title)).filter(|kind| *kind != TableKind::Other)
}

fn first(rules: &[Rule], text: &str) -> Option<TableKind> {
    let matches = |rule: &&Rule| {
        rule.any.iter().any(|group| group.iter().all(|word| text.contains(word)))
            && !rule.without.iter().any(|word| text.contains(word))
    };
    rules.iter().find(matches).map(|rule| rule.kind)
}

/// The words of the header and of the first column, each followed by a bar.
fn names(columns: &[Column], grid: &Grid<'_>) -> String {
    let mut text = String::new();
    let header = columns.iter().flat_map(|column| column.path.iter().map(String::as_str));
    let firsts = (0..grid.rows().min(60)).map(|row| grid.text(row, 0));
    let side = (0..grid.rows().min(60)).map(|row| grid.text(row, grid.columns() / 2));
    for name in header.chain(firsts).chain(side) {
        text.push_str(&fold(name));
        text.push('|');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_the_kind() {
        for (title, kind) in [
            ("部门收支预算总表", TableKind::BudgetSummary),
            ("收入支出决算总表", TableKind::BudgetSummary),
            ("部门收支总体情况表", TableKind::BudgetSummary),
            ("部门收入总体情况表", TableKind::Income),
            ("收入决算表", TableKind::Income),
            ("部门收入预算总表", TableKind::Income),
            ("支出总表", TableKind::Expenditure),
            ("部门支出决算表", TableKind::Expenditure),
            ("财政拨款收支总表", TableKind::FiscalAppropriation),
            ("财政拨款收入支出决算总表", TableKind::FiscalAppropriation),
            ("一般公共预算支出表", TableKind::GeneralPublicBudget),
            ("一般公共预算财政拨款支出决算表", TableKind::GeneralPublicBudget),
            ("一般公共预算基本支出表", TableKind::BasicExpenditure),
            ("一般公共预算财政拨款基本支出决算明细表", TableKind::BasicExpenditure),
            ("一般公共预算“三公”经费支出表", TableKind::ThreePublic),
            ("财政拨款“三公”经费支出决算表", TableKind::ThreePublic),
            ("政府性基金预算财政拨款收入支出决算表", TableKind::GovernmentFund),
            ("国有资本经营预算支出表", TableKind::StateCapital),
            ("财政拨款支出预算表（功能科目）", TableKind::FiscalAppropriation),
            ("一般公共预算支出预算表（功能科目）", TableKind::GeneralPublicBudget),
            ("财政拨款基本支出预算表", TableKind::BasicExpenditure),
            ("项目支出表", TableKind::ProjectExpenditure),
            ("部门政府采购预算", TableKind::Procurement),
            ("固定资产占用情况表", TableKind::Assets),
            ("新增资产配置预算表", TableKind::Assets),
            ("支出预算分类汇总表（按政府预算经济分类）", TableKind::Expenditure),
            ("一般公共预算财政拨款项目支出决算表", TableKind::ProjectExpenditure),
            ("财政拨款支出决算明细表", TableKind::FiscalAppropriation),
            ("专项资金预算汇总表", TableKind::ProjectExpenditure),
            ("国有资本经营预算财政拨款收入支出决算表", TableKind::StateCapital),
            ("一般公共预算税收返还和转移支付表", TableKind::Other),
            ("部门机构设置情况", TableKind::Organisation),
            ("一般公共预算机关运行经费表", TableKind::Other),
            ("2023年甲县社会保险基金收入预算表", TableKind::Other),
            ("甲县政府专项债务限额和余额情况表", TableKind::Other),
        ] {
            assert_eq!(first(TITLES, &fold(title)).unwrap_or_default(), kind, "{title}");
        }
    }
}
