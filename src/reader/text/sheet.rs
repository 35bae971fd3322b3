//! Tables copied from a spreadsheet: each line a row, its cells separated by TABs.

use crate::document::{CellSpec, Table, TableBuilder};

/// Rows a table with three or more columns must have.
const MIN_ROWS: usize = 2;
/// Rows a table with two columns must have: one TAB in a line says little.
const MIN_ROWS_OF_TWO: usize = 3;
/// Rows of one table; what follows becomes the next one.
const MAX_ROWS: usize = 50_000;

/// What the lines at some place are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lines<'a> {
    /// The rows of a table.
    Rows(Vec<&'a str>),
    /// So many bytes are no such table.
    Other(usize),
}

/// Looks whether the text begins with the rows of a table.
pub(super) fn look(text: &str) -> Lines<'_> {
    let first = text.split('\n').next().map_or(1, columns);
    // Once there are rows, a line with the first one's TABs is a row, whichever of its cells are empty.
    let like_first =
        |line: &str| first > 1 && line.bytes().filter(|byte| *byte == b'\t').count() + 1 == first;
    let is_row = |line: &&str| columns(line) >= 2 || like_first(line);
    let rows: Vec<&str> = text.split('\n').take_while(is_row).take(MAX_ROWS).collect();
    let width = rows.iter().map(|row| columns(row)).max().unwrap_or(0);
    let enough = if width > 2 { MIN_ROWS } else { MIN_ROWS_OF_TWO };
    let full = rows.iter().filter(|row| columns(row) == width || width == first && like_first(row)).count();
    if rows.len() < enough || full * 2 < rows.len() || width == 2 && is_contents_list(&rows) {
        return Lines::Other(rows.iter().map(|row| row.len() + 1).sum::<usize>().max(1));
    }
    Lines::Rows(rows)
}

/// The table of these rows.
pub(super) fn table(rows: &[&str]) -> Option<Table> {
    let mut builder = TableBuilder::new();
    for row in rows {
        builder.start_row();
        for cell in row.split('\t') {
            builder.cell(CellSpec::plain(cell.trim()));
        }
    }
    builder.finish()
}

/// Cells of a line. TABs before the text are an indent and a single one behind it a slip, unless others stand between.
fn columns(line: &str) -> usize {
    let body = line.trim_start_matches('\t');
    let tabs = body.bytes().filter(|byte| *byte == b'\t').count();
    if tabs == 0 || tabs == 1 && body.ends_with('\t') || body.trim().is_empty() {
        return 1;
    }
    tabs + 1 + (line.len() - body.len())
}

/// A list of contents: every line ends with a page number, and none is smaller than the one before.
fn is_contents_list(rows: &[&str]) -> bool {
    let pages =
        rows.iter().map(|row| row.rsplit('\t').next().and_then(|last| last.trim().parse::<u32>().ok()));
    let pages: Vec<Option<u32>> = pages.collect();
    pages.iter().all(Option::is_some) && pages.is_sorted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_tabs_inside_are_rows() {
        let text = "项目\t预算数\t备注\n工资\t12.50\t\n\t3.00\t其他\n\n合计";
        let Lines::Rows(rows) = look(text) else { panic!("no table") };
        assert_eq!(rows.len(), 3);
        let table = table(&rows).unwrap();
        assert_eq!((table.rows, table.columns), (3, 3));
        assert_eq!(table.grid().text(2, 1), "3.00");
    }

    #[test]
    fn lone_lines_contents_lists_and_signatures_are_no_tables() {
        for text in [
            "负责人：甲\t会计：乙\t制表：丙\n",
            "一、概况\t1\n二、收支\t3\n三、绩效\t3\n",
            "\t甲\n\t乙\n\t丙\n",
            "第一段。\t\n第二段。\t\n第三段。\t\n",
            "收入\t1\n支出\t2\n",
        ] {
            assert!(matches!(look(text), Lines::Other(_)), "{text}");
        }
        assert!(matches!(look("收入\t9\n支出\t2\n结余\t7\n"), Lines::Rows(_)));
    }
}
