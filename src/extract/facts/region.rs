//! Finds the region a document belongs to, by the names of regions in it, and tells places of one name apart.

use super::evidence::Evidence;
use super::place::{by_stem, chain, narrowed, plausible};
use crate::document::Warning;
use crate::reference::region::{Level, Lists, Region};
use crate::reference::region_names::{self, Form, stem};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The one-character names of provinces in document numbers (冀财社〔2020〕31号), with their codes.
/// Source: the short names of the provinces as the State Council lists them (中国政府网, 行政区划), 内 for 内财 documents beside them.
const ABBREVIATIONS: &[(char, &str)] = &[
    ('京', "11"),
    ('津', "12"),
    ('冀', "13"),
    ('晋', "14"),
    ('蒙', "15"),
    ('内', "15"),
    ('辽', "21"),
    ('吉', "22"),
    ('黑', "23"),
    ('沪', "31"),
    ('苏', "32"),
    ('浙', "33"),
    ('皖', "34"),
    ('闽', "35"),
    ('赣', "36"),
    ('鲁', "37"),
    ('豫', "41"),
    ('鄂', "42"),
    ('湘', "43"),
    ('粤', "44"),
    ('桂', "45"),
    ('琼', "46"),
    ('渝', "50"),
    ('川', "51"),
    ('蜀', "51"),
    ('黔', "52"),
    ('贵', "52"),
    ('滇', "53"),
    ('云', "53"),
    ('藏', "54"),
    ('陕', "61"),
    ('秦', "61"),
    ('甘', "62"),
    ('陇', "62"),
    ('青', "63"),
    ('宁', "64"),
    ('新', "65"),
];

/// The office letters behind the province in a document number.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([京津冀晋蒙内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新])(?:财|政|人社|教|发改|农|卫|民|建|交|水|办|办发|政办|政发|委|组|司|文|科|环)[\p{Han}]{0,4}[〔\[［（(【｛{]20\d\d").ok()
});

/// The region, or a warning where its name stands for several and nothing decides.
#[must_use]
pub fn read(
    title: &str,
    department: &str,
    year: Option<i32>,
    evidence: &Evidence<'_>,
) -> (Option<&'static Region>, Option<Warning>) {
    let candidates = candidates(title, department, evidence);
    let standard: Vec<&'static Region> = unique(candidates.into_iter().map(Region::standard));
    let current = in_force(&standard, year);
    match current.as_slice() {
        [] => (None, None),
        [only] => (Some(only), None),
        several => match decided(several, title, department, evidence) {
            Some(region) => (Some(region), None),
            None => (None, Some(Warning::RegionAmbiguous(several[0].name.to_owned()))),
        },
    }
}

/// The regions that the first telling place names; a later place may only narrow them down.
fn candidates(title: &str, department: &str, evidence: &Evidence<'_>) -> Vec<&'static Region> {
    let mut found: Vec<&'static Region> = Vec::new();
    for text in [department, title, &evidence.file_name] {
        let named = chain(text);
        if found.is_empty() {
            found = named;
        } else {
            found = narrowed(&found, &named).unwrap_or(found);
        }
    }
    if found.is_empty() {
        found = [department, title, &evidence.file_name]
            .into_iter()
            .map(by_stem)
            .find(|found| !found.is_empty())
            .unwrap_or_default();
    }
    if found.is_empty() {
        found = most_named(title, department, evidence);
    }
    if found.is_empty() {
        found = in_folders(evidence);
    }
    found
}

/// The region named most often in the body, at the level that 全县, 市教育局 and their like speak of.
fn most_named(title: &str, department: &str, evidence: &Evidence<'_>) -> Vec<&'static Region> {
    let hint =
        level_hint(department).or_else(|| level_hint(title)).or_else(|| level_of_text(evidence.text()));
    let mut counts: BTreeMap<&str, (usize, Vec<&'static Region>)> = BTreeMap::new();
    let mentions = region_names::mentions(evidence.text());
    for (index, mention) in mentions.iter().enumerate() {
        let near = &mentions[index.saturating_sub(1)..=index];
        if mention.form != Form::Full || !plausible(evidence.text(), mention, near) {
            continue;
        }
        let entry = counts
            .entry(&evidence.text()[mention.start..mention.end])
            .or_insert((0, mention.regions.to_vec()));
        entry.0 += 1;
    }
    let fits = |name: &str| {
        hint.is_none_or(|hint| {
            name.ends_with(hint)
                || hint == '县' && name.ends_with('旗')
                || hint == '州' && name.ends_with('盟')
        })
    };
    let many = counts.len();
    let best = counts
        .into_iter()
        .filter(|(name, _)| fits(name))
        .max_by_key(|(_, (count, regions))| (*count, regions.iter().map(|region| region.level()).max()));
    best.filter(|(_, (count, _))| *count > 1 || many == 1)
        .map(|(_, (_, regions))| regions)
        .unwrap_or_default()
}

/// 市教育局, 县委办公室: a body that names its level only.
fn level_hint(name: &str) -> Option<char> {
    let name = name
        .trim_start_matches("中共")
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '年' || c == '度');
    name.chars().next().filter(|c| ['省', '市', '县', '区', '州', '旗'].contains(c))
}

fn level_of_text(text: &str) -> Option<char> {
    let classes = ['省', '市', '县', '区', '州', '旗'];
    let mut counts = [0; 6];
    let mut whole = false;
    for c in text.chars() {
        if let Some(class) = classes.iter().position(|class| whole && *class == c) {
            counts[class] += 1;
        }
        whole = c == '全' || c == '我';
    }
    let often = counts.into_iter().zip(classes).filter(|(count, _)| *count > 2);
    often.max_by_key(|(count, _)| *count).map(|(_, class)| class)
}

/// The deepest region that the folders name: 河北省/廊坊市/霸州市, or 河北/霸州.
fn in_folders(evidence: &Evidence<'_>) -> Vec<&'static Region> {
    let mut found: Vec<&'static Region> = Vec::new();
    for folder in &evidence.folders {
        let named = folder_regions(folder);
        found = if found.is_empty() { named } else { narrowed(&found, &named).unwrap_or(found) };
    }
    found
}

fn folder_regions(folder: &str) -> Vec<&'static Region> {
    let named = chain(folder);
    if named.is_empty() {
        region_names::named(folder).map(|mention| mention.regions.to_vec()).unwrap_or_default()
    } else {
        named
    }
}

fn unique(regions: impl Iterator<Item = &'static Region>) -> Vec<&'static Region> {
    let mut seen = Vec::new();
    for region in regions {
        if !seen.contains(&region) {
            seen.push(region);
        }
    }
    seen
}

/// The regions without those that bear another code in this year, or that are gone where others of the name remain.
fn in_force(regions: &[&'static Region], year: Option<i32>) -> Vec<&'static Region> {
    let kept: Vec<_> = regions
        .iter()
        .copied()
        .filter(|one| !regions.iter().any(|other| one.replaced_by(other, year)))
        .collect();
    let standing: Vec<_> = kept.iter().copied().filter(|region| region.lists != Lists::Until2016).collect();
    if year.is_none_or(|year| year > 2022) && !standing.is_empty() { standing } else { kept }
}

/// The one of several places of a name that its surroundings point to: its city first, then its province.
fn decided(
    several: &[&'static Region],
    title: &str,
    department: &str,
    evidence: &Evidence<'_>,
) -> Option<&'static Region> {
    let close =
        [title, department, &evidence.file_name, &evidence.folders.join("/"), &evidence.headers.join("\n")]
            .join("\n");
    let close = points(several, &close, 20);
    let far = points(several, evidence.text(), 1);
    let numbered = numbered(evidence.text());
    let score = |index: usize| {
        let letters = numbered.get(&several[index].code[..2]).copied().unwrap_or(0);
        close[index] + far[index] + 2 * letters
    };
    let best = (0..several.len()).max_by_key(|index| score(*index))?;
    let alone = (0..several.len()).all(|other| other == best || score(other) < score(best));
    (alone && score(best) > 0).then(|| several[best])
}

/// How strongly a text speaks for each: 3 for its city, 1 for its province.
fn points(several: &[&'static Region], text: &str, weight: usize) -> Vec<usize> {
    let mut points = vec![0; several.len()];
    for mention in region_names::mentions(text) {
        for (index, region) in several.iter().enumerate() {
            let same = |outer: Option<&'static Region>| {
                outer.is_some_and(|outer| outer.code != region.code && mention.regions.contains(&outer))
            };
            points[index] +=
                weight * (3 * usize::from(same(region.city())) + usize::from(same(region.province())));
        }
    }
    for (index, region) in several.iter().enumerate().filter(|(_, region)| region.level() == Level::County) {
        let city = region.city().map(|city| stem(city.name)).filter(|stem| stem.chars().count() > 1);
        points[index] += city.map_or(0, |city| weight * text.matches(city).count().min(20));
    }
    points
}

/// How often document numbers of each province are cited, by the first two digits of its code.
fn numbered(text: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let Some(pattern) = NUMBERED.as_ref() else { return counts };
    for found in pattern.captures_iter(text) {
        let letter = found.get(1).and_then(|letter| letter.as_str().chars().next());
        if let Some((_, code)) =
            letter.and_then(|letter| ABBREVIATIONS.iter().find(|(known, _)| *known == letter))
        {
            *counts.entry(*code).or_insert(0) += 1;
        }
    }
    counts
}
