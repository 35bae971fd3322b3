//! Format codes taken apart: sections, their conditions, and the pieces of each.

use rust_decimal::Decimal;

/// A piece of a format code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::reader::sheet) enum Token {
    /// A character with a meaning of its own.
    Plain(char),
    /// Text to be printed.
    Literal(String),
    /// What stands in `[…]`.
    Bracket(String),
}

/// The pieces of a code. `_x` leaves room for a character and `*x` fills the cell with one: neither is printed.
pub(in crate::reader::sheet) fn tokens(code: &str) -> Vec<Token> {
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
pub(super) fn sections(code: &str) -> Vec<&str> {
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
pub(super) fn choose<'a>(sections: &[&'a str], value: Decimal) -> Option<(&'a str, bool)> {
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

/// Whether a section is printed in a colour: `[Red]`, `[红色]`, `[Color3]`.
pub(super) fn is_coloured(section: &str) -> bool {
    let names = [
        "red", "红", "color", "颜色", "blue", "蓝", "green", "绿", "magenta", "洋红", "yellow", "黄", "cyan",
        "青",
    ];
    tokens(section).iter().any(|token| match token {
        Token::Bracket(inner) => names.iter().any(|name| inner.to_ascii_lowercase().starts_with(name)),
        _ => false,
    })
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
