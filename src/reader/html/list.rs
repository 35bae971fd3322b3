//! The numbers that a page's ordered lists print.

use super::style;
use super::tree::Element;

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
    Roman { upper: bool },
    Chinese,
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
            (Style::Roman { upper }, Some(number)) if number < 4_000 => {
                let roman = roman(number);
                format!("{}.", if upper { roman } else { roman.to_lowercase() })
            }
            (Style::Chinese, Some(number)) if number < 100 => format!("{}、", chinese(number)),
            _ => format!("{number}."),
        }
    }
}

fn stated(element: &Element) -> Option<Style> {
    let by_type = match element.attribute("type") {
        Some("1") => Some(Style::Decimal),
        Some("a") => Some(Style::Letters(b'a')),
        Some("A") => Some(Style::Letters(b'A')),
        Some("i") => Some(Style::Roman { upper: false }),
        Some("I") => Some(Style::Roman { upper: true }),
        _ => None,
    };
    let of = |property: &str| style::declared(element, property);
    let by_style = of("list-style-type").or_else(|| of("list-style"));
    let by_style = by_style.and_then(|value| match value.split_whitespace().next()? {
        "none" | "disc" | "circle" | "square" => Some(Style::None),
        "decimal" => Some(Style::Decimal),
        "lower-alpha" | "lower-latin" => Some(Style::Letters(b'a')),
        "upper-alpha" | "upper-latin" => Some(Style::Letters(b'A')),
        "lower-roman" => Some(Style::Roman { upper: false }),
        "upper-roman" => Some(Style::Roman { upper: true }),
        "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => Some(Style::Chinese),
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

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            roman.push_str(sign);
            number -= value;
        }
    }
    roman
}

fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number as usize / 10 % 10, number as usize % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}
