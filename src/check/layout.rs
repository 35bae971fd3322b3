//! Which columns of a table are parts of which: by what they measure and by the headings above them.

use super::evidence::StandardTable;
use crate::record::{Measure, Ordinal};
use crate::wording::fold;
use std::collections::BTreeMap;

/// A column and the columns it is the sum of.
pub(super) struct Sum {
    pub total: usize,
    pub parts: Vec<usize>,
}

struct Column {
    measure: Measure,
    /// The folded headings above it, from the top down.
    path: Vec<String>,
}

impl Column {
    fn group(&self) -> &[String] {
        self.path.split_last().map_or(&[], |(_, group)| group)
    }

    fn is_subtotal(&self) -> bool {
        self.path.last().is_some_and(|leaf| matches!(leaf.as_str(), "小计" | "合计" | "总计"))
    }
}

/// The columns of figures of one table.
pub(super) struct Layout {
    columns: BTreeMap<usize, Column>,
}

impl Layout {
    pub fn of(table: &StandardTable<'_>) -> Self {
        let mut columns = BTreeMap::new();
        for item in table.items() {
            let Some(column) = item.provenance.column.map(Ordinal::get) else { continue };
            columns.entry(column).or_insert_with(|| Column {
                measure: item.measure,
                path: item.measure_label.split('/').map(|name| fold(name).into_owned()).collect(),
            });
        }
        Self { columns }
    }

    /// Each column of the total's measure with its parts: those under the same heading, or, for the only total of the
    /// table, all there are.
    pub fn sums(&self, total: Measure, parts: &[Measure]) -> Vec<Sum> {
        let totals = self.of_measure(total, |_| true);
        let only = totals.len() == 1;
        let sum = |at: &usize| {
            let group = self.columns[at].group();
            let beside = self.parts(parts, |column| column.group() == group);
            let parts = match beside {
                Some(beside) if beside.len() >= 2 && !group.is_empty() => beside,
                _ if only => self.parts(parts, |_| true)?,
                _ => return None,
            };
            (parts.len() >= 2).then_some(Sum { total: *at, parts })
        };
        totals.iter().filter_map(sum).collect()
    }

    /// Whether a column behind the total has a name that no rule knows (单位预留机动经费): it may be a part as well.
    pub fn is_open(&self, sum: &Sum) -> bool {
        let unknown = |(at, column): (&usize, &Column)| {
            *at > sum.total && !sum.parts.contains(at) && column.measure == Measure::Amount
        };
        self.columns.iter().any(unknown)
    }

    /// Columns named 小计 or 合计 with what stands beside them; where a group beside has a subtotal of its own, only that
    /// counts.
    pub fn subtotals(&self) -> Vec<Sum> {
        let money = |column: &Column| {
            !matches!(
                column.measure,
                Measure::Change
                    | Measure::ChangeRate
                    | Measure::Completion
                    | Measure::Share
                    | Measure::PriorYear
                    | Measure::Quantity
                    | Measure::UnitPrice
            )
        };
        let sum = |(at, column): (&usize, &Column)| {
            let group = column.group();
            let inside = |(other, part): &(&usize, &Column)| {
                *other != at && part.path.len() > group.len() && part.path.starts_with(group) && money(part)
            };
            let parts: Vec<(&usize, &Column)> = self.columns.iter().filter(inside).collect();
            let has_own = |part: &Column| {
                part.group().len() > group.len()
                    && !part.is_subtotal()
                    && parts.iter().any(|(_, own)| {
                        own.is_subtotal()
                            && own.group().len() > group.len()
                            && part.path.starts_with(own.group())
                    })
            };
            let parts: Vec<usize> =
                parts.iter().filter(|(_, part)| !has_own(part)).map(|(other, _)| **other).collect();
            (parts.len() >= 2).then_some(Sum { total: *at, parts })
        };
        self.columns.iter().filter(|(_, column)| column.is_subtotal()).filter_map(sum).collect()
    }

    fn of_measure(&self, measure: Measure, wanted: impl Fn(&Column) -> bool) -> Vec<usize> {
        let of = self.columns.iter().filter(|(_, column)| column.measure == measure && wanted(column));
        of.map(|(at, _)| *at).collect()
    }

    /// One column for each of the measures; `None` where it is not clear which one is meant.
    fn parts(&self, measures: &[Measure], wanted: impl Fn(&Column) -> bool) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        for measure in measures {
            match self.of_measure(*measure, &wanted).as_slice() {
                [] => {}
                [one] => found.push(*one),
                several => {
                    let mut totals = several.iter().filter(|at| self.columns[at].is_subtotal());
                    found.push(*totals.next()?);
                    if totals.next().is_some() {
                        return None;
                    }
                }
            }
        }
        Some(found)
    }
}
