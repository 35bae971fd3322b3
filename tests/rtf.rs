//! The .rtf reader, seen from outside: what Word shows is what the document holds, and equals its .docx.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use gongkai::document::{Block, Body, Document, Format, Role, Table, Warning, visible_chars};
use gongkai::reader::{self, Limits, ReadError};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const RTF: &[u8] = include_bytes!("fixtures/word/budget.rtf");
const DOCX: &[u8] = include_bytes!("fixtures/word/budget.docx");

fn try_read(bytes: &[u8]) -> Result<Document, ReadError> {
    reader::read(bytes, reader::detect(bytes), &Limits::default())
}

/// A file with this body, fonts 宋体 (GBK), Times (Western) and Wingdings, and the Chinese code page.
fn read(body: &str) -> Document {
    let fonts = "{\\fonttbl{\\f0\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f1\\fcharset0 Times;}{\\f2\\fcharset2 Wingdings;}}";
    try_read(format!("{{\\rtf1\\ansi\\ansicpg936\\deff0{fonts}{body}}}").as_bytes()).unwrap()
}

#[allow(irrefutable_let_patterns, reason = "formats with pages have another body")]
fn blocks(document: &Document) -> &[Block] {
    let Body::Flow(blocks) = &document.body else { panic!("an RTF file flows") };
    blocks
}

/// Paragraphs as printed, tables as `[cell|cell/cell]`.
fn lines(document: &Document) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.printed(),
        Block::Table(table) => grid(table),
    };
    blocks(document).iter().map(line).collect()
}

fn grid(table: &Table) -> String {
    let grid = table.grid();
    let row = |row: usize| {
        let cells = (0..table.columns).map(|column| {
            let cell = grid.cell(row, column);
            let nested: String = cell.nested.iter().map(self::grid).collect();
            if grid.is_anchor(row, column) { format!("{}{nested}", cell.text) } else { "^".to_owned() }
        });
        cells.collect::<Vec<_>>().join("|")
    };
    format!("[{}]", (0..table.rows).map(row).collect::<Vec<_>>().join("/"))
}

fn nothing_is_lost(document: &Document) -> bool {
    let furniture = document.furniture.iter().map(|item| visible_chars(&item.text)).sum::<u64>();
    document.visible == blocks(document).iter().map(Block::visible).sum::<u64>() + furniture
}

#[test]
fn an_rtf_equals_its_docx() {
    let (rtf, docx) = (try_read(RTF).unwrap(), try_read(DOCX).unwrap());
    assert_eq!((rtf.format, docx.format), (Format::Rtf, Format::Docx));
    assert_eq!(blocks(&rtf), blocks(&docx));
    assert_eq!(rtf.furniture, docx.furniture);
    assert_eq!(rtf.properties, docx.properties);
    assert_eq!(rtf.warnings, docx.warnings);
    assert_eq!(rtf.visible, docx.visible);
}

#[test]
fn bytes_are_read_in_the_encoding_of_their_font_and_unicode_replaces_them() {
    assert_eq!(lines(&read("\\f0\\'d4\\'a4\\'cb\\'e3\\par")), ["预算"]);
    assert_eq!(lines(&read("\\f1 caf\\'e9{\\f0\\'d4\\'a4}\\par")), ["café预"]);
    assert_eq!(lines(&read("\\uc1\\u-26993\\'b2\\u31639?x\\par")), ["随算x"]);
    assert_eq!(lines(&read("\\uc2\\u39044\\'d4\\'a4{\\uc0\\u31639}\\par")), ["预算"]);
    assert_eq!(lines(&read("\\u-10187?\\u-9216?\\par")), ["𝐀"]);
    assert_eq!(lines(&read("{\\f2\\'fe}\\emdash\\~\\_\\-\\{\\\\\\par")), ["☑—\u{a0}-{\\"]);
    let broken = read("\\f0\\'d4\\par");
    assert_eq!(broken.warnings, [Warning::UndecodableText(1)]);
}

#[test]
fn deleted_and_hidden_text_is_left_out_and_reported() {
    let document = read("a{\\deleted 1.70}1.45{\\v secret}{\\plain b}\\par");
    assert_eq!(lines(&document), ["a1.45b"]);
    assert_eq!(document.warnings, [Warning::DeletedText(4), Warning::HiddenText(6)]);
    assert!(nothing_is_lost(&document));
}

#[test]
fn merged_cells_keep_their_spans() {
    let row = |flags: [&str; 3], cells: &str| {
        let edges = flags.iter().zip([1000, 2000, 3000]);
        let defined: Vec<String> = edges.map(|(flag, edge)| format!("{flag}\\cellx{edge}")).collect();
        let defined = defined.concat();
        format!("\\trowd {defined}\\pard\\intbl {cells}\\row")
    };
    let vertical = row(["\\clvmgf", "", ""], "a\\cell b\\cell c\\cell")
        + &row(["\\clvmrg", "", ""], "\\cell d\\cell e\\cell");
    assert_eq!(lines(&read(&format!("{vertical}\\pard x\\par"))), ["[a|b|c/^|d|e]", "x"]);
    let horizontal = row(["", "\\clmgf", "\\clmrg"], "a\\cell b\\cell\\cell")
        + &row(["", "", ""], "c\\cell d\\cell e\\cell");
    assert_eq!(lines(&read(&horizontal)), ["[a|b|^/c|d|e]"]);
    let wide = "\\trowd\\cellx3005\\intbl a\\cell\\row\\trowd\\cellx1000\\cellx3000 b\\cell c\\cell\\row";
    assert_eq!(lines(&read(wide)), ["[a|^/b|c]"]);
}

#[test]
fn tables_side_by_side_in_columns_of_their_own_are_two() {
    let first = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell b\\cell\\row";
    let second = "\\trowd\\cellx1500\\cellx4000\\pard\\intbl c\\cell d\\cell\\row";
    assert_eq!(lines(&read(&format!("{first}{second}"))), ["[a|b]", "[c|d]"]);
    assert_eq!(lines(&read(&format!("{first}{first}"))), ["[a|b/a|b]"]);
}

#[test]
fn an_inner_table_stands_in_its_cell() {
    let inner = "\\pard\\intbl\\itap2 x\\nestcell y\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}\
                 {\\nonesttables\\par}";
    let document = read(&format!(
        "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\par{inner}\\pard\\intbl b\\cell c\\cell\\row"
    ));
    assert_eq!(lines(&document), ["[a\nb[x|y]|c]"]);
    assert!(nothing_is_lost(&document));
}

#[test]
fn fields_show_their_result_and_pictures_nothing() {
    let field = "{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}";
    assert_eq!(lines(&read(&format!("p{field}\\par"))), ["p7"]);
    assert_eq!(lines(&read("{\\field{\\*\\fldinst EQ \\\\f(2,3)}}\\par")), ["2/3"]);
    let tick =
        "{\\field{\\*\\fldinst FORMCHECKBOX{\\*\\formfield{\\fftype1\\ffres1\\ffdefres0}}}{\\fldrslt}}";
    assert_eq!(lines(&read(&format!("{tick}是\\par").replace('是', "\\u26159?"))), ["☑是"]);
    assert_eq!(lines(&read("a{\\pict\\wmetafile8 0102}{\\*\\shppict{\\pict 03}}b\\par")), ["ab"]);
    assert_eq!(lines(&read("a{\\pict\\bin3 }}}}b\\par")), ["ab"]);
}

#[test]
fn labels_are_no_part_of_the_text_and_stand_once() {
    let document = read("\\pard\\outlinelevel0\\qc{\\listtext\\pard 1.\\tab}\\ls1 head\\par");
    let [Block::Paragraph(paragraph)] = blocks(&document) else { panic!("one paragraph") };
    assert_eq!((paragraph.label.as_str(), paragraph.text.as_str()), ("1.", "head"));
    assert_eq!((paragraph.outline, paragraph.centred), (Some(1), true));
}

#[test]
fn notes_and_text_boxes_stand_once_after_what_they_belong_to() {
    let shape =
        "{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt in box\\par}}{\\shprslt{\\pict 01} again}}";
    let document = read(&format!("a{{\\footnote {{\\chftn}} low\\par}}b{shape}\\par c\\par"));
    let found: Vec<_> = blocks(&document)
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => (paragraph.role, paragraph.text.trim()),
            Block::Table(_) => panic!("no table"),
        })
        .collect();
    let wanted = [(Role::Body, "ab"), (Role::TextBox, "in box"), (Role::Note, "low"), (Role::Body, "c")];
    assert_eq!(found, wanted);
    assert!(nothing_is_lost(&document));
}

#[test]
fn a_style_gives_level_and_alignment() {
    let sheet = "{\\stylesheet{\\ql Normal;}{\\s1\\qc heading 1;}{\\*\\cs9\\v Secret;}}";
    let document = read(&format!("{sheet}\\pard\\s1 a{{\\cs9 b}}\\par\\pard\\s0 c\\par"));
    let found: Vec<_> = blocks(&document)
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => (paragraph.text.as_str(), paragraph.outline, paragraph.centred),
            Block::Table(_) => panic!("no table"),
        })
        .collect();
    assert_eq!(found, [("a", Some(1), true), ("c", None, false)]);
}

#[test]
fn every_truncation_is_an_error() {
    for tenth in 1..10 {
        let error = try_read(&RTF[..RTF.len() * tenth / 10]).unwrap_err();
        assert_eq!(error.code(), "damaged", "{tenth}: {error}");
    }
}

#[test]
fn nesting_without_end_is_refused_and_absurd_numbers_are_cut() {
    let deep = "{\\rtf1".to_owned() + &"{a".repeat(1_000_000);
    assert_eq!(try_read(deep.as_bytes()).unwrap_err().code(), "too_large");
    let document = read("\\pard\\intbl\\itap99999999 x\\u99999999999 ?\\par");
    assert!(nothing_is_lost(&document));
}

#[test]
fn no_flipped_byte_brings_the_reader_down() {
    let started = Instant::now();
    for at in (0..RTF.len()).step_by(4) {
        let mut broken = RTF.to_vec();
        broken[at] ^= [0x01, 0x80, 0xff][at % 3];
        if let Ok(document) = reader::read(&broken, Format::Rtf, &Limits::default()) {
            assert!(nothing_is_lost(&document), "{at}");
        }
    }
    assert!(started.elapsed() < Duration::from_mins(1));
}

proptest! {
    #[test]
    fn no_row_of_words_brings_the_reader_down_or_loses_what_it_met(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "{", "}", "a", "\\par", "\\cell", "\\row", "\\trowd", "\\cellx900", "\\cellx1800", "\\pard", "\\intbl",
            "\\itap2", "\\nestcell", "\\nestrow", "{\\*\\nesttableprops", "{\\footnote", "{\\shptxt", "{\\header",
            "{\\field", "{\\*\\fldinst", "{\\fldrslt", "{\\listtext", "\\deleted", "\\v", "\\plain", "\\u20154 ?",
            "\\clvmgf", "\\clvmrg", "\\clmrg", "\\'d4\\'a4", "{\\upr", "{\\*\\ud", "{\\stylesheet", "\\s1", "\\tab",
        ]), 0..200),
    ) {
        let body: String = words.concat();
        let open = words.iter().map(|word| word.matches('{').count()).sum::<usize>();
        let file = format!("{{\\rtf1{body}{}", "}".repeat(open + 1));
        if let Ok(document) = reader::read(file.as_bytes(), Format::Rtf, &Limits::default()) {
            prop_assert!(nothing_is_lost(&document), "{}", file);
        }
    }
}
