//! Numbers as a workbook shows them: number formats applied with exact decimals, never with binary floats.
//!
//! Source: ECMA-376 part 1, 18.8.31 (format codes) and 18.8.30 (built-in formats, those of the language zh-cn), as
//! Excel draws them.

mod code;
mod pattern;

use self::code::{choose, sections};
use self::pattern::Pattern;
use super::date;
use rust_decimal::Decimal;

pub(super) use self::code::{Token, tokens};

/// The longest format code that is read; Excel allows 255 characters.
const MAX_CODE: usize = 1_000;

/// What tells a number below zero beside its colour.
const SIGNS: [char; 9] = ['-', '−', '－', '(', '（', '减', '负', '降', '亏'];

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
    let shown = Pattern::parse(section).and_then(|pattern| pattern.show(exact, signed));
    let Some(shown) = shown else { return general(value) };
    let tells = shown.contains(SIGNS) || !shown.contains(|c| matches!(c, '1'..='9'));
    if signed || tells || !code::is_coloured(section) {
        return shown;
    }
    // Only the colour tells that the number is below zero, and text has none.
    format!("-{shown}")
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
            (-5.0, "#,##0.00;[Red]#,##0.00", "-5.00"),
            (-5.0, "0.00;[红色]\"减\"0.00", "减5.00"),
            (-5.0, "0.00_ ;[Red]\\-0.00\\ ", "-5.00 "),
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
