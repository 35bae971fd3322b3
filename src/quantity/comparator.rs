//! Comparators as signs and as words before or after a number, with the senses of official usage.
//!
//! 以上, 以下 and 以内 include their bound (《立法技术规范（试行）》 24: "以上、以下、以内、届满，均包括本数；不满、超过、低于、
//! 以外，均不包括本数"); 超过, 不足, 低于 and 高于 exclude it.

use super::Comparator::{self, Approx, Eq, Ge, Gt, Le, Lt};
use super::glyph::{after, skip_blanks};
use super::lexicon::Lexicon;
use std::sync::LazyLock;

/// A comparator as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) comparator: Comparator,
    /// The place after it.
    pub(super) end: usize,
    /// Whether it is a sign (≥) and not a word.
    pub(super) sign: bool,
}

/// Signs.
const SIGNS: &[(&str, Comparator)] = &[
    (">=", Ge),
    ("=>", Ge),
    ("≥=", Ge),
    ("<=", Le),
    ("=<", Le),
    ("≤=", Le),
    ("》=", Ge),
    ("《=", Le),
    ("==", Eq),
    ("≥", Ge),
    ("≤", Le),
    (">", Gt),
    ("<", Lt),
    ("=", Eq),
    ("≈", Approx),
    ("~", Approx),
];

/// Words before a number.
const BEFORE: &[(&str, Comparator)] = &[
    ("不少于", Ge),
    ("不低于", Ge),
    ("不小于", Ge),
    ("不短于", Ge),
    ("不得少于", Ge),
    ("不得低于", Ge),
    ("不得小于", Ge),
    ("不能少于", Ge),
    ("不能低于", Ge),
    ("不应低于", Ge),
    ("不应少于", Ge),
    ("不下于", Ge),
    ("不下", Ge),
    ("不亚于", Ge),
    ("不超过", Le),
    ("不超出", Le),
    ("不突破", Le),
    ("不高于", Le),
    ("不大于", Le),
    ("不多于", Le),
    ("不长于", Le),
    ("不迟于", Le),
    ("不晚于", Le),
    ("不得超过", Le),
    ("不得高于", Le),
    ("不得大于", Le),
    ("不得多于", Le),
    ("不得超出", Le),
    ("不能超过", Le),
    ("不能高于", Le),
    ("不应超过", Le),
    ("不应高于", Le),
    ("不足", Lt),
    ("不到", Lt),
    ("不满", Lt),
    ("大于等于", Ge),
    ("大于或等于", Ge),
    ("大于或者等于", Ge),
    ("大于", Gt),
    ("高于等于", Ge),
    ("高于或等于", Ge),
    ("高于", Gt),
    ("多于或等于", Ge),
    ("多于", Gt),
    ("小于等于", Le),
    ("小于或等于", Le),
    ("小于或者等于", Le),
    ("小于", Lt),
    ("低于等于", Le),
    ("低于或等于", Le),
    ("低于", Lt),
    ("少于等于", Le),
    ("少于或等于", Le),
    ("少于", Lt),
    ("等于", Eq),
    ("达到或超过", Ge),
    ("达到或高于", Ge),
    ("达到", Eq),
    ("达", Eq),
    ("高达", Eq),
    ("多达", Eq),
    ("至少达到", Ge),
    ("至少为", Ge),
    ("至少", Ge),
    ("至多", Le),
    ("最少为", Ge),
    ("最少", Ge),
    ("最低为", Ge),
    ("最低", Ge),
    ("最多为", Le),
    ("最多", Le),
    ("最高不超过", Le),
    ("最高为", Le),
    ("最高", Le),
    ("上限为", Le),
    ("下限为", Ge),
    ("控制在", Le),
    ("限于", Le),
    ("超过", Gt),
    ("超出", Gt),
    ("突破", Gt),
    ("优于", Gt),
    ("逾", Gt),
    ("超", Gt),
    ("未超过", Le),
    ("未达到", Lt),
    ("未满", Lt),
    ("未低于", Ge),
    ("约为", Approx),
    ("约", Approx),
    ("大约", Approx),
    ("大概", Approx),
    ("大致", Approx),
    ("将近", Approx),
    ("接近", Approx),
    ("近", Approx),
    ("早于", Lt),
    ("晚于", Gt),
];

/// Words after a number and its unit.
const AFTER: &[(&str, Comparator)] = &[
    ("(不含)以上", Gt),
    ("(含)以上", Ge),
    ("(及)以上", Ge),
    ("及以上", Ge),
    ("或以上", Ge),
    ("以上", Ge),
    ("之上", Ge),
    ("(不含)以下", Lt),
    ("(含)以下", Le),
    ("及以下", Le),
    ("或以下", Le),
    ("以下", Le),
    ("之下", Le),
    ("(含)以内", Le),
    ("以内", Le),
    ("之内", Le),
    ("封顶", Le),
    ("左右", Approx),
    ("上下", Approx),
    ("前后", Approx),
    ("有余", Gt),
    ("不到", Lt),
    ("不等", Approx),
];

static SIGN_WORDS: LazyLock<Lexicon<Comparator>> = LazyLock::new(|| Lexicon::new(SIGNS.iter().copied()));
static BEFORE_WORDS: LazyLock<Lexicon<Comparator>> = LazyLock::new(|| Lexicon::new(BEFORE.iter().copied()));
static AFTER_WORDS: LazyLock<Lexicon<Comparator>> = LazyLock::new(|| Lexicon::new(AFTER.iter().copied()));

/// Reads the comparator that begins at `at`: a sign, a word, or a word before a sign (`约≈`, `应≥`).
pub(super) fn before(chars: &[char], at: usize) -> Option<Printed> {
    let first = one_before(chars, at)?;
    let next = skip_blanks(chars, first.end);
    // `达到≥95%`, `不低于≥`, `约超过`: the stricter of two neighbouring comparators is the meant one.
    match one_before(chars, next) {
        Some(second) if matches!(first.comparator, Eq | Approx) => Some(second),
        Some(second) if second.comparator == first.comparator || second.comparator == Eq => {
            Some(Printed { end: second.end, ..first })
        }
        _ => Some(first),
    }
}

fn one_before(chars: &[char], at: usize) -> Option<Printed> {
    let first = *chars.get(at)?;
    if !super::glyph::is_han(first) {
        return sign(chars, at);
    }
    let (comparator, end) = BEFORE_WORDS.longest(chars, at)?;
    // 超过了, 约有, 达到了: the particle adds nothing.
    let end = if matches!(chars.get(end), Some('了' | '有')) { end + 1 } else { end };
    Some(Printed { comparator, end, sign: false })
}

/// Reads a comparator sign, blanks inside allowed (`> =`).
fn sign(chars: &[char], at: usize) -> Option<Printed> {
    let (comparator, mut end) = SIGN_WORDS.longest(chars, at)?;
    let mut comparator = comparator;
    let next = skip_blanks(chars, end);
    if next > end && chars.get(next) == Some(&'=') {
        comparator = match comparator {
            Gt => Ge,
            Lt => Le,
            other => return Some(Printed { comparator: other, end, sign: true }),
        };
        end = next + 1;
    }
    Some(Printed { comparator, end, sign: true })
}

/// Words of which the last letter looks like a comparator: 节约 is no 约, 下达 no 达.
const WORDS: &[(char, &str)] = &[
    ('约', "节合条签公预契违履缔特制简"),
    ('达', "传发下送到表抵通直转雷马抄上"),
    ('近', "附邻远靠亲就临逼"),
    ('超', "赶反"),
    ('高', "提增最"),
    ('低', "降减最"),
    ('大', "扩增最"),
    ('小', "缩减最"),
    ('少', "减至最"),
    ('多', "增至最许"),
];

/// Whether the letter at `at` ends a longer word and so begins no comparator.
pub(super) fn ends_a_word(chars: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|place| chars.get(place)) else { return false };
    WORDS.iter().any(|(last, first)| chars.get(at) == Some(last) && first.contains(*before))
}

/// Reads the comparator word that follows a number and its unit.
pub(super) fn following(chars: &[char], at: usize) -> Option<Printed> {
    let at = skip_blanks(chars, at);
    let (comparator, end) = AFTER_WORDS.longest(chars, at)?;
    let (comparator, end) = remark(chars, end, comparator).unwrap_or((comparator, end));
    Some(Printed { comparator, end, sign: false })
}

/// 30日内: 内 alone bounds lengths of time.
pub(super) fn within(chars: &[char], at: usize) -> Option<Printed> {
    let at = skip_blanks(chars, at);
    after(chars, at, "内").map(|end| Printed { comparator: Le, end, sign: false })
}

/// The longest remark on whether a bound is included, brackets and all, in characters.
const REMARK_REACH: usize = 12;

/// 以上（含95%）, 以下（不含本数）: what a bracket says about the bound.
fn remark(chars: &[char], at: usize, comparator: Comparator) -> Option<(Comparator, usize)> {
    let excluded = after(chars, at, "(不含").is_some();
    if !excluded && after(chars, at, "(含").is_none() {
        return None;
    }
    let end = at + chars.iter().skip(at).take(REMARK_REACH).position(|&glyph| glyph == ')')? + 1;
    let comparator = match (comparator, excluded) {
        (Ge | Gt, true) => Gt,
        (Ge | Gt, false) => Ge,
        (Le | Lt, true) => Lt,
        (Le | Lt, false) => Le,
        (other, _) => other,
    };
    Some((comparator, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::glyph::fold_all;

    fn read(text: &str) -> Option<(Comparator, usize)> {
        before(&fold_all(text), 0).map(|printed| (printed.comparator, printed.end))
    }

    #[test]
    fn the_longest_word_decides() {
        assert_eq!(read("大于等于5"), Some((Ge, 4)));
        assert_eq!(read("大于5"), Some((Gt, 2)));
        assert_eq!(read("不超过5"), Some((Le, 3)));
        assert_eq!(read("超过5"), Some((Gt, 2)));
    }

    #[test]
    fn a_sign_may_hold_blanks_and_be_full_width() {
        assert_eq!(read("＞ ＝95"), Some((Ge, 3)));
        assert_eq!(read("≧95"), Some((Ge, 1)));
    }

    #[test]
    fn the_bound_is_included_as_the_law_has_it() {
        let word = |text: &str| following(&fold_all(text), 0).map(|printed| printed.comparator);
        assert_eq!(word("以上"), Some(Ge));
        assert_eq!(word("以上（不含）"), Some(Gt));
        assert_eq!(word("（含）以下"), Some(Le));
    }
}
