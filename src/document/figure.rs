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
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {}
            '０'..='９' => plain.push(char::from(b'0' + u8::try_from(c as u32 - '０' as u32).unwrap_or(0))),
            '．' => plain.push('.'),
            '，' => plain.push(','),
            '－' | '−' | '–' | '﹣' => plain.push('-'),
            '＋' => plain.push('+'),
            '（' => plain.push('('),
            '）' => plain.push(')'),
            '0'..='9' | '.' | ',' | '-' | '+' | '(' | ')' => plain.push(c),
            _ => return None,
        }
    }
    let (negative, digits) = match plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => match plain.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
        },
    };
    let value = Decimal::from_str_exact(&ungrouped(digits)?).ok()?;
    Some(if negative { -value } else { value })
}

/// The digits without thousands separators; `None` where the separators don't stand in groups of three (or of four,
/// as some counties group by 万).
fn ungrouped(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !(digits_only(fraction) || fraction.is_empty() && !digits.ends_with('.')) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let sound = groups.iter().all(|group| digits_only(group))
        && groups.first().is_some_and(|first| groups.len() == 1 || first.len() <= 4)
        && [3, 4].iter().any(|size| groups.iter().skip(1).all(|group| group.len() == *size));
    if !sound {
        return None;
    }
    let mut plain = groups.concat();
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    Some(plain)
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
