//! Ranges: 5至10万元, 3%～5%, 大于3小于5, where the unit of one end serves both.

use super::Comparator;
use super::comparator;
use super::glyph::{after_any, skip_blanks};
use super::numeral::Power;
use super::rate::Mode;
use super::reading::{Term, Value, term};

/// The signs and words between the two ends of a range.
const BETWEEN: &[&str] = &["--", "-", "~~", "~", "至", "到", "和", "与"];

/// The other end of a range, if one follows: both ends in the measure of the second.
pub(super) fn range(chars: &[char], low: &Term, mode: Mode) -> Option<(Value, Term)> {
    let start = skip_blanks(chars, low.end);
    let next = skip_blanks(chars, after_any(chars, start, BETWEEN)?);
    if matches!(chars.get(next), Some('-' | '+')) {
        return None;
    }
    let high = term(chars, next, mode)?;
    // 3和5 names two numbers; only 3和5之间 is a range.
    let named = matches!(chars.get(start), Some('和' | '与'));
    if named && after_any(chars, high.end, &["之间", "中间"]).is_none() {
        return None;
    }
    join(low, high)
}

/// What may stand between 大于3 and 小于5.
const JOINTS: &[&str] =
    &["且", "并且", "而且", "但", "同时", "，", ",", "、", "，且", ",且", "，但", "并", "和", "至", "~", "-"];

/// The other bound of `大于3且小于5` or `20万元以上50万元以下`, with its comparator.
pub(super) fn bounded(
    chars: &[char],
    first: &Term,
    end: usize,
    comparator: Comparator,
    mode: Mode,
) -> Option<(Value, Term)> {
    let lower = |comparator| match comparator {
        Comparator::Ge | Comparator::Gt => Some(true),
        Comparator::Le | Comparator::Lt => Some(false),
        _ => None,
    };
    let opens = lower(comparator)?;
    let start = skip_blanks(chars, end);
    let start = skip_blanks(chars, after_any(chars, start, JOINTS).unwrap_or(start));
    let before = comparator::before(chars, start);
    let number = before.map_or(start, |printed| printed.end);
    let mut second = term(chars, number, mode)?;
    let word = match before {
        Some(printed) => printed,
        None => comparator::following(chars, second.end)?,
    };
    second.end = second.end.max(word.end);
    (lower(word.comparator)? != opens).then_some(())?;
    if opens { join(first, second) } else { join(&second, Term { end: second.end, ..*first }) }
        .map(|(value, term)| (value, Term { end: second.end, ..term }))
}

/// The longest name between two bounds, in characters.
const MAX_NAME: usize = 16;

/// The upper end of `80%≤X≤90%`, where a name stands between the bounds. A bound that `<` excludes makes no range: two
/// numbers would not say so.
pub(super) fn around_a_name(chars: &[char], first: &Term, mode: Mode) -> Option<(Value, Term)> {
    let sign = |at: usize| comparator::before(chars, at).filter(|printed| printed.sign);
    let opening = sign(skip_blanks(chars, first.end))?;
    let rest = chars.get(opening.end..)?;
    let name = rest.iter().take_while(|glyph| glyph.is_alphabetic() || **glyph == ' ').count();
    let second_sign = opening.end + name;
    let closing = sign(second_sign).filter(|_| (1..=MAX_NAME).contains(&name))?;
    if rest[..name].iter().all(|glyph| *glyph == ' ') || opening.comparator != closing.comparator {
        return None;
    }
    let second = term(chars, closing.end, mode)?;
    match opening.comparator {
        Comparator::Le => join(first, second),
        Comparator::Ge => join(&second, Term { end: second.end, ..*first })
            .map(|(value, term)| (value, Term { end: second.end, ..term })),
        _ => None,
    }
}

/// Both ends in the measure of the higher one; `None` where they do not make a range.
fn join(low: &Term, high: Term) -> Option<(Value, Term)> {
    let (Value::One(first), Value::One(second)) = (low.value, high.value) else { return None };
    let mut measure = high.measure;
    if measure.head.is_none() {
        measure.head = low.measure.head;
        measure.per = low.measure.per;
    } else if low.measure.head.is_some_and(|head| Some(head) != measure.head) {
        return None;
    }
    // 5至10万元 is 5万元 to 10万元, 8000-10000元 is as printed, 5万至10万元 has its own power at both ends.
    let inherits = low.measure.power == Power::One && low.measure.head.is_none() && first < second;
    let low_power = if inherits { measure.power } else { low.measure.power };
    let shift = low_power.factor().checked_div(measure.power.factor())?;
    let first = first.checked_mul(shift)?.normalize();
    (first < second).then_some((Value::Range(first, second), Term { measure, ..high }))
}
