//! The .doc reader, seen from outside: what Word shows is what the document holds, and equals its .docx.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use gongkai::document::{Block, Body, Document, Format, FurnitureKind, Role, Table, Warning, visible_chars};
use gongkai::reader::{self, Limits, ReadError};
use proptest::prelude::*;
use std::path::Path;
use std::time::{Duration, Instant};

const DOC: &[u8] = include_bytes!("fixtures/word/budget.doc");
const DOCX: &[u8] = include_bytes!("fixtures/word/budget.docx");
/// How the `WordDocument` stream begins: the mark of Word files.
const HEAD: [u8; 2] = [0xec, 0xa5];

fn try_read(bytes: &[u8]) -> Result<Document, ReadError> {
    reader::read(bytes, reader::detect(bytes), &Limits::default())
}

#[allow(irrefutable_let_patterns, reason = "formats with pages have another body")]
fn blocks(document: &Document) -> &[Block] {
    let Body::Flow(blocks) = &document.body else { panic!("a Word file flows") };
    blocks
}

fn tables(document: &Document) -> Vec<&Table> {
    let tables = blocks(document).iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    tables.collect()
}

/// Everything met is in the body or the page furniture.
fn nothing_is_lost(document: &Document) -> bool {
    let furniture = document.furniture.iter().map(|item| visible_chars(&item.text)).sum::<u64>();
    document.visible == blocks(document).iter().map(Block::visible).sum::<u64>() + furniture
}

/// The fixture with bytes at the head of its main stream changed.
fn with_head(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = DOC.to_vec();
    let start = file.windows(2).position(|window| window == HEAD).unwrap() + at;
    file[start..start + bytes.len()].copy_from_slice(bytes);
    file
}

#[test]
fn a_doc_equals_its_docx() {
    let (doc, docx) = (try_read(DOC).unwrap(), try_read(DOCX).unwrap());
    assert_eq!((doc.format, docx.format), (Format::Doc, Format::Docx));
    assert_eq!(blocks(&doc), blocks(&docx));
    assert_eq!(doc.furniture, docx.furniture);
    assert_eq!(doc.properties, docx.properties);
    assert_eq!(doc.warnings, docx.warnings);
    assert_eq!(doc.visible, docx.visible);
}

#[test]
fn deleted_and_hidden_text_is_left_out_and_reported() {
    let document = try_read(DOC).unwrap();
    let shows = |wanted: &str| {
        blocks(&document).iter().any(|block| matches!(block, Block::Paragraph(p) if p.text.contains(wanted)))
    };
    assert!(shows("日常公用经费1.45万元，面积10⁴平方米。"));
    assert!(!shows("1.70") && !shows("未公开"));
    assert_eq!(document.warnings, [Warning::DeletedText(4), Warning::HiddenText(5)]);
    assert!(nothing_is_lost(&document));
}

#[test]
fn headings_carry_their_level_and_their_automatic_number() {
    let document = try_read(DOC).unwrap();
    let headings: Vec<_> = blocks(&document)
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(p) => p.outline.map(|level| (level, p.printed())),
            Block::Table(_) => None,
        })
        .collect();
    let wanted =
        [(1, "一、部门职责"), (1, "二、收支情况"), (2, "（一）总体绩效目标"), (2, "（二）分项绩效目标")];
    assert_eq!(headings, wanted.map(|(level, text)| (level, text.to_owned())));
}

#[test]
fn merged_cells_keep_their_spans_and_nested_tables_their_place() {
    let document = try_read(DOC).unwrap();
    let tables = tables(&document);
    let [table] = tables[..] else { panic!("one table") };
    assert_eq!((table.rows, table.columns), (4, 4));
    let cell = |row, column| {
        let grid = table.grid();
        let cell = grid.cell(row, column);
        (cell.text.clone(), cell.row_span, cell.column_span)
    };
    assert_eq!(cell(0, 3), ("指标值".to_owned(), 1, 2));
    assert_eq!(cell(2, 0), ("产出指标".to_owned(), 2, 1));
    assert_eq!(cell(2, 1), ("质量\n指标".to_owned(), 1, 1));
    assert_eq!(cell(3, 0), ("备注：\n完".to_owned(), 1, 4));
    let nested = &table.grid().cell(3, 0).nested;
    assert_eq!(nested.iter().map(|inner| inner.grid().text(0, 1).to_owned()).collect::<Vec<_>>(), ["内乙"]);
}

#[test]
fn notes_text_boxes_and_furniture_are_told_from_the_body() {
    let document = try_read(DOC).unwrap();
    let of = |role: Role| {
        let text = move |block: &Block| match block {
            Block::Paragraph(p) if p.role == role => Some(p.text.trim().to_owned()),
            _ => None,
        };
        blocks(&document).iter().filter_map(text).collect::<Vec<_>>()
    };
    assert_eq!(of(Role::Note), ["附表单位为万元。"]);
    assert_eq!(of(Role::TextBox), ["文本框内的说明"]);
    let furniture: Vec<_> = document.furniture.iter().map(|item| (item.kind, item.text.as_str())).collect();
    assert_eq!(furniture, [(FurnitureKind::Header, "教育局预算公开"), (FurnitureKind::Footer, "内部资料")]);
}

#[test]
fn older_versions_are_refused_by_name() {
    let error = try_read(&with_head(0, &[0xdc, 0xa5, 0x68, 0x00])).unwrap_err();
    assert_eq!(error.code(), "unsupported_format");
    assert!(error.to_string().contains("Word 95"), "{error}");
    let error = try_read(&with_head(0, &[0xdb, 0xa5, 0x2d, 0x00])).unwrap_err();
    assert!(error.to_string().contains("Word 2"), "{error}");
}

#[test]
fn an_encrypted_file_is_named_so() {
    let flags = with_head(0, &[])[DOC.windows(2).position(|window| window == HEAD).unwrap() + 11];
    assert_eq!(try_read(&with_head(11, &[flags | 1])).unwrap_err().code(), "encrypted");
}

#[test]
fn every_truncation_is_an_error() {
    for tenth in 1..10 {
        let cut = &DOC[..DOC.len() * tenth / 10];
        let error = try_read(cut).unwrap_err();
        assert_eq!(error.code(), "damaged", "{tenth}: {error}");
    }
}

#[test]
fn an_allocation_table_in_circles_is_damage() {
    // The header says in which sector the table lies; the main stream begins with its mark.
    let table = 512 * (usize::from(u16::from_le_bytes([DOC[76], DOC[77]])) + 1);
    let sector = DOC.windows(2).position(|window| window == HEAD).unwrap() / 512 - 1;
    let mut file = DOC.to_vec();
    let entry = table + 4 * sector;
    file[entry..entry + 4].copy_from_slice(&u32::try_from(sector).unwrap().to_le_bytes());
    assert_eq!(try_read(&file).unwrap_err().code(), "damaged");
}

#[test]
fn no_flipped_byte_brings_the_reader_down() {
    let started = Instant::now();
    for at in 0..DOC.len() {
        let mut broken = DOC.to_vec();
        broken[at] ^= [0x01, 0x80, 0xff][at % 3];
        if let Ok(document) = try_read(&broken) {
            assert!(document.format != Format::Doc || nothing_is_lost(&document), "{at}");
        }
    }
    assert!(started.elapsed() < Duration::from_mins(1));
}

proptest! {
    #[test]
    fn no_mangled_file_brings_the_reader_down_or_loses_what_it_met(
        changes in proptest::collection::vec((0..DOC.len(), any::<[u8; 4]>()), 1..40),
        kept in DOC.len() / 2..=DOC.len(),
    ) {
        let mut broken = DOC.to_vec();
        for (at, bytes) in changes {
            for (slot, byte) in broken.iter_mut().skip(at).zip(bytes) {
                *slot = byte;
            }
        }
        broken.truncate(kept);
        if let Ok(document) = reader::read(&broken, Format::Doc, &Limits::default()) {
            prop_assert!(nothing_is_lost(&document));
        }
    }
}

/// The documents of the evaluation kit, in both forms.
#[test]
fn every_document_has_the_same_tables_in_both_forms() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/documents");
    let Ok(files) = std::fs::read_dir(folder.join("docx")) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let mut pairs = vec![(folder.join("bazhou-2021/bazhou.docx"), folder.join("bazhou-2021/bazhou.doc"))];
    for file in files {
        let docx = file.unwrap().path();
        let doc = folder.join("doc").join(docx.file_name().unwrap()).with_extension("doc");
        pairs.push((docx, doc));
    }
    for (docx, doc) in pairs {
        let read = |path: &Path| {
            let document = try_read(&std::fs::read(path).unwrap()).unwrap();
            assert!(nothing_is_lost(&document), "{}", path.display());
            let mut tables: Vec<Table> = tables(&document).into_iter().cloned().collect();
            // The program that made the .doc files dropped white space at the ends of some cells.
            for cell in tables.iter_mut().flat_map(|table| &mut table.cells) {
                cell.text.truncate(cell.text.trim_end().len());
            }
            tables
        };
        assert_eq!(read(&doc), read(&docx), "{}", doc.display());
    }
}
