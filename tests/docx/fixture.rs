//! Word files made in code, from the XML of their parts.

use gongkai::document::{Block, Body, Document, Paragraph, Table, Warning, visible_chars};
use gongkai::reader::{Limits, ReadError};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const MAIN_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A zip package of these parts, deflated.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a Word file besides the main one: their kind, and their XML inside the root element.
#[derive(Default)]
pub struct Parts<'a> {
    pub styles: &'a str,
    pub numbering: &'a str,
    pub footnotes: &'a str,
    pub header: &'a str,
}

/// The root of a part with all namespaces that tests use.
pub fn root(name: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{name} xmlns:w=\"{WORD}\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:wps=\"urn:wps\">{content}</w:{name}>"
    )
}

/// A Word file with this body.
pub fn word(body: &str) -> Vec<u8> {
    word_with(body, &Parts::default())
}

/// A Word file with this body and other parts.
pub fn word_with(body: &str, parts: &Parts<'_>) -> Vec<u8> {
    let document = root("document", &format!("<w:body>{body}</w:body>"));
    let optional = [
        ("styles", "word/styles.xml", root("styles", parts.styles), parts.styles),
        ("numbering", "word/numbering.xml", root("numbering", parts.numbering), parts.numbering),
        ("footnotes", "word/footnotes.xml", root("footnotes", parts.footnotes), parts.footnotes),
        ("header", "word/header1.xml", root("hdr", parts.header), parts.header),
    ];
    let present = || optional.iter().filter(|(.., content)| !content.is_empty());
    let relations: String =
        present().map(|(kind, part, ..)| relation(kind, kind, part.trim_start_matches("word/"))).collect();
    let (types, main) =
        (content_types(MAIN_TYPE), relations_part(&relation("main", "officeDocument", "word/document.xml")));
    let relations = relations_part(&relations);
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", main.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    all.extend(present().map(|(_, part, xml, _)| (*part, xml.as_bytes())));
    package(&all)
}

pub fn content_types(main: &str) -> String {
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/main.xml\" ContentType=\"{main}\"/></Types>"
    )
}

pub fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(
        "<Relationship Id=\"{id}\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
    )
}

pub fn relations_part(relations: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    )
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A run with these properties.
pub fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
}

/// A cell with these properties.
pub fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

pub fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

pub fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

/// Reads a file that has to be read, and holds it to the count of its visible characters.
pub fn read(bytes: &[u8]) -> Document {
    let document = try_read(bytes).unwrap();
    assert_eq!(held(&document), document.visible, "the blocks hold what the reader saw: {document:?}");
    document
}

pub fn try_read(bytes: &[u8]) -> Result<Document, ReadError> {
    gongkai::pipeline::read(bytes, &Limits::default())
}

pub fn held(document: &Document) -> u64 {
    let furniture: u64 = document.furniture.iter().map(|item| visible_chars(&item.text)).sum();
    blocks(document).iter().map(Block::visible).sum::<u64>() + furniture
}

#[allow(irrefutable_let_patterns, reason = "formats with pages have another body")]
pub fn blocks(document: &Document) -> &[Block] {
    let Body::Flow(blocks) = &document.body else { panic!("a Word file flows") };
    blocks
}

pub fn paragraphs(document: &Document) -> Vec<&Paragraph> {
    let mut found = Vec::new();
    for block in blocks(document) {
        if let Block::Paragraph(paragraph) = block {
            found.push(paragraph);
        }
    }
    found
}

/// The printed text of each paragraph outside tables.
pub fn lines(bytes: &[u8]) -> Vec<String> {
    paragraphs(&read(bytes)).into_iter().map(Paragraph::printed).collect()
}

pub fn tables(document: &Document) -> Vec<&Table> {
    let mut found = Vec::new();
    for block in blocks(document) {
        if let Block::Table(table) = block {
            found.push(table);
        }
    }
    found
}

/// The cells of the only table as `row,column rows×columns text`.
pub fn cells(bytes: &[u8]) -> Vec<String> {
    let document = read(bytes);
    let tables = tables(&document);
    assert_eq!(tables.len(), 1);
    let cell = |cell: &gongkai::document::Cell| {
        format!("{},{} {}×{} {}", cell.row, cell.column, cell.row_span, cell.column_span, cell.text)
    };
    tables[0].cells.iter().map(cell).collect()
}

pub fn has(document: &Document, warning: &Warning) -> bool {
    document.warnings.contains(warning)
}
