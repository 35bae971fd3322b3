//! The figures of a document as the rules look at them: by table, row, measure and name, each with its rounding.

use crate::record::{Amount, Check, LineItem, Measure, Provenance, Records, TableKind, Verdict};
use crate::wording::fold;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A figure in yuan with what rounding may hide: half a unit of its last printed digit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub label: String,
    pub yuan: Decimal,
    pub slack: Decimal,
    pub provenance: Provenance,
}

impl Figure {
    /// The figure of a cell; `None` where no unit of money is known.
    pub fn of(item: &LineItem) -> Option<Self> {
        let (value, yuan) = (item.value?, item.value_yuan?);
        let label = format!("{} {}", item.name, item.measure_label).trim().to_owned();
        Some(Self { label, yuan, slack: slack(value, &item.unit), provenance: item.provenance })
    }

    /// The figure of a sentence or a form; `None` where no unit of money is known.
    pub fn told(amount: &Amount) -> Option<Self> {
        let (value, yuan) = (amount.value?, amount.value_yuan?);
        let slack = slack(value, &amount.unit);
        Some(Self { label: amount.label.clone(), yuan, slack, provenance: amount.provenance })
    }

    /// Zero: an amount that is not printed where the others of its sum are.
    fn nothing() -> Self {
        Self {
            label: String::new(),
            yuan: Decimal::ZERO,
            slack: Decimal::ZERO,
            provenance: Provenance::default(),
        }
    }

    /// The sum, with the rounding of all its terms.
    pub fn sum(label: &str, terms: &[Figure]) -> Self {
        let add = |sum: Figure, term: &Figure| Figure {
            yuan: sum.yuan.saturating_add(term.yuan),
            slack: sum.slack.saturating_add(term.slack),
            ..sum
        };
        let sum = terms.iter().fold(Self::nothing(), add);
        let provenance = terms.first().map_or_else(Provenance::default, |term| term.provenance);
        Self { label: label.to_owned(), provenance, ..sum }
    }
}

/// The figures of the items; `None` where one has no unit of money.
pub(super) fn figures(items: &[&LineItem]) -> Option<Vec<Figure>> {
    items.iter().map(|item| Figure::of(item)).collect()
}

/// Half a unit of the last printed digit, in yuan.
pub(super) fn slack(value: Decimal, unit: &str) -> Decimal {
    let factor: i64 = match unit {
        "亿元" => 100_000_000,
        "百万元" => 1_000_000,
        "万元" => 10_000,
        "千元" => 1_000,
        _ => 1,
    };
    let digit = Decimal::new(1, value.scale().min(10));
    digit.saturating_mul(Decimal::from(factor)) / Decimal::TWO
}

/// Compares two figures within their rounding.
pub(super) fn compare(rule: &'static str, chinese: &str, left: &Figure, right: &Figure) -> Check {
    let difference = left.yuan - right.yuan;
    let agrees = difference.abs() <= left.slack.saturating_add(right.slack);
    let verdict = if agrees { Verdict::Pass } else { Verdict::Fail };
    let (shown_left, shown_right) = (left.yuan.normalize(), right.yuan.normalize());
    let message = if agrees {
        chinese.to_owned()
    } else {
        format!(
            "{chinese}：{}为{shown_left}元，{}为{shown_right}元，相差{}元",
            left.label,
            right.label,
            difference.normalize()
        )
    };
    Check {
        rule: rule.into(),
        verdict,
        left_label: left.label.clone(),
        left: Some(left.yuan),
        right_label: right.label.clone(),
        right: Some(right.yuan),
        difference: Some(difference),
        message,
        provenance: left.provenance,
    }
}

/// A rule that could not be tried, and why.
pub(super) fn skipped(rule: &'static str, reason: &str) -> Check {
    Check {
        rule: rule.into(),
        verdict: Verdict::Skipped,
        left_label: String::new(),
        left: None,
        right_label: String::new(),
        right: None,
        difference: None,
        message: reason.to_owned(),
        provenance: Provenance::default(),
    }
}

/// One standard table: its rows in order, each with its figures.
pub(super) struct StandardTable<'a> {
    pub kind: TableKind,
    pub rows: Vec<Vec<&'a LineItem>>,
}

/// The records of a document, ordered for the rules.
pub(super) struct Evidence<'a> {
    pub records: &'a Records,
    pub tables: Vec<StandardTable<'a>>,
}

impl<'a> Evidence<'a> {
    pub fn new(records: &'a Records) -> Self {
        let mut tables: BTreeMap<usize, BTreeMap<usize, Vec<&LineItem>>> = BTreeMap::new();
        for item in &records.line_items {
            let (Some(table), Some(row)) = (item.provenance.table, item.provenance.row) else { continue };
            tables.entry(table).or_default().entry(row).or_default().push(item);
        }
        let tables = tables.into_values().filter_map(|rows| {
            let rows: Vec<Vec<&LineItem>> = rows.into_values().collect();
            let first = *rows.first()?.first()?;
            Some(StandardTable { kind: first.table_kind, rows })
        });
        Self { records, tables: tables.collect() }
    }

    /// The only table of a kind; none where there are several, since then it is not clear which one is meant.
    pub fn only(&self, kind: TableKind) -> Option<&StandardTable<'a>> {
        let mut of_kind = self.tables.iter().filter(|table| table.kind == kind);
        let first = of_kind.next()?;
        of_kind.next().is_none().then_some(first)
    }
}

impl<'a> StandardTable<'a> {
    /// Whether the item's column lies under a top heading with this word (收入, 支出).
    pub fn on_side(item: &LineItem, side: &str) -> bool {
        side.is_empty() || item.measure_label.split('/').next().is_some_and(|top| fold(top).contains(side))
    }

    /// The columns: figures that share a printed column, in the order of the rows.
    pub fn columns(&self) -> Vec<Vec<&'a LineItem>> {
        let mut columns: BTreeMap<usize, Vec<&LineItem>> = BTreeMap::new();
        for item in self.items() {
            columns.entry(item.provenance.column.unwrap_or(0)).or_default().push(item);
        }
        columns.into_values().collect()
    }

    /// All figures of the table, row by row.
    pub fn items(&self) -> impl Iterator<Item = &'a LineItem> {
        self.rows.iter().flatten().copied()
    }

    /// The first figure of a row with one of these names, on a side, of a measure that `wanted` accepts.
    pub fn named(&self, names: &[&str], side: &str, wanted: &[Measure]) -> Option<&'a LineItem> {
        self.items().find(|item| {
            let name = fold(&item.name);
            names.contains(&name.as_str())
                && Self::on_side(item, side)
                && (wanted.is_empty() || wanted.contains(&item.measure))
        })
    }

    /// The figure of the total row in a column of this measure.
    pub fn total(&self, measure: Measure) -> Option<Figure> {
        const TOTALS: &[&str] = &["合计", "总计"];
        let item = self.named(TOTALS, "", &[measure])?;
        Figure::of(item)
    }
}
