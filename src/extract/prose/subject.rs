//! What a sentence speaks of, for figures whose own clause does not say it.

use super::label;
use regex::Regex;
use std::sync::LazyLock;

/// The longest clause without a figure that can name what the next one is for, in characters.
const MAX_NOUN_CHARS: usize = 24;
/// The longest item in front of 年初预算为, in characters: 类, 款 and 项 printed in full.
const MAX_ITEM_CHARS: usize = 90;
static PURPOSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[，,]?(?:专项|主要|全部|重点)?(?:用于|支持|设立|建立|实施|开展|的)([^，。；、：（(]{2,30})")
        .ok()
});

/// What is spoken of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The label of the last figure.
    pub label: String,
    /// The thing whose readings (年初预算, 支出决算) follow.
    pub thing: String,
    /// Whether an earlier line named it.
    pub carried: bool,
}

impl Subject {
    /// A subject named in full.
    pub fn of(label: &str) -> Self {
        let mut subject = Self::default();
        subject.level(label);
        subject
    }

    /// Takes note of a figure's label. Another reading of the same thing keeps the thing.
    pub fn level(&mut self, label: &str) {
        let same = !self.thing.is_empty() && label.starts_with(&self.thing);
        if !same && !label::is_measure(label) {
            label::thing(label).clone_into(&mut self.thing);
        }
        label.clone_into(&mut self.label);
        self.carried = false;
    }

    /// Whether the label is one reading of the thing: `基本支出预算数`, not `基本支出`.
    pub fn has_a_reading(&self) -> bool {
        !self.thing.is_empty() && self.label != self.thing
    }

    /// Turns from a budget to the thing itself, of which figures follow.
    pub fn done(&mut self) -> String {
        if !self.thing.is_empty() {
            self.label.clone_from(&self.thing);
        }
        self.label.clone()
    }

    /// Names the thing that a mere reading (支出决算) is of.
    pub fn complete(&self, noun: String) -> String {
        if label::is_measure(&noun) && !self.thing.is_empty() {
            label::join(&self.thing, &noun)
        } else {
            noun
        }
    }
}

/// The noun phrase of a whole clause or heading when it names money and states nothing else.
pub fn named_money(clause: &str, department: &str) -> Option<String> {
    let bare = ["支出决算具体情况", "决算情况说明", "预算情况说明", "情况说明", "情况", "说明"]
        .iter()
        .find_map(|ending| clause.trim().strip_suffix(ending))
        .unwrap_or(clause);
    let noun = label::noun_phrase(bare, department);
    let length = noun.chars().count();
    let plain = !noun.contains(['，', '。', '；', '%']);
    (label::names_money(&noun)
        && plain
        && (2..=MAX_ITEM_CHARS).contains(&length)
        && !label::is_measure(&noun))
    .then_some(noun)
}

/// The money that the sentences under a heading speak of: `一般公共预算支出结构情况` → `一般公共预算支出`.
pub fn topic_of_heading(heading: &str) -> Option<String> {
    let bare = heading.trim().trim_end_matches("说明").trim_end_matches("情况");
    let aspects = ["总体", "结构", "规模变化", "增减变化", "变化", "具体使用", "具体", "安排", "执行"];
    let bare = aspects.iter().find_map(|aspect| bare.strip_suffix(aspect)).unwrap_or(bare);
    named_money(bare, "")
}

/// The noun phrase of a clause before the figure's own, when it is short and states no number.
pub fn noun_of_clause(clause: &str, department: &str) -> String {
    let states = clause.contains(|c: char| c.is_ascii_digit() || matches!(c, '%' | '％'));
    let noun = label::noun_phrase(clause, department);
    if states || noun.chars().count() > MAX_NOUN_CHARS { String::new() } else { noun }
}

/// Whether the noun is who pays, not what for: 县财政安排2000万元设立基金.
pub fn is_payer(noun: &str) -> bool {
    ["财政", "政府", "财政厅", "财政局"].iter().any(|ending| noun.ends_with(ending))
}

/// What a sum is for when that follows it: 安排500万元用于道路维修.
pub fn purpose_after(rest: &[char]) -> String {
    let rest: String = rest.iter().take(40).collect();
    let found = PURPOSE.as_ref().and_then(|pattern| pattern.captures(&rest)).and_then(|found| found.get(1));
    found.map_or_else(String::new, |purpose| purpose.as_str().to_owned())
}

/// Whether the characters begin with one of the words.
pub fn starts_with_any(text: &[char], words: &[&str]) -> bool {
    words.iter().any(|word| {
        let mut at = 0;
        word.chars().all(|c| {
            at += 1;
            text.get(at - 1) == Some(&c)
        })
    })
}
