//! Indicators stated in sentences: 绩效指标：社会保险补贴到位率≥95%，补贴发放准确率≥98%。
//!
//! Only paragraphs that say they hold indicators are read; shares and growth rates in ordinary prose are no targets.

use crate::flag::Flags;
use crate::quantity::{Found, Kind};
use crate::record::{Indicator, Provenance, Scope, Source, TargetPeriod};
use crate::reference::taxonomy;
use crate::wording;
use regex::Regex;
use std::sync::LazyLock;

/// The longest indicator name, in characters.
const MAX_NAME_CHARS: usize = 40;

/// Whether the lines that follow hold indicators.
#[derive(Debug, Clone, Default)]
pub struct Listening {
    open: bool,
}

/// What a line says about indicators.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Targets {
    /// Whether the line is one that states targets: its figures are targets, not amounts.
    pub states_targets: bool,
    /// The indicators in it.
    pub indicators: Vec<Indicator>,
}

/// `绩效指标：`, `产出指标:`, `社会效益指标：` at the start of a line or of a part of it.
static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let kinds = concat!(
        "年度|绩效|产出|效益|效果|数量|质量|时效|成本|经济|社会|生态|环境|可持续|影响|满意度|服务对象|考核|主要|分项|",
        "具体|量化|项目|部门|整体|一级|二级|三级|的|和|及|、"
    );
    Regex::new(&format!("^\\s*((?:{kinds})*(?:指标|指标值))(?:[（(][^（()）]{{0,12}}[）)])?\\s*[：:]")).ok()
});
static LEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = concat!(
        "使得?|确保|保证|实现|完成|达到|力争|争取|保持|其中|以及|和|并|及|将|要|全年|年度|预计|计划|通过|",
        r"到?20\d\d年(?:度|底|末)?|[，、；：。,;:\s）)]"
    );
    Regex::new(&format!("^(?:{words})")).ok()
});
static TRAILING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = concat!(
        "达到?|达成|为|是|均|保持在?|控制在?|稳定在|维持在|提高到|提升至|提升到|完成|实现|在|要求|力争|应|不|共|共计|约|",
        "大于或?等于|小于或?等于|[，、；：:,;\\s]"
    );
    Regex::new(&format!("(?:{words})$")).ok()
});
static QUALITATIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let manner = "显著|明显|有效|稳步|持续|逐步|进一步|不断|大幅|较大";
    let verb = "提高|提升|改善|增强|增加|下降|降低|减少|优化|完善|增长|好转";
    Regex::new(&format!("^(.{{2,25}}?)((?:{manner})(?:{verb})|良好|优良|优秀)$")).ok()
});

impl Listening {
    /// Reads the next line.
    pub fn line(&mut self, line: &str, found: &[Found], heading: bool, provenance: Provenance) -> Targets {
        let body = wording::split_numbering(line).1;
        let head = HEAD.as_ref().and_then(|pattern| pattern.find(body));
        let Some(head) = head else {
            let goes_on = self.open && !ends_the_list(body) && !(heading && found.is_empty());
            self.open = goes_on;
            return if goes_on { targets(line, found, provenance) } else { Targets::default() };
        };
        self.open = wording::blank(&body[head.end()..]);
        targets(line, found, provenance)
    }

    /// A table ends the list.
    pub fn table(&mut self) {
        self.open = false;
    }
}

/// A line that begins something else than indicators.
fn ends_the_list(body: &str) -> bool {
    body.contains("目标：") || body.contains("目标:") || body.contains("措施") || body.ends_with('表')
}

fn targets(line: &str, found: &[Found], provenance: Provenance) -> Targets {
    let text: Vec<char> = line.chars().collect();
    let mut reading = Reading { provenance, ..Reading::default() };
    let mut next = found.iter().filter(|item| states_a_value(item)).peekable();
    let mut at = 0;
    while at < text.len() {
        while next.next_if(|item| item.start < at).is_some() {}
        if let Some(item) = next.next_if(|item| item.start == at && item.end <= text.len()) {
            let printed: String = text[item.start..item.end].iter().collect();
            let printed = printed.trim_end_matches(is_mark);
            let after: String = text[item.end..].iter().take_while(|c| !is_mark(**c)).collect();
            let again = next.peek().is_some_and(|later| later.start < item.end + after.chars().count());
            if stands_in_a_name(item, &after, again) {
                reading.clause.push_str(printed);
            } else {
                // 控制在95%以上 is a lower bound all the same.
                let bound = printed.strip_prefix("控制在").filter(|bound| bound.contains("以上"));
                reading.value(bound.unwrap_or(printed), &after, item.quantity.kind);
            }
            at = item.end.max(at + 1);
        } else {
            reading.character(text[at]);
            at += 1;
        }
    }
    reading.end_clause();
    Targets { states_targets: true, indicators: reading.indicators }
}

fn states_a_value(found: &Found) -> bool {
    !matches!(found.quantity.kind, Kind::Missing | Kind::Qualitative)
}

/// `九年义务教育巩固率98%`, `为60周岁以上老年人发放`: the number belongs to words that go on behind it.
fn stands_in_a_name(found: &Found, after: &str, again: bool) -> bool {
    let goes_on = after.chars().next().is_some_and(char::is_alphabetic);
    let age = matches!(found.quantity.unit.as_deref(), Some("岁" | "周岁" | "年" | "年级"));
    goes_on && (again || age)
}

fn is_mark(c: char) -> bool {
    matches!(c, '，' | '；' | '。' | '、' | '：' | ',' | ';' | ':' | '！')
}

#[derive(Default)]
struct Reading {
    clause: String,
    /// Whether the clause holds a figure already.
    valued: bool,
    level1: String,
    level2: String,
    provenance: Provenance,
    indicators: Vec<Indicator>,
}

impl Reading {
    fn character(&mut self, c: char) {
        match c {
            '，' | '；' | '。' | ',' | ';' | '！' => self.end_clause(),
            '：' | ':' => self.colon(),
            '、' if self.clause.is_empty() => {}
            _ => self.clause.push(c),
        }
    }

    /// `质量指标：` names the kind of what follows; `培训人数：100人` is a name.
    fn colon(&mut self) {
        let name = wording::split_numbering(self.clause.trim()).1.to_owned();
        let folded = wording::fold(&name);
        if taxonomy::is_level2_name(&folded) && !folded.contains("产出") {
            self.level2 = name;
            self.clause.clear();
        } else if taxonomy::is_level1_name(&folded) {
            self.level1 = name;
            self.clause.clear();
        } else if folded.ends_with("指标") || folded.ends_with("目标") || folded.ends_with("指标值") {
            self.clause.clear();
        }
    }

    fn value(&mut self, printed: &str, after: &str, kind: Kind) {
        let clause = std::mem::take(&mut self.clause);
        let mut name = indicator_name(&clause);
        let thing = after.trim_matches(['的', '）', ')', '（', '(', ' ']);
        if matches!(kind, Kind::Date | Kind::Month) && !name.ends_with(['间', '限', '期', '度', '率']) {
            // 2021年底前 in passing says when, not how much.
            self.clause = clause;
            return;
        }
        if name.is_empty() && !thing.is_empty() && !self.valued {
            // 开展3次培训: the verb before the figure and the thing behind it are the name.
            let verb = wording::split_numbering(clause.trim()).1;
            name = format!("{verb}{thing}");
        }
        self.valued = true;
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
            return;
        }
        self.push(name, printed.to_owned());
    }

    fn end_clause(&mut self) {
        let clause = std::mem::take(&mut self.clause);
        let valued = std::mem::take(&mut self.valued);
        if valued {
            return;
        }
        let name = indicator_name(&clause);
        if let Some(stated) = QUALITATIVE.as_ref().and_then(|pattern| pattern.captures(&name)) {
            let part = |index| stated.get(index).map_or("", |part| part.as_str()).to_owned();
            self.push(part(1), part(2));
        } else if names_a_rate(&name) {
            self.push(name, String::new());
        }
    }

    fn push(&mut self, level3: String, value_raw: String) {
        let (folded1, folded2) = (wording::fold(&self.level1), wording::fold(&self.level2));
        self.indicators.push(Indicator {
            source: Source::Text,
            scope: Scope::Department,
            project: None,
            level1_code: if folded1.is_empty() { None } else { taxonomy::level1(&folded1) },
            level2_code: if folded2.is_empty() { None } else { taxonomy::level2(&folded2) },
            level1: self.level1.clone(),
            level2: self.level2.clone(),
            level3,
            description: String::new(),
            weight: None,
            value_raw,
            target: None,
            basis: String::new(),
            target_period: TargetPeriod::Year,
            actual_raw: String::new(),
            actual: None,
            score: None,
            note: String::new(),
            provenance: self.provenance,
            flags: Flags::new(),
        });
    }
}

/// The name in the words before a value, without verbs around it.
fn indicator_name(clause: &str) -> String {
    let mut name = wording::split_numbering(clause.trim()).1;
    loop {
        let before = name;
        if let Some(found) = LEADING.as_ref().and_then(|pattern| pattern.find(name)) {
            let rest = &name[found.end()..];
            let part_of_the_name =
                found.as_str() == "完成" && rest.starts_with(['时', '率', '及', '数', '期']);
            name = if part_of_the_name { name } else { rest };
        }
        if let Some(found) = TRAILING.as_ref().and_then(|pattern| pattern.find(name)) {
            name = &name[..found.start()];
        }
        if name == before {
            return name.to_owned();
        }
    }
}

/// `养老保险金发放率` without a value: a name, not a sentence about one.
fn names_a_rate(name: &str) -> bool {
    let length = name.chars().count();
    let ends =
        ["率", "满意度", "人数", "数量", "完成度", "覆盖面"].iter().any(|ending| name.ends_with(ending));
    let sentence = ["提高", "提升", "加强", "完善", "落实", "降低", "建立", "增加", "按", "为"];
    ends && (4..=20).contains(&length) && !sentence.iter().any(|verb| name.starts_with(verb))
}
