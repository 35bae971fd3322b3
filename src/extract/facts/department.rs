//! Finds the disclosing department's name and code in labelled lines, captions, tables and the title.

use super::evidence::{Evidence, squash};
use super::organisation::{clean, is_body, subject};
use crate::document::{Block, Table};
use crate::record::DocumentKind;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Rows of a table that are searched for departments.
const TABLE_ROWS: usize = 60;
/// Most namings that are weighed.
const NAMINGS: usize = 5_000;

/// Labels of the disclosing body, as written before a colon or in a cell of its own.
const OWN_LABELS: &[&str] = &[
    "编制单位",
    "编制部门",
    "部门",
    "部门名称",
    "单位名称",
    "预算单位",
    "预算部门",
    "公开部门",
    "公开单位",
    "填报单位",
    "填报部门",
    "预算主管部门",
    "部门（单位）名称",
    "部门（单位）",
    "单位（部门）名称",
    "单位（部门）",
    "编报单位",
    "编报部门",
    "单位",
    "部门单位",
    "部门/单位",
    "预算单位名称",
    "预算部门名称",
    "部门及代码",
    "部门代码及名称",
    "单位代码及名称",
    "部门单位名称",
    "申报单位",
    "申报部门",
    "决算单位",
    "决算部门",
    "一级预算单位",
    "预算部门（单位）",
    "预算单位（部门）",
    "公开单位名称",
    "公开部门名称",
    "填报单位名称",
    "单位全称",
    "部门全称",
];
/// Labels that name the department above a project; they count where nothing better is printed.
const ABOVE_LABELS: &[&str] = &[
    "主管部门",
    "主管部门及代码",
    "主管部门名称",
    "项目主管部门",
    "主管部门（单位）",
    "主管单位",
    "业务主管部门",
];
/// Labels of the code.
const CODE_LABELS: &[&str] = &[
    "部门代码",
    "部门编码",
    "单位代码",
    "单位编码",
    "预算单位代码",
    "预算单位编码",
    "预算部门编码",
    "预算部门代码",
    "预算编码",
    "预算代码",
];

/// A code with the name behind or before it: 805霸州市教育局, [805]霸州市教育局, 义乌市交通运输局[123].
static CODED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[\[【（(〔]?(?P<code>\d{3,12})[\]】）)〕]?[-—－_.、:：]?(?P<name>[^\d\s].*)$",
        r"|^(?P<before>.*[^\d\s\[【（(〔-])[-—－]?[\[【（(〔](?P<behind>\d{3,12})[\]】）)〕]$"
    ))
    .ok()
});
/// White space inside the words 部门 and 单位.
static SPACED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"部\s+门|单\s+位|名\s+称").ok());

/// A department as disclosed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Department {
    /// Its code; empty where none is printed.
    pub code: String,
    /// Its name; empty for governments, and where none is stated.
    pub name: String,
}

/// How much a naming says about who discloses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// A row of a table that lists departments and units.
    Row,
    /// The department above a project.
    Above,
    /// A code and a name on a line of their own.
    Caption,
    /// A label of the disclosing body.
    Own,
}

#[derive(Debug, Clone)]
struct Naming {
    name: String,
    code: Option<String>,
    strength: Strength,
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
    match (titled, own) {
        (Some(titled), Some(own)) => {
            let same = titled.contains(&own) && !is_remainder(&titled, &own)
                || own.ends_with(&titled)
                || alike(&titled, &own);
            if same { own } else { titled }
        }
        (Some(titled), None) => titled,
        (None, Some(own)) => own,
        (None, None) => most_named(namings, Strength::Above)
            .or_else(|| introduced(evidence))
            .or_else(|| most_named(namings, Strength::Row))
            .unwrap_or_default(),
    }
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

/// The body in the opening sentence: 现将霸州市教育局2021年部门预算公开如下.
fn introduced(evidence: &Evidence<'_>) -> Option<String> {
    let opening =
        evidence.text.lines().take(30).filter(|line| line.contains("预算") || line.contains("决算"));
    let phrases = opening.flat_map(|line| line.split(['，', '。', '、', '：']));
    phrases
        .filter_map(|phrase| subject(phrase.trim_start_matches("现将")))
        .find(|name| name.chars().count() <= 30)
}

/// Every naming in the document, and a code that stands by its own label.
fn gather(evidence: &Evidence<'_>) -> (Vec<Naming>, Option<String>) {
    let mut found = Found::default();
    for block in &evidence.blocks.blocks {
        match block {
            Block::Paragraph(paragraph) => paragraph.text.lines().for_each(|line| found.line(line)),
            Block::Table(table) => found.table(table),
        }
        if found.namings.len() > NAMINGS {
            break;
        }
    }
    (found.namings, found.code)
}

#[derive(Default)]
struct Found {
    namings: Vec<Naming>,
    code: Option<String>,
}

impl Found {
    fn add(&mut self, printed: &str, strength: Strength) -> bool {
        let (code, name) = coded(printed);
        let body = is_body(&name);
        if body {
            self.namings.push(Naming { name, code, strength });
        }
        body
    }

    /// A paragraph or a cell's line: labels with their values, or a code with its name.
    fn line(&mut self, line: &str) {
        if line.len() > 400 {
            return;
        }
        let parts = labelled(line);
        for (label, value) in &parts {
            self.label(label, value);
        }
        let head = line.trim().split(['\t', '\u{3000}']).next().unwrap_or_default();
        let head = head.split("  ").next().unwrap_or_default();
        if parts.iter().all(|(label, _)| !OWN_LABELS.contains(&label.as_str()) || label == "单位") {
            let head = squash(head.split("单位：").next().unwrap_or_default());
            if head.starts_with(|c: char| c.is_ascii_digit() || c == '[' || c == '【')
                && coded(&head).0.is_some()
            {
                self.add(&head, Strength::Caption);
            }
        }
    }

    fn label(&mut self, label: &str, value: &str) -> bool {
        if OWN_LABELS.contains(&label) {
            self.add(value, Strength::Own)
        } else if ABOVE_LABELS.contains(&label) {
            self.add(value, Strength::Above)
        } else {
            if CODE_LABELS.contains(&label) && self.code.is_none() && is_code(value) {
                self.code = Some(value.to_owned());
            }
            false
        }
    }

    fn table(&mut self, table: &Table) {
        let grid = table.grid();
        let mut columns: Option<(usize, Option<usize>)> = None;
        for row in 0..table.rows.min(TABLE_ROWS) {
            let texts: Vec<String> =
                (0..table.columns).map(|column| squash(grid.text(row, column))).collect();
            self.row_labels(&texts);
            if let Some((code, name)) = columns {
                self.listed(&texts, code, name);
            }
            columns = header(&texts).or(columns);
        }
        for cell in table.cells.iter().filter(|cell| cell.row < 4 && cell.text.contains(['：', ':'])) {
            cell.text.lines().for_each(|line| self.line(line));
        }
        for cell in table.cells.iter().filter(|cell| cell.row < 2 && coded(&squash(&cell.text)).0.is_some()) {
            self.add(&squash(&cell.text), Strength::Caption);
        }
    }

    /// A label in one cell with its value in the next: 主管部门及代码 | 义乌市交通运输局 [123].
    fn row_labels(&mut self, texts: &[String]) {
        let mut cells = texts.iter().peekable();
        while let Some(label) = cells.next() {
            while cells.peek().is_some_and(|next| *next == label) {
                cells.next();
            }
            let label = bracket_form(label);
            if let Some(value) = cells.peek().filter(|value| value.chars().count() >= 4) {
                self.label(&label, value);
            }
        }
    }

    /// A row of a table whose columns hold codes and names of departments and units.
    fn listed(&mut self, texts: &[String], code: usize, name: Option<usize>) {
        let (Some(code), name) = (texts.get(code), name.and_then(|name| texts.get(name))) else { return };
        let name = name.map(|name| clean(name)).filter(|name| is_body(name));
        match name {
            Some(name) if is_code(code) => {
                self.namings.push(Naming { name, code: Some(code.clone()), strength: Strength::Row });
            }
            _ => {
                self.add(code, Strength::Row);
            }
        }
    }
}

/// The columns of codes and names in a header row that lists departments: 部门（单位）代码 | 部门（单位）名称.
fn header(texts: &[String]) -> Option<(usize, Option<usize>)> {
    let bodies = |text: &str| {
        (text.contains("部门") || text.contains("单位")) && !text.contains("经济") && !text.contains("元")
    };
    let code = texts.iter().position(|text| bodies(text) && (text.contains("代码") || text.contains("编码")));
    let name = texts.iter().position(|text| {
        bodies(text) && (text.contains("名称") || text.ends_with("单位") || text.ends_with("部门"))
    });
    match (code, name) {
        (Some(code), Some(name)) if code == name => Some((code, None)),
        (Some(code), name) => Some((code, name)),
        (None, Some(name)) => Some((name, None)),
        (None, None) => None,
    }
}

fn is_code(text: &str) -> bool {
    (3..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Splits a code from the name it is printed with.
fn coded(printed: &str) -> (Option<String>, String) {
    let printed = squash(printed);
    let Some(parts) = CODED.as_ref().and_then(|pattern| pattern.captures(&printed)) else {
        return (None, clean(&printed));
    };
    let part = |name: &str| parts.name(name).map(|found| found.as_str().to_owned());
    let (code, name) = (part("code").or_else(|| part("behind")), part("name").or_else(|| part("before")));
    let year = code.as_deref().is_some_and(|code| code.len() == 4 && code.starts_with("20"));
    match name {
        Some(name) if !year => (code, clean(&name)),
        _ => (None, clean(&printed)),
    }
}

/// Brackets in their wide form and white space gone, so that labels compare.
fn bracket_form(label: &str) -> String {
    let label = squash(label).replace('(', "（").replace(')', "）");
    let label = ["（盖章）", "（公章）", "（签章）", "（章）"]
        .iter()
        .fold(label, |label, stamp| label.replace(stamp, ""));
    label.trim_end_matches(['：', ':']).to_owned()
}

/// The labels of a line with their values: `部门编码：805  部门名称：霸州市教育局   单位：万元`.
fn labelled(line: &str) -> Vec<(String, String)> {
    if !line.contains(['：', ':']) {
        return Vec::new();
    }
    let line = match SPACED.as_ref() {
        Some(spaced) => spaced.replace_all(line, |found: &regex::Captures<'_>| squash(&found[0])),
        None => line.into(),
    };
    let mut parts: Vec<(String, String)> = Vec::new();
    for piece in line.split_whitespace() {
        match piece.split_once(['：', ':']) {
            Some((label, value)) => {
                let (value, next) = nested_label(value);
                parts.push((bracket_form(label), value.to_owned()));
                parts.extend(next);
            }
            None => {
                if let Some(last) = parts.last_mut().filter(|last| last.1.is_empty()) {
                    piece.clone_into(&mut last.1);
                }
            }
        }
    }
    parts
}

/// A second label run into a value: 霸州市教育局金额单位：万元.
fn nested_label(value: &str) -> (&str, Option<(String, String)>) {
    for label in ["金额单位", "单位"] {
        if let Some((before, after)) =
            value.split_once(label).filter(|(_, after)| after.starts_with(['：', ':']))
        {
            return (before, Some((label.to_owned(), after.trim_start_matches(['：', ':']).to_owned())));
        }
    }
    (value, None)
}
