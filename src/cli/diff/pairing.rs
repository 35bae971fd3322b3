//! Which rows of two folders speak of the same thing, and in what they differ.

use super::By;
use csv::StringRecord;
use std::collections::{BTreeMap, VecDeque};

/// How the rows of one record are matched within a document or department.
pub(super) struct Rule {
    /// The name of the record.
    pub record: &'static str,
    /// The columns that say what a row speaks of.
    pub key: &'static [&'static str],
    /// The column that is shown for rows added and removed.
    pub shown: &'static str,
}

/// One rule a record.
pub(super) const RULES: &[Rule] = &[
    Rule { record: "documents", key: &[], shown: "status" },
    Rule { record: "projects", key: &["project_name", "carried_over"], shown: "amount_yuan" },
    Rule {
        record: "indicators",
        key: &["source", "scope", "project_name", "level1", "level2", "level3", "target_period"],
        shown: "value_raw",
    },
    Rule {
        record: "amounts",
        key: &["source", "table_kind", "label_code", "label", "column_label", "change", "year"],
        shown: "value_raw",
    },
    Rule {
        record: "line_items",
        key: &["table_kind", "classification", "code", "name", "measure", "measure_label", "year"],
        shown: "value_raw",
    },
    Rule { record: "tables", key: &["table_kind", "title"], shown: "rows" },
    Rule { record: "checks", key: &["rule", "left_label", "right_label"], shown: "status" },
];

/// Where a row stands and how it is numbered, and what is repeated around it: no difference by itself.
const PLACES: &[&str] = &[
    "document_id",
    "path",
    "project",
    "indicator_no",
    "amount_no",
    "item_no",
    "check_no",
    "page",
    "table",
    "row",
    "column",
    "bbox",
    "page_first",
    "page_last",
    "section",
    "context",
    "message",
];
/// What differs from year to year by its nature.
const YEARLY: &[&str] =
    &["fiscal_year", "sha256", "size_bytes", "title", "table_title", "project_no", "base_year"];

/// The columns of two files of one record that take part.
pub(super) struct Columns<'a> {
    by: By,
    key: Vec<Both<'a>>,
    compared: Vec<Both<'a>>,
    fiscal_year: Option<Both<'a>>,
}

/// A column and its positions before and after.
#[derive(Clone, Copy)]
struct Both<'a> {
    name: &'a str,
    at: [usize; 2],
}

impl<'a> Columns<'a> {
    /// Only columns that both files have are compared: a later version may have added some.
    pub(super) fn of(rule: &'a Rule, by: By, before: &'a StringRecord, after: &'a StringRecord) -> Self {
        let position = |columns: &StringRecord, name: &str| columns.iter().position(|column| column == name);
        let both = |name: &'a str| Some(Both { name, at: [position(before, name)?, position(after, name)?] });
        let ignored = |name: &str| {
            rule.key.contains(&name)
                || PLACES.contains(&name)
                || by == By::Department && YEARLY.contains(&name)
        };
        Self {
            by,
            key: rule.key.iter().filter_map(|name| both(name)).collect(),
            compared: after.iter().filter(|name| !ignored(name)).filter_map(both).collect(),
            fiscal_year: both("fiscal_year"),
        }
    }

    /// What a row speaks of. Between years, a year is counted from the fiscal year: `+0` is the year of the document.
    fn key(&self, row: &StringRecord, side: usize) -> Vec<String> {
        let value = |column: &Both<'_>| row.get(column.at[side]).unwrap_or("");
        let fiscal_year = self.fiscal_year.as_ref().and_then(|column| value(column).parse::<i32>().ok());
        let part = |column: &Both<'_>| {
            let text = value(column);
            let relative = (self.by == By::Department && column.name == "year").then_some(());
            match relative.and_then(|()| Some(text.parse::<i32>().ok()?.saturating_sub(fiscal_year?))) {
                Some(years) => format!("{years:+}"),
                None => text.to_owned(),
            }
        };
        self.key.iter().map(part).collect()
    }

    /// What a row speaks of, in one line; `later` tells from which of the two files it is.
    pub(super) fn item(&self, row: &StringRecord, later: bool) -> String {
        let parts = self.key(row, usize::from(later)).into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" / ")
    }

    /// The columns whose values differ, with both values.
    pub(super) fn changes<'r>(
        &self,
        before: &'r StringRecord,
        after: &'r StringRecord,
    ) -> Vec<(&'a str, [&'r str; 2])> {
        let compared = self.compared.iter();
        let values = compared.map(|column| {
            let values = [before.get(column.at[0]).unwrap_or(""), after.get(column.at[1]).unwrap_or("")];
            (column.name, values)
        });
        values.filter(|(_, [before, after])| before != after).collect()
    }
}

/// One row of the later folder, of the earlier, or a row of each that speak of the same thing.
#[derive(Debug, PartialEq)]
pub(super) enum Pair<'r> {
    Added(&'r StringRecord),
    Removed(&'r StringRecord),
    Both(&'r StringRecord, &'r StringRecord),
}

/// Pairs the rows of one group. Of several rows that speak of the same thing, equal ones belong together; what is left
/// is paired in order. Pairs stand in the order of the later file, removed rows at the end.
pub(super) fn pairs<'r>(
    columns: &Columns<'_>,
    before: &'r [StringRecord],
    after: &'r [StringRecord],
) -> Vec<Pair<'r>> {
    let mut open: BTreeMap<Vec<String>, VecDeque<&'r StringRecord>> = BTreeMap::new();
    for row in before {
        open.entry(columns.key(row, 0)).or_default().push_back(row);
    }
    let mut partners: Vec<Option<&'r StringRecord>> = after
        .iter()
        .map(|row| {
            let waiting = open.get_mut(&columns.key(row, 1))?;
            let equal = waiting.iter().position(|earlier| columns.changes(earlier, row).is_empty())?;
            waiting.remove(equal)
        })
        .collect();
    for (row, partner) in after.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
        *partner = open.get_mut(&columns.key(row, 1)).and_then(VecDeque::pop_front);
    }
    let pair = |(row, partner): (&'r StringRecord, Option<&'r StringRecord>)| match partner {
        Some(earlier) => Pair::Both(earlier, row),
        None => Pair::Added(row),
    };
    let mut pairs: Vec<Pair<'r>> = after.iter().zip(partners).map(pair).collect();
    let left = |row: &&'r StringRecord| {
        open.get_mut(&columns.key(row, 0)).is_some_and(|rows| {
            // Rows wait in the order of the file, so the first that waits is the next to be seen.
            rows.front().is_some_and(|front| std::ptr::eq(*front, *row)) && rows.pop_front().is_some()
        })
    };
    pairs.extend(before.iter().filter(left).map(Pair::Removed));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> StringRecord {
        StringRecord::from(cells.to_vec())
    }

    #[test]
    fn rows_are_matched_by_what_they_speak_of_not_by_their_place() {
        let rule = Rule { record: "x", key: &["name"], shown: "value" };
        let header = row(&["name", "value", "row"]);
        let columns = Columns::of(&rule, By::Document, &header, &header);
        let before =
            [row(&["a", "1", "1"]), row(&["b", "2", "2"]), row(&["b", "3", "3"]), row(&["c", "4", "4"])];
        let after = [row(&["b", "3", "1"]), row(&["d", "5", "2"]), row(&["a", "9", "3"])];
        let found = pairs(&columns, &before, &after);
        let expected = [
            Pair::Both(&before[2], &after[0]),
            Pair::Added(&after[1]),
            Pair::Both(&before[0], &after[2]),
            Pair::Removed(&before[1]),
            Pair::Removed(&before[3]),
        ];
        assert_eq!(found, expected);
        assert!(columns.changes(&before[2], &after[0]).is_empty(), "a row that moved is no difference");
        assert_eq!(columns.changes(&before[0], &after[2]), [("value", ["1", "9"])]);
    }

    #[test]
    fn years_are_counted_from_the_fiscal_year_between_departments() {
        let rule = Rule { record: "x", key: &["year"], shown: "value" };
        let header = row(&["fiscal_year", "year", "value"]);
        let columns = Columns::of(&rule, By::Department, &header, &header);
        assert_eq!(columns.item(&row(&["2021", "2020", "1"]), false), "-1");
        assert_eq!(columns.item(&row(&["2022", "2022", "1"]), true), "+0");
        let columns = Columns::of(&rule, By::Document, &header, &header);
        assert_eq!(columns.item(&row(&["2021", "2020", "1"]), false), "2020");
    }

    #[test]
    fn every_record_has_a_rule_with_columns_that_exist() {
        for (rule, relation) in RULES.iter().zip(gongkai::writer::schema::COLUMNS) {
            assert_eq!(rule.record, relation.name());
            let names: Vec<&str> = relation.fields().iter().map(|field| field.name).collect();
            assert!(rule.key.iter().chain([&rule.shown]).all(|name| names.contains(name)), "{}", rule.record);
        }
        assert_eq!(RULES.len(), gongkai::writer::schema::COLUMNS.len());
    }
}
