//! From what was read to the quantity that is handed out: kind, exact base value, rates per year, flags.

use super::numeral::Power;
use super::period::{self, Period};
use super::rate::{Measure, Mode, Part};
use super::reading::{Reading, Value};
use super::unit::{self, Dimension};
use super::{Comparator, Context, Kind, NumberError, Quantity, context};
use crate::flag::{Flag, Flags};
use rust_decimal::Decimal;

impl Quantity {
    /// A quantity of which nothing but the kind is known.
    pub(super) fn unread(text: String, kind: Kind) -> Quantity {
        Quantity {
            text,
            kind,
            comparator: None,
            comparator_printed: false,
            value: None,
            value_max: None,
            unit: None,
            unit_code: None,
            value_base: None,
            unit_base: None,
            value_annual: None,
            per: None,
            period: None,
            flags: Flags::new(),
            error: None,
        }
    }

    /// Sets the comparator, or the implied `eq` with its flag.
    pub(super) fn compare(&mut self, printed: Option<Comparator>) {
        self.comparator_printed = printed.is_some();
        self.comparator = Some(printed.unwrap_or(Comparator::Eq));
        if printed.is_none() {
            self.flags.insert(Flag::ComparatorImplied);
        }
    }
}

/// The quantity of a calendar reading, with the comparator printed before it.
pub(super) fn dated(text: String, period: Period, before: Option<Comparator>) -> Quantity {
    let mut quantity = Quantity::unread(text, period.kind);
    // 2021年1-12月 is one stretch of time and no choice of values: it equals, as printed.
    let printed = match (before, period.comparator) {
        (None | Some(Comparator::Eq), Some(word)) => Some(word),
        (None | Some(Comparator::Eq), None) if period.range && period.kind == Kind::Month => {
            Some(Comparator::Between)
        }
        (before, _) => before,
    };
    quantity.compare(printed);
    if let Some((first, last)) = period.months {
        quantity.value = Some(Decimal::from(first));
        quantity.value_max = (last > first).then(|| Decimal::from(last));
        quantity.unit = Some("月".to_owned());
    }
    quantity.period = period.iso;
    quantity
}

/// The quantity of a reading that ends in the words around it.
pub(super) fn quantity(text: String, chars: &[char], reading: &Reading, context: &Context) -> Quantity {
    let mut measure = reading.measure;
    let mut quantity = Quantity::unread(text, Kind::Count);
    if measure.reordered {
        quantity.flags.insert(Flag::UnitReordered);
    }
    if measure.head.is_none() && imply_unit(&mut measure, context, reading, chars) {
        quantity.flags.insert(Flag::UnitImplied);
    }
    if context::is_spoken_yuan(chars, reading, context) {
        measure.head = unit::named("元").map(Part::Known);
    }
    quantity.compare(reading.comparator);
    quantity.kind = kind(&measure);
    match reading.value {
        Value::One(value) => quantity.value = Some(value.normalize()),
        Value::Range(low, high) => {
            quantity.value = Some(low.normalize());
            quantity.value_max = Some(high.normalize());
        }
        Value::Endless => quantity.kind = Kind::Formula,
        Value::TooLong => refuse(&mut quantity),
    }
    if let Value::One(_) = reading.value
        && measure.head.is_none()
        && is_share(chars, reading)
    {
        quantity.kind = Kind::Percent;
        quantity.unit_base = Some("1".to_owned());
        quantity.unit_code = Some("1".to_owned());
    }
    if quantity.value.is_some() {
        convert(&mut quantity, chars, &measure);
        time(&mut quantity, &measure, context, reading.mode);
        context::doubt_unit(&mut quantity, &measure, context);
    }
    quantity
}

fn refuse(quantity: &mut Quantity) {
    quantity.kind = Kind::Formula;
    quantity.value = None;
    quantity.value_max = None;
    quantity.error = Some(NumberError::TooManyDigits);
    quantity.flags.insert(Flag::LowConfidence);
}

/// Whether a number without a unit is printed as a fraction of one.
fn is_share(chars: &[char], reading: &Reading) -> bool {
    let printed = chars.get(reading.number..reading.end).unwrap_or_default();
    printed.windows(2).any(|pair| pair == ['分', '之']) || printed.contains(&'/')
}

/// The unit that a bare number or a bare 万 has from its row's words.
fn imply_unit(measure: &mut Measure, context: &Context, reading: &Reading, chars: &[char]) -> bool {
    if measure.power != Power::One {
        let rest = chars.get(reading.end..).unwrap_or_default();
        if let Some(person) = context::people(rest) {
            measure.head = Some(person);
            return true;
        }
        if context::speaks_of_money(context, rest) {
            measure.head = unit::named("元").map(Part::Known);
            return true;
        }
        return false;
    }
    match context::unit_in_name(context) {
        Some(head) if matches!(reading.value, Value::One(_) | Value::Range(..)) => {
            *measure = head;
            true
        }
        _ => false,
    }
}

/// The kind of a number with this measure.
fn kind(measure: &Measure) -> Kind {
    if measure.is_rate() {
        return Kind::Rate;
    }
    match measure.dimension() {
        Some(Dimension::Money) => Kind::Money,
        Some(Dimension::Share | Dimension::Points) => Kind::Percent,
        Some(Dimension::Time | Dimension::Workday) => Kind::Duration,
        _ => Kind::Count,
    }
}

/// Fills in the unit, the base value and the value per year.
fn convert(quantity: &mut Quantity, chars: &[char], measure: &Measure) {
    quantity.unit = measure.spelling(chars);
    let Some(value) = quantity.value else { return };
    let base = measure.factor().and_then(|factor| exact_product(value, factor));
    let Some(base) = base else {
        refuse(quantity);
        return;
    };
    quantity.value_base = Some(base);
    if let Some(unit_base) = measure.base(chars) {
        quantity.unit_code = Some(measure.code(chars));
        quantity.unit_base = Some(unit_base);
    } else if measure.power != Power::One {
        quantity.unit_base = Some("1".to_owned());
        quantity.unit_code = Some("1".to_owned());
    }
    if measure.is_rate() {
        quantity.per = measure.denominator(chars);
        quantity.value_annual = measure.per_year().and_then(|times| exact_product(base, times));
    }
}

/// The product if a decimal holds it exactly: no digit is rounded away.
fn exact_product(left: Decimal, right: Decimal) -> Option<Decimal> {
    let product = left.checked_mul(right)?;
    let exact = product.scale() == left.scale() + right.scale() || product.checked_div(right)? == left;
    exact.then(|| product.normalize())
}

/// The ISO form of a length of time; a month of the year where the context says so.
fn time(quantity: &mut Quantity, measure: &Measure, context: &Context, mode: Mode) {
    let Some(unit) = measure.unit().filter(|unit| unit.dimension == Dimension::Time && !measure.is_rate())
    else {
        return;
    };
    let Some(value) = quantity.value else { return };
    if unit.standard == "月" && measure.power == Power::One {
        context::month_or_duration(quantity, value, context, mode);
        if quantity.kind == Kind::Month {
            return;
        }
    }
    if quantity.value_max.is_none() && measure.power == Power::One {
        quantity.period = period::length(value, unit.standard);
    }
}
