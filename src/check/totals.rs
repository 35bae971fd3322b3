//! Down a column: total rows and the rows they are made of, classifications level by level.

use super::Rule;
use super::evidence::{Evidence, Figure, StandardTable, compare, figures};
use crate::record::{Check, LineItem, TableKind, Verdict};
use crate::wording::fold;

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
    TOTALS.iter().chain(LEVELS).map(|(_, rule)| *rule).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        columns(table, checks);
    }
}

/// Total rows and code levels, column by column.
fn columns(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let total = TOTALS.iter().find(|(kind, _)| *kind == table.kind);
    let levels = LEVELS.iter().find(|(kind, _)| *kind == table.kind);
    for column in table.columns() {
        if let Some((_, rule)) = total {
            checks.extend(column_total(rule, &column));
        }
        if let Some((_, rule)) = levels {
            code_levels(rule, &column, checks);
        }
    }
}

/// The total row is the sum of the rows of the highest level that is printed.
fn column_total(rule: &Rule, column: &[&LineItem]) -> Option<Check> {
    let total = column.iter().find(|item| item.level.is_none())?;
    let rows: Vec<&LineItem> = column.iter().copied().filter(|item| item.level.is_some()).collect();
    let coded = rows.iter().filter(|item| !item.code.is_empty()).count() * 2 > rows.len();
    let rows: Vec<&LineItem> = rows.into_iter().filter(|item| !coded || !item.code.is_empty()).collect();
    let highest = rows.iter().filter_map(|item| item.level).min()?;
    let top: Vec<&LineItem> = rows.iter().copied().filter(|item| item.level == Some(highest)).collect();
    let plain: Vec<&LineItem> =
        top.iter().copied().filter(|item| !fold(&item.name).ends_with("小计")).collect();
    let by_rows =
        compare(rule.code, rule.chinese, &Figure::of(total)?, &Figure::sum("各行之和", &figures(&plain)?));
    let subtotals: Vec<&LineItem> =
        top.into_iter().filter(|item| fold(&item.name).ends_with("小计")).collect();
    if by_rows.verdict == Verdict::Fail && !subtotals.is_empty() {
        let sum = Figure::sum("各小计之和", &figures(&subtotals)?);
        return Some(compare(rule.code, rule.chinese, &Figure::of(total)?, &sum));
    }
    // Without codes it is not certain which rows are parts of which: only an equation that holds says something.
    let certain = coded || rule.code == "project_total";
    (certain || by_rows.verdict == Verdict::Pass).then_some(by_rows)
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
            checks.push(compare(rule.code, rule.chinese, &own, &sum));
        }
    }
}
