//! The execution rate of a project's funds, which forms print beside the budget and what was spent of it.

use super::Rule;
use super::evidence::{Evidence, Figure, Noun, compare};
use crate::document::{Grid, Table, figure};
use crate::record::{Check, Ordinal, Provenance, TableFacts, TableKind};
use crate::wording::fold;
use rust_decimal::Decimal;

const RATE: Rule = Rule {
    code: "execution_rate",
    chinese: "预算执行率＝全年执行数÷全年预算数",
    english: "Execution rate = spent ÷ budget of the year",
    source: "财预〔2020〕10号",
};

/// Headers of the budget that the rate refers to, the adjusted one of the year before others.
const BUDGET: &[&str] = &["全年预算数", "调整后预算数", "预算数"];
const SPENT: &[&str] = &["全年执行数", "执行数", "实际支出数"];
const RATES: &[&str] = &["执行率"];

pub(super) fn rules() -> Vec<Rule> {
    vec![RATE]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let forms = |kind: TableKind| matches!(kind, TableKind::Indicators | TableKind::ProjectGoal);
    for (facts, table) in evidence.records.tables.iter().filter(|(facts, _)| forms(facts.kind)) {
        let grid = table.grid();
        for header in 0..grid.rows().saturating_sub(1) {
            if let Some(columns) = columns(&grid, header) {
                let rows = (header + 1..grid.rows()).map_while(|row| rate(facts, table, &grid, columns, row));
                checks.extend(rows);
            }
        }
    }
}

/// The columns of budget, spending and rate below one header row.
fn columns(grid: &Grid<'_>, row: usize) -> Option<[usize; 3]> {
    let named = |word: &&str| {
        (0..grid.columns()).filter(|column| grid.is_anchor(row, *column)).find(|column| {
            let text = fold(grid.text(row, *column));
            text.split('(').next().is_some_and(|name| name.ends_with(word))
        })
    };
    let first = |words: &[&str]| words.iter().find_map(named);
    // Few rows name a rate, so it is looked for first.
    let rate = first(RATES)?;
    Some([first(BUDGET)?, first(SPENT)?, rate])
}

fn rate(
    facts: &TableFacts,
    table: &Table,
    grid: &Grid<'_>,
    columns: [usize; 3],
    row: usize,
) -> Option<Check> {
    let [budget, spent, stated] = columns.map(|column| fold(grid.text(row, column)));
    let (budget, spent) = (figure(&budget)?, figure(&spent)?);
    let stated = figure(stated.strip_suffix('%')?)?;
    let computed = spent.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget)?;
    let half = |value: Decimal| Decimal::new(5, value.scale().min(10) + 1);
    let hidden = (half(spent) + half(budget)).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget.abs())?;
    let place = table.row_place(row);
    let at = |column: usize| Provenance {
        page: place.page,
        table: Ordinal::new(facts.number),
        row: Ordinal::of_index(row),
        column: Ordinal::of_index(column),
        bbox: place.bbox,
    };
    // A rate that is cut off instead of rounded is up to one unit of its last digit too low.
    let cut = if stated < computed { Decimal::TWO } else { Decimal::ONE };
    let left = Figure {
        slack: half(stated) * cut,
        ..Figure::exact("执行率", stated, Noun::Percent, at(columns[2]))
    };
    let computed = Figure::exact("执行数÷预算数", computed.round_dp(4), Noun::Percent, at(columns[1]));
    Some(compare(&RATE, &left, &Figure { slack: hidden, terms: 2, ..computed }))
}
