//! Workbooks of Excel 97–2003 and before: the same sheets as their .xlsx, whatever the records look like.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use gongkai::document::{Block, Body, Document, Format, Warning};
use gongkai::reader::{self, Limits, ReadError};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const XLS: &[u8] = include_bytes!("fixtures/sheet/budget.xls");
const XLSX: &[u8] = include_bytes!("fixtures/sheet/budget.xlsx");
const PROTECTED: &[u8] = include_bytes!("fixtures/sheet/budget_protected.xls");

fn try_read(bytes: &[u8]) -> Result<Document, ReadError> {
    reader::read(bytes, reader::detect(bytes), &Limits::default())
}

fn blocks(document: &Document) -> &[Block] {
    let Body::Flow(blocks) = &document.body else { panic!("a workbook is a flow") };
    assert_eq!(blocks.iter().map(Block::visible).sum::<u64>(), document.visible, "text was lost");
    blocks
}

/// Paragraphs as they are; tables as rows of cells between `|`.
fn printed(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks(document) {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.text.clone()),
            Block::Table(table) => {
                let grid = table.grid();
                let cell =
                    |row, column| if grid.is_anchor(row, column) { grid.text(row, column) } else { "^" };
                let row =
                    |row| (0..grid.columns()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|");
                lines.extend((0..grid.rows()).map(row));
            }
        }
    }
    lines
}

/// A stream of records.
#[derive(Default)]
struct Stream(Vec<u8>);

impl Stream {
    fn record(&mut self, id: u16, parts: &[&[u8]]) -> &mut Self {
        let data = parts.concat();
        self.0.extend(id.to_le_bytes());
        self.0.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        self.0.extend(data);
        self
    }

    /// Row, column and style of a cell.
    fn cell(&mut self, id: u16, place: [u16; 3], data: &[u8]) -> &mut Self {
        let place: Vec<u8> = place.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.record(id, &[&place, data])
    }
}

const BEGIN_97: [u8; 16] = [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const BEGIN_95: [u8; 8] = [0, 5, 5, 0, 0, 0, 0, 0];

/// A workbook of one sheet without a container: its own records, and those of the sheet.
fn workbook(begin: &[u8], name: &[u8], globals: &Stream, sheet: &Stream) -> Vec<u8> {
    let mut stream = Stream::default();
    stream.record(0x0809, &[begin]);
    stream.0.extend(&globals.0);
    let start = stream.0.len() + 4 + 4 + 2 + name.len() + 4;
    stream.record(0x0085, &[&u32::try_from(start).unwrap().to_le_bytes(), &[0, 0], name]);
    stream.record(0x000a, &[]).record(0x0809, &[begin]);
    stream.0.extend(&sheet.0);
    stream.record(0x000a, &[]);
    stream.0
}

/// A workbook of Excel 97 whose sheet has a name that says nothing.
fn book_97(globals: &Stream, sheet: &Stream) -> Vec<u8> {
    workbook(&BEGIN_97, b"\x06\0Sheet1", globals, sheet)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_workbook_whose_structure_is_protected_needs_no_password() {
    let [protected, open] = [PROTECTED, XLS].map(|bytes| try_read(bytes).unwrap());
    assert_eq!(printed(&protected), printed(&open));
    assert_eq!(protected.warnings, open.warnings);
    let mut other = PROTECTED.to_vec();
    let pass = (0..other.len() - 8).find(|at| other[*at..*at + 8] == [0x2f, 0, 54, 0, 1, 0, 1, 0]).unwrap();
    other[pass + 12] ^= 1;
    assert_eq!(try_read(&other).unwrap_err().code(), "encrypted");
}

#[test]
fn an_xls_equals_its_xlsx() {
    let (xls, xlsx) = (try_read(XLS).unwrap(), try_read(XLSX).unwrap());
    assert_eq!((xls.format, xlsx.format), (Format::Xls, Format::Xlsx));
    assert_eq!(blocks(&xls), blocks(&xlsx));
    assert_eq!(xls.warnings, xlsx.warnings);
    assert_eq!(xls.visible, xlsx.visible);
}

#[test]
fn a_sheet_is_read_as_it_is_printed() {
    let document = try_read(XLS).unwrap();
    assert_eq!(
        printed(&document),
        [
            "岚山县教育局2022年部门收支总表",
            "部门：岚山县教育局  单位：万元",
            "项目|预算数|^|占比|批复日期",
            "^|合计|其中：上年结转|^|^",
            "基本支出|12,345.60|12.30|62.5%|2022年1月1日",
            "项目支出|7,407.36|-0.50|37.5%|见“说明”",
            "总计|19,752.96|11.80|100.0%|基本支出等",
            "注：本表金额四舍五入。",
            "绩效目标",
            "一级指标|二级指标|三级指标|指标值",
            "产出指标|数量指标|新建校舍面积\n（平方米）|≥3500平方米",
            "^|质量指标|验收合格率|98.5%",
        ]
    );
    // The hidden sheet, the hidden row and the hidden column.
    assert_eq!(document.warnings, [Warning::HiddenText(17)]);
}

#[test]
fn a_string_goes_on_in_the_next_record_with_a_width_of_its_own() {
    let (mut globals, mut sheet) = (Stream::default(), Stream::default());
    let counts = [2, 0, 0, 0, 2, 0, 0, 0];
    // Wide in the first record, narrow in the second, wide again in the third; with fonts and a reading to leave out.
    let head = [8, 0, 0x0d, 1, 0, 4, 0, 0, 0];
    globals.record(0x00fc, &[&counts, &head, &utf16("预算")]);
    globals.record(0x003c, &[&[0], b"2022"]);
    globals.record(0x003c, &[&[1], &utf16("年度"), &[0; 4]]);
    globals.record(0x003c, &[&[0; 4], &[2, 0, 1], &utf16("合计")]);
    sheet.cell(0x00fd, [0, 0, 0], &[0; 4]).cell(0x00fd, [0, 1, 0], &[1, 0, 0, 0]);
    sheet.cell(0x0204, [1, 0, 0], &[2, 0, 0, b'a', b'b']).cell(0x027e, [1, 1, 0], &[22, 0, 0, 0]);
    assert_eq!(printed(&try_read(&book_97(&globals, &sheet)).unwrap()), ["预算2022年度|合计", "ab|5"]);
}

#[test]
fn results_of_formulas_are_shown_whatever_their_kind() {
    let mut sheet = Stream::default();
    let result = |bytes: [u8; 8]| [&bytes[..], &[0; 8]].concat();
    sheet.cell(0x0006, [0, 0, 0], &result(1234.5_f64.to_le_bytes()));
    sheet.cell(0x0006, [0, 1, 0], &result([0, 0, 0, 0, 0, 0, 0xff, 0xff]));
    sheet.record(0x04bc, &[&[0; 6]]).record(0x0207, &[&[2, 0, 1], &utf16("合计")]);
    sheet.cell(0x0006, [0, 2, 0], &result([1, 0, 1, 0, 0, 0, 0xff, 0xff]));
    sheet.cell(0x0006, [0, 3, 0], &result([2, 0, 7, 0, 0, 0, 0xff, 0xff]));
    sheet.cell(0x0006, [0, 4, 0], &result([3, 0, 0, 0, 0, 0, 0xff, 0xff]));
    assert_eq!(
        printed(&try_read(&book_97(&Stream::default(), &sheet)).unwrap()),
        ["1234.5|合计|TRUE|#DIV/0!"]
    );
}

#[test]
fn charts_in_a_sheet_are_passed_over_and_counted() {
    let mut sheet = Stream::default();
    sheet.cell(0x0204, [0, 0, 0], &[1, 0, 1, 0x32, 0x75]).cell(0x0204, [0, 1, 0], &[1, 0, 1, 0x59, 0x4e]);
    sheet.record(0x005d, &[&[0x15, 0, 0x12, 0, 5, 0]]);
    sheet.record(0x0809, &[&BEGIN_97]).cell(0x0204, [0, 0, 0], &[1, 0, 0, b'x']).record(0x000a, &[]);
    sheet.cell(0x00bd, [1, 0, 0], &[6, 0, 0, 0, 0, 0, 10, 0, 0, 0, 1, 0]);
    let document = try_read(&book_97(&Stream::default(), &sheet)).unwrap();
    assert_eq!(printed(&document), ["甲|乙", "1|2"]);
    assert_eq!(document.warnings, [Warning::ObjectNotRead(1)]);
}

#[test]
fn workbooks_of_excel_95_are_read_in_their_code_page() {
    let (mut globals, mut sheet) = (Stream::default(), Stream::default());
    globals.record(0x0042, &[&936_u16.to_le_bytes()]);
    globals.record(0x041e, &[&[0xa4, 0, 8], b"0.00\"\xd4\xaa\""]);
    // A bordered style with that format.
    globals.record(0x00e0, &[&[0, 0, 0xa4, 0, 0, 0, 2, 0, 0, 0, 0x40, 0, 9, 0, 0, 0]]);
    sheet.cell(0x0204, [0, 0, 0], b"\x04\0\xba\xcf\xbc\xc6").cell(0x0203, [0, 1, 0], &12.3_f64.to_le_bytes());
    let book = workbook(&BEGIN_95, b"\x04\xd4\xa4\xcb\xe3", &globals, &sheet);
    assert_eq!(printed(&try_read(&book).unwrap()), ["预算", "合计|12.30元"]);
}

#[test]
fn a_reference_to_a_text_that_is_not_there_is_reported() {
    let mut sheet = Stream::default();
    sheet.cell(0x00fd, [0, 0, 0], &[9, 0, 0, 0]).cell(0x027e, [0, 1, 0], &[22, 0, 0, 0]);
    let document = try_read(&book_97(&Stream::default(), &sheet)).unwrap();
    assert!(document.warnings.iter().any(Warning::is_loss), "{:?}", document.warnings);
}

#[test]
fn encrypted_and_older_workbooks_are_refused_by_name() {
    let mut globals = Stream::default();
    globals.record(0x002f, &[&[0; 6]]);
    assert_eq!(try_read(&book_97(&globals, &Stream::default())).unwrap_err().code(), "encrypted");
    for begin in
        [&b"\x09\x04\x06\0\0\0\x10\0\0\0"[..], b"\x09\x02\x06\0\0\0\x10\0\0\0", b"\x09\0\x04\0\x02\0\x10\0"]
    {
        let error = try_read(begin).unwrap_err();
        assert_eq!(error.code(), "unsupported_format");
        assert!(error.to_string().contains("Excel 4"), "{error}");
    }
}

#[test]
fn one_long_text_in_every_cell_is_refused() {
    let (mut globals, mut sheet) = (Stream::default(), Stream::default());
    let text = vec![b'x'; 8_000];
    globals.record(0x00fc, &[&[1, 0, 0, 0, 1, 0, 0, 0], &8_000_u16.to_le_bytes(), &[0], &text]);
    for row in 0..20_000 {
        sheet.cell(0x00fd, [row, 0, 0], &[0; 4]).cell(0x00fd, [row, 1, 0], &[0; 4]);
    }
    assert_eq!(try_read(&book_97(&globals, &sheet)).unwrap_err().code(), "too_large");
}

#[test]
fn every_truncation_is_an_error_or_reported() {
    for tenth in 1..10 {
        let cut = &XLS[..XLS.len() * tenth / 10];
        match try_read(cut) {
            Err(error) => assert_eq!(error.code(), "damaged", "{tenth}: {error}"),
            Ok(document) => assert!(document.warnings.iter().any(Warning::is_loss), "{tenth}"),
        }
    }
}

#[test]
fn no_flipped_byte_brings_the_reader_down() {
    let started = Instant::now();
    for at in 0..XLS.len() {
        let mut broken = XLS.to_vec();
        broken[at] ^= [0x01, 0x80, 0xff][at % 3];
        if let Ok(document) = reader::read(&broken, Format::Xls, &Limits::default()) {
            blocks(&document);
        }
    }
    assert!(started.elapsed() < Duration::from_mins(1));
}

proptest! {
    #[test]
    fn no_mangled_workbook_brings_the_reader_down_or_loses_what_it_met(
        changes in proptest::collection::vec((0..XLS.len(), any::<[u8; 4]>()), 1..40),
        kept in XLS.len() / 2..=XLS.len(),
    ) {
        let mut broken = XLS.to_vec();
        for (at, bytes) in changes {
            for (slot, byte) in broken.iter_mut().skip(at).zip(bytes) {
                *slot = byte;
            }
        }
        broken.truncate(kept);
        if let Ok(document) = reader::read(&broken, Format::Xls, &Limits::default()) {
            blocks(&document);
        }
    }
}
