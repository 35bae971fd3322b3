//! The figures of a document as the rules look at them: by table, row, measure and name, each with its rounding.

use super::Rule;
use crate::record::{Amount, Check, LineItem, Measure, Ordinal, Provenance, Records, TableKind, Verdict};
use crate::wording::fold;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a figure counts, for the sentence that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Yuan,
    Points,
    Percent,
    Year,
}

impl Noun {
    fn printed(self) -> &'static str {
        match self {
            Noun::Yuan => "元",
            Noun::Points => "分",
            Noun::Percent => "%",
            Noun::Year => "年",
        }
    }
}

/// A figure in yuan with what rounding may hide: half a unit of its last printed digit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub label: String,
    pub yuan: Decimal,
    pub slack: Decimal,
    /// How many printed figures other than zero it is made of.
    pub terms: usize,
    pub noun: Noun,
    pub provenance: Provenance,
    /// Where the figures stand that it is made of.
    pub places: Vec<Provenance>,
}

impl Figure {
    /// The figure of a cell; `None` where no unit of money is known.
    pub fn of(item: &LineItem) -> Option<Self> {
        let (value, yuan) = (item.value?, item.value_yuan?);
        let label = format!("{} {}", item.name, item.measure_label).trim().to_owned();
        Some(Self {
            slack: slack(value, &item.unit),
            ..Self::exact(&label, yuan, Noun::Yuan, item.provenance)
        })
    }

    /// The figure of a sentence or a form; `None` where no unit of money is known.
    pub fn told(amount: &Amount) -> Option<Self> {
        let (value, yuan) = (amount.value?, amount.value_yuan?);
        let slack = slack(as_printed(value, &amount.value_raw), &amount.unit);
        Some(Self { slack, ..Self::exact(&amount.label, yuan, Noun::Yuan, amount.provenance) })
    }

    /// A figure that no rounding hides.
    pub fn exact(label: &str, value: Decimal, noun: Noun, provenance: Provenance) -> Self {
        Self {
            label: label.to_owned(),
            yuan: value,
            slack: Decimal::ZERO,
            terms: usize::from(!value.is_zero()),
            noun,
            provenance,
            places: vec![provenance],
        }
    }

    /// The sum, with the rounding of all its terms; a printed zero is exact.
    pub fn sum(label: &str, terms: &[Figure]) -> Self {
        let provenance = terms.first().map_or_else(Provenance::default, |term| term.provenance);
        let nothing =
            Self { places: Vec::new(), ..Self::exact(label, Decimal::ZERO, Noun::Yuan, provenance) };
        terms.iter().fold(nothing, |mut sum, term| {
            sum.yuan = sum.yuan.saturating_add(term.yuan);
            if term.terms > 0 {
                sum.slack = sum.slack.saturating_add(term.slack);
            }
            sum.terms += term.terms;
            sum.places.extend(&term.places);
            sum
        })
    }

    /// The figure and its place, as a sentence names them.
    fn shown(&self) -> String {
        let value = format!("{}为{}{}", self.label, self.yuan.normalize(), self.noun.printed());
        match (self.provenance.table, self.provenance.row) {
            (Some(table), Some(row)) => format!("{value}（表{table}第{row}行）"),
            _ => value,
        }
    }
}

/// The figures of the items; `None` where one has no unit of money.
pub(super) fn figures(items: &[&LineItem]) -> Option<Vec<Figure>> {
    items.iter().map(|item| Figure::of(item)).collect()
}

/// The value with as many decimals as its text prints: `1500.00万元` is read as 1500.
pub(super) fn as_printed(value: Decimal, printed: &str) -> Decimal {
    let decimals = printed.split_once(['.', '．']).map_or(0, |(_, rest)| {
        rest.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count()
    });
    let mut value = value;
    let scale = u32::try_from(decimals.min(10)).unwrap_or(0);
    if scale > value.scale() {
        value.rescale(scale);
    }
    value
}

/// Half a unit of the last printed digit, in yuan. Money has no part smaller than a 分, so what is printed to that is
/// exact.
pub(super) fn slack(value: Decimal, unit: &str) -> Decimal {
    let factor: i64 = match unit {
        "亿元" => 100_000_000,
        "百万元" => 1_000_000,
        "万元" => 10_000,
        "千元" => 1_000,
        _ => 1,
    };
    let digit = Decimal::new(1, value.scale().min(10)).saturating_mul(Decimal::from(factor));
    if digit <= Decimal::new(1, 2) { Decimal::ZERO } else { digit / Decimal::TWO }
}

/// How far two figures may lie apart. One figure printed twice with the same number of digits is rounded twice in the
/// same way, so that no difference is left.
fn tolerance(left: &Figure, right: &Figure) -> Decimal {
    let same = left.terms == 1 && right.terms == 1 && left.slack == right.slack;
    if same { Decimal::ZERO } else { left.slack.saturating_add(right.slack) }
}

/// Compares two figures within their rounding.
pub(super) fn compare(rule: &Rule, left: &Figure, right: &Figure) -> Check {
    let difference = left.yuan.saturating_sub(right.yuan);
    let agrees = difference.abs() <= tolerance(left, right);
    let verdict = if agrees { Verdict::Pass } else { Verdict::Fail };
    let message = if agrees {
        format!("{}。{}.", rule.chinese, rule.english)
    } else {
        let apart = format!("相差{}{}", difference.normalize(), left.noun.printed());
        let english =
            format!("{}: {} against {}", rule.english, left.yuan.normalize(), right.yuan.normalize());
        format!("{}：{}，{}，{apart}。{english}.", rule.chinese, left.shown(), right.shown())
    };
    Check {
        rule: rule.code.into(),
        verdict,
        left_label: left.label.clone(),
        left: Some(left.yuan),
        right_label: right.label.clone(),
        right: Some(right.yuan),
        difference: Some(difference),
        message,
        provenance: left.provenance,
        places: [left.places.clone(), right.places.clone()].concat(),
    }
}

/// Whether a guess at what is a part of what is borne out: most of the checks pass, and one of those adds up two parts
/// or more.
pub(super) fn mostly_hold(checks: &[Check]) -> bool {
    let passed = checks.iter().filter(|check| check.verdict == Verdict::Pass);
    let telling =
        passed.clone().any(|check| check.places.len() > 2 && check.left.is_some_and(|left| !left.is_zero()));
    telling && passed.count() * 2 > checks.len()
}

/// A rule that could not be tried, or found something that is a question and no failure; and why.
pub(super) fn skipped(rule: &Rule, reason: &str, provenance: Provenance) -> Check {
    Check {
        rule: rule.code.into(),
        verdict: Verdict::Skipped,
        left_label: String::new(),
        left: None,
        right_label: String::new(),
        right: None,
        difference: None,
        message: format!("{}：{reason}", rule.chinese),
        provenance,
        places: vec![provenance],
    }
}

/// A check that compares no figures and holds.
pub(super) fn passed(rule: &Rule, check: Check) -> Check {
    let message = format!("{}。{}.", rule.chinese, rule.english);
    Check { verdict: Verdict::Pass, message, ..check }
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
        let mut tables: BTreeMap<Ordinal, BTreeMap<Ordinal, Vec<&LineItem>>> = BTreeMap::new();
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
        let mut columns: BTreeMap<Option<Ordinal>, Vec<&LineItem>> = BTreeMap::new();
        for item in self.items() {
            columns.entry(item.provenance.column).or_default().push(item);
        }
        columns.into_values().collect()
    }

    /// All figures of the table, row by row.
    pub fn items(&self) -> impl Iterator<Item = &'a LineItem> {
        self.rows.iter().flatten().copied()
    }

    /// The figure of the first row with one of these names, on a side, of a measure that `wanted` accepts. Where the row
    /// prints several, the last one tells the year's result.
    pub fn named(&self, names: &[&str], side: &str, wanted: &[Measure]) -> Option<&'a LineItem> {
        let fits = |item: &LineItem| {
            names.contains(&&*fold(&item.name))
                && Self::on_side(item, side)
                && (wanted.is_empty() || wanted.contains(&item.measure))
                && !matches!(
                    item.measure,
                    Measure::Change | Measure::ChangeRate | Measure::Completion | Measure::Share
                )
        };
        let first = self.items().find(|item| fits(item))?;
        let row = self.items().filter(|item| item.provenance.row == first.provenance.row && fits(item));
        // The columns of funds beside a whole are parts of it.
        if first.measure == Measure::Total { Some(first) } else { row.last() }
    }

    /// The figure of the total row in a column of this measure.
    pub fn total(&self, measure: Measure) -> Option<Figure> {
        const TOTALS: &[&str] = &["合计", "总计"];
        let own: Vec<&LineItem> = self
            .items()
            .filter(|item| item.measure == measure && TOTALS.contains(&&*fold(&item.name)))
            .collect();
        // Two years side by side: the document's own is meant, if it is the only one.
        let item = match own.as_slice() {
            [] => return None,
            [one] => one,
            several => {
                let last = several.iter().filter_map(|item| item.year).max();
                let mut of_last = several.iter().filter(|item| item.year == last);
                let first = of_last.next()?;
                if of_last.any(|other| other.provenance.row == first.provenance.row) {
                    return None;
                }
                first
            }
        };
        Figure::of(item)
    }
}
