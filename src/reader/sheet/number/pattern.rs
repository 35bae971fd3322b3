//! The section of a format code that shows a number: its digits filled in.

use super::code::{Token, tokens};
use rust_decimal::{Decimal, RoundingStrategy};

/// The section of a number format: digits to be filled and text between them.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    tokens: Vec<Token>,
    /// Places after the point.
    places: u32,
    grouped: bool,
    /// Powers of ten by which the number is multiplied (percent) less those by which it is divided (commas).
    shift: i32,
}

impl Pattern {
    /// `None` for what is not a plain number: fractions, exponents, Chinese numerals.
    pub(super) fn parse(section: &str) -> Option<Self> {
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

    pub(super) fn show(&self, value: Decimal, signed: bool) -> Option<String> {
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
