//! Laws of the quantity reader: what is printed is read back, spans lie inside their text, nothing panics.

use gongkai::quantity::{Comparator, Context, Kind, Quantity, UNITS, find, named, parse};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::time::{Duration, Instant};

/// Characters of which target cells and sentences are made.
const LETTERS: &str = "0123456789.,，％%‰≥≤<>=≈～~-—+/·×（）() \n\t一二三四五六七八九十百千万亿零〇两壹贰叁拾佰仟廿半几多余元角分块毛整人次个件月年日天季度\
     每第前后底末以上下内不超过低于高少达到至约左右之间控制在平方米公里亩吨百分之点成折工作个百分点BPLPR¥$€RMB[]【】〔〕号附表";

fn letters() -> impl Strategy<Value = String> {
    let letters: Vec<char> = LETTERS.chars().collect();
    prop::collection::vec(prop::sample::select(letters), 0..40).prop_map(|chars| chars.into_iter().collect())
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (0_i64..10_000_000_000, 0_u32..5).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).normalize())
}

const UNITS_TO_PRINT: [&str; 12] =
    ["元", "万元", "亿元", "%", "人", "万人", "个工作日", "平方米", "公里", "元/人/月", "万元/公里", "次/月"];

const SIGNS: [(&str, Comparator); 5] = [
    ("≥", Comparator::Ge),
    ("≤", Comparator::Le),
    (">", Comparator::Gt),
    ("<", Comparator::Lt),
    ("=", Comparator::Eq),
];

/// Prints a quantity the plain way.
fn print(quantity: &Quantity) -> String {
    let sign = SIGNS.iter().find(|(_, comparator)| Some(*comparator) == quantity.comparator);
    let value = quantity.value.map_or(String::new(), |value| value.to_string());
    format!("{}{value}{}", sign.map_or("", |(sign, _)| sign), quantity.unit.as_deref().unwrap_or_default())
}

/// What must hold of anything read.
fn sound(quantity: &Quantity) -> Result<(), TestCaseError> {
    let numeric = !matches!(quantity.kind, Kind::Qualitative | Kind::Missing | Kind::Formula);
    prop_assert!(numeric || quantity.value.is_none(), "a value where the kind has none: {quantity:?}");
    prop_assert!(quantity.value_max.is_none() || quantity.value.is_some(), "{quantity:?}");
    if let (Some(low), Some(high)) = (quantity.value, quantity.value_max) {
        prop_assert!(low < high, "{quantity:?}");
        prop_assert_eq!(quantity.comparator, Some(Comparator::Between));
    }
    if matches!(quantity.kind, Kind::Qualitative | Kind::Missing) {
        prop_assert_eq!(quantity.comparator, None);
    }
    // The base value divided by the value is the same factor for every number: check it by adding one.
    if let (Some(value), Some(base)) = (quantity.value, quantity.value_base)
        && !value.is_zero()
        && value.scale() < 10
        && base.scale() < 12
    {
        let factor = base / value;
        prop_assert_eq!((value * factor).normalize(), base.normalize(), "{:?}", quantity);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_printed_is_read_back(
        value in decimals(),
        unit in prop::sample::select(&UNITS_TO_PRINT[..]),
        (sign, comparator) in prop::sample::select(&SIGNS[..]),
    ) {
        let printed = format!("{sign}{value}{unit}");
        let read = parse(&printed, &Context::default());
        prop_assert_eq!(read.value, Some(value));
        prop_assert_eq!(read.unit.as_deref(), Some(unit));
        prop_assert_eq!(read.comparator, Some(comparator));
        prop_assert_eq!(print(&read), printed.clone());
        let again = parse(&print(&read), &Context::default());
        prop_assert_eq!(again, read);
    }

    #[test]
    fn separators_and_width_change_nothing(value in 0_u64..10_000_000_000_000) {
        let plain = value.to_string();
        let mut grouped = String::new();
        for (index, digit) in plain.chars().enumerate() {
            if index > 0 && (plain.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let wide: String = grouped.chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect();
        for printed in [format!("{plain}元"), format!("{grouped}元"), format!("{wide}元"), format!("{grouped}.00元")] {
            let read = parse(&printed, &Context::default());
            prop_assert_eq!(read.value, Some(Decimal::from(value)), "{}", printed);
            prop_assert_eq!(read.kind, Kind::Money);
        }
    }

    #[test]
    fn arbitrary_text_is_read_without_a_panic(text in any::<String>(), name in letters()) {
        let context = Context { level2: "成本指标", name: &name, description: &text, year: Some(2021) };
        sound(&parse(&text, &context))?;
        for found in find(&text) {
            sound(&found.quantity)?;
        }
    }

    #[test]
    fn spans_are_in_order_inside_the_text_and_hold_what_was_read(text in letters()) {
        let chars: Vec<char> = text.chars().collect();
        let mut last = 0;
        for found in find(&text) {
            prop_assert!(last <= found.start && found.start < found.end && found.end <= chars.len(), "{:?}", found);
            let slice: String = chars[found.start..found.end].iter().collect();
            prop_assert_eq!(&slice, &found.quantity.text);
            sound(&found.quantity)?;
            last = found.end;
        }
        sound(&parse(&text, &Context::default()))?;
    }
}

#[test]
fn every_spelling_stands_once_and_every_base_is_a_unit() {
    let mut seen = std::collections::BTreeSet::new();
    for unit in UNITS {
        for spelling in std::iter::once(&unit.standard).chain(unit.spellings) {
            assert!(seen.insert(*spelling), "{spelling} stands twice");
        }
        assert!(unit.base() == "1" || named(unit.base()).is_some(), "{} leads nowhere", unit.standard);
    }
}

#[test]
fn a_ratio_without_a_finite_decimal_keeps_its_unit() {
    let mu = named("亩").expect("亩 is in the table");
    assert_eq!(mu.ratio, (2000, 3));
    assert_eq!(mu.factor(), None);
    assert_eq!(mu.base(), "亩");
}

#[test]
fn the_table_of_units_in_the_documentation_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/quantities.md");
    let document = std::fs::read_to_string(path).expect("docs/quantities.md");
    for row in gongkai::quantity::units_table() {
        let line = format!("| {} |", row.join(" | "));
        assert!(document.contains(&line), "renew the table with `gongkai units --format markdown`: {line}");
    }
}

#[test]
fn a_very_long_text_takes_time_in_proportion() {
    let begun = Instant::now();
    assert!(find(&"1,234,567万元至三千亿元每人每月".repeat(5_000)).len() >= 5_000);
    for part in [
        "1",
        "一",
        "不低于",
        "每",
        "1又",
        "一百",
        "1/",
        "每1",
        "12月",
        "1-",
        "万",
        "5元零",
        "第",
        "(",
        "1,234",
        "〇.",
        "从",
        "半",
        "≥",
    ] {
        let text = part.repeat(20_000);
        let _ = find(&text);
        let _ = parse(&text, &Context::default());
        assert!(begun.elapsed() < Duration::from_mins(1), "{part} takes too long");
    }
}
