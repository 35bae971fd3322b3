//! How many leading rows of a table are its caption and its column headers: by spans and by content.

use crate::document::{Grid, Table, figure};
use crate::wording::{blank, fold};
use std::borrow::Cow;

/// The tallest header that is believed, caption rows not counted. Five levels and a row of column numbers occur.
const MAX_HEADER_ROWS: usize = 6;

/// Column names of which an indicator table has at least two.
const INDICATOR_COLUMNS: &[&str] = &[
    "一级指标",
    "二级指标",
    "三级指标",
    "一级目标",
    "二级目标",
    "三级目标",
    "指标名称",
    "指标值",
    "年度指标值",
];

/// The caption rows and the header rows of the table, captions included in the latter.
pub(super) fn measure(table: &Table) -> (usize, usize) {
    let grid = table.grid();
    let caption = (0..grid.rows()).take_while(|row| is_caption(&grid, *row)).count();
    if caption + 1 >= grid.rows() {
        return (0, 0);
    }
    match indicator_header(&grid) {
        Some(row) if row > caption && !spans_reach(&grid, caption, row) => (caption, 0),
        _ => (caption, column_header(&grid, caption)),
    }
}

/// A row that holds the title, or nothing but captions such as `单位：万元`.
fn is_caption(grid: &Grid<'_>, row: usize) -> bool {
    let first = grid.cell(row, 0);
    if first.column_span == grid.columns() && grid.columns() > 1 {
        return first.row_span == 1 && !blank(&first.text) && first.text.chars().count() <= 60;
    }
    let texts: Vec<_> = anchors(grid, row).map(fold).filter(|text| !text.is_empty()).collect();
    if let ([title], true) = (texts.as_slice(), grid.columns() > 2) {
        return is_caption_text(title) || is_title(title) && first.row_span == 1;
    }
    let captions = texts.iter().filter(|text| is_caption_text(text)).count();
    captions > 0 && (captions == texts.len() || texts.len() <= 2 && has_unit(&texts))
}

/// A title that stands alone in a row whose cells are not merged, as workbooks have it.
fn is_title(folded: &str) -> bool {
    let length = folded.chars().count();
    (4..=60).contains(&length) && (folded.ends_with('表') || folded.contains("表("))
}

fn has_unit(texts: &[Cow<'_, str>]) -> bool {
    texts.iter().any(|text| text.starts_with("单位:") || text.starts_with("金额单位:"))
}

fn is_caption_text(folded: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "单位:",
        "金额单位:",
        "编制单位:",
        "编制部门:",
        "填报单位:",
        "部门名称:",
        "部门:",
        "单位名称:",
        "截止",
        "填报日期",
        "填报部门:",
        "预算单位:",
        "公开部门:",
    ];
    let form_number = folded.ends_with('表') && folded.contains(|c: char| c.is_ascii_digit());
    OPENINGS.iter().any(|opening| folded.starts_with(opening)) || form_number && folded.chars().count() <= 12
}

/// The first row that names indicator columns.
fn indicator_header(grid: &Grid<'_>) -> Option<usize> {
    (0..grid.rows()).find(|row| {
        let texts: Vec<_> = anchors(grid, *row).map(fold).collect();
        INDICATOR_COLUMNS.iter().filter(|name| texts.iter().any(|text| text == *name)).count() >= 2
    })
}

/// Whether the table names indicator columns anywhere.
pub(super) fn names_indicators(grid: &Grid<'_>) -> bool {
    indicator_header(grid).is_some()
}

/// Whether merged cells that begin in the upper row reach the lower one, as those of a header of several rows do.
fn spans_reach(grid: &Grid<'_>, upper: usize, lower: usize) -> bool {
    let reaching = (0..grid.columns()).filter(|column| {
        let cell = grid.cell(lower, *column);
        cell.row == upper && cell.row < lower
    });
    lower - upper < MAX_HEADER_ROWS && reaching.count() > 0
}

fn column_header(grid: &Grid<'_>, caption: usize) -> usize {
    if holds_figures(grid, caption) {
        return caption;
    }
    let mut end = caption + 1;
    while end < grid.rows() - 1 && end - caption < MAX_HEADER_ROWS && continues_header(grid, caption, end) {
        end += 1;
    }
    if end < grid.rows() - 1 && is_ordinal_row(grid, end) {
        end += 1;
    }
    end
}

/// Whether the row belongs to the header above it: a header cell reaches into it, or it splits one that spans columns.
fn continues_header(grid: &Grid<'_>, caption: usize, row: usize) -> bool {
    if holds_figures(grid, row) {
        return false;
    }
    let reached = (0..grid.columns()).any(|column| {
        let cell = grid.cell(row, column);
        cell.row >= caption
            && cell.row < row
            && !blank(&cell.text)
            && !spans_to_the_end(grid, cell.row, cell.row_span)
    });
    reached || splits_a_span(grid, row)
}

/// A cell that runs down to the last row is a label beside the body and no header.
fn spans_to_the_end(grid: &Grid<'_>, row: usize, row_span: usize) -> bool {
    row + row_span == grid.rows()
}

fn splits_a_span(grid: &Grid<'_>, row: usize) -> bool {
    anchors_of(grid, row - 1).any(|column| {
        let upper = grid.cell(row - 1, column);
        let below: Vec<&str> = (column..column + upper.column_span)
            .filter(|c| grid.is_anchor(row, *c))
            .map(|c| grid.text(row, c))
            .collect();
        let narrower = column + upper.column_span > column + grid.cell(row, column).column_span;
        upper.column_span > 1
            && upper.column_span < grid.columns()
            && !blank(&upper.text)
            && narrower
            && below.len() > 1
            && below.iter().all(|text| !blank(text) && text.chars().count() <= 30)
    })
}

/// A row of column numbers: `栏次 | 1 | 2 | 3`, `A | B | 1 | 2`, `类 | 款 | 项 | 栏次 | 1 | 2`.
fn is_ordinal_row(grid: &Grid<'_>, row: usize) -> bool {
    let texts: Vec<_> = anchors(grid, row).map(fold).filter(|text| !text.is_empty()).collect();
    let ordinals = texts.iter().filter_map(|text| text.parse::<u32>().ok()).collect::<Vec<_>>();
    let others = texts.len() - ordinals.len();
    let labelled = texts.iter().any(|text| text == "栏次");
    let labels = texts.iter().filter(|text| {
        matches!(&***text, "栏次" | "行次" | "序号" | "甲" | "乙" | "丙" | "*" | "**")
            || labelled && matches!(&***text, "类" | "款" | "项")
            || is_single_letter(text)
    });
    let steps = ordinals.windows(2).all(|pair| pair[1] == pair[0] + 1);
    (ordinals.len() >= 2 || labelled && !ordinals.is_empty())
        && labels.count() == others
        && steps
        && (ordinals[0] <= 3 || labelled)
}

fn is_single_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether the row holds data figures; a row of column numbers does not.
fn holds_figures(grid: &Grid<'_>, row: usize) -> bool {
    !is_ordinal_row(grid, row)
        && anchors(grid, row).any(|text| figure(text).is_some_and(|value| !is_year(value)))
}

/// A bare `2021` heads a column as often as it fills one.
fn is_year(value: rust_decimal::Decimal) -> bool {
    value.is_integer() && (1990..2100).contains(&i64::try_from(value).unwrap_or(0))
}

fn anchors_of<'a>(grid: &'a Grid<'_>, row: usize) -> impl Iterator<Item = usize> + 'a {
    (0..grid.columns()).filter(move |column| grid.is_anchor(row, *column))
}

fn anchors<'a>(grid: &'a Grid<'_>, row: usize) -> impl Iterator<Item = &'a str> + 'a {
    anchors_of(grid, row).map(move |column| grid.text(row, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{CellSpec, TableBuilder, Vertical};

    /// Builds a table from rows of `text` cells; `3*text` spans three columns, `^` continues the cell above,
    /// `!text` begins a vertical merge.
    fn table(rows: &[&[&str]]) -> Table {
        let mut builder = TableBuilder::new();
        for row in rows {
            builder.start_row();
            for cell in *row {
                let (span, text) = match cell.split_once('*') {
                    Some((span, text)) if span.parse::<usize>().is_ok() => (span.parse().unwrap(), text),
                    _ => (1, *cell),
                };
                let vertical = match text.chars().next() {
                    Some('^') => Vertical::Continue,
                    Some('!') => Vertical::Restart,
                    _ => Vertical::Own,
                };
                let text = text.trim_start_matches(['^', '!']);
                builder.cell(CellSpec { column_span: span, vertical, ..CellSpec::plain(text) });
            }
        }
        builder.finish().unwrap()
    }

    #[test]
    fn one_header_row_above_figures() {
        assert_eq!(measure(&table(&[&["项目", "2023年预算数"], &["合计", "72000.00"]])), (0, 1));
    }

    #[test]
    fn a_split_span_makes_two_header_rows_and_ordinals_a_third() {
        let rows: &[&[&str]] = &[
            &["3*收入", "3*支出"],
            &["项目", "行次", "决算数", "项目", "行次", "决算数"],
            &["栏次", "", "1", "栏次", "", "2"],
            &["一、拨款", "1", "4,509.85", "一、教育支出", "31", "4,070.98"],
            &["总计", "11", "4,509.85", "总计", "41", "4,509.85"],
        ];
        assert_eq!(measure(&table(rows)), (0, 3));
    }

    #[test]
    fn the_parts_of_codes_may_stand_beside_the_column_numbers() {
        let rows: &[&[&str]] = &[
            &["4*项目", "!本年支出合计", "!基本支出"],
            &["3*功能分类科目编码", "科目名称", "^", "^"],
            &["类", "款", "项", "栏次", "1", "2"],
            &["4*合计", "1,110.00", "700.00"],
            &["3*208", "社会保障和就业支出", "1,110.00", "700.00"],
        ];
        assert_eq!(measure(&table(rows)), (0, 3));
    }

    #[test]
    fn vertical_merges_reach_down_through_the_header() {
        let rows: &[&[&str]] = &[
            &["!科目编码", "!科目名称", "3*政府性基金预算支出"],
            &["^", "^", "合计", "基本支出", "项目支出"],
            &["", "无", "", "", ""],
            &["", "", "", "", ""],
        ];
        assert_eq!(measure(&table(rows)), (0, 2));
    }

    #[test]
    fn captions_inside_the_table_count_as_header() {
        let rows: &[&[&str]] =
            &[&["2*805某市民政局", "单位：万元"], &["项目", "数量", "价值"], &["资产总额", "——", "442.47"]];
        assert_eq!(measure(&table(rows)), (1, 2));
    }

    #[test]
    fn a_title_alone_in_its_row_is_a_caption() {
        let rows: &[&[&str]] = &[
            &["部门支出总体情况表", "", ""],
            &["公开表3", "", "金额单位：万元"],
            &["科目编码", "科目名称", "合计"],
            &["213", "农林水支出", "105.00"],
        ];
        assert_eq!(measure(&table(rows)), (2, 3));
    }

    #[test]
    fn a_form_above_an_indicator_block_has_no_column_header() {
        let rows: &[&[&str]] = &[
            &["2*项目名称", "3*公路养护"],
            &["!绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值"],
            &["^", "产出指标", "数量", "里程", "≥8公里"],
        ];
        assert_eq!(measure(&table(rows)), (0, 0));
    }

    #[test]
    fn a_header_of_indicator_columns_may_begin_with_groups() {
        let rows: &[&[&str]] = &[
            &["!项目名称", "3*绩效指标"],
            &["^", "一级指标", "二级指标", "指标值"],
            &["津贴", "产出指标", "数量指标", "50"],
        ];
        assert_eq!(measure(&table(rows)), (0, 2));
    }

    #[test]
    fn a_single_row_has_no_header() {
        assert_eq!(measure(&table(&[&["绩效目标", "及时发放。"]])), (0, 0));
    }
}
