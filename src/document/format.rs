//! What a file is, judged by its bytes.

/// Every kind of file the detector can name; only some have a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Office Open XML text (Word 2007 and later).
    Docx,
    /// Plain text, also a flattened dump of a Word file.
    Text,
    /// Word 97–2003.
    Doc,
    /// Portable Document Format.
    Pdf,
    /// A web page.
    Html,
    /// A web page with its parts in one MIME file.
    Mht,
    /// Rich Text Format.
    Rtf,
    /// Word 2003 XML.
    WordXml,
    /// Office Open XML spreadsheet.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// Open fixed-layout document (GB/T 33190).
    Ofd,
    /// OpenDocument, of any kind.
    Odf,
    /// Office Open XML slides.
    Pptx,
    /// A compound file that is none of the above.
    Compound,
    /// A zip archive of other files.
    Zip,
    /// Another archive (7z, rar, gzip, tar).
    Archive,
    /// A picture.
    Image,
    /// An XML file that is none of the above.
    Xml,
    /// A file of no bytes.
    Empty,
    /// Nothing that is known here.
    Unknown,
}

impl Format {
    /// The contract's spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Text => "text",
            Format::Doc => "doc",
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Mht => "mht",
            Format::Rtf => "rtf",
            Format::WordXml => "wordxml",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Ofd => "ofd",
            Format::Odf => "odf",
            Format::Pptx => "pptx",
            Format::Compound => "compound",
            Format::Zip => "zip",
            Format::Archive => "archive",
            Format::Image => "image",
            Format::Xml => "xml",
            Format::Empty => "empty",
            Format::Unknown => "unknown",
        }
    }
}
