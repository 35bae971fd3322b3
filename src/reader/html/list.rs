//! The numbers that a page's ordered lists print.

use super::style;
use super::tree::Element;
use crate::reader::word::numeral::NumberFormat;

/// An open list.
#[derive(Debug)]
pub(super) struct List {
    ordered: bool,
    style: Style,
    next: i64,
}

/// How a list numbers its items (CSS Counter Styles 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Decimal,
    Letters(u8),
    /// Numerals as Word prints them, and the sign after them.
    Numerals(NumberFormat, char),
    None,
}

impl List {
    /// The list that an `ol` or `ul` begins.
    pub(super) fn new(element: &Element) -> Self {
        let ordered = element.name() == "ol";
        let start = element.attribute("start").and_then(|start| start.trim().parse().ok());
        Self { ordered, style: stated(element).unwrap_or(Style::Decimal), next: start.unwrap_or(1) }
    }

    /// What the next item prints before its text.
    pub(super) fn label(&mut self, item: &Element) -> String {
        if !self.ordered {
            return String::new();
        }
        let number = item.attribute("value").and_then(|value| value.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        let positive = u32::try_from(number).ok().filter(|number| *number > 0);
        match (stated(item).unwrap_or(self.style), positive) {
            (Style::None, _) => String::new(),
            (Style::Letters(first), Some(number)) => format!("{}.", letters(number, first)),
            (Style::Numerals(format, sign), Some(number)) if number < 4_000 => {
                format!("{}{sign}", format.print(number))
            }
            _ => format!("{number}."),
        }
    }
}

const LOWER_ROMAN: Style = Style::Numerals(NumberFormat::LowerRoman, '.');
const UPPER_ROMAN: Style = Style::Numerals(NumberFormat::UpperRoman, '.');
const CHINESE: Style = Style::Numerals(NumberFormat::ChineseThousand, '、');

fn stated(element: &Element) -> Option<Style> {
    let by_type = match element.attribute("type") {
        Some("1") => Some(Style::Decimal),
        Some("a") => Some(Style::Letters(b'a')),
        Some("A") => Some(Style::Letters(b'A')),
        Some("i") => Some(LOWER_ROMAN),
        Some("I") => Some(UPPER_ROMAN),
        _ => None,
    };
    let of = |property: &str| style::declared(element, property);
    let by_style = of("list-style-type").or_else(|| of("list-style"));
    let by_style = by_style.and_then(|value| match value.split_whitespace().next()? {
        "none" | "disc" | "circle" | "square" => Some(Style::None),
        "decimal" => Some(Style::Decimal),
        "lower-alpha" | "lower-latin" => Some(Style::Letters(b'a')),
        "upper-alpha" | "upper-latin" => Some(Style::Letters(b'A')),
        "lower-roman" => Some(LOWER_ROMAN),
        "upper-roman" => Some(UPPER_ROMAN),
        "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => Some(CHINESE),
        _ => None,
    });
    by_style.or(by_type)
}

fn letters(mut number: u32, first: u8) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(first + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    letters.iter().rev().collect()
}
