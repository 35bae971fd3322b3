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
    /// Adds what it looks like in a CSV cell; nothing for a text, which looks like itself.
    pub(super) fn spell(&self, out: &mut Vec<u8>) {
        match self {
            Value::Empty | Value::Text(_) => {}
            Value::Integer(number) => digits(out, i128::from(*number), 0),
            Value::Decimal(decimal) => {
                let decimal = decimal.normalize();
                digits(out, decimal.mantissa(), decimal.scale());
            }
            Value::Boolean(answer) => out.extend(if *answer { &b"true"[..] } else { b"false" }),
            Value::List(items) => out.extend(items.join(";").as_bytes()),
        }
    }

    /// Whether it is the same value. Rows of one document share some texts, which need not be compared.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => a.len() == b.len() && (a.as_ptr() == b.as_ptr() || a == b),
            _ => self == other,
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

/// Adds a whole number of units of the last of `scale` decimal places, without exponent and thousands separators.
fn digits(out: &mut Vec<u8>, number: i128, scale: u32) {
    if number < 0 {
        out.push(b'-');
    }
    let first = out.len();
    let mut rest = number.unsigned_abs();
    // From the last digit to the first; at least one stands before the point.
    let mut places = 0;
    let mut push = |digit: u64| {
        if places == scale && scale > 0 {
            out.push(b'.');
        }
        out.push(b'0' + u8::try_from(digit).unwrap_or(0));
        places += 1;
        places <= scale
    };
    while rest > u128::from(u64::MAX) {
        push(u64::try_from(rest % 10).unwrap_or(0));
        rest /= 10;
    }
    // Most numbers are small, and those are quickly divided.
    let mut rest = u64::try_from(rest).unwrap_or(0);
    while push(rest % 10) || rest >= 10 {
        rest /= 10;
    }
    out[first..].reverse();
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

    fn spelled(value: &Value<'_>) -> String {
        let mut text = Vec::new();
        value.spell(&mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn decimals_are_written_plainly() {
        let written = |text: &str| spelled(&Value::Decimal(text.parse().unwrap()));
        assert_eq!(written("34908.3700"), "34908.37");
        assert_eq!(written("100"), "100");
        assert_eq!(written("95.00"), "95");
        assert_eq!(written("0.0000000000000000000000000001"), "0.0000000000000000000000000001");
        assert_eq!(written("0.00"), "0");
        assert_eq!(written("-0.00"), "0");
        assert_eq!(written("79228162514264337593543950335"), "79228162514264337593543950335");
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_written_as_their_own_spelling(mantissa in -(1_i128 << 96) + 1..1 << 96, scale in 0..=28_u32, whole: i64) {
            let decimal = Decimal::from_i128_with_scale(mantissa, scale);
            proptest::prop_assert_eq!(spelled(&Value::Decimal(decimal)), decimal.normalize().to_string());
            proptest::prop_assert_eq!(spelled(&Value::Integer(whole)), whole.to_string());
        }
    }

    #[test]
    fn lists_are_joined_by_semicolons() {
        let flags = [Flag::Ocr, Flag::UnitImplied].into_iter().collect();
        assert_eq!(spelled(&Value::flags(flags)), "unit_implied;ocr");
        assert_eq!(spelled(&Value::flags(Flags::new())), "");
    }

    #[test]
    fn boxes_have_at_most_two_decimals() {
        let bbox = Rect { x0: -0.001, y0: 72.5, x1: 523.276, y1: 800.0 };
        assert_eq!(Value::bbox(Some(bbox)), Value::text("0 72.5 523.28 800"));
    }
}
