//! Statements on whole tables: that there is nothing to show in them, and that the contents list names them.

use super::kind;
use crate::document::{Paragraph, Table};
use crate::record::{Claim, ClaimKind, Ordinal, Provenance, TableKind};
use crate::wording::{Words, fold, split_numbering, tidy};

/// The longest line of a contents list, in characters.
const CONTENTS_CHARS: usize = 50;
/// How far a negation may stand before what it denies, in characters.
const NEGATION_REACH: usize = 6;

/// What can be denied as a whole. Source: the explanations that 财预〔2016〕143号 asks for below empty tables.
const SUBJECTS: &[(&str, TableKind)] = &[
    ("政府性基金", TableKind::GovernmentFund),
    ("国有资本经营", TableKind::StateCapital),
    ("\"三公\"", TableKind::ThreePublic),
    ("政府采购", TableKind::Procurement),
];

/// Words that deny, the longer before those they begin with.
const NEGATIONS: &[&str] =
    &["没有使用", "没有安排", "没有", "未安排", "未使用", "未发生", "不涉及", "未涉及", "无"];

/// Words that go on naming the subject; anything else makes it a part of it (政府性基金预算结余).
const SUBJECT_WORDS: &[&str] = &[
    "预算", "财政", "拨款", "收入", "支出", "收支", "安排", "使用", "经费", "情况", "业务", "当年", "本年",
    "决算", "的", "和", "及", "与", "、", "\"",
];

/// Words of sentences that speak of something else: of changes, of other years, of what would have to be done.
static OTHER_MATTERS: Words = Words::new(&[
    "增",
    "减",
    "变化",
    "变动",
    "持平",
    "结余",
    "上年",
    "去年",
    "仍保留",
    "如无",
    "若无",
    "如果",
    "是指",
]);

/// Reads statements in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Claims {
    in_contents: bool,
    last_table: Option<TableKind>,
}

impl Claims {
    /// The statements of a paragraph.
    pub fn paragraph(&mut self, paragraph: &Paragraph, fiscal_year: Option<i32>) -> Vec<Claim> {
        let provenance = Provenance { page: paragraph.place.page, ..Provenance::default() };
        let folded = fold(&paragraph.text);
        if self.last_table.is_none() && matches!(&*folded, "目录" | "目录:") {
            self.in_contents = true;
        }
        if self.in_contents
            && let Some(kind) = listed(&paragraph.text)
        {
            let text = tidy(&paragraph.text);
            return vec![Claim { kind: ClaimKind::Listed, table_kind: kind, text, provenance }];
        }
        self.sentences(&paragraph.text, fiscal_year, provenance)
    }

    /// The statements in the notes of a table, which is the one that 本表 means from here on.
    pub fn table(
        &mut self,
        table: &Table,
        kind: TableKind,
        number: usize,
        fiscal_year: Option<i32>,
    ) -> Vec<Claim> {
        self.in_contents = false;
        self.last_table = Some(kind);
        let mut claims = Vec::new();
        for cell in table.cells.iter().filter(|cell| cell.row >= table.header_rows && cell.column_span > 1) {
            let place = table.row_place(cell.row);
            let provenance = Provenance {
                page: place.page,
                table: Ordinal::new(number),
                row: Ordinal::of_index(cell.row),
                ..Provenance::default()
            };
            claims.extend(self.sentences(&cell.text, fiscal_year, provenance));
        }
        claims
    }

    fn sentences(&self, text: &str, fiscal_year: Option<i32>, provenance: Provenance) -> Vec<Claim> {
        // One of these is in every statement that there is nothing; most texts have none.
        if !text.contains(['没', '未', '不', '无', '空']) {
            return Vec::new();
        }
        let claim = |sentence: &str| {
            let table_kind = self.denied(&fold(sentence), fiscal_year)?;
            let text = tidy(sentence);
            Some(Claim { kind: ClaimKind::Nothing, table_kind, text, provenance })
        };
        text.split(['。', '；', ';', '\n', '！']).filter_map(claim).collect()
    }

    /// The kind of table of which the sentence says that there is nothing.
    fn denied(&self, folded: &str, fiscal_year: Option<i32>) -> Option<TableKind> {
        if OTHER_MATTERS.any_in(folded) || speaks_of_other_year(folded, fiscal_year) {
            return None;
        }
        let subject = SUBJECTS.iter().find(|(subject, _)| is_denied(folded, subject)).map(|(_, kind)| *kind);
        subject.or_else(|| {
            let empty = ["无数据", "空表", "为空", "无相关数据"].iter().any(|word| folded.contains(word));
            let this = ["本表", "此表", "该表"].iter().any(|word| folded.contains(word));
            self.last_table.filter(|kind| this && empty && *kind != TableKind::Other)
        })
    }
}

/// Whether a negation stands before the subject, and nothing narrows the subject behind it.
fn is_denied(folded: &str, subject: &str) -> bool {
    folded.match_indices(subject).any(|(at, _)| {
        let lead = &folded[..at];
        let reach = lead.char_indices().rev().nth(NEGATION_REACH + 3).map_or(0, |(start, _)| start);
        let negated = NEGATIONS.iter().any(|negation| {
            lead[reach..].rfind(negation).is_some_and(|found| {
                let between = &lead[reach + found + negation.len()..];
                between.chars().count() <= NEGATION_REACH && !between.contains([',', '，', ':'])
            })
        });
        negated && is_whole(&folded[at + subject.len()..])
    })
}

/// Whether only words follow that go on naming the subject, up to the next comma.
fn is_whole(rest: &str) -> bool {
    let mut rest = rest;
    while let Some(shorter) = SUBJECT_WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest.is_empty() || rest.starts_with([',', '，', '(', ')'])
}

fn speaks_of_other_year(folded: &str, fiscal_year: Option<i32>) -> bool {
    let years = folded.match_indices('年').filter_map(|(at, _)| {
        let digits = folded[..at].len().checked_sub(4).and_then(|start| folded.get(start..at))?;
        digits.parse::<i32>().ok()
    });
    let mut years = years.peekable();
    years.peek().is_some() && fiscal_year.is_some_and(|own| years.all(|year| year != own))
}

/// The kind of table that a line of the contents names: `四、财政拨款收支总表……12`.
fn listed(line: &str) -> Option<TableKind> {
    let bare = line.trim().trim_end_matches(|c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | '…' | '·' | '-' | '—' | '（' | '）' | '(' | ')')
    });
    let title = split_numbering(bare).1;
    if !title.ends_with('表') || title.chars().count() > CONTENTS_CHARS || title.contains(['，', '。']) {
        return None;
    }
    kind::of_title(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied(sentence: &str) -> Option<TableKind> {
        Claims::default().denied(&fold(sentence), Some(2023))
    }

    #[test]
    fn sentences_deny_a_whole_kind_or_nothing() {
        for (sentence, kind) in [
            ("本部门2023年没有使用政府性基金预算拨款安排的支出", Some(TableKind::GovernmentFund)),
            ("我单位无国有资本经营预算财政拨款支出，故本表为空", Some(TableKind::StateCapital)),
            ("2023年度无“三公”经费财政拨款支出", Some(TableKind::ThreePublic)),
            ("本部门不涉及政府性基金", Some(TableKind::GovernmentFund)),
            ("2022年没有使用政府性基金预算拨款安排的支出", None),
            ("政府性基金预算支出与上年相比无变化", None),
            ("无政府性基金预算财政拨款收入支出的，仍保留该表格式", None),
            ("政府性基金预算支出300万元，无其他支出", None),
            ("“三公”经费中无因公出国（境）费", None),
        ] {
            assert_eq!(denied(sentence), kind, "{sentence}");
        }
    }

    #[test]
    fn this_table_is_the_one_above() {
        let claims = Claims { last_table: Some(TableKind::StateCapital), ..Claims::default() };
        assert_eq!(claims.denied("本部门无相关支出,此表为空表", None), Some(TableKind::StateCapital));
    }

    #[test]
    fn lines_of_the_contents_name_tables() {
        assert_eq!(listed("四、财政拨款收支总表……12"), Some(TableKind::FiscalAppropriation));
        assert_eq!(listed("三、支出预算情况说明 5"), None);
    }
}
