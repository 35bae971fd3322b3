//! Follows the names of regions in a short text, a title or a body's name, down to the place it means.

use crate::reference::region::Region;
use crate::reference::region_names::{self, Form, Mention, stem};

/// Names that are also plain words for a part of any town: they count only right behind their city.
const COMMON_WORDS: &[&str] = &[
    "城区",
    "郊区",
    "矿区",
    "东区",
    "西区",
    "新城区",
    "城中区",
    "城东区",
    "城西区",
    "城北区",
    "市中区",
    "南区",
    "北区",
];
/// What follows a name that is part of a longer word: 河北区域, 临安市场.
const LONGER_WORDS: &[char] = &['域', '间', '别', '划', '位', '块', '片', '场', '内', '外'];
/// What may stand before a county whose name is one character and 县, so that 完成县级 is no 成县.
const BEFORE_SHORT: &[char] = &[
    '省', '市', '州', '区', '盟', '于', '年', '度', '共', '将', '对', '在', '由', '和', '与', '及', '会',
    '团', '局',
];
/// What follows the stem of a town that a zone, a school or a branch office is named after.
const AFTER_STEM: &[&str] = &[
    "经济",
    "高新",
    "开发区",
    "新区",
    "工业",
    "产业",
    "循环",
    "综合",
    "保税",
    "海关",
    "分局",
    "一中",
    "二中",
    "第",
    "职业",
    "师范",
    "学院",
    "大学",
    "电视",
    "广播",
    "日报",
    "火车",
    "机场",
    "航空",
    "铁路",
    "港",
    "教育",
    "财政",
    "民政",
    "县委",
    "市委",
    "区委",
    "支队",
    "监狱",
    "中学",
    "医学",
    "生态",
    "公安",
    "交警",
    "自然资源",
    "公路",
    "水文",
    "气象",
    "烟草",
    "人民医院",
    "市民",
    "幼儿",
];
/// What the second list says about the first: its members that lie inside (or around) one of the first.
#[must_use]
pub fn narrowed(found: &[&'static Region], named: &[&'static Region]) -> Option<Vec<&'static Region>> {
    let inside: Vec<_> =
        named.iter().copied().filter(|inner| found.iter().any(|outer| outer.contains(inner))).collect();
    if !inside.is_empty() {
        return Some(inside);
    }
    let within: Vec<_> =
        found.iter().copied().filter(|inner| named.iter().any(|outer| outer.contains(inner))).collect();
    (!within.is_empty()).then_some(within)
}

/// The deepest region that the names in one short text lead to: 江苏省 → 徐州市 → 鼓楼区.
#[must_use]
pub fn chain(text: &str) -> Vec<&'static Region> {
    let mentions = region_names::mentions(text);
    let mut found: Vec<&'static Region> = Vec::new();
    let mut last_end = 0;
    for mention in mentions.iter().filter(|mention| plausible(text, mention, &mentions)) {
        let named = mention.regions;
        if found.is_empty() {
            found = named.to_vec();
        } else if let Some(narrower) = narrowed(&found, named) {
            found = narrower;
        }
        last_end = mention.end;
    }
    narrow_by_stem(text, last_end, found)
}

/// A town's stem right behind its province or before 分局: 河北霸州经济开发区, 上海市公安局普陀分局.
fn narrow_by_stem(text: &str, end: usize, found: Vec<&'static Region>) -> Vec<&'static Region> {
    let branch = text.find("分局").and_then(|at| {
        let starts = text[..at].char_indices().rev().take(6).map(|(start, _)| start);
        starts.filter_map(|start| region_names::stem_at(text, start)).find(|mention| mention.end == at)
    });
    let behind = region_names::stem_at(text, end).filter(|mention| followed(text, mention.end));
    let stem = branch.or(behind);
    match stem.and_then(|stem| narrowed(&found, stem.regions)) {
        Some(narrower) if !found.is_empty() => narrower,
        _ => found,
    }
}

fn followed(text: &str, end: usize) -> bool {
    AFTER_STEM.iter().any(|word| text[end..].starts_with(word))
}

/// Whether a mention names a region rather than being part of other words.
#[must_use]
pub fn plausible(text: &str, mention: &Mention, all: &[Mention]) -> bool {
    let name = &text[mention.start..mention.end];
    let behind_region = all.iter().any(|other| other.end == mention.start);
    if COMMON_WORDS.contains(&name) {
        return behind_region;
    }
    if text[mention.end..].starts_with(LONGER_WORDS) {
        return false;
    }
    let before = text[..mention.start].chars().next_back();
    if mention.form == Form::Province {
        let street =
            ["路", "街", "大道", "道", "村", "社区"].iter().any(|word| text[mention.end..].starts_with(word));
        let office = text[..mention.start].ends_with('驻');
        return !street && !office;
    }
    let short = stem(name).chars().count() == 1;
    let free = before.is_none_or(|c| !c.is_alphanumeric() || c.is_ascii_digit() || BEFORE_SHORT.contains(&c));
    before.is_none_or(|c| c != '驻') && (!short || free || behind_region)
}

/// A town's stem at the start of a name: 霸州经济开发区管委会, 石家庄铁道大学.
#[must_use]
pub fn by_stem(text: &str) -> Vec<&'static Region> {
    let mut text = text;
    for lead in ["关于", "中共", "中国共产党", "共青团", "国家税务总局", "政协", "国网"]
    {
        text = text.strip_prefix(lead).unwrap_or(text);
    }
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '年' || c == '度');
    let found = region_names::stem_at(text, 0).filter(|mention| followed(text, mention.end));
    found.map(|mention| mention.regions.to_vec()).unwrap_or_default()
}
