//! Documents and blocks as text: one line per paragraph and per table row, the same every time.

use gongkai::document::{
    Axis, Block, Blocks, Body, Document, Furniture, FurnitureKind, Grid, Page, Paragraph, Place, Rect, Role,
    Ruling, Table, Warning,
};
use std::fmt::Write;

/// What the reader made of a file.
pub fn document(document: &Document) -> String {
    let mut dump = Dump::default();
    dump.line(format_args!("format: {}", document.format.code()));
    if let Some(pages) = document.pages {
        dump.line(format_args!("pages: {pages}"));
    }
    if let Some(title) = &document.properties.title {
        dump.line(format_args!("stated title: {}", one_line(title)));
    }
    dump.line(format_args!("visible characters: {}", document.visible));
    dump.warnings(&document.warnings);
    dump.furniture(&document.furniture);
    match &document.body {
        Body::Flow(blocks) => dump.flow(blocks),
        Body::Pages(pages) => pages.iter().for_each(|page| dump.page(page)),
    }
    dump.text
}

/// What table recognition made of it.
pub fn blocks(blocks: &Blocks) -> String {
    let mut dump = Dump::default();
    dump.line(format_args!("visible characters: {}", blocks.visible()));
    dump.warnings(&blocks.warnings);
    dump.furniture(&blocks.furniture);
    dump.flow(&blocks.blocks);
    dump.text
}

#[derive(Default)]
struct Dump {
    text: String,
    depth: usize,
}

impl Dump {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = self.depth * 2);
    }

    fn warnings(&mut self, warnings: &[Warning]) {
        for warning in warnings {
            self.line(format_args!("warning: {warning} [{}]", warning.code()));
        }
    }

    fn furniture(&mut self, furniture: &[Furniture]) {
        for item in furniture {
            let kind = match item.kind {
                FurnitureKind::Header => "header",
                FurnitureKind::Footer => "footer",
                FurnitureKind::Watermark => "watermark",
            };
            self.line(format_args!("{kind}: {}", one_line(&item.text)));
        }
    }

    fn page(&mut self, page: &Page) {
        self.line(format_args!(
            "page {}: {:.0} × {:.0} points, {} words, {} rulings, {} shades, {} pictures",
            page.number,
            page.width,
            page.height,
            page.words.len(),
            page.rulings.len(),
            page.shades.len(),
            page.pictures.len()
        ));
        self.depth += 1;
        for word in &page.words {
            let Rect { x0, y0, x1, y1 } = word.bbox;
            self.line(format_args!(
                "{x0:.1} {y0:.1} {x1:.1} {y1:.1} ({:.1}): {}",
                word.size,
                one_line(&word.text)
            ));
        }
        for ruling in &page.rulings {
            let Ruling { at, from, to, thickness, .. } = ruling;
            let (axis, across) = match ruling.axis {
                Axis::Horizontal => ("across", "y"),
                Axis::Vertical => ("upright", "x"),
            };
            self.line(format_args!(
                "ruling {axis}: {across} {at:.1}, {from:.1} to {to:.1}, {thickness:.1} thick"
            ));
        }
        self.depth -= 1;
    }

    fn flow(&mut self, blocks: &[Block]) {
        let mut tables = 0;
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(table) => {
                    tables += 1;
                    self.table(&format!("table {tables}"), table);
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let mut marks = Vec::new();
        match paragraph.role {
            Role::Body => {}
            Role::Note => marks.push("note".to_owned()),
            Role::TextBox => marks.push("text box".to_owned()),
        }
        marks.extend(paragraph.outline.map(|level| format!("outline {level}")));
        if paragraph.centred {
            marks.push("centred".to_owned());
        }
        marks.extend(place(paragraph.place));
        let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
        let label = match paragraph.label.as_str() {
            "" => String::new(),
            label => format!("[{}] ", one_line(label)),
        };
        self.line(format_args!("paragraph{marks}: {label}{}", one_line(&paragraph.text)));
    }

    fn table(&mut self, name: &str, table: &Table) {
        let mut marks = vec![format!("{} × {}", table.rows, table.columns)];
        if table.header_rows > 0 {
            marks.push(format!("header rows {}", table.header_rows));
        }
        if table.continued {
            marks.push("joined over pages".to_owned());
        }
        marks.extend(place(table.place));
        self.line(format_args!("{name} ({}):", marks.join(", ")));
        self.depth += 1;
        let grid = table.grid();
        for row in 0..table.rows {
            let cells: Vec<String> = (0..table.columns).map(|column| cell(&grid, row, column)).collect();
            self.line(format_args!("| {} |", cells.join(" | ")));
        }
        for cell in &table.cells {
            for nested in &cell.nested {
                let name = format!("nested table in row {}, column {}", cell.row + 1, cell.column + 1);
                self.table(&name, nested);
            }
        }
        self.depth -= 1;
    }
}

/// A grid position: the text with its span where a cell begins, `<` and `^` where one continues.
fn cell(grid: &Grid<'_>, row: usize, column: usize) -> String {
    let cell = grid.cell(row, column);
    if cell.row < row {
        return "^".to_owned();
    }
    if cell.column < column {
        return "<".to_owned();
    }
    let text = one_line(&cell.text);
    match (cell.row_span, cell.column_span) {
        (1, 1) => text,
        (rows, columns) => format!("({rows}×{columns}) {text}"),
    }
}

fn place(place: Place) -> Option<String> {
    place.page.map(|page| format!("page {page}"))
}

/// The text on one line: `⏎` for a line break, `⇥` for a tab, other control characters escaped.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => line.push('⏎'),
            '\t' => line.push('⇥'),
            control if control.is_control() => line.extend(control.escape_default()),
            other => line.push(other),
        }
    }
    line
}
