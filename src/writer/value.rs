//! One value of a record, and its plain spelling.

use crate::document::Rect;
use crate::flag::Flags;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// The value of one column in one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Not stated, or not applicable.
    Empty,
    /// A text that is not empty.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// Codes, possibly none.
    List(Vec<&'static str>),
}

impl<'a> Value<'a> {
    /// The spelling in a CSV cell: decimals plain and without needless zeros, lists joined by `;`.
    #[must_use]
    pub fn to_csv(&self) -> Cow<'_, str> {
        match self {
            Value::Empty => Cow::Borrowed(""),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Integer(number) => Cow::Owned(number.to_string()),
            Value::Decimal(decimal) => Cow::Owned(plain(*decimal)),
            Value::Boolean(true) => Cow::Borrowed("true"),
            Value::Boolean(false) => Cow::Borrowed("false"),
            Value::List(items) => Cow::Owned(items.join(";")),
        }
    }

    pub(super) fn text(text: &'a str) -> Self {
        if text.is_empty() { Value::Empty } else { Value::Text(Cow::Borrowed(text)) }
    }

    pub(super) fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Value::Empty, Value::text)
    }

    pub(super) fn count(number: usize) -> Self {
        Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    pub(super) fn maybe_count(number: Option<usize>) -> Self {
        number.map_or(Value::Empty, Value::count)
    }

    pub(super) fn maybe_integer(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Value::Empty, |number| Value::Integer(number.into()))
    }

    pub(super) fn maybe_decimal(decimal: Option<Decimal>) -> Self {
        decimal.map_or(Value::Empty, Value::Decimal)
    }

    pub(super) fn flags(flags: Flags) -> Self {
        Value::List(flags.iter().map(crate::flag::Flag::code).collect())
    }

    /// `x0 y0 x1 y1` in points, each with at most two decimals.
    pub(super) fn bbox(bbox: Option<Rect>) -> Self {
        let Some(Rect { x0, y0, x1, y1 }) = bbox else { return Value::Empty };
        Value::Text(Cow::Owned([x0, y0, x1, y1].map(points).join(" ")))
    }
}

/// The decimal without exponent, thousands separators or trailing zeros.
fn plain(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}

fn points(coordinate: f32) -> String {
    let text = format!("{coordinate:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flag::Flag;

    #[test]
    fn decimals_are_written_plainly() {
        let written = |text: &str| Value::Decimal(text.parse().unwrap()).to_csv().into_owned();
        assert_eq!(written("34908.3700"), "34908.37");
        assert_eq!(written("100"), "100");
        assert_eq!(written("95.00"), "95");
        assert_eq!(written("0.0000000000000000000000000001"), "0.0000000000000000000000000001");
        assert_eq!(written("0.00"), "0");
        assert_eq!(written("-0.00"), "0");
        assert_eq!(written("79228162514264337593543950335"), "79228162514264337593543950335");
    }

    #[test]
    fn lists_are_joined_by_semicolons() {
        let flags = [Flag::Ocr, Flag::UnitImplied].into_iter().collect();
        assert_eq!(Value::flags(flags).to_csv(), "unit_implied;ocr");
        assert_eq!(Value::flags(Flags::new()).to_csv(), "");
    }

    #[test]
    fn boxes_have_at_most_two_decimals() {
        let bbox = Rect { x0: -0.001, y0: 72.5, x1: 523.276, y1: 800.0 };
        assert_eq!(Value::bbox(Some(bbox)).to_csv(), "0 72.5 523.28 800");
    }
}
