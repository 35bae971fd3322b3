//! Which of the quantities in a sentence are money figures, and how each is printed.

use crate::quantity::{self, Comparator, Found, Kind};
use rust_decimal::Decimal;

/// One money figure in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// First character of the printed quantity, comparator words included.
    pub start: usize,
    /// The character after its last one.
    pub end: usize,
    /// The comparator words in front of the number.
    pub lead: String,
    /// The number with its unit, without comparator words.
    pub raw: String,
    /// The reading of the comparator, implied or printed.
    pub comparator: Option<Comparator>,
    /// The number as printed, in `unit`.
    pub value: Option<Decimal>,
    /// The unit in its standard spelling.
    pub unit: String,
    /// Exact yuan; `None` for rates and ranges.
    pub yuan: Option<Decimal>,
    /// For rates: the denominator.
    pub per: String,
    /// What the reader of quantities remarked.
    pub flags: crate::flag::Flags,
}

/// Words after a number that say at least, at most, about.
const TRAILING_COMPARATORS: &[&str] =
    &["（含）以上", "(含)以上", "（含）以下", "及以上", "及以下", "以上", "以下", "以内", "左右", "上下"];
/// Words in front of a bound that name the thing whose price it bounds.
const PRICE_NAMES: &[&str] =
    &["单价", "单价在", "单价为", "单位价值", "单位价值在", "单台价值", "单件价值", "原值"];
/// What may follow a bound that is the end of its statement.
const AFTER_A_STATEMENT: &[char] =
    &['，', '。', '；', '、', '）', ')', ',', ';', '：', '！', '并', '且', '但', '由'];
/// The longest stretch before a figure that is searched for a list of bare numbers.
const SERIES_CHARS: usize = 80;

/// The money figures of a text in printed order. Bounds inside a name (`单价50万元以上的设备`) are none.
#[must_use]
pub fn figures(text: &[char], found: &[Found]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for item in found.iter().filter(|item| item.end <= text.len() && item.start < item.end) {
        if is_money(item) && !bounds_a_name(text, item) && !names_a_class(text, item.end) {
            figures.extend(series_before(text, item));
            figures.push(figure(text, item));
        }
    }
    figures
}

/// Whether a quantity states money or money per something.
#[must_use]
pub fn is_money(found: &Found) -> bool {
    match found.quantity.kind {
        Kind::Money => found.quantity.value.is_some(),
        Kind::Rate => found.quantity.unit_base.as_deref().is_some_and(|unit| unit.starts_with('元')),
        _ => false,
    }
}

fn figure(text: &[char], found: &Found) -> Figure {
    let quantity = &found.quantity;
    let range = quantity.comparator == Some(Comparator::Between);
    let rate = quantity.kind == Kind::Rate;
    let printed: String = text[found.start..found.end].iter().collect();
    let from = printed.find(starts_a_number).unwrap_or_default();
    // 平均每辆3.27万元: 均 belongs to 平均.
    let average = printed.starts_with('均') && found.start > 0 && text[found.start - 1] == '平';
    Figure {
        start: found.start - usize::from(average),
        end: found.end,
        lead: printed[..from].to_owned(),
        raw: without_comparator(&printed).to_owned(),
        comparator: quantity.comparator,
        // One column can't hold both ends of a range; half of it would be a wrong number.
        value: if range { None } else { quantity.value },
        unit: quantity.unit.clone().unwrap_or_default(),
        yuan: if range || rate { None } else { quantity.value_base },
        per: quantity.per.clone().unwrap_or_default(),
        flags: quantity.flags,
    }
}

/// `不少于500万元` → `500万元`; `每人每月123元` keeps its number and unit only.
fn without_comparator(printed: &str) -> &str {
    let from = printed.find(starts_a_number).unwrap_or_default();
    let mut number = &printed[from..];
    while let Some(word) = TRAILING_COMPARATORS.iter().find(|word| number.ends_with(**word)) {
        number = &number[..number.len() - word.len()];
    }
    if number.is_empty() { printed } else { number }
}

fn starts_a_number(c: char) -> bool {
    const NUMERALS: &str = "-－−〇零一二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟￥¥";
    c.is_ascii_digit() || ('０'..='９').contains(&c) || NUMERALS.contains(c)
}

/// `50万元以上通用设备`: the bound belongs to the name of a thing.
fn bounds_a_name(text: &[char], found: &Found) -> bool {
    let printed: String = text[found.start..found.end].iter().collect();
    let mut rest: String = text[found.end..].iter().take(12).collect();
    let mut bounded = TRAILING_COMPARATORS[..8].iter().any(|word| printed.ends_with(word));
    while let Some(word) = TRAILING_COMPARATORS[..8].iter().find(|word| rest.starts_with(**word)) {
        bounded = true;
        rest.drain(..word.len());
    }
    let before: String = text[found.start.saturating_sub(6)..found.start].iter().collect();
    if bounded {
        let price = PRICE_NAMES.iter().any(|name| before.ends_with(name));
        return price || rest.chars().next().is_some_and(|c| !AFTER_A_STATEMENT.contains(&c));
    }
    let open = found.quantity.comparator_printed
        && matches!(
            found.quantity.comparator,
            Some(Comparator::Gt | Comparator::Lt | Comparator::Ge | Comparator::Le)
        );
    open && rest.starts_with('的') && !gives(&before)
}

/// Whether the words end in a verb that hands out money: what follows is a sum, even with 不少于.
fn gives(before: &str) -> bool {
    ["安排", "设立", "投入", "拨付", "下达", "建立", "储备"].iter().any(|verb| before.ends_with(verb))
}

/// `亿元企业`, `万元GDP`: the figure is part of a name.
fn names_a_class(text: &[char], end: usize) -> bool {
    let rest: String = text[end..].iter().take(4).collect();
    ["企业", "级", "产业", "村", "户", "GDP"].iter().any(|word| rest.starts_with(word))
}

/// `分别为100、200和300万元`: the numbers in front share the unit of the last.
fn series_before(text: &[char], last: &Found) -> Vec<Figure> {
    let from = last.start.saturating_sub(SERIES_CHARS);
    let before = &text[from..last.start];
    let lead: String = before.iter().collect();
    let Some(after_word) = lead.rfind("分别") else { return Vec::new() };
    let numbers_from = from + lead[..after_word].chars().count() + 2;
    let unit = last.quantity.unit.as_deref().unwrap_or_default();
    let mut figures = Vec::new();
    for (start, end) in bare_numbers(text, numbers_from, last.start) {
        let number: String = text[start..end].iter().collect();
        let whole = format!("{number}{unit}");
        let reading = quantity::find(&whole).into_iter().find(is_money);
        let Some(reading) = reading.filter(|found| found.start == 0) else { return Vec::new() };
        let chars: Vec<char> = whole.chars().collect();
        let mut figure = figure(&chars, &Found { end: reading.end.min(chars.len()), ..reading });
        (figure.start, figure.end, figure.raw) = (start, end, number);
        figures.push(figure);
    }
    figures
}

/// The numbers between two places when nothing but numbers and list marks stands there, else none.
fn bare_numbers(text: &[char], from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut at = from;
    while at < to {
        let c = text[at];
        if c.is_ascii_digit() {
            let length =
                text[at..to].iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
            spans.push((at, at + length));
            at += length;
        } else if "、和与及为是达到，约完成安排计".contains(c) {
            at += 1;
        } else {
            return Vec::new();
        }
    }
    spans
}
