//! Whether the tables agree with the document's words: statements on empty tables, the contents, year and department.

use super::Rule;
use super::evidence::{Evidence, Figure, Noun, compare, passed, skipped};
use super::tables;
use crate::record::{
    Check, Claim, ClaimKind, DocumentKind, LineItem, Measure, Ordinal, Provenance, TableFacts, TableKind,
    Verdict,
};
use crate::wording::fold;
use std::borrow::Cow;
use std::collections::BTreeMap;

const FORMS: &str = "财预〔2016〕143号 公开要求";

const NOTHING: Rule = Rule {
    code: "empty_statement",
    chinese: "文字说明“无”的，表中没有数",
    english: "Where the text says there is nothing the table holds no figure",
    source: FORMS,
};
const EXPLAINED: Rule = Rule {
    code: "empty_table_stated",
    chinese: "空表附有说明",
    english: "An empty table carries a sentence that says so",
    source: FORMS,
};
const LISTED: Rule = Rule {
    code: "contents_table",
    chinese: "目录所列的表在文中",
    english: "A table named in the contents is there",
    source: FORMS,
};
const REQUIRED: Rule = Rule {
    code: "required_table",
    chinese: "应公开的表齐全",
    english: "The required tables are there",
    source: FORMS,
};
const YEAR: Rule = Rule {
    code: "year_consistent",
    chinese: "表名中的年份＝文件的年份",
    english: "The year in a table's title = the document's year",
    source: FORMS,
};
const DEPARTMENT: Rule = Rule {
    code: "department_consistent",
    chinese: "各表的编制单位相同",
    english: "All tables name the same compiler",
    source: FORMS,
};

/// The tables that every department publishes. Source: 财预〔2016〕143号, 附件; 国有资本 since 2020.
const REQUIRED_KINDS: &[(TableKind, &str)] = &[
    (TableKind::BudgetSummary, "收支总表"),
    (TableKind::Income, "收入表"),
    (TableKind::Expenditure, "支出表"),
    (TableKind::FiscalAppropriation, "财政拨款收支总表"),
    (TableKind::GeneralPublicBudget, "一般公共预算支出表"),
    (TableKind::BasicExpenditure, "基本支出表"),
    (TableKind::ThreePublic, "“三公”经费表"),
    (TableKind::GovernmentFund, "政府性基金表"),
];

/// How many kinds of required tables show that a document means to publish them all.
const MEANT_IN_FULL: usize = 5;

pub(super) fn rules() -> Vec<Rule> {
    vec![NOTHING, EXPLAINED, LISTED, REQUIRED, YEAR, DEPARTMENT]
}

pub(super) fn run(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    nothing(evidence, checks);
    explained(evidence, checks);
    contents(evidence, checks);
    required(evidence, checks);
    years(evidence, checks);
    departments(evidence, checks);
}

fn claims<'a>(evidence: &'a Evidence<'_>, kind: ClaimKind) -> impl Iterator<Item = &'a Claim> {
    evidence.records.claims.iter().filter(move |claim| claim.kind == kind)
}

/// The tables of a kind: their facts, and the page on which they begin.
fn of_kind<'a>(
    evidence: &'a Evidence<'_>,
    kind: TableKind,
) -> impl Iterator<Item = (&'a TableFacts, Provenance)> {
    let tables = evidence.records.tables.iter().filter(move |(facts, _)| facts.kind == kind);
    tables.map(|(facts, table)| (facts, head(facts, table.place.page)))
}

fn head(facts: &TableFacts, page: Option<u32>) -> Provenance {
    Provenance { page, table: Ordinal::new(facts.number), row: Ordinal::of_index(0), ..Provenance::default() }
}

/// 本部门无政府性基金预算支出: the table of that kind holds nothing but zeros.
fn nothing(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let mut seen: Vec<TableKind> = Vec::new();
    for claim in claims(evidence, ClaimKind::Nothing) {
        if seen.contains(&claim.table_kind) {
            continue;
        }
        seen.push(claim.table_kind);
        let Some((_, place)) = of_kind(evidence, claim.table_kind).next() else {
            checks.push(skipped(&NOTHING, "无该表。There is no such table", claim.provenance));
            continue;
        };
        let stated = Figure::exact(&format!("“{}”", claim.text), 0.into(), Noun::Yuan, claim.provenance);
        let held = largest(evidence, claim.table_kind)
            .unwrap_or_else(|| Figure::exact("表中的数", 0.into(), Noun::Yuan, place));
        checks.push(compare(&NOTHING, &held, &stated));
    }
}

/// The figure that the statement would have to deny: the largest of the year, what is carried over left out.
fn largest(evidence: &Evidence<'_>, kind: TableKind) -> Option<Figure> {
    if kind == TableKind::ThreePublic {
        return tables::three_public(evidence, Measure::Total);
    }
    let own_year = evidence.records.document.fiscal_year;
    let of_the_year = |item: &&LineItem| {
        item.table_kind == kind
            && (item.year.is_none() || item.year == own_year)
            && !fold(&item.measure_label).contains('结')
            && !matches!(item.measure, Measure::CarryOver | Measure::PriorYear | Measure::Change)
    };
    let figures = evidence.records.line_items.iter().filter(of_the_year).filter_map(Figure::of);
    figures.min_by_key(|figure| std::cmp::Reverse(figure.yuan.abs()))
}

/// A table of funds that holds no figure is explained somewhere; a missing sentence is a question and no failure.
fn explained(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    for kind in [TableKind::GovernmentFund, TableKind::StateCapital] {
        let Some((facts, place)) = of_kind(evidence, kind).next() else { continue };
        if largest(evidence, kind).is_some_and(|figure| !figure.yuan.is_zero()) {
            continue;
        }
        let stated = claims(evidence, ClaimKind::Nothing).any(|claim| claim.table_kind == kind);
        let check = skipped(&EXPLAINED, "未见说明。No such sentence was found", place);
        let check = Check { left_label: facts.title.clone(), ..check };
        checks.push(if stated { passed(&EXPLAINED, check) } else { check });
    }
}

/// Each table of the contents list is there, in documents that hold most of those listed: others keep their tables in
/// a file of their own.
fn contents(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let mut listed: BTreeMap<TableKind, &Claim> = BTreeMap::new();
    for claim in claims(evidence, ClaimKind::Listed) {
        listed.entry(claim.table_kind).or_insert(claim);
    }
    let there = |kind: TableKind| of_kind(evidence, kind).next();
    let found = listed.keys().filter(|kind| there(**kind).is_some()).count();
    for (kind, claim) in &listed {
        let missing = format!("目录列有“{}”，文中未见。It is named and was not found", claim.text);
        let check = Check { left_label: claim.text.clone(), ..skipped(&LISTED, &missing, claim.provenance) };
        checks.push(match there(*kind) {
            Some((_, place)) => passed(&LISTED, Check { provenance: place, ..check }),
            None if found >= MEANT_IN_FULL && found * 4 >= listed.len() * 3 => {
                Check { verdict: Verdict::Fail, ..check }
            }
            None => check,
        });
    }
}

/// The required tables of departments and units; one that is missing may have been published apart.
fn required(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let kind = evidence.records.document.kind;
    let publishes = matches!(
        kind,
        DocumentKind::DepartmentBudget
            | DocumentKind::DepartmentFinalAccount
            | DocumentKind::UnitBudget
            | DocumentKind::UnitFinalAccount
    );
    let there = |kind: TableKind| of_kind(evidence, kind).next();
    let found = REQUIRED_KINDS.iter().filter(|(kind, _)| there(*kind).is_some()).count();
    if !publishes || found < MEANT_IN_FULL {
        return;
    }
    for (kind, name) in REQUIRED_KINDS {
        let reason = format!("未见{name}。Not found");
        let place = there(*kind).map_or_else(Provenance::default, |(_, place)| place);
        let check = Check { left_label: (*name).to_owned(), ..skipped(&REQUIRED, &reason, place) };
        checks.push(if there(*kind).is_some() { passed(&REQUIRED, check) } else { check });
    }
}

/// The year in front of a standard table's title. One that stands alone against the others is an oversight; where
/// several differ the document speaks of several years.
fn years(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let Some(own) = evidence.records.document.fiscal_year else { return };
    let standard = |facts: &TableFacts| {
        !matches!(facts.kind, TableKind::Other | TableKind::Indicators | TableKind::ProjectGoal)
    };
    let dated: Vec<(&TableFacts, Provenance, i32)> = evidence
        .records
        .tables
        .iter()
        .filter(|(facts, _)| standard(facts))
        .filter_map(|(facts, table)| Some((facts, head(facts, table.place.page), year_of(&facts.title)?)))
        .collect();
    let agreeing = dated.iter().filter(|(_, _, year)| *year == own).count();
    let one_differs = dated.len() - agreeing == 1 && agreeing >= 3;
    for (facts, place, year) in dated {
        let left = Figure::exact(&facts.title, year.into(), Noun::Year, place);
        let right = Figure::exact("文件年份", own.into(), Noun::Year, Provenance::default());
        let check = compare(&YEAR, &left, &right);
        if check.verdict == Verdict::Pass || one_differs {
            checks.push(check);
        }
    }
}

/// The year that a title opens with or names once: `2024年部门收支总表`.
fn year_of(title: &str) -> Option<i32> {
    let folded = fold(title);
    let mut years = folded.match_indices('年').filter_map(|(at, _)| {
        let digits = folded[..at].len().checked_sub(4).and_then(|start| folded.get(start..at))?;
        digits.parse::<i32>().ok().filter(|year| (1990..2100).contains(year))
    });
    let year = years.next()?;
    years.next().is_none().then_some(year)
}

/// Who drew up each table. A name that stands once against one that stands at least three times is an oversight.
fn departments(evidence: &Evidence<'_>, checks: &mut Vec<Check>) {
    let tables = || {
        let named = evidence.records.tables.iter();
        named.filter(|(facts, _)| !facts.compiled_by.is_empty() && facts.kind != TableKind::Other)
    };
    let mut names: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
    for (facts, _) in tables() {
        *names.entry(fold(&facts.compiled_by)).or_default() += 1;
    }
    let Some((common, most)) = names.iter().max_by_key(|(_, count)| **count) else { return };
    for (facts, table) in tables() {
        let name = fold(&facts.compiled_by);
        let place = head(facts, table.place.page);
        let reason = format!(
            "表{}为“{}”，其他表为“{common}”。The others name another",
            facts.number, facts.compiled_by
        );
        let check = Check {
            left_label: facts.compiled_by.clone(),
            right_label: common.to_string(),
            ..skipped(&DEPARTMENT, &reason, place)
        };
        let alike = name == *common || name.contains(&**common) || common.contains(&*name);
        checks.push(match (alike, names.len()) {
            (true, _) => passed(&DEPARTMENT, check),
            (false, 2) if *most >= 3 && names[&name] == 1 => Check { verdict: Verdict::Fail, ..check },
            _ => check,
        });
    }
}
