//! What a file is, judged by its bytes.

use crate::code::codes;
use serde::{Deserialize, Serialize};

/// Every kind of file the detector can name; only some have a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Word 2003 XML, or a later Word package in one XML file.
    WordXml,
    /// Office Open XML spreadsheet.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// Excel 2003 XML.
    ExcelXml,
    /// Open fixed-layout document (GB/T 33190).
    Ofd,
    /// An OpenDocument spreadsheet.
    Ods,
    /// Another OpenDocument file: a text, a drawing.
    Odf,
    /// Office Open XML slides.
    Pptx,
    /// A compound file that is none of the above.
    Compound,
    /// A zip archive of other files.
    Zip,
    /// A zip package of another kind: an electronic book, a program, a drawing.
    Package,
    /// A tar archive, packed as a whole or not.
    Tar,
    /// One file packed by gzip.
    Gzip,
    /// One file packed by bzip2.
    Bzip2,
    /// One file packed by xz.
    Xz,
    /// A 7z archive.
    SevenZip,
    /// A rar archive.
    Rar,
    /// A picture.
    Image,
    /// A program.
    Program,
    /// The note that an Office program leaves beside a document while it is open (`~$…`).
    LockFile,
    /// An XML file that is none of the above.
    Xml,
    /// A file of no bytes.
    Empty,
    /// Nothing that is known here.
    Unknown,
}

codes!(Format {
    Docx => "docx",
    Text => "text",
    Doc => "doc",
    Pdf => "pdf",
    Html => "html",
    Mht => "mht",
    Rtf => "rtf",
    WordXml => "wordxml",
    Xlsx => "xlsx",
    Xls => "xls",
    ExcelXml => "excelxml",
    Ofd => "ofd",
    Ods => "ods",
    Odf => "odf",
    Pptx => "pptx",
    Compound => "compound",
    Zip => "zip",
    Package => "package",
    Tar => "tar",
    Gzip => "gzip",
    Bzip2 => "bzip2",
    Xz => "xz",
    SevenZip => "7z",
    Rar => "rar",
    Image => "image",
    Program => "program",
    LockFile => "lock_file",
    Xml => "xml",
    Empty => "empty",
    Unknown => "unknown",
});
