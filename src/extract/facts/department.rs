//! Finds the disclosing department's name and code in labelled lines, captions, tables and the title.

use super::evidence::Evidence;
use super::naming::{Naming, Strength, gather};
use super::organisation::{clean, is_body, subject};
use crate::record::DocumentKind;
use crate::reference::region_names;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A label printed this often, and never with another name, speaks for the document.
const ENOUGH_LABELS: usize = 3;

/// The heading above the portrait of the disclosing body.
static OVERVIEW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^第一部分[:：、]?(\p{Han}{4,40}?)(?:系统)?(?:部门|单位|[（(]单位[）)])*概[况括]").ok()
});

/// A department as disclosed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Department {
    /// Its code; empty where none is printed.
    pub code: String,
    /// Its name; empty for governments, and where none is stated.
    pub name: String,
}

/// The department of a document with this title and kind.
#[must_use]
pub fn read(title: &str, kind: DocumentKind, evidence: &Evidence<'_>) -> Department {
    if matches!(kind, DocumentKind::GovernmentBudget | DocumentKind::GovernmentFinalAccount) {
        return Department::default();
    }
    let (namings, stated_code) = gather(evidence);
    let titled = subject(title).or_else(|| subject(&evidence.file_name));
    let name = choose(titled, &namings, evidence);
    let code = if name.is_empty() { None } else { code_of(&name, &namings).or(stated_code) };
    Department { code: code.unwrap_or_default(), name }
}

/// The title's subject, unless labelled lines print the same body's name otherwise, or the title names none.
fn choose(titled: Option<String>, namings: &[Naming], evidence: &Evidence<'_>) -> String {
    let own = most_named(namings, Strength::Own).or_else(|| most_named(namings, Strength::Caption));
    match (titled, own.or_else(|| most_named(namings, Strength::Filled))) {
        (Some(titled), Some(own)) if is_same(&titled, &own) || speaks_throughout(&titled, &own, namings) => {
            own
        }
        (Some(titled), _) => listed(&titled, namings).unwrap_or(titled),
        (None, Some(own)) => own,
        (None, None) => introduced(evidence)
            .or_else(|| most_named(namings, Strength::Above))
            .or_else(|| most_named(namings, Strength::Row))
            .unwrap_or_default(),
    }
}

/// The name that a table of departments gives the title's body, without the city that its county belongs to:
/// 晋江市民政局 where the title says 泉州市晋江市民政局.
fn listed(titled: &str, namings: &[Naming]) -> Option<String> {
    let rows = namings.iter().filter(|naming| naming.strength == Strength::Row && naming.code.is_some());
    let around =
        |name: &str| titled.strip_suffix(name).is_some_and(|city| region_names::named(city).is_some());
    let begins = |name: &str| region_names::mentions(name).first().is_some_and(|mention| mention.start == 0);
    rows.map(|naming| &naming.name).find(|name| around(name) && begins(name)).cloned()
}

/// Whether a label and the title name one body: 晋江市民政局 and 泉州市晋江市民政局, 东岳镇人民政府 and 东岳镇.
fn is_same(titled: &str, own: &str) -> bool {
    let town = own.strip_suffix("人民政府").filter(|town| titled.ends_with(town) || town.ends_with(titled));
    titled.contains(own) && !is_remainder(titled, own)
        || own.ends_with(titled)
        || alike(titled, own)
        || town.is_some()
}

/// Whether one label names this body and no other above several tables.
fn speaks_throughout(titled: &str, own: &str, namings: &[Naming]) -> bool {
    let mut labels = namings.iter().filter(|naming| naming.strength == Strength::Own);
    let sole = labels.all(|naming| naming.name == own);
    let times = namings.iter().filter(|naming| naming.strength == Strength::Own).count();
    sole && times >= ENOUGH_LABELS && !is_remainder(titled, own)
}

/// Whether the label only names the body around the title's one: 霸州市教育局 in 霸州市教育局招生办公室.
fn is_remainder(titled: &str, own: &str) -> bool {
    titled.starts_with(own) && titled.len() > own.len()
}

/// 中共江苏省委办公厅 and 江苏省委办公厅 are one body.
fn alike(titled: &str, own: &str) -> bool {
    let plain =
        |name: &str| name.trim_start_matches("中国共产党").trim_start_matches("中共").replace("委员会", "委");
    plain(titled) == plain(own)
}

/// The name given most often with this strength; the first of equals.
fn most_named(namings: &[Naming], strength: Strength) -> Option<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, naming) in namings.iter().enumerate().filter(|(_, naming)| naming.strength == strength) {
        counts.entry(&naming.name).or_insert((0, at)).0 += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, (count, first))| (*count, usize::MAX - first))
        .map(|(name, _)| name.to_owned())
}

/// The shortest code printed with the name: the department's 477, not its first unit's 477001.
fn code_of(name: &str, namings: &[Naming]) -> Option<String> {
    let codes = namings.iter().filter(|naming| naming.name == name || name.ends_with(&naming.name));
    codes.filter_map(|naming| naming.code.clone()).min_by_key(String::len)
}

/// The body in the first heading, 第一部分 永丰县人民法院概况, or the opening sentence, 现将霸州市教育局2021年部门预算公开如下.
fn introduced(evidence: &Evidence<'_>) -> Option<String> {
    let headings = evidence.text().lines().take(80);
    let headed = headings
        .filter_map(|line| OVERVIEW.as_ref()?.captures(line)?.get(1).map(|name| clean(name.as_str())));
    if let Some(name) = headed.into_iter().find(|name| is_body(name)) {
        return Some(name);
    }
    let opening =
        evidence.text().lines().take(30).filter(|line| line.contains("预算") || line.contains("决算"));
    let phrases = opening.flat_map(|line| line.split(['，', '。', '、', '：']));
    phrases
        .filter_map(|phrase| subject(phrase.trim_start_matches("现将")))
        .find(|name| name.chars().count() <= 30)
}
