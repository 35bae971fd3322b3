//! Gathers the places where a document names the bodies it speaks of: labelled lines, captions, table rows.

use super::evidence::{Evidence, squash};
use super::organisation::{clean, is_body};
use crate::document::{Block, Table};
use regex::Regex;
use std::borrow::Cow;
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
    "预算单位",
    "预算部门",
    "公开部门",
    "公开单位",
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
    "决算单位",
    "决算部门",
    "一级预算单位",
    "预算部门（单位）",
    "预算单位（部门）",
    "公开单位名称",
    "公开部门名称",
    "单位全称",
    "部门全称",
];
/// Labels of who filled in a form.
const FORM_LABELS: &[&str] =
    &["填报单位", "填报部门", "填报单位名称", "单位名称", "申报单位", "申报部门", "填表单位", "自评单位"];
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

/// How much a naming says about who discloses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A row of a table that lists departments and units.
    Row,
    /// The department above a project.
    Above,
    /// Who filled in a form: the disclosing body or one of its units.
    Filled,
    /// A code and a name on a line of their own.
    Caption,
    /// A label of the disclosing body.
    Own,
}

/// One place that names a body.
#[derive(Debug, Clone)]
pub struct Naming {
    /// The name without remarks.
    pub name: String,
    /// The code printed with it.
    pub code: Option<String>,
    /// How much it says.
    pub strength: Strength,
}

/// Every naming in the document, and a code that stands by its own label.
#[must_use]
pub fn gather(evidence: &Evidence<'_>) -> (Vec<Naming>, Option<String>) {
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
        } else if FORM_LABELS.contains(&label) {
            self.add(value, Strength::Filled)
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
            let texts: Vec<Cow<'_, str>> =
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
    fn row_labels(&mut self, texts: &[Cow<'_, str>]) {
        let mut cells = texts.iter().peekable();
        while let Some(label) = cells.next() {
            while cells.peek().is_some_and(|next| *next == label) {
                cells.next();
            }
            // One of these characters is in every label above; the look at them is quick, and most cells are none.
            let labels = label.len() <= 60 && label.contains(['门', '位', '码']);
            let Some(label) = labels.then(|| bracket_form(label)) else { continue };
            if let Some(value) = cells.peek().filter(|value| value.chars().count() >= 4) {
                self.label(&label, value);
            }
        }
    }

    /// A row of a table whose columns hold codes and names of departments and units.
    fn listed(&mut self, texts: &[Cow<'_, str>], code: usize, name: Option<usize>) {
        let (Some(code), name) = (texts.get(code), name.and_then(|name| texts.get(name))) else { return };
        let name = name.map(|name| clean(name)).filter(|name| is_body(name));
        match name {
            Some(name) if is_code(code) => {
                self.namings.push(Naming { name, code: Some(code.to_string()), strength: Strength::Row });
            }
            _ => {
                self.add(code, Strength::Row);
            }
        }
    }
}

/// The columns of codes and names in a header row that lists departments: 部门（单位）代码 | 部门（单位）名称.
fn header(texts: &[Cow<'_, str>]) -> Option<(usize, Option<usize>)> {
    if !texts.iter().any(|text| text.contains(['门', '位'])) {
        return None;
    }
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
    let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "[]【】（）()〔〕".contains(c));
    if !digits(printed.chars().next()) && !digits(printed.chars().next_back()) {
        return (None, clean(&printed));
    }
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
        Some(spaced) => {
            spaced.replace_all(line, |found: &regex::Captures<'_>| squash(&found[0]).into_owned())
        }
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
