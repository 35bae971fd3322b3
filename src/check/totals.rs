//! Down a column: total rows and the rows they are made of, classifications level by level.

use super::Rule;
use super::evidence::{Evidence, Figure, StandardTable, compare, figures};
use super::outline::{NUMBERED, Outline};
use crate::record::{Check, LineItem, TableKind, Verdict};
use crate::wording::fold;
use std::collections::BTreeSet;

const FORMS: &str = "财预〔2016〕143号 表式";
const CLASSES: &str = "政府收支分类科目";

/// The rule on the total row of each kind of table.
const TOTALS: &[(TableKind, Rule)] = &[
    (
        TableKind::Income,
        Rule {
            code: "income_total",
            chinese: "收入表：合计＝各行之和",
            english: "Income: total = sum of its rows",
            source: FORMS,
        },
    ),
    (
        TableKind::Expenditure,
        Rule {
            code: "expenditure_total",
            chinese: "支出表：合计＝各类之和",
            english: "Expenditure: total = sum of its classes",
            source: FORMS,
        },
    ),
    (
        TableKind::GeneralPublicBudget,
        Rule {
            code: "general_budget_total",
            chinese: "一般公共预算支出表：合计＝各类之和",
            english: "General public budget: total = sum of its classes",
            source: FORMS,
        },
    ),
    (
        TableKind::BasicExpenditure,
        Rule {
            code: "basic_total",
            chinese: "基本支出表：合计＝各类之和",
            english: "Basic expenditure: total = sum of its classes",
            source: FORMS,
        },
    ),
    (
        TableKind::GovernmentFund,
        Rule {
            code: "government_fund_total",
            chinese: "政府性基金预算支出表：合计＝各类之和",
            english: "Government funds: total = sum of the classes",
            source: FORMS,
        },
    ),
    (
        TableKind::StateCapital,
        Rule {
            code: "state_capital_total",
            chinese: "国有资本经营预算支出表：合计＝各类之和",
            english: "State capital: total = sum of the classes",
            source: FORMS,
        },
    ),
    (
        TableKind::ProjectExpenditure,
        Rule {
            code: "project_total",
            chinese: "项目支出表：合计＝各项目之和",
            english: "Projects: total = sum of the projects",
            source: FORMS,
        },
    ),
];

/// The rule on the total row of tables without a kind of their own: social insurance, debts, running costs.
const OTHER_TOTAL: Rule = Rule {
    code: "other_total",
    chinese: "合计＝各行之和",
    english: "Total = sum of its rows",
    source: "算术",
};

/// The rule on the levels of each kind of table: 类＝Σ款, 款＝Σ项; 部门＝Σ单位.
const LEVELS: &[(TableKind, Rule)] = &[
    (
        TableKind::Income,
        Rule {
            code: "income_levels",
            chinese: "收入表：上级＝下级之和",
            english: "Income: each level = sum of the next",
            source: CLASSES,
        },
    ),
    (
        TableKind::Expenditure,
        Rule {
            code: "expenditure_levels",
            chinese: "支出表：类＝款之和，款＝项之和",
            english: "Expenditure: class = sum of sections = sum of items",
            source: CLASSES,
        },
    ),
    (
        TableKind::GeneralPublicBudget,
        Rule {
            code: "general_budget_levels",
            chinese: "一般公共预算支出表：类＝款之和，款＝项之和",
            english: "General public budget: class = sum of sections = sum of items",
            source: CLASSES,
        },
    ),
    (
        TableKind::BasicExpenditure,
        Rule {
            code: "basic_levels",
            chinese: "基本支出表：类＝款之和",
            english: "Basic expenditure: class = sum of sections",
            source: CLASSES,
        },
    ),
    (
        TableKind::GovernmentFund,
        Rule {
            code: "government_fund_levels",
            chinese: "政府性基金预算支出表：类＝款之和，款＝项之和",
            english: "Government funds: class = sum of sections = sum of items",
            source: CLASSES,
        },
    ),
    (
        TableKind::StateCapital,
        Rule {
            code: "state_capital_levels",
            chinese: "国有资本经营预算支出表：类＝款之和，款＝项之和",
            english: "State capital: class = sum of sections = sum of items",
            source: CLASSES,
        },
    ),
];

pub(super) fn rules() -> Vec<Rule> {
    TOTALS.iter().chain(LEVELS).map(|(_, rule)| *rule).chain([OTHER_TOTAL, NUMBERED]).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        columns(table, checks);
    }
}

/// Total rows and code levels, column by column.
fn columns(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let total = TOTALS.iter().find(|(kind, _)| *kind == table.kind);
    let total = total.map(|(_, rule)| rule).or((table.kind == TableKind::Other).then_some(&OTHER_TOTAL));
    let levels = LEVELS.iter().find(|(kind, _)| *kind == table.kind);
    let mut outline = Outline::default();
    for column in table.columns() {
        if let Some(rule) = total {
            match column_total(rule, &column) {
                Some((Certainty::Known, check)) => checks.push(check),
                Some((Certainty::Guessed, check)) => outline.guess(check),
                None => {}
            }
            outline.later_totals(rule, &column);
        }
        if let Some((_, rule)) = levels {
            code_levels(rule, &column, checks);
        }
        // The parts of 三公 have rules of their own.
        if table.kind != TableKind::ThreePublic {
            outline.numbered_levels(&column);
        }
    }
    checks.extend(outline.believed());
}

/// Whether the rows that make up a total are known, or follow from the layout alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certainty {
    Known,
    Guessed,
}

/// The total row is the sum of the rows of the highest level that is printed.
fn column_total(rule: &Rule, column: &[&LineItem]) -> Option<(Certainty, Check)> {
    let at = column.iter().position(|item| item.level.is_none())?;
    let total = column[at];
    // 收入合计 in the middle sums up what stands above it.
    let rows = if at > 0 { &column[..at] } else { column };
    let rows: Vec<&LineItem> = rows.iter().copied().filter(|item| item.level.is_some()).collect();
    let coded = rows.iter().filter(|item| !item.code.is_empty()).count() * 2 > rows.len();
    let rows: Vec<&LineItem> = rows.into_iter().filter(|item| !coded || !item.code.is_empty()).collect();
    let highest = rows.iter().filter_map(|item| item.level).min()?;
    let top: Vec<&LineItem> = rows.iter().copied().filter(|item| item.level == Some(highest)).collect();
    let plain: Vec<&LineItem> =
        top.iter().copied().filter(|item| !fold(&item.name).ends_with("小计")).collect();
    let known = coded && of_one_list(&top) || rule.code == "project_total";
    let by_rows = compare(rule, &Figure::of(total)?, &Figure::sum("各行之和", &figures(&plain)?));
    let subtotals: Vec<&LineItem> =
        top.into_iter().filter(|item| fold(&item.name).ends_with("小计")).collect();
    if by_rows.verdict == Verdict::Fail && !subtotals.is_empty() {
        let sum = Figure::sum("各小计之和", &figures(&subtotals)?);
        return Some((Certainty::Known, compare(rule, &Figure::of(total)?, &sum)));
    }
    Some((if known { Certainty::Known } else { Certainty::Guessed }, by_rows))
}

/// Whether the codes come from one list: units and the classes of their spending may stand in one column.
fn of_one_list(top: &[&LineItem]) -> bool {
    let classes = top.iter().filter(|item| item.code.starts_with('2')).count();
    let lengths: BTreeSet<usize> = top.iter().map(|item| item.code.len()).collect();
    let codes: BTreeSet<&str> = top.iter().map(|item| item.code.as_str()).collect();
    lengths.len() == 1 && codes.len() == top.len() && (classes == 0 || classes == top.len())
}

/// Each code is the sum of the codes one level below it, where there are any.
fn code_levels(rule: &Rule, column: &[&LineItem], checks: &mut Vec<Check>) {
    for parent in column.iter().filter(|item| !item.code.is_empty()) {
        let below: Vec<&LineItem> = column
            .iter()
            .copied()
            .filter(|item| item.code.len() > parent.code.len() && item.code.starts_with(&parent.code))
            .collect();
        let Some(next) = below.iter().map(|item| item.code.len()).min() else { continue };
        let children: Vec<&LineItem> = below.into_iter().filter(|item| item.code.len() == next).collect();
        let twice = column.iter().filter(|item| item.code == parent.code).count() > 1;
        if twice {
            continue;
        }
        if let (Some(own), Some(children)) = (Figure::of(parent), figures(&children)) {
            let sum = Figure::sum(&format!("{}的下级之和", parent.code), &children);
            checks.push(compare(rule, &own, &sum));
        }
    }
}
