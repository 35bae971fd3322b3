//! Writes small PDF files for the tests: text in a font that is not embedded, lines, areas.

#![allow(
    dead_code,
    clippy::expect_used,
    reason = "not every user needs every mark, and a fixture that cannot be written ends its test"
)]

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};

/// Builds one file of one or several pages of 600 × 800 points; y grows upwards, as PDF counts it.
pub struct Sheet {
    pages: Vec<Vec<Operation>>,
    rotate: i64,
}

impl Sheet {
    pub fn new() -> Self {
        Self { pages: vec![Vec::new()], rotate: 0 }
    }

    /// Sets the page's /Rotate.
    pub fn rotate(&mut self, degrees: i64) {
        self.rotate = degrees;
    }

    /// Begins the next page.
    pub fn page(&mut self) {
        self.pages.push(Vec::new());
    }

    /// Adds an operation of one's own.
    pub fn operation(&mut self, operator: &str, operands: Vec<Object>) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Operation::new(operator, operands));
        }
    }

    /// Text of 10 points with its baseline at (x, y).
    pub fn text(&mut self, x: f32, y: f32, text: &str) {
        self.sized(x, y, 10.0, text);
    }

    /// Text of a size.
    pub fn sized(&mut self, x: f32, y: f32, size: f32, text: &str) {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        self.operation("BT", vec![]);
        self.operation("Tf", vec!["F1".into(), size.into()]);
        self.operation("Td", vec![x.into(), y.into()]);
        self.operation("Tj", vec![Object::string_literal(bytes)]);
        self.operation("ET", vec![]);
    }

    /// A stroked line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.operation("m", vec![from.0.into(), from.1.into()]);
        self.operation("l", vec![to.0.into(), to.1.into()]);
        self.operation("S", vec![]);
    }

    /// A filled rectangle.
    pub fn area(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.operation("re", vec![x.into(), y.into(), width.into(), height.into()]);
        self.operation("f", vec![]);
    }

    /// A table with all its lines, its top at `top`, and its texts.
    pub fn table(&mut self, left: f32, top: f32, widths: &[f32], height: f32, rows: &[&[&str]]) {
        let right = left + widths.iter().sum::<f32>();
        let mut y = top;
        for row in rows {
            self.line((left, y), (right, y));
            let mut x = left;
            for (text, width) in row.iter().zip(widths) {
                if !text.is_empty() {
                    self.text(x + 3.0, y - height * 0.7, text);
                }
                x += width;
            }
            y -= height;
        }
        self.line((left, y), (right, y));
        let mut x = left;
        for width in std::iter::once(&0.0).chain(widths) {
            x += width;
            self.line((x, top), (x, y));
        }
    }

    /// The file.
    pub fn pdf(&self) -> Vec<u8> {
        self.written(None, None)
    }

    /// The file with one more object that nothing refers to.
    pub fn pdf_with(&self, object: Object) -> Vec<u8> {
        self.written(Some(object), None)
    }

    /// The file with a form X1 of these operations, which may draw itself.
    pub fn pdf_with_form(&self, operations: &str) -> Vec<u8> {
        self.written(None, Some(operations))
    }

    fn written(&self, more: Option<Object>, form: Option<&str>) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let more = more.unwrap_or(Object::Null);
        document.add_object(more);
        let form_id = document.new_object_id();
        let forms = dictionary! { "X1" => form_id };
        let dictionary = dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
            "Resources" => dictionary! { "XObject" => forms.clone() },
        };
        let operations = form.unwrap_or_default().as_bytes().to_vec();
        document.objects.insert(form_id, Stream::new(dictionary, operations).into());
        let pages = document.new_object_id();
        let font = font(&mut document);
        let kids: Vec<Object> = self
            .pages
            .iter()
            .map(|operations| {
                let content = Content { operations: operations.clone() }.encode().expect("operations encode");
                let content = document.add_object(Stream::new(dictionary! {}, content));
                let page = dictionary! {
                    "Type" => "Page",
                    "Parent" => pages,
                    "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
                    "Rotate" => self.rotate,
                    "Resources" => dictionary! {
                        "Font" => dictionary! { "F1" => font }, "XObject" => forms.clone(),
                    },
                    "Contents" => content,
                };
                document.add_object(page).into()
            })
            .collect();
        let count = i64::try_from(kids.len()).expect("few pages");
        document
            .objects
            .insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("a file in memory can be written");
        bytes
    }
}

/// STSong-Light with a predefined encoding and no ToUnicode: a font that is in no file and says its characters.
fn font(document: &mut Document) -> lopdf::ObjectId {
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "STSong-Light", "Flags" => 6,
        "FontBBox" => vec![(-25).into(), (-254).into(), 1000.into(), 880.into()],
        "ItalicAngle" => 0, "Ascent" => 880, "Descent" => -120, "CapHeight" => 880, "StemV" => 93,
    });
    // CIDs 1 to 95 are ASCII, half as wide as the ideographs; 814 to 939 are the same letters from the Latin font.
    let widths: Vec<Object> = vec![1.into(), 95.into(), 500.into(), 814.into(), 939.into(), 500.into()];
    let descendant = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light",
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("GB1"),
            "Supplement" => 4,
        },
        "FontDescriptor" => descriptor, "DW" => 1000, "W" => widths,
    });
    document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![descendant.into()],
    })
}
