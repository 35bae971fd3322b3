//! Tables: spans, merges, rows that begin late or end early, nesting.

use crate::fixture::{cells, p, read, tables, tbl, tc, tr, word};
use gongkai::document::{CellSpec, TableBuilder, Vertical};
use gongkai::reader::{Limits, ReadError};
use proptest::prelude::*;

#[test]
fn spans_and_vertical_merges_become_extents() {
    let rows = [
        tr(&[tc("<w:vMerge w:val=\"restart\"/>", "A"), tc("<w:gridSpan w:val=\"2\"/>", "B")]),
        tr(&[tc("<w:vMerge/>", ""), tc("", "C"), tc("", "D")]),
    ];
    assert_eq!(cells(&word(&tbl(&rows))), ["0,0 2×1 A", "0,1 1×2 B", "1,1 1×1 C", "1,2 1×1 D"]);
}

#[test]
fn horizontal_merges_widen_the_cell_to_their_left() {
    let rows = [
        tr(&[tc("<w:hMerge w:val=\"restart\"/>", "A"), tc("<w:hMerge/>", "b"), tc("", "C")]),
        tr(&[tc("", "1"), tc("", "2"), tc("", "3")]),
    ];
    assert_eq!(cells(&word(&tbl(&rows)))[..2], ["0,0 1×2 A\nb", "0,2 1×1 C"]);
}

#[test]
fn columns_before_and_after_a_row_stay_free() {
    let late = format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", tc("", "B"));
    let early = format!("<w:tr><w:trPr><w:gridAfter w:val=\"1\"/></w:trPr>{}</w:tr>", tc("", "A"));
    let full = tr(&[tc("", "1"), tc("", "2")]);
    let found = cells(&word(&tbl(&[late, early, full])));
    assert_eq!(found[..4], ["0,0 1×1 ", "0,1 1×1 B", "1,0 1×1 A", "1,1 1×1 "]);
}

#[test]
fn a_merge_that_continues_nothing_is_a_cell_of_its_own() {
    let found = cells(&word(&tbl(&[tr(&[tc("<w:vMerge/>", "A"), tc("", "B")])])));
    assert_eq!(found, ["0,0 1×1 A", "0,1 1×1 B"]);
}

#[test]
fn the_paragraphs_of_a_cell_are_its_lines_and_a_table_in_it_is_kept() {
    let inner = tbl(&[tr(&[tc("", "内1"), tc("", "内2")])]);
    let cell = format!("<w:tc>{}{inner}{}</w:tc>", p("前"), p("后"));
    let document = read(&word(&tbl(&[tr(&[cell])])));
    let cell = &tables(&document)[0].cells[0];
    assert_eq!((cell.text.as_str(), cell.nested[0].columns), ("前\n后", 2));
}

#[test]
fn tables_nested_beyond_the_limit_become_text_and_are_reported() {
    let body =
        format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(40), p("底"), "</w:tc></w:tr></w:tbl>".repeat(40));
    let limits = Limits { depth: 3, ..Limits::default() };
    let document = gongkai::pipeline::read(&word(&body), &limits).unwrap();
    let mut cell = &tables(&document)[0].cells[0];
    let mut depth = 1;
    while let Some(table) = cell.nested.first() {
        (cell, depth) = (&table.cells[0], depth + 1);
    }
    assert_eq!((cell.text.as_str(), depth), ("底", 3));
    assert_eq!(document.warnings[0].code(), "limit_reached");
}

#[test]
fn a_table_with_too_many_positions_is_refused_before_it_is_laid_out() {
    let wide = tr(&[tc("<w:gridSpan w:val=\"1000\"/>", "x")]);
    let rows = format!("{wide}{}", tr(&[tc("", "y")]).repeat(2_000));
    let error = gongkai::pipeline::read(&word(&tbl(&[rows])), &Limits::default()).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { .. }), "{error}");
}

#[test]
fn a_grid_too_large_to_lay_out_keeps_the_text_of_all_cells() {
    let mut builder = TableBuilder::new();
    for row in 0..2_000 {
        builder.start_row();
        builder.skip(if row % 2 == 0 { 0 } else { 900 });
        builder.cell(CellSpec::plain(format!("字{row}")));
    }
    let table = builder.finish().unwrap();
    let all: String = table.cells.iter().map(|cell| cell.text.as_str()).collect();
    assert!((0..2_000).all(|row| all.contains(&format!("字{row}"))));
}

proptest! {
    /// Every position of the grid is covered by exactly one cell, and no text is lost.
    #[test]
    fn cells_tile_the_grid(rows in proptest::collection::vec(
        (0_usize..4, proptest::collection::vec((0_usize..5, 0_usize..4, 0_u8..3), 0..6)), 1..8))
    {
        let mut builder = TableBuilder::new();
        let mut given = 0;
        for (skip, cells) in &rows {
            builder.start_row();
            builder.skip(*skip);
            for (column_span, row_span, vertical) in cells {
                let vertical = [Vertical::Own, Vertical::Restart, Vertical::Continue][usize::from(*vertical)];
                let spec = CellSpec { column_span: *column_span, row_span: *row_span, vertical, ..CellSpec::plain("字") };
                builder.cell(spec);
                given += 1;
            }
        }
        let Some(table) = builder.finish() else {
            prop_assert_eq!(given, 0);
            return Ok(());
        };
        let mut covered = vec![0; table.rows * table.columns];
        for cell in &table.cells {
            for row in cell.row..cell.row + cell.row_span {
                for column in cell.column..cell.column + cell.column_span {
                    covered[row * table.columns + column] += 1;
                }
            }
        }
        prop_assert!(covered.iter().all(|times| *times == 1), "{:?}", table);
        prop_assert_eq!(table.visible(), given);
    }
}
