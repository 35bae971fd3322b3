//! What a file is, judged by its bytes: magic numbers and structure, never the name.
//!
//! | bytes | format |
//! |---|---|
//! | none | empty |
//! | `PK` and a zip directory, `[Content_Types].xml` with a main type of Word, Excel, PowerPoint | docx, xlsx, pptx |
//! | … with `OFD.xml` | ofd |
//! | … whose `mimetype` is `application/vnd.oasis.opendocument.spreadsheet`; another `…opendocument.*` | ods; odf |
//! | … with other marks of a package (`[Content_Types].xml`, `mimetype`, a manifest) | package |
//! | … with none of these | zip |
//! | `D0 CF 11 E0 A1 B1 1A E1` and a stream `WordDocument`; `Workbook` or `Book`; neither | doc; xls; compound |
//! | `09 08 10 00 00 06`, `09 08 08 00 00 05` and older workbook records | xls |
//! | `%PDF-` in the first 1,024 bytes | pdf |
//! | `{\rtf` | rtf |
//! | a header `MIME-Version:` in the first lines | mht |
//! | PNG, JPEG, GIF, BMP, TIFF, WebP magic | image |
//! | 7z, rar, gzip, bzip2, xz magic | 7z, rar, gzip, bzip2, xz |
//! | `ustar` at 257, or a header whose sum is the one it states at 148 | tar |
//! | `MZ`, ELF magic | program |
//! | 162 or 165 bytes that begin with the length of a name | lock_file |
//! | markup: a Word 2003 root or program mark, or a flat package of Word; the same of Excel | wordxml; excelxml |
//! | … `<!doctype html`, `<html` or another HTML tag; another root | html; xml |
//! | bytes that are text in UTF-8, UTF-16, GB 18030 or Big5 | text |
//! | anything else | unknown |
//!
//! Only the zip directory, one small part and the first kilobytes are looked at; nothing is unpacked beyond
//! [`TYPES_BYTES`].

use super::container::{Compound, Package};
use super::encoding::decode;
use super::{Limits, ReadError};
use crate::document::Format;

/// How much of `[Content_Types].xml` is unpacked for a look: the largest seen has 30 kB.
const TYPES_BYTES: u64 = 1 << 20;
/// How far into a file `%PDF-` may stand (PDF 1.7, implementation note 13).
const PDF_WINDOW: usize = 1_024;
/// How much of a file is looked at to tell text from other bytes.
const TEXT_WINDOW: usize = 1 << 16;
/// How much of a text is looked at for markup.
const MARKUP_WINDOW: usize = 1 << 13;

/// The first bytes of formats that have a fixed mark.
const MARKS: &[(&[u8], Format)] = &[
    (b"{\\rtf", Format::Rtf),
    (b"\x89PNG\r\n\x1a\n", Format::Image),
    (b"\xff\xd8\xff", Format::Image),
    (b"GIF87a", Format::Image),
    (b"GIF89a", Format::Image),
    (b"II*\0", Format::Image),
    (b"MM\0*", Format::Image),
    (b"7z\xbc\xaf\x27\x1c", Format::SevenZip),
    (b"Rar!\x1a\x07", Format::Rar),
    (b"\x1f\x8b", Format::Gzip),
    (b"\xfd7zXZ\0", Format::Xz),
    // The record that begins a workbook of Excel 97, 5.0, 4.0, 3.0 and 2.x without a container.
    (b"\x09\x08\x10\0\0\x06", Format::Xls),
    (b"\x09\x08\x08\0\0\x05", Format::Xls),
    (b"\x09\x04\x06\0", Format::Xls),
    (b"\x09\x02\x06\0", Format::Xls),
    (b"\x09\0\x04\0", Format::Xls),
];

/// The main content types of the Office Open XML families, by what they begin with. Macro-enabled documents and
/// templates have types of their own.
const MAIN_TYPES: &[(&str, Format)] = &[
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.", Format::Docx),
    ("application/vnd.ms-word.", Format::Docx),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.", Format::Xlsx),
    ("application/vnd.ms-excel.", Format::Xlsx),
    ("application/vnd.openxmlformats-officedocument.presentationml.", Format::Pptx),
    ("application/vnd.ms-powerpoint.", Format::Pptx),
];

/// Parts that no mere archive has: of other Open Packaging files, of books, of programs.
const PACKAGE_MARKS: &[&str] = &[
    "[Content_Types].xml",
    "_rels/.rels",
    "mimetype",
    "META-INF/MANIFEST.MF",
    "AndroidManifest.xml",
    "Index/Document.iwa",
];

/// Tags that a web page may begin with.
const HTML_TAGS: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "style",
    "script",
    "table",
    "div",
    "p",
    "span",
    "center",
    "font",
    "h1",
    "h2",
    "h3",
    "br",
    "link",
    "base",
];

/// The format of a whole file.
pub(super) fn detect(bytes: &[u8]) -> Format {
    if bytes.is_empty() {
        return Format::Empty;
    }
    if let Some((_, format)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return *format;
    }
    if let Some(format) = Some(bytes).filter(|bytes| bytes.starts_with(b"PK")).and_then(zip) {
        return format;
    }
    if let Some(compound) = Compound::open(bytes) {
        return compound_kind(&compound);
    }
    if is_bzip2(bytes) {
        return Format::Bzip2;
    }
    if is_program(bytes) {
        return Format::Program;
    }
    if is_lock_file(bytes) {
        return Format::LockFile;
    }
    if is_picture(bytes) {
        return Format::Image;
    }
    if is_tar(bytes) {
        return Format::Tar;
    }
    if bytes[..bytes.len().min(PDF_WINDOW)].windows(5).any(|window| window == b"%PDF-") {
        return Format::Pdf;
    }
    match text(bytes) {
        Some(text) => markup(&text).unwrap_or(Format::Text),
        None => Format::Unknown,
    }
}

/// Why a file of this format can't be read, where there is more to say than that it has no reader.
pub(super) fn refusal(bytes: &[u8], format: Format) -> ReadError {
    let compound = Compound::open(bytes);
    if compound.as_ref().is_some_and(|compound| compound.has("EncryptedPackage")) {
        return ReadError::Encrypted { what: "the Office document".to_owned() };
    }
    if compound.as_ref().is_some_and(Compound::is_broken) {
        let expected = "the directory of a compound file".to_owned();
        return ReadError::Damaged { part: "file".to_owned(), offset: bytes.len() as u64, expected };
    }
    if format == Format::Empty {
        return ReadError::Empty { what: "the file has no bytes".to_owned() };
    }
    ReadError::Unsupported { format }
}

fn zip(bytes: &[u8]) -> Option<Format> {
    let local = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    let Ok(mut package) = Package::open(bytes, &Limits::default()) else {
        return local.then(|| broken_zip(bytes));
    };
    let types = package.head("[Content_Types].xml", TYPES_BYTES);
    if let Some(format) = types.as_deref().and_then(main_type) {
        return Some(format);
    }
    if package.has("OFD.xml") {
        return Some(Format::Ofd);
    }
    let mimetype = package.head("mimetype", 100).unwrap_or_default();
    if mimetype.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Some(Format::Ods);
    }
    if mimetype.starts_with(b"application/vnd.oasis.opendocument.") {
        return Some(Format::Odf);
    }
    // Without readable types the usual names of the main parts still tell.
    let by_name = [
        ("word/document.xml", Format::Docx),
        ("xl/workbook.xml", Format::Xlsx),
        ("ppt/presentation.xml", Format::Pptx),
    ];
    if let Some((_, format)) = by_name.iter().find(|(part, _)| package.has(part)) {
        return Some(*format);
    }
    let is_package = PACKAGE_MARKS.iter().any(|part| package.has(part));
    Some(if is_package { Format::Package } else { Format::Zip })
}

/// A tar header: the mark of POSIX, or the older form, which has nothing but a sum over itself.
fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512).filter(|header| header[0] != 0) else { return false };
    if header[257..262] == *b"ustar" {
        return true;
    }
    let stated = std::str::from_utf8(&header[148..156]).ok();
    let stated = stated.and_then(|text| u32::from_str_radix(text.trim_matches([' ', '\0']), 8).ok());
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let own: u32 = header[148..156].iter().map(|byte| u32::from(*byte)).sum();
    stated == Some(sum - own + 8 * u32::from(b' '))
}

/// A zip file without a readable directory, as a download cut short: the names of its first parts tell.
fn broken_zip(bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(TEXT_WINDOW)];
    let names: [(&[u8], Format); 6] = [
        (b"word/", Format::Docx),
        (b"xl/", Format::Xlsx),
        (b"ppt/", Format::Pptx),
        (b"OFD.xml", Format::Ofd),
        (b"opendocument.spreadsheet", Format::Ods),
        (b"opendocument", Format::Odf),
    ];
    let found = names.iter().find(|(name, _)| head.windows(name.len()).any(|window| window == *name));
    found.map_or(Format::Zip, |(_, format)| *format)
}

fn main_type(types: &[u8]) -> Option<Format> {
    let decoded = super::container::decode_xml(types.to_vec());
    let text = String::from_utf8_lossy(&decoded);
    let mut values = text.split("ContentType").skip(1).filter_map(|rest| rest.split(['"', '\'']).nth(1));
    values.find_map(|value| {
        let main = value.contains(".main+xml") || value.ends_with(".binary.macroEnabled.main");
        MAIN_TYPES.iter().find(|(start, _)| main && value.starts_with(start)).map(|(_, format)| *format)
    })
}

fn compound_kind(compound: &Compound<'_>) -> Format {
    if compound.has("EncryptedPackage") {
        Format::Compound
    } else if compound.has("WordDocument") {
        Format::Doc
    } else if compound.has("Workbook") || compound.has("Book") {
        Format::Xls
    } else {
        Format::Compound
    }
}

/// The magic, the size of the blocks, and the mark of the first block or of the end.
fn is_bzip2(bytes: &[u8]) -> bool {
    let mark = bytes.get(4..10).filter(|_| bytes.starts_with(b"BZh") && matches!(bytes[3], b'1'..=b'9'));
    mark.is_some_and(|mark| matches!(mark, b"1AY&SY" | b"\x17rE8P\x90"))
}

fn is_picture(bytes: &[u8]) -> bool {
    let bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    bitmap || webp
}

/// A Windows program, with the place of its second header, or one for Linux.
fn is_program(bytes: &[u8]) -> bool {
    let place = bytes.get(60..64).map(|place| u32::from_le_bytes([place[0], place[1], place[2], place[3]]));
    let header = place.and_then(|place| bytes.get(place as usize..));
    let windows = bytes.starts_with(b"MZ") && header.is_some_and(|header| header.starts_with(b"PE\0\0"));
    windows || bytes.starts_with(b"\x7fELF")
}

/// The note with its owner's name that Word (162 bytes) or Excel and PowerPoint (165) leave beside an open document:
/// the length of the name, and the name in the system's code page, then again in 16-bit characters.
fn is_lock_file(bytes: &[u8]) -> bool {
    let wide = match bytes.len() {
        162 => 54,
        165 => 55,
        _ => return false,
    };
    let length = usize::from(bytes[0]);
    length < wide && usize::from(bytes[wide]) <= length && bytes[wide + 1] == 0
}

/// The beginning of the file as text, if it is text.
fn text(bytes: &[u8]) -> Option<String> {
    let text = decode(&bytes[..bytes.len().min(TEXT_WINDOW)], None).text;
    is_text(&text).then_some(text)
}

/// Whether characters are those of a text: at most one control or undecodable character in a hundred.
fn is_text(text: &str) -> bool {
    let odd = |c: &char| {
        let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
        control || *c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(c)
    };
    let (mut all, mut bad) = (0_usize, 0_usize);
    for character in text.chars() {
        all += 1;
        bad += usize::from(odd(&character));
    }
    bad * 100 <= all
}

/// What markup a text begins with, if any.
fn markup(text: &str) -> Option<Format> {
    let mut end = text.len().min(MARKUP_WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    if is_mime(&head) {
        return Some(Format::Mht);
    }
    let mut rest = head.trim_start_matches(['\u{feff}', '\0']).trim_start();
    let declared = rest.starts_with("<?xml");
    if let Some((_, program)) = head.split_once("<?mso-application progid=\"") {
        let known = [("word.document", Format::WordXml), ("excel.sheet", Format::ExcelXml)];
        if let Some((_, format)) = known.iter().find(|(id, _)| program.starts_with(id)) {
            return Some(*format);
        }
    }
    loop {
        rest = rest.trim_start();
        let (open, close) = if rest.starts_with("<!--") {
            ("<!--", "-->")
        } else if rest.starts_with("<?") {
            ("<?", "?>")
        } else if rest.starts_with("<!doctype") && !rest.starts_with("<!doctype html") {
            ("<!doctype", ">")
        } else {
            break;
        };
        match rest[open.len()..].split_once(close) {
            Some((_, after)) => rest = after,
            None => break,
        }
    }
    root(rest, declared)
}

fn root(rest: &str, declared: bool) -> Option<Format> {
    let tag = rest.strip_prefix('<')?;
    if tag.starts_with("!doctype html") {
        return Some(Format::Html);
    }
    let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
    let local = name.rsplit(':').next().unwrap_or(name);
    if local == "worddocument" && tag.contains("schemas.microsoft.com/office/word/2003/wordml")
        || local == "package"
            && tag.contains("schemas.microsoft.com/office/2006/xmlpackage")
            && tag.contains("word")
    {
        return Some(Format::WordXml);
    }
    if local == "workbook" && tag.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some(Format::ExcelXml);
    }
    if HTML_TAGS.contains(&name) {
        return Some(Format::Html);
    }
    declared.then_some(Format::Xml)
}

/// A MIME message: header lines from the first line on, among them its version.
fn is_mime(head: &str) -> bool {
    let lines = head.trim_start().lines().take(40).take_while(|line| !line.trim().is_empty());
    let mut versioned = false;
    for line in lines {
        let field = line.split(':').next().unwrap_or_default();
        let continued = line.starts_with([' ', '\t']);
        let header = line.contains(':') && field.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !continued && !header {
            return false;
        }
        versioned |= field == "mime-version";
    }
    versioned
}
