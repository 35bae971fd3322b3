//! Tables whose rows are parts of a named whole: 三公, assets, procurement by unit.

use super::Rule;
use super::evidence::{Evidence, Figure, StandardTable, compare, figures};
use super::outline::Outline;
use crate::record::{Check, LineItem, Measure, Ordinal, TableKind};
use crate::reference::measure;
use crate::wording::fold;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const FORMS: &str = "财预〔2016〕143号 表式";

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

const PERSONNEL: Rule = Rule {
    code: "basic_personnel_total",
    chinese: "基本支出表：人员经费合计＝工资福利支出＋对个人和家庭的补助",
    english: "Basic expenditure: personnel = classes 301 + 303",
    source: "部门决算公开表式",
};
const PUBLIC_USE: Rule = Rule {
    code: "basic_public_use_total",
    chinese: "基本支出表：公用经费合计＝其余各类之和",
    english: "Basic expenditure: public use = the other classes",
    source: "部门决算公开表式",
};

const PROCUREMENT_LINES: Rule = Rule {
    code: "procurement_lines",
    chinese: "政府采购合计＝所列各项之和",
    english: "Procurement = sum of its lines",
    source: "政府采购预算表表式",
};

pub(super) fn rules() -> Vec<Rule> {
    vec![
        THREE_PUBLIC,
        VEHICLES,
        ASSETS,
        PROCUREMENT,
        PROCUREMENT_UNIT,
        PROCUREMENT_LINES,
        PERSONNEL,
        PUBLIC_USE,
    ]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for table in &evidence.tables {
        match table.kind {
            TableKind::ThreePublic => three_public(table, checks),
            TableKind::Assets => assets(table, checks),
            TableKind::Procurement => procurement(table, checks),
            TableKind::BasicExpenditure => basic(table, checks),
            _ => {}
        }
    }
}

/// The parts of 三公, whether they stand in rows or in columns.
fn three_public(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let mut groups: BTreeMap<(usize, String), Vec<(Measure, &LineItem)>> = BTreeMap::new();
    for item in table.items() {
        let path: Vec<String> = item.measure_label.split('/').map(str::to_owned).collect();
        let in_columns = path.iter().rev().take(2).any(|leaf| *leaf == item.name);
        let (part, key) = if in_columns {
            (measure::of_path(&path), (item.provenance.row.map_or(0, Ordinal::get), path[0].clone()))
        } else {
            let part = measure::of_name(&fold(&item.name)).unwrap_or(Measure::Amount);
            (part, (0, item.measure_label.to_string()))
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
        checks.push(compare(rule, &total, &Figure::sum("各项之和", &found)));
    }
}

/// 人员经费合计 and 公用经费合计 below blocks of economic classes that stand side by side.
fn basic(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let classes: Vec<&LineItem> = table.items().filter(|item| item.code.len() == 3).collect();
    let personnel = |item: &LineItem| matches!(item.code.as_str(), "301" | "303");
    let codes: std::collections::BTreeSet<&str> = classes.iter().map(|item| item.code.as_str()).collect();
    // A table that prints a class in several columns has totals of its own.
    if codes.len() != classes.len() {
        return;
    }
    for (rule, name, of_personnel) in
        [(&PERSONNEL, "人员经费合计", true), (&PUBLIC_USE, "公用经费合计", false)]
    {
        let mut totals = table.items().filter(|item| fold(&item.name) == name);
        let (Some(total), None) = (totals.next(), totals.next()) else { continue };
        let parts: Vec<&LineItem> =
            classes.iter().copied().filter(|item| personnel(item) == of_personnel).collect();
        if let (Some(own), Some(parts)) = (Figure::of(total), figures(&parts))
            && !parts.is_empty()
        {
            checks.push(compare(rule, &own, &Figure::sum("各类之和", &parts)));
        }
    }
}

fn assets(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    let value = |item: &&&LineItem| item.measure != Measure::Quantity;
    let items: Vec<&LineItem> = table.rows.iter().flat_map(|row| row.iter().filter(value).copied()).collect();
    let Some(total) = items.iter().find(|item| fold(&item.name).starts_with("资产总额")) else { return };
    let column = total.provenance.column;
    let tried = [3, 2].into_iter().filter_map(|level| {
        let of_level = |item: &&LineItem| {
            item.provenance.column == column && item.name != total.name && item.level == Some(level)
        };
        let kinds: Vec<&LineItem> = items.iter().copied().filter(of_level).collect();
        let parts = figures(&kinds).filter(|parts| parts.len() >= 2)?;
        Some(compare(&ASSETS, &Figure::of(total)?, &Figure::sum("各类资产之和", &parts)))
    });
    // The kinds are numbered 1、2、3、 or stand as （一） above these: the one that comes nearer is meant.
    let apart = |check: &Check| check.difference.unwrap_or(Decimal::MAX).abs();
    checks.extend(tried.min_by_key(apart));
}

/// Without subtotals the total is the sum of all lines; a list may tell only some of them, so that what does not add up
/// is told as in every outline.
fn procurement_lines(table: &StandardTable<'_>) -> Vec<Check> {
    let mut outline = Outline::default();
    for column in table.columns() {
        let money = !matches!(column[0].measure, Measure::Quantity | Measure::UnitPrice);
        let plain = !column.iter().any(|item| fold(&item.name).ends_with("小计"));
        let (totals, lines): (Vec<&LineItem>, Vec<&LineItem>) =
            column.iter().partition(|item| item.level.is_none());
        let [total] = totals.as_slice() else { continue };
        if let (true, Some(own), Some(parts)) = (money && plain, Figure::of(total), figures(&lines))
            && !parts.is_empty()
        {
            outline.guess(compare(&PROCUREMENT_LINES, &own, &Figure::sum("所列各项之和", &parts)));
        }
    }
    outline.believed()
}

/// Units' subtotals and the lines below each, in the columns of money.
fn procurement(table: &StandardTable<'_>, checks: &mut Vec<Check>) {
    checks.extend(procurement_lines(table));
    for column in table.columns() {
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
            checks.push(compare(&PROCUREMENT, &own, &Figure::sum("各单位小计之和", &parts)));
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
                checks.push(compare(&PROCUREMENT_UNIT, &own, &Figure::sum("所列各项之和", &parts)));
            }
        }
    }
}
