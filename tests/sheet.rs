//! Workbooks: every sheet as it is printed, its numbers as its formats show them.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

#[path = "sheet/ods.rs"]
mod ods;

use gongkai::document::{Block, Body, Document, Warning};
use gongkai::pipeline;
use gongkai::reader::{Limits, ReadError};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Style 1: `0.00`; 2: percent; 3: a date; 4: bordered.
const STYLES: &str = "<borders><border><left/></border><border><left style='thin'/></border></borders><cellXfs>\
    <xf numFmtId='0' borderId='0'/><xf numFmtId='2' borderId='0'/><xf numFmtId='10' borderId='0'/>\
    <xf numFmtId='31' borderId='0'/><xf numFmtId='0' borderId='1'/></cellXfs>";

/// A workbook of sheets: their attributes, and what stands in each `worksheet`.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    workbook_with("", sheets)
}

/// A workbook with properties before its sheets.
fn workbook_with(properties: &str, sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = format!("<Relationship Id='s' Type='{OFFICE}/styles' Target='styles.xml'/>");
    let mut parts =
        vec![("xl/styles.xml".to_owned(), format!("<styleSheet xmlns='{MAIN}'>{STYLES}</styleSheet>"))];
    for (index, (attributes, content)) in sheets.iter().enumerate() {
        write!(list, "<sheet {attributes} sheetId='{index}' r:id='r{index}'/>").unwrap();
        let target = format!("worksheets/sheet{index}.xml");
        write!(relations, "<Relationship Id='r{index}' Type='{OFFICE}/worksheet' Target='{target}'/>")
            .unwrap();
        parts.push((format!("xl/{target}"), format!("<worksheet xmlns='{MAIN}'>{content}</worksheet>")));
    }
    let relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    let book = format!(
        "<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'>{properties}<sheets>{list}</sheets><extLst>\
        <ext><x:workbookPr xmlns:x='urn:x' chartTrackingRefBase='1'/></ext></extLst></workbook>"
    );
    parts.push(("xl/workbook.xml".to_owned(), book));
    let relations = format!("<Relationships xmlns='{relationships}'>{relations}</Relationships>");
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Rows of `sheetData`: each cell is its style and its text, which is a number where it reads as one.
fn rows(rows: &[&[(u32, &str)]]) -> String {
    let mut data = String::from("<sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        write!(data, "<row r='{}'>", row + 1).unwrap();
        for (column, (style, text)) in cells.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row + 1);
            if text.parse::<f64>().is_ok() {
                write!(data, "<c r='{place}' s='{style}'><v>{text}</v></c>").unwrap();
            } else if !text.is_empty() || *style > 0 {
                write!(data, "<c r='{place}' s='{style}' t='inlineStr'><is><t>{text}</t></is></c>").unwrap();
            }
        }
        data.push_str("</row>");
    }
    data + "</sheetData>"
}

fn read(sheets: &[(&str, &str)]) -> Result<Document, ReadError> {
    pipeline::read(&workbook(sheets), &Limits::default())
}

/// Paragraphs as they are; tables as rows of cells between `|`.
fn printed(document: &Document) -> Vec<String> {
    let Body::Flow(blocks) = &document.body else { panic!("a workbook is a flow") };
    assert_eq!(blocks.iter().map(Block::visible).sum::<u64>(), document.visible, "text was lost");
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.text.clone()),
            Block::Table(table) => {
                let grid = table.grid();
                for row in 0..grid.rows() {
                    let cells: Vec<&str> = (0..grid.columns()).map(|column| grid.text(row, column)).collect();
                    lines.push(cells.join("|"));
                }
            }
        }
    }
    lines
}

#[test]
fn a_sheet_is_its_title_its_unit_its_table_and_its_note() {
    let data = rows(&[
        &[(0, "收支预算总表")],
        &[(0, ""), (0, ""), (0, "单位：万元")],
        &[(0, "项目"), (0, "预算数"), (0, "占比")],
        &[(0, "收入"), (1, "12.3"), (2, "0.125")],
        &[(0, "支出"), (1, "0.30000000000000004"), (0, "0.1")],
        &[(0, "注：本表为空的列没有预算")],
    ]);
    let document =
        read(&[("name='收支总表'", &(data + "<mergeCells><mergeCell ref='A1:C1'/></mergeCells>"))]).unwrap();
    let shown = [
        "收支预算总表",
        "单位：万元",
        "项目|预算数|占比",
        "收入|12.30|12.50%",
        "支出|0.30|0.1",
        "注：本表为空的列没有预算",
    ];
    assert_eq!(printed(&document), shown);
}

#[test]
fn merged_cells_keep_their_spans_and_columns_made_by_merges_alone_vanish() {
    let data = rows(&[
        &[(4, "一级指标"), (4, "指标值"), (4, "")],
        &[(4, "产出指标"), (4, "甲"), (4, "")],
        &[(4, ""), (4, "乙"), (4, "")],
    ]);
    let merges = "<mergeCells><mergeCell ref='A2:A3'/><mergeCell ref='B1:C1'/><mergeCell ref='B2:C2'/>\
                  <mergeCell ref='B3:C3'/></mergeCells>";
    let document = read(&[("name='Sheet1'", &(data + merges))]).unwrap();
    assert_eq!(printed(&document), ["一级指标|指标值", "产出指标|甲", "产出指标|乙"]);
}

#[test]
fn dates_and_tables_apart_are_read_as_shown() {
    let data = rows(&[
        &[(0, "日期"), (0, "金额")],
        &[(3, "44562"), (0, "5")],
        &[],
        &[(0, "科目"), (0, "金额")],
        &[(0, "合计"), (0, "7")],
    ]);
    let document = read(&[("name='Sheet1'", &data)]).unwrap();
    assert_eq!(printed(&document), ["日期|金额", "2022年1月1日|5", "科目|金额", "合计|7"]);
    let Body::Flow(blocks) = &document.body else { panic!("a workbook is a flow") };
    assert_eq!(blocks.len(), 2);
}

#[test]
fn dates_count_from_the_year_that_the_workbook_states() {
    let data = rows(&[&[(0, "日期"), (3, "43100")]]);
    let bytes = workbook_with("<workbookPr date1904='1'/>", &[("name='Sheet1'", &data)]);
    assert_eq!(printed(&pipeline::read(&bytes, &Limits::default()).unwrap()), ["日期|2022年1月1日"]);
}

#[test]
fn of_two_cells_in_one_place_the_later_one_shows() {
    let data = "<sheetData><row r='1'><c r='A1' t='str'><v>甲</v></c><c r='A1' t='str'><v>乙</v></c>\
                <c r='B1'><v>1</v></c></row></sheetData>";
    let document = read(&[("name='Sheet1'", data)]).unwrap();
    assert_eq!(printed(&document), ["乙|1"]);
    assert_eq!(document.warnings, [Warning::HiddenText(1)]);
}

#[test]
fn hidden_sheets_rows_and_columns_are_left_out_and_counted() {
    let data = "<cols><col min='2' max='2' hidden='1'/></cols>".to_owned()
        + &rows(&[&[(0, "项目"), (0, "藏"), (0, "数")], &[(0, "收入"), (0, "藏"), (0, "5")]]).replace(
            "</sheetData>",
            "<row r='3' hidden='1'><c r='A3' t='str'><v>藏</v></c></row></sheetData>",
        );
    let hidden = rows(&[&[(0, "草稿")]]);
    let document = read(&[("name='Sheet1'", &data), ("name='x' state='hidden'", &hidden)]).unwrap();
    assert_eq!(printed(&document), ["项目|数", "收入|5"]);
    assert!(document.warnings.contains(&Warning::HiddenText(5)), "{:?}", document.warnings);
}

#[test]
fn a_formula_without_its_result_is_a_loss_that_is_told() {
    let data = "<sheetData><row r='1'><c r='A1' t='str'><v>合计</v></c><c r='B1'><f>SUM(B2:B9)</f></c></row></sheetData>";
    let document = read(&[("name='Sheet1'", data)]).unwrap();
    assert!(document.warnings.iter().any(Warning::is_loss));
}

#[test]
fn absurd_workbooks_end_with_a_result_or_a_clear_error() {
    let far = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>\
               </sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>";
    assert!(read(&[("name='a'", far)]).is_ok());
    let diagonal: Vec<String> = (0..2_000)
        .map(|at| {
            format!(
                "<row r='{0}'><c r='A{0}'><v>1</v></c><c r='{1}{0}'><v>1</v></c></row>",
                at + 1,
                letters(at + 1)
            )
        })
        .collect();
    let error = read(&[("name='a'", &format!("<sheetData>{}</sheetData>", diagonal.concat()))]);
    assert_eq!(error.map(|_| ()).map_err(|error| error.code()), Err("too_large"));
    let bytes = workbook(&[("name='a'", &rows(&[&[(1, "1"), (0, "甲")]]))]);
    for tenth in 1..10 {
        assert!(pipeline::read(&bytes[..bytes.len() * tenth / 10], &Limits::default()).is_err());
    }
    for position in (0..bytes.len()).step_by(3) {
        let mut flipped = bytes.clone();
        flipped[position] ^= 1 << (position % 8);
        let _ = pipeline::read(&flipped, &Limits::default());
    }
}

fn letters(mut column: u32) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap()));
        if column < 26 {
            return letters;
        }
        column = column / 26 - 1;
    }
}
