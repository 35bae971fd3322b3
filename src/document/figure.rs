//! A bare figure as tables print it: digits, separators, a sign, nothing else.

use rust_decimal::Decimal;

/// The longest cell text that can be a bare figure, in bytes: 28 digits with separators, in full-width characters.
const MAX_BYTES: usize = 120;

/// Reads a cell that holds nothing but a number: `1,234.50`, `－3.2`, `０.００`, `(5.00)` for a negative.
///
/// `None` for blank cells, dashes, percentages, codes with letters, and anything a [`Decimal`] can't hold exactly.
#[must_use]
pub fn figure(text: &str) -> Option<Decimal> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut buffer = [0; MAX_BYTES];
    let mut length = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *buffer.get_mut(length)? = match c {
            '0'..='9' | '.' | ',' | '-' | '+' | '(' | ')' => u8::try_from(c).ok()?,
            '０'..='９' | '．' | '，' | '－' | '＋' | '（' | '）' => {
                u8::try_from(c as u32 - 0xfee0).ok()?
            }
            '−' | '–' | '﹣' => b'-',
            _ => return None,
        };
        length += 1;
    }
    let (negative, digits) = match &buffer[..length] {
        [b'(', inner @ .., b')'] => (true, inner),
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    let value = ungrouped(digits)?;
    Some(if negative { -value } else { value })
}

/// The number without its thousands separators; `None` where those don't stand in groups of three (or of four, as some
/// counties group by 万).
fn ungrouped(digits: &[u8]) -> Option<Decimal> {
    let point = digits.iter().position(|byte| *byte == b'.');
    let (whole, fraction) = digits.split_at(point.unwrap_or(digits.len()));
    let digits_only = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    if !fraction.is_empty() && !digits_only(&fraction[1..]) {
        return None;
    }
    if digits_only(whole) {
        return Decimal::from_str_exact(std::str::from_utf8(digits).ok()?).ok();
    }
    let groups = || whole.split(|byte| *byte == b',');
    let sound = groups().all(digits_only)
        && groups().next().is_some_and(|first| first.len() <= 4)
        && [3, 4].iter().any(|size| groups().skip(1).all(|group| group.len() == *size));
    if !sound {
        return None;
    }
    let plain: Vec<u8> = digits.iter().copied().filter(|byte| *byte != b',').collect();
    Decimal::from_str_exact(std::str::from_utf8(&plain).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_figures_are_read_exactly() {
        for (text, value) in [
            ("4,509.85", "4509.85"),
            (" 147900500.00 ", "147900500.00"),
            ("－３.２", "-3.2"),
            ("（1,200）", "-1200"),
            ("0", "0"),
            ("3468\n", "3468"),
        ] {
            assert_eq!(figure(text), Some(value.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_no_bare_figure_stays_unread() {
        for text in ["", "——", "-", "85%", "A0201", "1,23", "12.", ".5", "1.2.3", "3万元", "2021年", "1-12"]
        {
            assert_eq!(figure(text), None, "{text}");
        }
    }
}
