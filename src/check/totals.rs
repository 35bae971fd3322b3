//! Down a column: total rows and the rows they are made of, classifications level by level, both sides of a summary.

use super::Rule;
use super::evidence::{Evidence, Figure, StandardTable, compare};
use crate::record::{Check, LineItem, Measure, TableKind, Verdict};
use crate::reference::measure;
use crate::wording::fold;
use std::collections::BTreeMap;

const FORMS: &str = "财预〔2016〕143号 表式";
const CLASSES: &str = "政府收支分类科目";

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
const THREE_PUBLIC: Rule = Rule {
    code: "three_public_total",
    chinese: "“三公”经费合计＝因公出国（境）费＋公务用车购置及运行费＋公务接待费",
    english: "Three public expenses = overseas + vehicles + reception",
    source: FORMS,
};
const VEHICLES: Rule = Rule {
    code: "vehicles_total",
    chinese: "公务用车购置及运行费＝购置费＋运行费",
    english: "Vehicles = purchase + operation",
    source: FORMS,
};
const ASSETS: Rule = Rule {
    code: "assets_total",
    chinese: "资产总额＝各类资产之和",
    english: "Assets = sum of their kinds",
    source: "固定资产占用情况表表式",
};
const PROCUREMENT: Rule = Rule {
    code: "procurement_total",
    chinese: "政府采购合计＝各单位小计之和",
    english: "Procurement = sum of the units' subtotals",
    source: "政府采购预算表表式",
};
const PROCUREMENT_UNIT: Rule = Rule {
    code: "procurement_subtotal",
    chinese: "政府采购小计＝所列各项之和",
    english: "A unit's procurement = sum of its lines",
    source: "政府采购预算表表式",
};

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
    let single = [
        INCOME_IS_EXPENDITURE,
        CURRENT_INCOME,
        CURRENT_EXPENDITURE,
        TOTAL_INCOME,
        TOTAL_EXPENDITURE,
        THREE_PUBLIC,
        VEHICLES,
        ASSETS,
        PROCUREMENT,
        PROCUREMENT_UNIT,
    ];
    single.into_iter().chain(TOTALS.iter().chain(LEVELS).map(|(_, rule)| *rule)).collect()
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        match table.kind {
            TableKind::BudgetSummary | TableKind::FiscalAppropriation => summary(table, checks),
            TableKind::ThreePublic => three_public(table, checks),
            TableKind::Assets => assets(table, checks),
            TableKind::Procurement => procurement(table, checks),
            _ => columns(table, checks),
        }
    }
}

/// The columns of a table: figures that share a printed column, in the order of the rows.
fn by_column<'a>(table: &StandardTable<'a>) -> Vec<Vec<&'a LineItem>> {
    let mut columns: BTreeMap<usize, Vec<&LineItem>> = BTreeMap::new();
    for item in table.items() {
        columns.entry(item.provenance.column.unwrap_or(0)).or_default().push(item);
    }
    columns.into_values().collect()
}

fn figures(items: &[&LineItem]) -> Option<Vec<Figure>> {
    items.iter().map(|item| Figure::of(item)).collect()
}

/// Both sides of a summary: 本年合计 is the sum above it, 总计 adds what stands between, and the totals are equal.
fn summary(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let mut totals: Vec<(bool, Figure)> = Vec::new();
    for column in by_column(table) {
        let Some(first) = column.first() else { continue };
        let income = StandardTable::on_side(first, "收入");
        if !income && !StandardTable::on_side(first, "支出") {
            continue;
        }
        let position =
            |names: &[&str]| column.iter().position(|item| names.contains(&fold(&item.name).as_str()));
        let current = position(&["本年收入合计", "本年支出合计", "本年收入总计", "本年支出总计"]);
        let total = position(&["收入总计", "支出总计", "总计", "合计", "收入合计", "支出合计"]);
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
    let income = totals.iter().find(|(income, _)| *income);
    let spending = totals.iter().find(|(income, _)| !*income);
    if let (Some((_, income)), Some((_, spending))) = (income, spending) {
        checks.push(compare(INCOME_IS_EXPENDITURE.code, INCOME_IS_EXPENDITURE.chinese, income, spending));
    }
}

/// The sum of the rows of the first level.
fn sum_of_top(rule: &Rule, items: &[&LineItem], total: &LineItem) -> Option<Check> {
    let top: Vec<&LineItem> = items.iter().copied().filter(|item| item.level == Some(1)).collect();
    if top.len() < 2 {
        return None;
    }
    let sum = Figure::sum("各项之和", &figures(&top)?);
    Some(compare(rule.code, rule.chinese, &Figure::of(total)?, &sum))
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
        return (parts.len() >= 2)
            .then(|| compare(rule.code, rule.chinese, total, &Figure::sum("各项之和", &parts)));
    };
    let base = Figure::of(column[current])?;
    let after = top(&column[current + 1..at]);
    let mut tried =
        vec![Figure::sum("本年合计与结转之和", &[std::slice::from_ref(&base), &after[..]].concat())];
    tried.extend(after.iter().map(|one| Figure::sum("本年合计与其后一项之和", &[base.clone(), one.clone()])));
    tried.push(Figure { label: "本年合计（不含结转）".to_owned(), ..base });
    let checks: Vec<Check> = tried.iter().map(|sum| compare(rule.code, rule.chinese, total, sum)).collect();
    checks.iter().find(|check| check.verdict == Verdict::Pass).or(checks.first()).cloned()
}

/// Total rows and code levels, column by column.
fn columns(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let total = TOTALS.iter().find(|(kind, _)| *kind == table.kind);
    let levels = LEVELS.iter().find(|(kind, _)| *kind == table.kind);
    for column in by_column(table) {
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

/// The parts of 三公, whether they stand in rows or in columns.
fn three_public(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let mut groups: BTreeMap<(usize, String), Vec<(Measure, &LineItem)>> = BTreeMap::new();
    for item in table.items() {
        let path: Vec<String> = item.measure_label.split('/').map(str::to_owned).collect();
        let in_columns = path.last().is_some_and(|leaf| *leaf == item.name);
        let (part, key) = if in_columns {
            (measure::of_path(&path), (item.provenance.row.unwrap_or(0), path[0].clone()))
        } else {
            let part = measure::of_name(&fold(&item.name)).unwrap_or(Measure::Amount);
            (part, (0, item.measure_label.clone()))
        };
        groups.entry(key).or_default().push((part, item));
    }
    for group in groups.values() {
        parts(
            &THREE_PUBLIC,
            group,
            Measure::Total,
            &[Measure::Overseas, Measure::Vehicle, Measure::Reception],
            checks,
        );
        parts(
            &VEHICLES,
            group,
            Measure::Vehicle,
            &[Measure::VehiclePurchase, Measure::VehicleOperation],
            checks,
        );
    }
}

fn parts(
    rule: &Rule,
    group: &[(Measure, &LineItem)],
    total: Measure,
    parts: &[Measure],
    checks: &mut Vec<Check>,
) {
    let one = |wanted: Measure| {
        let mut found = group.iter().filter(|(measure, _)| *measure == wanted);
        let item = found.next().filter(|_| found.next().is_none());
        item.and_then(|(_, item)| Figure::of(item))
    };
    let found: Option<Vec<Figure>> = parts.iter().map(|part| one(*part)).collect();
    if let (Some(total), Some(found)) = (one(total), found) {
        checks.push(compare(rule.code, rule.chinese, &total, &Figure::sum("各项之和", &found)));
    }
}

fn assets(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let value = |item: &&&LineItem| item.measure != Measure::Quantity;
    let items: Vec<&LineItem> = table.rows.iter().flat_map(|row| row.iter().filter(value).copied()).collect();
    let Some(total) = items.iter().find(|item| fold(&item.name).starts_with("资产总额")) else { return };
    let column = total.provenance.column;
    let kinds: Vec<&LineItem> = items
        .iter()
        .copied()
        .filter(|item| item.provenance.column == column && item.name != total.name && item.level == Some(3))
        .collect();
    if let (Some(own), Some(parts)) = (Figure::of(total), figures(&kinds))
        && parts.len() >= 2
    {
        checks.push(compare(ASSETS.code, ASSETS.chinese, &own, &Figure::sum("各类资产之和", &parts)));
    }
}

/// Units' subtotals and the lines below each, in the columns of money.
fn procurement(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    for column in by_column(table) {
        let Some(first) = column.first() else { continue };
        if matches!(first.measure, Measure::Quantity | Measure::UnitPrice) {
            continue;
        }
        let total = column.iter().find(|item| item.level.is_none());
        let subtotal = |item: &LineItem| fold(&item.name).ends_with("小计");
        let subtotals: Vec<&LineItem> = column.iter().copied().filter(|item| subtotal(item)).collect();
        if let Some(total) = total.filter(|_| !subtotals.is_empty())
            && let (Some(own), Some(parts)) = (Figure::of(total), figures(&subtotals))
        {
            checks.push(compare(
                PROCUREMENT.code,
                PROCUREMENT.chinese,
                &own,
                &Figure::sum("各单位小计之和", &parts),
            ));
        }
        for (at, item) in column.iter().enumerate().filter(|(_, item)| subtotal(item)) {
            let lines: Vec<&LineItem> = column[at + 1..]
                .iter()
                .copied()
                .take_while(|line| !subtotal(line) && line.level.is_some())
                .collect();
            if let (Some(own), Some(parts)) = (Figure::of(item), figures(&lines))
                && !parts.is_empty()
            {
                checks.push(compare(
                    PROCUREMENT_UNIT.code,
                    PROCUREMENT_UNIT.chinese,
                    &own,
                    &Figure::sum("所列各项之和", &parts),
                ));
            }
        }
    }
}
