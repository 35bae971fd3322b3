//! Markup → .docx.

use super::markup::{Cell, Piece};
use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, IndentLevel, Level, LevelJc, LevelText, NumberFormat, Numbering,
    NumberingId, Paragraph, Run, RunFonts, Start, Style, StyleType, Table, TableCell, TableRow, VMergeType,
};
use std::io::Cursor;

/// The date in the document's properties, so that the bytes do not depend on the clock.
const DATE: &str = "2024-01-01T00:00:00Z";

/// The bytes of a Word file.
pub fn docx(pieces: &[Piece]) -> Vec<u8> {
    let mut docx = Docx::new().created_at(DATE).updated_at(DATE).add_style(heading_style());
    let mut lists = 0;
    for piece in pieces {
        if matches!(piece, Piece::Numbered(1, _)) {
            lists += 1;
            docx = docx.add_abstract_numbering(chinese(lists)).add_numbering(Numbering::new(lists, lists));
        }
        docx = match piece {
            Piece::Title(text) => docx.add_paragraph(paragraph(text, 36).align(AlignmentType::Center)),
            Piece::Heading(text) => docx.add_paragraph(paragraph(text, 30).style("Heading1")),
            Piece::Numbered(_, text) => {
                let paragraph = paragraph(text, 28).numbering(NumberingId::new(lists), IndentLevel::new(0));
                docx.add_paragraph(paragraph)
            }
            Piece::Caption(text) => docx.add_paragraph(paragraph(text, 28).align(AlignmentType::Center)),
            Piece::Text(text) => docx.add_paragraph(paragraph(text, 24)),
            Piece::Blank => docx.add_paragraph(Paragraph::new()),
            Piece::Table(rows) => docx.add_table(Table::new(rows.iter().map(|row| table_row(row)).collect())),
        };
    }
    let mut stored = Cursor::new(Vec::new());
    docx.build().pack(&mut stored).expect("a Vec takes all bytes");
    deflated(stored)
}

fn heading_style() -> Style {
    Style::new("Heading1", StyleType::Paragraph).name("heading 1").outline_lvl(0)
}

/// 一、 二、 三、 as Word counts them by itself.
fn chinese(id: usize) -> AbstractNumbering {
    let text = LevelText::new("%1、");
    let level =
        Level::new(0, Start::new(1), NumberFormat::new("chineseCounting"), text, LevelJc::new("left"));
    AbstractNumbering::new(id).add_level(level)
}

fn paragraph(text: &str, size: usize) -> Paragraph {
    let fonts = RunFonts::new().ascii("Times New Roman").east_asia("仿宋");
    Paragraph::new().add_run(Run::new().fonts(fonts).size(size).add_text(text))
}

fn table_row(row: &[Cell]) -> TableRow {
    TableRow::new(row.iter().map(table_cell).collect())
}

fn table_cell(cell: &Cell) -> TableCell {
    let paragraphs = cell.text.split('\n').map(|line| paragraph(line, 21));
    let made = paragraphs.fold(TableCell::new(), TableCell::add_paragraph);
    let spanned = if cell.span > 1 { made.grid_span(cell.span) } else { made };
    match (cell.joins_above, cell.joins_below) {
        (true, _) => spanned.vertical_merge(VMergeType::Continue),
        (false, true) => spanned.vertical_merge(VMergeType::Restart),
        (false, false) => spanned,
    }
}

/// docx-rs stores the parts as they are; Word deflates them.
fn deflated(stored: Cursor<Vec<u8>>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(stored).expect("docx-rs writes a sound archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("the index is below the length");
        let name = entry.name().expect("docx-rs writes plain names").into_owned();
        writer.start_file(name, options).expect("a Vec takes all bytes");
        std::io::copy(&mut entry, &mut writer).expect("a Vec takes all bytes");
    }
    writer.finish().expect("a Vec takes all bytes").into_inner()
}
