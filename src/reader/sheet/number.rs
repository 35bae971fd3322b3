//! Numbers as a workbook shows them: number formats applied with exact decimals, never with binary floats.
//!
//! Source: ECMA-376 part 1, 18.8.31 (format codes) and 18.8.30 (built-in formats, those of the language zh-cn), as
//! Excel draws them.

use super::date;
use rust_decimal::{Decimal, RoundingStrategy};

/// The longest format code that is read; Excel allows 255 characters.
const MAX_CODE: usize = 1_000;

/// Built-in formats by number, as a Chinese Excel shows them.
const BUILT_IN: &[(u32, &str)] = &[
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (5, "\"¥\"#,##0;\"¥\"\\-#,##0"),
    (6, "\"¥\"#,##0;\"¥\"\\-#,##0"),
    (7, "\"¥\"#,##0.00;\"¥\"\\-#,##0.00"),
    (8, "\"¥\"#,##0.00;\"¥\"\\-#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (14, "yyyy/m/d"),
    (15, "d-mmm-yy"),
    (16, "d-mmm"),
    (17, "mmm-yy"),
    (18, "h:mm AM/PM"),
    (19, "h:mm:ss AM/PM"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (22, "yyyy/m/d h:mm"),
    (27, "yyyy\"年\"m\"月\""),
    (28, "m\"月\"d\"日\""),
    (29, "m\"月\"d\"日\""),
    (30, "m/d/yy"),
    (31, "yyyy\"年\"m\"月\"d\"日\""),
    (32, "h\"时\"mm\"分\""),
    (33, "h\"时\"mm\"分\"ss\"秒\""),
    (34, "上午/下午h\"时\"mm\"分\""),
    (35, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
    (36, "yyyy\"年\"m\"月\""),
    (37, "#,##0;-#,##0"),
    (38, "#,##0;-#,##0"),
    (39, "#,##0.00;-#,##0.00"),
    (40, "#,##0.00;-#,##0.00"),
    (41, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ "),
    (42, "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ "),
    (43, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ "),
    (44, "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ "),
    (45, "mm:ss"),
    (46, "[h]:mm:ss"),
    (47, "mm:ss.0"),
    (50, "yyyy\"年\"m\"月\""),
    (51, "m\"月\"d\"日\""),
    (52, "yyyy\"年\"m\"月\""),
    (53, "m\"月\"d\"日\""),
    (54, "m\"月\"d\"日\""),
    (55, "上午/下午h\"时\"mm\"分\""),
    (56, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
    (57, "yyyy\"年\"m\"月\""),
    (58, "m\"月\"d\"日\""),
];

/// The code of a built-in format; empty (as General) where there is none.
pub(super) fn built_in(id: u32) -> &'static str {
    BUILT_IN.iter().find(|(number, _)| *number == id).map_or("", |(_, code)| code)
}

/// A number as a cell of this format shows it. `epoch_1904` tells from which day the workbook counts dates.
pub(super) fn show(value: f64, code: &str, epoch_1904: bool) -> String {
    let Some(exact) = exact(value) else { return general(value) };
    if code.is_empty() || code.len() > MAX_CODE || code.eq_ignore_ascii_case("general") || code == "@" {
        return general(value);
    }
    let sections = sections(code);
    let Some((section, signed)) = choose(&sections, exact) else { return general(value) };
    if date::is_date(section) {
        return date::show(exact, section, epoch_1904).unwrap_or_else(|| general(value));
    }
    Pattern::parse(section).and_then(|pattern| pattern.show(exact, signed)).unwrap_or_else(|| general(value))
}

/// Text as a cell of this format shows it: what stands around `@` is printed too.
pub(super) fn show_text(text: &str, code: &str) -> String {
    if code == "@" || !code.contains('@') || code.len() > MAX_CODE {
        return text.to_owned();
    }
    let sections = sections(code);
    let Some(section) = sections.iter().rev().find(|section| section.contains('@')) else {
        return text.to_owned();
    };
    let mut shown = String::new();
    for token in tokens(section) {
        match token {
            Token::Plain('@') => shown.push_str(text),
            Token::Literal(literal) => shown.push_str(&literal),
            Token::Plain(' ') | Token::Bracket(_) => {}
            Token::Plain(c) => shown.push(c),
        }
    }
    shown
}

/// A number in format General: up to 15 digits, which are all that Excel holds, without an exponent.
pub(super) fn general(value: f64) -> String {
    exact(value).map_or_else(|| format!("{value:e}"), |value| value.normalize().to_string())
}

/// The 15 significant digits of a binary number; `None` for what no decimal of 28 digits holds.
fn exact(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    let value = Decimal::from_scientific(&format!("{value:.14e}")).ok()?;
    Some(value.normalize())
}

/// A piece of a format code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A character with a meaning of its own.
    Plain(char),
    /// Text to be printed.
    Literal(String),
    /// What stands in `[…]`.
    Bracket(String),
}

/// The pieces of a code. `_x` leaves room for a character and `*x` fills the cell with one: neither is printed.
pub(super) fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => tokens.push(Token::Literal(rest.by_ref().take_while(|c| *c != '"').collect())),
            '[' => {
                let inner: String = rest.by_ref().take_while(|c| *c != ']').collect();
                match inner.strip_prefix('$') {
                    Some(currency) => {
                        let symbol = currency.split('-').next().unwrap_or_default();
                        tokens.push(Token::Literal(symbol.to_owned()));
                    }
                    None => tokens.push(Token::Bracket(inner)),
                }
            }
            '\\' | '!' => tokens.extend(rest.next().map(|c| Token::Literal(c.to_string()))),
            '_' | '*' => {
                rest.next();
            }
            c => tokens.push(Token::Plain(c)),
        }
    }
    tokens
}

/// The sections of a code, separated by `;` outside of quotes and brackets.
fn sections(code: &str) -> Vec<&str> {
    let (mut sections, mut start) = (Vec::new(), 0);
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for (index, c) in code.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '!' | '_' | '*' => escaped = true,
            '[' => bracket = true,
            ']' => bracket = false,
            ';' if !bracket => {
                sections.push(&code[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

/// The section for a number, and whether the number's own sign is printed in it.
fn choose<'a>(sections: &[&'a str], value: Decimal) -> Option<(&'a str, bool)> {
    let conditions: Vec<_> = sections.iter().map(|section| condition(section)).collect();
    if conditions.iter().any(Option::is_some) {
        let held = |condition: &Option<(String, Decimal)>| match condition {
            Some((sign, limit)) => holds(value, sign, *limit),
            None => true,
        };
        let at = conditions.iter().take(3).position(held)?;
        return Some((sections[at], true));
    }
    let numeric: Vec<&str> = sections.iter().take(3).copied().collect();
    match (numeric.as_slice(), value.is_sign_negative() && !value.is_zero()) {
        ([_, negative, ..], true) => Some((negative, false)),
        ([_, _, zero], false) if value.is_zero() => Some((zero, true)),
        ([first, ..], _) => Some((first, true)),
        ([], _) => None,
    }
}

/// The condition that a section states: `[>=10000]`.
fn condition(section: &str) -> Option<(String, Decimal)> {
    tokens(section).into_iter().find_map(|token| {
        let Token::Bracket(inner) = token else { return None };
        let digits = inner.find(|c: char| !matches!(c, '<' | '>' | '='))?;
        let (sign, limit) = inner.split_at(digits);
        (!sign.is_empty()).then_some((sign.to_owned(), limit.trim().parse().ok()?))
    })
}

fn holds(value: Decimal, sign: &str, limit: Decimal) -> bool {
    match sign {
        "<" => value < limit,
        "<=" => value <= limit,
        ">" => value > limit,
        ">=" => value >= limit,
        "=" => value == limit,
        "<>" => value != limit,
        _ => false,
    }
}

/// The section of a number format: digits to be filled and text between them.
#[derive(Debug, Default)]
struct Pattern {
    tokens: Vec<Token>,
    /// Places after the point.
    places: u32,
    grouped: bool,
    /// Powers of ten by which the number is multiplied (percent) less those by which it is divided (commas).
    shift: i32,
}

impl Pattern {
    /// `None` for what is not a plain number: fractions, exponents, Chinese numerals.
    fn parse(section: &str) -> Option<Self> {
        let mut pattern = Self::default();
        let mut after_point = false;
        let mut commas = 0;
        let mut digits = false;
        let general = section.to_ascii_lowercase().contains("general");
        for token in tokens(section) {
            match &token {
                Token::Bracket(inner) if inner.to_ascii_lowercase().starts_with("dbnum") => return None,
                Token::Bracket(_) => continue,
                Token::Plain('0' | '#' | '?') => {
                    pattern.grouped |= commas > 0 && digits && !after_point;
                    (commas, digits) = (0, true);
                    pattern.places += u32::from(after_point);
                }
                Token::Plain('.') if digits || !after_point => {
                    pattern.shift -= 3 * std::mem::take(&mut commas);
                    after_point = true;
                }
                Token::Plain(',') => {
                    commas += i32::from(digits);
                    continue;
                }
                Token::Plain('%') => pattern.shift += 2,
                Token::Plain('/' | 'E' | 'e' | '@') => return None,
                Token::Plain(_) | Token::Literal(_) => {}
            }
            pattern.tokens.push(token);
        }
        pattern.shift -= 3 * commas;
        (!general).then_some(pattern)
    }

    fn show(&self, value: Decimal, signed: bool) -> Option<String> {
        let negative = value.is_sign_negative() && !value.is_zero();
        let scaled = shifted(value.abs(), self.shift)?;
        let rounded = scaled.round_dp_with_strategy(self.places, RoundingStrategy::MidpointAwayFromZero);
        let text = rounded.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = if whole == "0" { "" } else { whole };
        let point = self.tokens.iter().position(|token| *token == Token::Plain('.'));
        let (before, after) = self.tokens.split_at(point.unwrap_or(self.tokens.len()));
        let mut shown = self.whole(before, whole);
        let fraction: Vec<char> = fraction.chars().collect();
        shown.push_str(&decimals(after, &fraction));
        let printed_zero = rounded.is_zero();
        Some(if negative && signed && !printed_zero { format!("-{shown}") } else { shown })
    }

    /// Fills the digits before the point from the right; the first place takes all digits that are left.
    fn whole(&self, tokens: &[Token], digits: &str) -> String {
        let is_place = |token: &Token| matches!(token, Token::Plain('0' | '#' | '?'));
        let first = tokens.iter().position(is_place);
        let mut left: Vec<char> = digits.chars().collect();
        let mut reversed = String::new();
        let mut placed = 0;
        let mut put = |c: char, reversed: &mut String| {
            if self.grouped && placed > 0 && placed % 3 == 0 {
                reversed.push(',');
            }
            placed += 1;
            reversed.push(c);
        };
        for (index, token) in tokens.iter().enumerate().rev() {
            match token {
                Token::Plain(place @ ('0' | '#' | '?')) => {
                    match left.pop() {
                        Some(digit) => put(digit, &mut reversed),
                        None if *place == '0' => put('0', &mut reversed),
                        None => {}
                    }
                    if first == Some(index) {
                        while let Some(digit) = left.pop() {
                            put(digit, &mut reversed);
                        }
                    }
                }
                Token::Literal(literal) => reversed.extend(literal.chars().rev()),
                Token::Plain(c) => reversed.push(*c),
                Token::Bracket(_) => {}
            }
        }
        reversed.chars().rev().collect()
    }
}

/// The point and the digits after it; places that need not be filled end with the last digit that is not zero.
fn decimals(tokens: &[Token], digits: &[char]) -> String {
    let used = digits.iter().rposition(|digit| *digit != '0').map_or(0, |last| last + 1);
    let mut shown = String::new();
    let mut place = 0;
    for token in tokens {
        match token {
            Token::Plain(kind @ ('0' | '#' | '?')) => {
                let digit = digits.get(place).copied().unwrap_or('0');
                if *kind == '0' || place < used {
                    shown.push(digit);
                }
                place += 1;
            }
            Token::Literal(literal) => shown.push_str(literal),
            Token::Plain(c) => shown.push(*c),
            Token::Bracket(_) => {}
        }
    }
    shown
}

/// The number times a power of ten, by moving the point.
fn shifted(value: Decimal, shift: i32) -> Option<Decimal> {
    let mut value = value;
    for _ in 0..shift.abs().min(40) {
        value = if shift > 0 { value.checked_mul(Decimal::TEN)? } else { value.checked_div(Decimal::TEN)? };
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_their_format_says() {
        for (value, code, shown) in [
            (12.3, "0.00", "12.30"),
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (0.1 + 0.2, "", "0.3"),
            (0.95, "0%", "95%"),
            (0.125, "0.00%", "12.50%"),
            (1234.5, "#,##0", "1,235"),
            (0.0, "#,##0.00", "0.00"),
            (0.0, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-"),
            (-5.0, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-5.00"),
            (-1234.0, "#,##0.00_);(#,##0.00)", "(1,234.00)"),
            (-1234.0, "0.00", "-1234.00"),
            (-0.001, "0.00", "0.00"),
            (123_456.0, "0!.0,\"万元\"", "12.3万元"),
            (1_234_567.0, "#,##0,", "1,235"),
            (7.0, "000", "007"),
            (3.5, "0.##", "3.5"),
            (3.0, "#.##", "3."),
            (0.5, "#.00", ".50"),
            (5.0, "[Red]0.0\"万元\"", "5.0万元"),
            (12_000.0, "[>=10000]0.0,\"千\";0", "12.0千"),
            (12.0, "[>=10000]0.0,\"千\";0", "12"),
            (147_900_500.0, "General", "147900500"),
            (85.0, "[$¥-804]#,##0.00", "¥85.00"),
            (1e300, "0.00", "1e300"),
            (0.5, "# ?/?", "0.5"),
            (2.005, "0.00", "2.01"),
            (310_114_198_001_011_234.0, "0", "310114198001011000"),
        ] {
            assert_eq!(show(value, code, false), shown, "{value} in {code}");
        }
    }

    #[test]
    fn text_formats_print_what_stands_around_the_text() {
        assert_eq!(show_text("甲", "@\"局\""), "甲局");
        assert_eq!(show_text("甲", "0.00;-0.00;0;\"第\"@"), "第甲");
        assert_eq!(show_text("甲", "_ * #,##0_ ;_ @_ "), "甲");
        assert_eq!(show_text("甲", "0.00"), "甲");
    }
}
