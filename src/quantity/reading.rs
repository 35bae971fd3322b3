//! One quantity as it stands in a text: comparator, number, unit, range and the comparator word after it.

use super::Comparator;
use super::comparator;
use super::fraction::{self, Share};
use super::glyph::{after, after_any, skip_blanks};
use super::money;
use super::numeral::{self, Amount, Numeral, Power};
use super::rate::{self, Measure, Mode, Part};
use super::unit::{self, Dimension};
use rust_decimal::Decimal;

/// What was read at one place, in units of its measure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the number itself begins, after comparator and prefix.
    pub(super) number: usize,
    pub(super) comparator: Option<Comparator>,
    pub(super) value: Value,
    pub(super) measure: Measure,
    /// Whether the number is written in digits.
    pub(super) digits: bool,
    /// Whether the unit is stated by nothing but a bare 万 or 亿, or by nothing at all.
    pub(super) bare: bool,
}

/// The number of a reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    One(Decimal),
    Range(Decimal, Decimal),
    /// A quotient no decimal holds.
    Endless,
    /// More digits than a decimal holds.
    TooLong,
}

/// A number with its measure, before comparators are looked at.
#[derive(Debug, Clone, Copy)]
struct Term {
    value: Value,
    measure: Measure,
    end: usize,
    digits: bool,
    /// Whether 多 or 余 says that it is more.
    exceeds: bool,
}

/// Words between 每人每月 and the number.
const FILLERS: &[&str] = &[
    "补助",
    "补贴",
    "奖励",
    "奖补",
    "发放",
    "缴纳",
    "缴费",
    "收取",
    "收费",
    "领取",
    "增加",
    "提高",
    "提高到",
    "提高至",
    "标准",
    "标准为",
    "按",
    "为",
    "发",
    "补",
    "给予",
    "支付",
    "资助",
    "救助",
    "成本",
    "费用",
    "定额",
    "平均",
    "共",
    "需",
    "交",
];

/// Signs and words of a currency before the number, with its row.
const SYMBOLS: &[(&str, &str)] = &[
    ("人民币¥", "元"),
    ("人民币", "元"),
    ("RMB¥", "元"),
    ("RMB", "元"),
    ("CNY", "元"),
    ("CN¥", "元"),
    ("¥", "元"),
    ("US$", "美元"),
    ("USD", "美元"),
    ("HK$", "港元"),
    ("HKD", "港元"),
    ("港币", "港元"),
    ("美金", "美元"),
    ("$", "美元"),
    ("€", "欧元"),
    ("EUR", "欧元"),
    ("£", "英镑"),
    ("GBP", "英镑"),
    ("JPY", "日元"),
];

/// Reads the quantity that begins at `at`: the comparator or prefix first, if there is one.
pub(super) fn read(chars: &[char], at: usize, mode: Mode) -> Option<Reading> {
    let mut lead = Lead::default();
    let number = lead.read(chars, at, mode);
    let first = term(chars, number, mode)?;
    let mut measure = first.measure;
    let mut value = first.value;
    let mut end = first.end;
    let mut comparator = lead.comparator;
    let mut exceeds = first.exceeds;
    if let Some((joined, high)) = range(chars, &first, mode) {
        value = joined;
        measure = high.measure;
        end = high.end;
        exceeds = false;
    }
    lead.apply(&mut measure);
    let bare = measure.head.is_none();
    if let Some(next) = after_any(chars, skip_blanks(chars, end), &["之间", "间", "不等"])
        && matches!(value, Value::Range(..))
    {
        end = next;
    }
    if let Some(word) = comparator::following(chars, end) {
        end = word.end;
        comparator = Some(prefer(comparator, word.comparator, lead.sign));
    }
    if lead.within
        && let Some(next) = after_any(chars, end, &["以内", "以下", "之内", "内", "之下", "左右", "范围内"])
    {
        end = next;
    }
    if exceeds && matches!(comparator, None | Some(Comparator::Eq | Comparator::Approx)) {
        comparator = Some(Comparator::Gt);
    }
    if matches!(value, Value::Range(..)) {
        comparator = Some(Comparator::Between);
    }
    Some(Reading { start: at, end, number, comparator, value, measure, digits: first.digits, bare })
}

/// A word after the number says more than 达到, 约 or `=` before it; a stricter sign stays.
fn prefer(before: Option<Comparator>, after: Comparator, sign: bool) -> Comparator {
    match before {
        Some(Comparator::Eq) if sign && after == Comparator::Approx => Comparator::Eq,
        None | Some(Comparator::Eq | Comparator::Approx) => after,
        Some(other) => other,
    }
}

/// What stands before the number.
#[derive(Debug, Default)]
struct Lead {
    comparator: Option<Comparator>,
    sign: bool,
    /// Whether 控制在 announces a closing 以内.
    within: bool,
    currency: Option<Part>,
    per: [Option<Part>; 3],
}

impl Lead {
    /// Reads comparators, 每人每月 and currency signs in any order; gives the place of the number.
    fn read(&mut self, chars: &[char], at: usize, mode: Mode) -> usize {
        let mut pos = at;
        for _ in 0..6 {
            pos = skip_blanks(chars, pos);
            if let Some(next) = self.each(chars, pos, mode) {
                pos = next;
            } else if let Some(printed) = comparator::before(chars, pos) {
                self.within |= after(chars, pos, "控制在").is_some();
                self.comparator = Some(printed.comparator);
                self.sign = printed.sign;
                pos = printed.end;
            } else if let Some((next, currency)) = symbol(chars, pos) {
                self.currency = Some(currency);
                pos = next;
            } else if let Some(next) = self.filler(chars, pos) {
                pos = next;
            } else if let Some(next) = after(chars, pos, "从").or_else(|| after(chars, pos, "介于")) {
                pos = next;
            } else {
                break;
            }
        }
        pos
    }

    /// 每人, 每月, 每平方米, 人均: what the number is counted per.
    fn each(&mut self, chars: &[char], at: usize, mode: Mode) -> Option<usize> {
        if let Some(next) = after(chars, at, "人均")
            && self.per[0].is_none()
        {
            self.per[0] = Some(Part::Known(unit::named("人")?));
            return Some(next);
        }
        let start = after(chars, at, "每")?;
        let (part, end) = rate::per(chars, start, mode)?;
        let slot = self.per.iter_mut().find(|slot| slot.is_none())?;
        *slot = Some(part);
        Some(end)
    }

    fn filler(&self, chars: &[char], at: usize) -> Option<usize> {
        self.per[0]?;
        after_any(chars, at, FILLERS)
    }

    /// Adds to the measure what the words before the number say about it.
    fn apply(&self, measure: &mut Measure) {
        if let (Some(currency), None) = (self.currency, measure.head) {
            measure.head = Some(currency);
        }
        if measure.is_rate() || measure.head.is_none() {
            return;
        }
        for part in self.per.iter().flatten() {
            measure.push(*part);
        }
        if measure.is_rate() {
            measure.order();
        }
    }
}

fn symbol(chars: &[char], at: usize) -> Option<(usize, Part)> {
    let (end, standard) =
        SYMBOLS.iter().find_map(|(sign, standard)| after(chars, at, sign).map(|end| (end, *standard)))?;
    unit::named(standard).map(|unit| (end, Part::Known(unit)))
}

/// A number with its unit.
fn term(chars: &[char], at: usize, mode: Mode) -> Option<Term> {
    let at = skip_blanks(chars, at);
    if let Some(term) = share(chars, at, mode) {
        return Some(term);
    }
    if let Some(term) = half(chars, at, mode) {
        return Some(term);
    }
    let numeral = numeral::read(chars, at)?;
    if let Some((value, measure, end)) = money::read(chars, &numeral) {
        return Some(Term { value: Value::One(value), measure, end, digits: numeral.digits, exceeds: false });
    }
    Some(counted(chars, &numeral, mode))
}

fn share(chars: &[char], at: usize, mode: Mode) -> Option<Term> {
    let (share, end) = fraction::read(chars, at)?;
    let (value, measure) = match share {
        Share::Of(unit, value) => (Value::One(value), Measure::of(unit, Power::One)),
        Share::Exact(value) => (Value::One(value), Measure::default()),
        Share::Endless => (Value::Endless, Measure::default()),
    };
    let mut term = Term { value, measure, end, digits: true, exceeds: false };
    if term.measure.head.is_none()
        && let Some((measure, end)) = rate::read(chars, end, Power::One, Mode::Text)
    {
        let _ = mode;
        term.measure = measure;
        term.end = end;
    }
    Some(term)
}

/// 半年, 半个月, 半天.
fn half(chars: &[char], at: usize, mode: Mode) -> Option<Term> {
    let start = after(chars, at, "半")?;
    let (measure, end) = rate::read(chars, start, Power::One, mode)?;
    let known = measure.unit().is_some_and(|unit| unit.dimension == Dimension::Time || unit.standard == "折");
    known.then_some(())?;
    let value = if measure.unit().is_some_and(|unit| unit.standard == "折") {
        Decimal::from(5)
    } else {
        Decimal::try_from_i128_with_scale(5, 1).ok()?
    };
    Some(Term { value: Value::One(value), measure, end, digits: false, exceeds: false })
}

fn counted(chars: &[char], numeral: &Numeral, mode: Mode) -> Term {
    let mut end = numeral.end;
    let mut exceeds = numeral.more;
    if let Some(next) = after_any(chars, skip_blanks(chars, end), &["多", "余", "几"]) {
        exceeds = true;
        end = next;
    }
    let mut value = match numeral.amount {
        Amount::Exact(value) => Value::One(value),
        Amount::Span(low, high) => Value::Range(low, high),
        Amount::TooLong => Value::TooLong,
    };
    let mut measure = Measure { power: numeral.power, ..Measure::default() };
    if let Some((found, next)) = rate::read(chars, end, numeral.power, mode) {
        measure = found;
        end = next;
        if let Some(next) = after_any(chars, end, &["多", "余"]) {
            exceeds = true;
            end = next;
        }
        end = tail(chars, &mut value, &mut measure, end);
    } else if !numeral.more && end > numeral.end && mode == Mode::Text {
        // 多 with nothing countable behind it belongs to the next word (十多年 was read above).
        end = numeral.end;
        exceeds = false;
    }
    Term { value, measure, end, digits: numeral.digits, exceeds }
}

/// What may follow the unit and still belongs to the number: 两年半, 一个半月, 三成五, 八五折.
fn tail(chars: &[char], value: &mut Value, measure: &mut Measure, end: usize) -> usize {
    let Value::One(number) = *value else { return end };
    let Some(standard) = measure.unit().map(|unit| unit.standard) else { return end };
    let plus_half = Decimal::try_from_i128_with_scale(5, 1).ok().and_then(|half| number.checked_add(half));
    match standard {
        "年" if after(chars, end, "半").is_some() => {
            if let Some(sum) = plus_half {
                *value = Value::One(sum);
                return end + 1;
            }
        }
        "个" if after(chars, end, "半").is_some() => {
            if let Some((found, next)) = rate::read(chars, end + 1, measure.power, Mode::Text)
                && let Some(sum) = plus_half
            {
                let month = found.unit().is_some_and(|unit| unit.standard == "月");
                *measure = found;
                if month && let Some(unit) = unit::named("个月") {
                    measure.head = Some(Part::Known(unit));
                }
                *value = Value::One(sum);
                return next;
            }
        }
        "成" => {
            let half = (chars.get(end) == Some(&'半')).then_some(5);
            let next = chars.get(end).copied().and_then(numeral::digit).map(i128::from).or(half);
            if let Some(tenth) = next
                && let Ok(tenth) = Decimal::try_from_i128_with_scale(tenth, 1)
                && let Some(sum) = number.checked_add(tenth)
            {
                *value = Value::One(sum);
                return end + 1;
            }
        }
        "折" if number > Decimal::TEN && number < Decimal::ONE_HUNDRED => {
            if let Some(tenth) = number.checked_div(Decimal::TEN) {
                *value = Value::One(tenth.normalize());
            }
        }
        _ => {}
    }
    end
}

/// The signs and words between the two ends of a range.
const BETWEEN: &[&str] = &["--", "-", "~~", "~", "至", "到", "和", "与"];

/// The other end of a range, if one follows: both ends in the measure of the second.
fn range(chars: &[char], low: &Term, mode: Mode) -> Option<(Value, Term)> {
    let Value::One(first) = low.value else { return None };
    let start = skip_blanks(chars, low.end);
    let next = after_any(chars, start, BETWEEN)?;
    if matches!(chars.get(start), Some('和' | '与')) && !low.measure.head.is_none_or(|_| false) {
        return None;
    }
    let next = skip_blanks(chars, next);
    if matches!(chars.get(next), Some('-' | '+')) {
        return None;
    }
    let high = term(chars, next, mode)?;
    let Value::One(second) = high.value else { return None };
    let mut measure = high.measure;
    if measure.head.is_none() {
        measure.head = low.measure.head;
        measure.per = low.measure.per;
    } else if low.measure.head.is_some_and(|head| Some(head) != measure.head) {
        return None;
    }
    if matches!(chars.get(start), Some('和' | '与')) && chars.get(high.end) != Some(&'之') {
        return None;
    }
    // 5至10万元 is 5万元 to 10万元, 8000-10000元 is as printed, 5万至10万元 has its own power at both ends.
    let inherits = low.measure.power == Power::One && low.measure.head.is_none() && first < second;
    let low_power = if inherits { measure.power } else { low.measure.power };
    let shift = low_power.factor().checked_div(measure.power.factor())?;
    let first = first.checked_mul(shift)?.normalize();
    (first < second).then_some(())?;
    let term = Term { measure, ..high };
    Some((Value::Range(first, second), term))
}
