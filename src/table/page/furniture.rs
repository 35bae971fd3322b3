//! Page furniture: page numbers, running headers and footers, watermarks.

use super::{Item, Layout, Line};
use crate::document::{Direction, Furniture, FurnitureKind};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Depth of the upper margin in which furniture stands, in parts of the page's height: Word's text begins at 0.086.
const HEAD: f32 = 0.09;
/// Depth of the lower margin and of the margins at the sides.
const FOOT: f32 = 0.1;
/// Lines from the edge of the page that are looked at.
const DEPTH: usize = 3;
/// Pages a text must recur on to be a running header or footer.
const RECURRENCES: usize = 3;
/// Share of all pages it must recur on.
const SHARE: f32 = 0.3;

/// A table stands this close below its title at most, in font sizes of the title.
const CLOSE: f32 = 2.2;

/// `3`, `- 3 -`, `第 3 页`, `3 / 20`, `第3页 共20页`, `Page 3 of 20`.
static PAGE_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[-—–―‐－─~·\s]*(第|page)?\s*([0-9]{1,4}|[ivxlc]{1,6}|[Ⅰ-Ⅻⅰ-ⅻ])\s*(页|頁)?\s*([/／,，、共of\s]*(第|共)?\s*[0-9]{1,4}\s*(页|頁)?)?[-—–―‐－─~·\s]*$").ok()
});

/// What belongs to a table and recurs with it, never to the page.
const TABLE_WORDS: &[&str] = &["单位：", "单位:", "金额单位", "编制单位", "部门：", "部门:", "附表", "附件"];
/// What the titles of tables hold, and running headers too: such a text belongs to the page where often enough no
/// table follows close below.
const TITLE_WORDS: &[&str] = &["公开", "表"];

/// Takes the furniture out of the pages.
pub(super) fn split(layouts: &mut [Layout], furniture: &mut Vec<Furniture>) {
    let recurring = recurring(layouts);
    let offset = offset(layouts);
    for layout in layouts {
        let items = std::mem::take(&mut layout.items);
        let count = items.len();
        for (index, item) in items.into_iter().enumerate() {
            let kind = match &item {
                Item::Line(line) => kind(line, layout, index, count, &recurring).or_else(|| {
                    (index + 1 == count && is_number_of(layout, line, offset?))
                        .then_some(FurnitureKind::Footer)
                }),
                Item::Part(_) => None,
            };
            match (kind, item) {
                (Some(kind), Item::Line(line)) => furniture.push(Furniture { kind, text: line.text() }),
                (_, item) => layout.items.push(item),
            }
        }
    }
}

fn kind(
    line: &Line,
    layout: &Layout,
    index: usize,
    count: usize,
    recurring: &BTreeMap<(FurnitureKind, String), usize>,
) -> Option<FurnitureKind> {
    if line.words.iter().any(|word| word.direction == Direction::Slanted) {
        return Some(FurnitureKind::Watermark);
    }
    let zone = zone(line, layout, index, count)?;
    let text = line.text();
    let number = PAGE_NUMBER.as_ref().is_some_and(|number| number.is_match(&text));
    if number && (zone == FurnitureKind::Footer || index == 0) {
        return Some(zone);
    }
    recurring.contains_key(&(zone, pattern(&text))).then_some(zone)
}

/// By how much the numbers printed in the lower margins differ from those of their pages, where enough of them agree.
fn offset(layouts: &[Layout]) -> Option<i64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for layout in layouts {
        let count = layout.items.len();
        for (index, item) in layout.items.iter().enumerate() {
            let Item::Line(line) = item else { continue };
            if zone(line, layout, index, count) == Some(FurnitureKind::Footer)
                && let Some(number) = page_number(&line.text())
            {
                *counts.entry(number - i64::from(layout.page.number)).or_default() += 1;
            }
        }
    }
    let (offset, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= RECURRENCES).then_some(offset)
}

/// Whether a line is the number of its page, as the other pages are numbered: on a page that is not full it may stand
/// right below the text.
fn is_number_of(layout: &Layout, line: &Line, offset: i64) -> bool {
    let expected = i64::from(layout.page.number) + offset;
    page_number(&line.text()) == Some(expected)
}

/// The number of a page that a line states and nothing else.
fn page_number(text: &str) -> Option<i64> {
    let number = PAGE_NUMBER.as_ref()?.captures(text)?.get(2)?;
    number.as_str().parse().ok()
}

/// The margin a line stands in. Turned words at any edge of the page count as its foot.
fn zone(line: &Line, layout: &Layout, index: usize, count: usize) -> Option<FurnitureKind> {
    let (width, height) = (layout.page.width, layout.page.height);
    let turned = line.words.iter().all(|word| word.direction != Direction::Right);
    if turned {
        let at_edge = line.bbox.x0 > width * (1.0 - FOOT) || line.bbox.x1 < width * FOOT;
        return at_edge.then_some(FurnitureKind::Footer);
    }
    if line.bbox.y0 > height * (1.0 - FOOT) && index + DEPTH >= count {
        Some(FurnitureKind::Footer)
    } else if line.bbox.y1 < height * HEAD && index < DEPTH {
        Some(FurnitureKind::Header)
    } else {
        None
    }
}

/// The texts that recur in the margins of many pages.
fn recurring(layouts: &[Layout]) -> BTreeMap<(FurnitureKind, String), usize> {
    let mut counts: BTreeMap<(FurnitureKind, String), usize> = BTreeMap::new();
    let mut captions: BTreeMap<(FurnitureKind, String), usize> = BTreeMap::new();
    for layout in layouts {
        let count = layout.items.len();
        for (index, item) in layout.items.iter().enumerate() {
            let Item::Line(line) = item else { continue };
            let Some(zone) = zone(line, layout, index, count) else { continue };
            let text = line.text();
            let header = zone == FurnitureKind::Header;
            if header && (holds(&text, TABLE_WORDS) || is_numbered_title(&text)) {
                continue;
            }
            let key = (zone, pattern(&text));
            if header && holds(&text, TITLE_WORDS) && is_title_of(line, layout.items.get(index + 1)) {
                *captions.entry(key.clone()).or_default() += 1;
            }
            *counts.entry(key).or_default() += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a share of the pages needs no exact count")]
    counts.retain(|key, count| {
        let elsewhere = *count - captions.get(key).copied().unwrap_or(0);
        *count >= RECURRENCES
            && *count as f32 >= SHARE * layouts.len() as f32
            && elsewhere > 1
            && elsewhere * 4 >= *count
    });
    counts
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// `公开01表`, `表3`: the number of a table.
fn is_numbered_title(text: &str) -> bool {
    let text = pattern(text);
    text.contains('#') && (text.ends_with('表') || text.starts_with('表'))
}

/// Whether a text is a title by what follows it: a table close below, the unit line over one, or smaller type.
fn is_title_of(line: &Line, next: Option<&Item>) -> bool {
    match next {
        Some(Item::Part(part)) => part.bounds().y0 - line.bbox.y1 < CLOSE * line.size,
        Some(Item::Line(next)) => holds(&next.text(), TABLE_WORDS) || line.size > 1.05 * next.size,
        None => false,
    }
}

/// A text without its spaces, digits as one sign: what stays the same from page to page.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for character in text.chars().filter(|c| !c.is_whitespace()) {
        if !character.is_ascii_digit() {
            pattern.push(character);
        } else if !pattern.ends_with('#') {
            pattern.push('#');
        }
    }
    pattern
}
