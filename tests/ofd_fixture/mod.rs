//! Writes small OFD packages for the tests: text, lines, templates, resources, several documents.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "not every user needs every part, and a fixture that cannot be written ends its test"
)]

use gongkai::document::{Axis, Page};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const NAMESPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A package in the making: its parts by path.
pub struct Ofd {
    pub parts: Vec<(String, String)>,
    documents: Vec<Parts>,
}

/// What the lists of one document hold.
#[derive(Default)]
struct Parts {
    pages: Vec<String>,
    common: String,
    more: String,
}

impl Ofd {
    /// A package with one document of no pages.
    pub fn new() -> Self {
        Self { parts: Vec::new(), documents: vec![Parts::default()] }
    }

    /// Begins the next document.
    pub fn document(&mut self) {
        self.documents.push(Parts::default());
    }

    /// Adds a page of 200 × 200 mm with these objects.
    pub fn page(&mut self, objects: &str) {
        self.raw_page("", &format!("<ofd:Layer ID=\"1\">{objects}</ofd:Layer>"));
    }

    /// Adds a page with elements before its content.
    pub fn raw_page(&mut self, before: &str, content: &str) {
        self.sized_page("0 0 200 200", before, content);
    }

    pub fn sized_page(&mut self, frame: &str, before: &str, content: &str) {
        let last = self.documents.len() - 1;
        let path = format!("Pages/Page_{}/Content.xml", self.documents[last].pages.len());
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Page {NAMESPACE}><ofd:Area><ofd:PhysicalBox>{frame}\
             </ofd:PhysicalBox></ofd:Area>{before}<ofd:Content>{content}</ofd:Content></ofd:Page>"
        );
        self.parts.push((format!("Doc_{last}/{path}"), text));
        self.documents[last].pages.push(path);
    }

    /// Adds to the common data of the document.
    pub fn common(&mut self, xml: &str) {
        self.documents.last_mut().unwrap().common.push_str(xml);
    }

    /// Adds after the pages of the document.
    pub fn more(&mut self, xml: &str) {
        self.documents.last_mut().unwrap().more.push_str(xml);
    }

    /// Adds a part of its own, without the namespace, which its root gets here.
    pub fn part(&mut self, path: &str, xml: &str) {
        let end = xml.find([' ', '>']).unwrap();
        self.parts.push((path.to_owned(), format!("{} {NAMESPACE}{}", &xml[..end], &xml[end..])));
    }

    /// All parts of the package.
    pub fn all_parts(&self) -> Vec<(String, String)> {
        let mut parts = self.parts.clone();
        let mut bodies = String::new();
        for (index, document) in self.documents.iter().enumerate() {
            let _ = write!(
                bodies,
                "<ofd:DocBody><ofd:DocInfo><ofd:Title>文件{index}</ofd:Title></ofd:DocInfo>\
                 <ofd:DocRoot>Doc_{index}/Document.xml</ofd:DocRoot></ofd:DocBody>"
            );
            let mut pages = String::new();
            for (number, path) in document.pages.iter().enumerate() {
                let _ = write!(pages, "<ofd:Page ID=\"{}\" BaseLoc=\"{path}\"/>", number + 1);
            }
            let Parts { common, more, .. } = document;
            let text = format!(
                "<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>\
                 </ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{more}</ofd:Document>"
            );
            parts.push((format!("Doc_{index}/Document.xml"), text));
        }
        parts
            .push(("OFD.xml".to_owned(), format!("<ofd:OFD {NAMESPACE} Version=\"1.1\">{bodies}</ofd:OFD>")));
        parts
    }

    /// The package.
    pub fn ofd(&self) -> Vec<u8> {
        zip(&self.all_parts().iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect::<Vec<_>>())
    }
}

/// A zip of these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A text object of 4 mm with its baseline at (x, y) in millimetres; the steps are those of a Chinese font.
pub fn text(x: f64, y: f64, text: &str) -> String {
    sized(x, y, 4.0, text)
}

/// A text object of a size.
pub fn sized(x: f64, y: f64, size: f64, text: &str) -> String {
    let steps: Vec<f64> = text.chars().map(|c| width(c) * size).collect();
    let total: f64 = steps.iter().sum();
    format!(
        "<ofd:TextObject ID=\"2\" Boundary=\"{x} {} {total} {size}\" Font=\"1\" Size=\"{size}\">\
         <ofd:TextCode X=\"0\" Y=\"{}\" DeltaX=\"{}\">{}</ofd:TextCode></ofd:TextObject>",
        y - size * 0.88,
        size * 0.88,
        packed(&steps[..steps.len().saturating_sub(1)]),
        escaped(text)
    )
}

fn width(c: char) -> f64 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

/// Steps with repeats as producers pack them.
fn packed(steps: &[f64]) -> String {
    let mut packed = Vec::new();
    for group in steps.chunk_by(|a, b| a.to_bits() == b.to_bits()) {
        match group.len() {
            1..3 => packed.extend(group.iter().map(ToString::to_string)),
            count => packed.push(format!("g {count} {}", group[0])),
        }
    }
    packed.join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A stroked line.
pub fn line(from: (f64, f64), to: (f64, f64)) -> String {
    let (x, y) = (from.0.min(to.0), from.1.min(to.1));
    format!(
        "<ofd:PathObject ID=\"3\" Boundary=\"{x} {y} {} {}\" LineWidth=\"0.25\"><ofd:AbbreviatedData>M {} {} L {} {} \
         </ofd:AbbreviatedData></ofd:PathObject>",
        (to.0 - from.0).abs(),
        (to.1 - from.1).abs(),
        from.0 - x,
        from.1 - y,
        to.0 - x,
        to.1 - y
    )
}

/// A table with all its lines, and its texts. A `^` continues the cell above, a `<` the one on the left.
pub fn table(left: f64, top: f64, widths: &[f64], height: f64, rows: &[&[&str]]) -> String {
    let mut drawn = String::new();
    let edges: Vec<f64> = std::iter::once(0.0)
        .chain(widths.iter().scan(0.0, |x, width| {
            *x += width;
            Some(*x)
        }))
        .map(|x| left + x)
        .collect();
    let at = |row: usize, column: usize| rows.get(row).and_then(|row| row.get(column)).copied();
    let mut y = top;
    for row in 0..=rows.len() {
        for column in 0..widths.len() {
            if at(row, column) != Some("^") {
                drawn += &line((edges[column], y), (edges[column + 1], y));
            }
            let Some(cell) = at(row, column) else { continue };
            if at(row, column) != Some("<") || column == 0 {
                drawn += &line((edges[column], y), (edges[column], y + height));
            }
            if !matches!(cell, "" | "^" | "<") {
                drawn += &text(edges[column] + 1.0, y + height * 0.7, cell);
            }
        }
        if row < rows.len() {
            drawn += &line((edges[widths.len()], y), (edges[widths.len()], y + height));
        }
        y += height;
    }
    drawn
}

/// A font of nothing but a map from characters to glyphs.
pub fn font(glyphs: &[(char, u16)]) -> Vec<u8> {
    let mut sorted = glyphs.to_vec();
    sorted.sort_unstable();
    let groups = sorted.iter().flat_map(|(character, glyph)| {
        let code = u32::from(*character);
        [code, code, u32::from(*glyph)].into_iter().flat_map(u32::to_be_bytes)
    });
    let count = u32::try_from(glyphs.len()).unwrap();
    // One encoding (Windows, all of Unicode) and its map of groups (format 12).
    let mut cmap: Vec<u8> = [0_u16, 1, 3, 10, 0, 12, 12, 0].into_iter().flat_map(u16::to_be_bytes).collect();
    cmap.extend([16 + 12 * count, 0, count].into_iter().flat_map(u32::to_be_bytes));
    cmap.extend(groups);
    let maxp: Vec<u8> = [0_u16, 0x5000, 100].into_iter().flat_map(u16::to_be_bytes).collect();
    let mut font: Vec<u8> = [1_u16, 0, 2, 32, 1, 0].into_iter().flat_map(u16::to_be_bytes).collect();
    let mut offset = 12 + 2 * 16;
    for (tag, table) in [(b"cmap", &cmap), (b"maxp", &maxp)] {
        let length = u32::try_from(table.len()).unwrap();
        font.extend(tag);
        font.extend([0, offset, length].into_iter().flat_map(u32::to_be_bytes));
        offset += length;
    }
    [font, cmap, maxp].concat()
}

/// The words and rulings of pages read from another format, drawn as OFD.
pub fn redrawn(pages: &[Page]) -> Vec<u8> {
    const MM: f64 = 25.4 / 72.0;
    let mm = |points: f32| f64::from(points) * MM;
    let mut ofd = Ofd::new();
    for page in pages {
        let mut objects = String::new();
        for ruling in &page.rulings {
            let (from, to) = match ruling.axis {
                Axis::Horizontal => ((ruling.from, ruling.at), (ruling.to, ruling.at)),
                Axis::Vertical => ((ruling.at, ruling.from), (ruling.at, ruling.to)),
            };
            objects += &line((mm(from.0), mm(from.1)), (mm(to.0), mm(to.1)))
                .replace("LineWidth=\"0.25\"", &format!("LineWidth=\"{}\"", mm(ruling.thickness)));
        }
        for shade in &page.shades {
            let _ = write!(
                objects,
                "<ofd:PathObject ID=\"4\" Boundary=\"{} {} 1 1\" Stroke=\"false\" Fill=\"true\"><ofd:AbbreviatedData>\
                 M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>",
                mm(shade.x0),
                mm(shade.y0),
                w = mm(shade.width()),
                h = mm(shade.height())
            );
        }
        for word in &page.words {
            let (size, width_mm) = (mm(word.size), mm(word.bbox.width()));
            let natural: f64 = word.text.chars().map(width).sum::<f64>() * size;
            let space = if word.spaced {
                text(mm(word.bbox.x0) - 0.1, mm(word.baseline), " ")
            } else {
                String::new()
            };
            let object = sized(mm(word.bbox.x0), mm(word.baseline), size, &word.text);
            let stretch = if natural > 0.0 { width_mm / natural } else { 1.0 };
            let object = object.replace("Boundary=", &format!("CTM=\"{stretch} 0 0 1 0 0\" Boundary="));
            objects += &space;
            objects += &object;
        }
        let frame = format!("0 0 {} {}", mm(page.width), mm(page.height));
        ofd.sized_page(&frame, "", &format!("<ofd:Layer ID=\"1\">{objects}</ofd:Layer>"));
    }
    ofd.ofd()
}
