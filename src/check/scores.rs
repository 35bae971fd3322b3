//! Weights and scores of indicators: the sums of each table, its total row, and scores within their weights.

use super::Rule;
use super::evidence::{Evidence, Figure, Noun, compare, passed, skipped};
use crate::document::{Grid, Table, figure};
use crate::record::{Check, Indicator, Ordinal, Source, TargetPeriod, Verdict};
use crate::reference::taxonomy;
use crate::wording::{blank, fold};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const SOURCE: &str = "财预〔2020〕10号";

const WEIGHTS: Rule = Rule {
    code: "weights_sum",
    chinese: "指标分值之和＝100（或预算执行率另计10分时为90）",
    english: "Weights sum to 100, or to 90 beside 10 for execution",
    source: SOURCE,
};
const SCORES: Rule = Rule {
    code: "score_within_weight",
    chinese: "得分不超过分值",
    english: "A score is at most its weight",
    source: SOURCE,
};
/// One kind of points that tables print.
struct Points {
    /// The rule on the total row.
    total: Rule,
    /// Its name.
    name: &'static str,
    /// Words of the headers above it.
    headers: &'static [&'static str],
    of: fn(&Indicator) -> Option<Decimal>,
    /// Whether its column stands right of the other one.
    right: bool,
}

const WEIGHT: Points = Points {
    total: Rule {
        code: "weights_total",
        chinese: "总分行的分值＝各项分值之和",
        english: "The weight in the total row = sum of the weights above",
        source: SOURCE,
    },
    name: "分值",
    headers: &["分值", "权重"],
    of: |indicator| indicator.weight,
    right: false,
};
const SCORE: Points = Points {
    total: Rule {
        code: "scores_total",
        chinese: "总分行的得分＝各项得分之和",
        english: "The score in the total row = sum of the scores above",
        source: SOURCE,
    },
    name: "得分",
    headers: &["得分"],
    of: |indicator| indicator.score,
    right: true,
};

/// What a table without a row of its own for the execution rate sums to.
const WITHOUT_EXECUTION: i64 = 90;

pub(super) fn rules() -> Vec<Rule> {
    vec![WEIGHTS, SCORES, WEIGHT.total, SCORE.total]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let groups = groups(evidence);
    weights(evidence, &groups, checks);
    within(&groups, checks);
    for (facts, table) in &evidence.records.tables {
        let rows = groups.iter().filter(|group| group.table == facts.number);
        totals(table, &rows.flat_map(|group| &group.rows).copied().collect::<Vec<_>>(), checks);
    }
}

/// The indicators of one project in one table.
struct Group<'a> {
    table: usize,
    project: Option<usize>,
    rows: Vec<&'a Indicator>,
}

impl Group<'_> {
    /// The sum of the weights; `None` where a row has none, or there are too few rows to be whole.
    fn weights(&self) -> Option<Figure> {
        let sum = WEIGHT.sum(&self.rows)?;
        (self.rows.len() > 2).then_some(sum)
    }
}

fn groups<'a>(evidence: &Evidence<'a>) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<(usize, Option<usize>), Vec<&Indicator>> = BTreeMap::new();
    for indicator in evidence.records.indicators.iter().filter(|indicator| {
        indicator.source == Source::Table && indicator.target_period == TargetPeriod::Year
    }) {
        let table = indicator.provenance.table.map_or(0, Ordinal::get);
        groups.entry((table, indicator.project)).or_default().push(indicator);
    }
    groups.into_iter().map(|((table, project), rows)| Group { table, project, rows }).collect()
}

impl Points {
    /// The sum over rows; `None` where a row prints none.
    fn sum(&self, rows: &[&Indicator]) -> Option<Figure> {
        let figure = |indicator: &&Indicator| {
            let label = format!("{} {}", indicator.level3, self.name);
            Some(Figure::exact(&label, (self.of)(indicator)?, Noun::Points, indicator.provenance))
        };
        let figures: Vec<Figure> = rows.iter().map(figure).collect::<Option<_>>()?;
        let label = format!("{}之和", self.name);
        Some(Figure { noun: Noun::Points, ..Figure::sum(&label, &figures) })
    }

    /// The points for the execution rate, which stand below a header of their own among the funds; `first` is the first
    /// row of indicators, from 1.
    fn execution(&self, grid: &Grid<'_>, first: usize) -> Option<Decimal> {
        let headed = |row: usize, column: usize| {
            let above = fold(grid.text(row - 1, column));
            self.headers.iter().any(|word| above.contains(word))
        };
        let rows = 1..first.saturating_sub(1).min(grid.rows());
        rows.flat_map(|row| (0..grid.columns()).map(move |column| (row, column)))
            .filter(|(row, column)| headed(*row, *column))
            .filter(|(row, column)| !grid.text(*row, *column).contains(['%', '％']))
            .find_map(|(row, column)| printed(grid, row, column))
    }
}

/// A number of points: `10`, `7.5分`.
fn printed(grid: &Grid<'_>, row: usize, column: usize) -> Option<Decimal> {
    figure(fold(grid.text(row, column)).trim_end_matches(['分', '%']))
}

/// Where every row has a weight they sum to 100, or to 90 where the execution rate has its own 10: the table prints
/// it, or most tables of the document do so. One project may stand in several tables that sum to 100 together.
fn weights(evidence: &Evidence<'_>, groups: &[Group<'_>], checks: &mut Vec<Check>) {
    let without = Decimal::from(WITHOUT_EXECUTION);
    let sums: Vec<(&Group<'_>, Figure)> =
        groups.iter().filter_map(|group| Some((group, group.weights()?))).collect();
    let usual = sums.iter().filter(|(_, sum)| sum.yuan == without).count() * 2 > sums.len();
    let is_full = |sum: Decimal| sum == Decimal::ONE_HUNDRED || usual && sum == without;
    for (group, sum) in &sums {
        let own = sums.iter().filter(|(other, _)| other.project == group.project);
        let whole = own.fold(Decimal::ZERO, |whole, (_, sum)| whole.saturating_add(sum.yuan));
        if is_full(whole) && whole != sum.yuan {
            continue;
        }
        let tables = evidence.records.tables.iter().filter(|(facts, _)| facts.number == group.table);
        let first = group.rows.iter().filter_map(|row| row.provenance.row).min().map_or(1, Ordinal::get);
        let apart =
            usual || tables.into_iter().any(|(_, table)| WEIGHT.execution(&table.grid(), first).is_some());
        let off = |full: Decimal| sum.yuan.saturating_sub(full).abs();
        let nearer = off(without) < off(Decimal::ONE_HUNDRED);
        let full = if apart && nearer { without } else { Decimal::ONE_HUNDRED };
        checks.push(compare(&WEIGHTS, sum, &Figure::exact("满分", full, Noun::Points, sum.provenance)));
    }
}

fn within(groups: &[Group<'_>], checks: &mut Vec<Check>) {
    for group in groups {
        let scored = group.rows.iter().filter_map(|row| Some((row, row.weight?, row.score?)));
        let over: Vec<Check> = scored
            .clone()
            .filter(|(_, weight, score)| score > weight)
            .map(|(row, weight, score)| {
                let figure = |label: &str, points| Figure::exact(label, points, Noun::Points, row.provenance);
                compare(&SCORES, &figure("得分", score), &figure("分值", weight))
            })
            .collect();
        if let Some((row, ..)) = scored.clone().next().filter(|_| over.is_empty()) {
            checks.push(passed(&SCORES, skipped(&SCORES, "", row.provenance)));
        }
        checks.extend(over);
    }
}

/// The total rows of a table, each with the indicators above it.
fn totals(table: &Table, rows: &[&Indicator], checks: &mut Vec<Check>) {
    if rows.is_empty() {
        return;
    }
    let grid = table.grid();
    let mut done = 0;
    for total in (0..grid.rows()).filter(|row| is_total(&grid, *row)) {
        let inside = |row: Ordinal| row.get() > done && row.get() <= total;
        let above = |indicator: &&&Indicator| indicator.provenance.row.is_some_and(inside);
        let block: Vec<&Indicator> = rows.iter().filter(above).copied().collect();
        if block.len() > 2 {
            let whole = WEIGHT.sum(&block).map(|sum| sum.yuan);
            let open = whole != Some(Decimal::ONE_HUNDRED);
            let side = Side { grid: &grid, total, block: &block, open };
            checks.extend([WEIGHT, SCORE].iter().filter_map(|points| side.check(points)));
        }
        done = total;
    }
}

fn is_total(grid: &Grid<'_>, row: usize) -> bool {
    let first = (0..grid.columns()).map(|column| grid.text(row, column)).find(|text| !blank(text));
    first.is_some_and(|text| taxonomy::is_total_name(fold(text).trim_end_matches(':')))
}

/// A total row and the indicators that it sums up.
struct Side<'a> {
    grid: &'a Grid<'a>,
    total: usize,
    block: &'a [&'a Indicator],
    /// Whether the weights leave room for points that stand elsewhere: for the execution rate, or for a whole level.
    open: bool,
}

impl Side<'_> {
    fn check(&self, points: &Points) -> Option<Check> {
        let sum = points.sum(self.block)?;
        let same = |column: &usize| {
            let own = |row: &&Indicator| {
                let shown = row.provenance.row.and_then(|row| printed(self.grid, row.get() - 1, *column));
                shown == (points.of)(row)
            };
            printed(self.grid, self.total, *column).is_some() && self.block.iter().all(own)
        };
        // Where every score is full both columns print the same.
        let mut columns = (0..self.grid.columns()).filter(same);
        let column = if points.right { columns.next_back() } else { columns.next() }?;
        let mut place = sum.provenance;
        (place.row, place.column) = (Ordinal::of_index(self.total), Ordinal::of_index(column));
        let label = format!("总分 {}", points.name);
        let total = Figure::exact(&label, printed(self.grid, self.total, column)?, Noun::Points, place);
        let own = points.execution(self.grid, self.block.first()?.provenance.row?.get());
        let with = Figure { yuan: sum.yuan.saturating_add(own.unwrap_or_default()), ..sum.clone() };
        let check = compare(&points.total, &total, if total.yuan == sum.yuan { &sum } else { &with });
        let question = check.verdict == Verdict::Fail && own.is_none() && self.open;
        (!question).then_some(check)
    }
}
