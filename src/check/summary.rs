//! Both sides of a summary: what the year brings and costs, what is carried over, and that the totals are equal.

use super::Rule;
use super::evidence::{Evidence, Figure, StandardTable, compare, figures};
use crate::record::{Check, LineItem, TableKind, Verdict};
use crate::wording::fold;

const FORMS: &str = "财预〔2016〕143号 表式";

const INCOME_IS_EXPENDITURE: Rule = Rule {
    code: "income_equals_expenditure",
    chinese: "收入总计＝支出总计",
    english: "Total income = total expenditure",
    source: FORMS,
};
const CURRENT_INCOME: Rule = Rule {
    code: "current_income",
    chinese: "本年收入合计＝各项收入之和",
    english: "Income of the year = sum of its sources",
    source: FORMS,
};
const CURRENT_EXPENDITURE: Rule = Rule {
    code: "current_expenditure",
    chinese: "本年支出合计＝各项支出之和",
    english: "Expenditure of the year = sum of its items",
    source: FORMS,
};
const TOTAL_INCOME: Rule = Rule {
    code: "total_income",
    chinese: "收入总计＝本年收入合计＋上年结转",
    english: "Total income = income of the year + carried over",
    source: FORMS,
};
const TOTAL_EXPENDITURE: Rule = Rule {
    code: "total_expenditure",
    chinese: "支出总计＝本年支出合计＋结转下年",
    english: "Total expenditure = expenditure of the year + carried forward",
    source: FORMS,
};

pub(super) fn rules() -> Vec<Rule> {
    vec![INCOME_IS_EXPENDITURE, CURRENT_INCOME, CURRENT_EXPENDITURE, TOTAL_INCOME, TOTAL_EXPENDITURE]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        if matches!(table.kind, TableKind::BudgetSummary | TableKind::FiscalAppropriation) {
            summary(table, checks);
        }
    }
}

/// Both sides of a summary: 本年合计 is the sum above it, 总计 adds what stands between, and the totals are equal.
fn summary(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let mut totals: Vec<(bool, Figure)> = Vec::new();
    for column in table.columns() {
        let Some(income) = is_income(&column) else { continue };
        let position = |test: fn(&str) -> bool| column.iter().position(|item| test(&fold(&item.name)));
        let current = position(is_current);
        let total = position(is_grand);
        let (of_current, of_total) =
            if income { (CURRENT_INCOME, TOTAL_INCOME) } else { (CURRENT_EXPENDITURE, TOTAL_EXPENDITURE) };
        if let Some(at) = current {
            checks.extend(sum_of_top(&of_current, &column[..at], column[at]));
        }
        let Some(at) = total.and_then(|at| Figure::of(column[at]).map(|figure| (at, figure))) else {
            continue;
        };
        checks.extend(grand_total(&of_total, &column, current, at.0, &at.1));
        totals.push((income, at.1));
    }
    let (income, spending): (Vec<_>, Vec<_>) = totals.into_iter().partition(|(income, _)| *income);
    // Several columns on both sides are years; several on one side are its funds, the whole first.
    let years = if income.len() == spending.len() { income.len() } else { 1 };
    for ((_, income), (_, spending)) in income.iter().zip(&spending).take(years) {
        checks.push(compare(&INCOME_IS_EXPENDITURE, income, spending));
    }
}

/// Which side a column stands on: by its headings, else by the totals it prints.
fn is_income(column: &[&LineItem]) -> Option<bool> {
    let first = column.first()?;
    let income = StandardTable::on_side(first, "收入");
    if income || StandardTable::on_side(first, "支出") {
        return Some(income);
    }
    let names = |side: &str| {
        column.iter().any(|item| {
            let name = fold(&item.name);
            name.contains(side) && (is_current(&name) || is_grand(&name))
        })
    };
    match (names("收入"), names("支出")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// `本年收入合计`, `当年支出小计`: what the year itself brings or costs.
fn is_current(name: &str) -> bool {
    (name.starts_with("本年") || name.starts_with("当年"))
        && (name.contains("收入") || name.contains("支出"))
        && ["合计", "小计", "总计"].iter().any(|ending| name.ends_with(ending))
}

/// `收入总计`, `支出合计`, `总计`: all there is on a side.
fn is_grand(name: &str) -> bool {
    matches!(name, "收入总计" | "支出总计" | "总计" | "合计" | "收入合计" | "支出合计")
}

/// The sum of the rows of the first level.
fn sum_of_top(rule: &Rule, items: &[&LineItem], total: &LineItem) -> Option<Check> {
    let top: Vec<&LineItem> = items.iter().copied().filter(|item| item.level == Some(1)).collect();
    if top.len() < 2 {
        return None;
    }
    let sum = Figure::sum("各项之和", &figures(&top)?);
    Some(compare(rule, &Figure::of(total)?, &sum))
}

/// 总计 is 本年合计 and what stands after it. Some counties leave the carry-over out of their total: the equation that
/// holds is the one reported.
fn grand_total(
    rule: &Rule,
    column: &[&LineItem],
    current: Option<usize>,
    at: usize,
    total: &Figure,
) -> Option<Check> {
    let top = |items: &[&LineItem]| -> Vec<Figure> {
        items.iter().filter(|item| item.level == Some(1)).filter_map(|item| Figure::of(item)).collect()
    };
    let Some(current) = current.filter(|current| *current < at) else {
        let parts = top(&column[..at]);
        return (parts.len() >= 2).then(|| compare(rule, total, &Figure::sum("各项之和", &parts)));
    };
    let base = Figure::of(column[current])?;
    let after = top(&column[current + 1..at]);
    let mut tried =
        vec![Figure::sum("本年合计与结转之和", &[std::slice::from_ref(&base), &after[..]].concat())];
    tried.extend(after.iter().map(|one| Figure::sum("本年合计与其后一项之和", &[base.clone(), one.clone()])));
    tried.push(Figure { label: "本年合计（不含结转）".to_owned(), ..base });
    let checks: Vec<Check> = tried.iter().map(|sum| compare(rule, total, sum)).collect();
    checks.iter().find(|check| check.verdict == Verdict::Pass).or(checks.first()).cloned()
}
