//! Formats are told by content, whatever the file is called.

use crate::fixture::{content_types, package, try_read, word};
use gongkai::document::Format;
use gongkai::reader::{ReadError, detect};

/// A compound file whose directory holds these streams.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes[30] = 9;
    bytes[48] = 1;
    for slot in bytes[76..512].chunks_exact_mut(4) {
        slot.copy_from_slice(&[0xff; 4]);
    }
    bytes[76..80].fill(0);
    let mut table = vec![0xff; 512];
    // The directory stands in sectors 1 and 2.
    table[4..8].copy_from_slice(&2_u32.to_le_bytes());
    table[8..12].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    bytes.extend(table);
    let mut directory = vec![0; 1024];
    for (entry, name) in directory.chunks_exact_mut(128).skip(3).zip(streams) {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = u8::try_from(units.len() + 2).unwrap();
        entry[66] = 2;
    }
    bytes.extend(directory);
    bytes
}

#[test]
fn packages_are_told_by_their_main_type() {
    let of = |main: &str| {
        detect(&package(&[("[Content_Types].xml", content_types(main).as_bytes()), ("main.xml", b"")]))
    };
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    assert_eq!(of(&format!("{word}.document.main+xml")), Format::Docx);
    assert_eq!(of(&format!("{word}.template.main+xml")), Format::Docx);
    assert_eq!(of("application/vnd.ms-word.document.macroEnabled.main+xml"), Format::Docx);
    assert_eq!(
        of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        Format::Xlsx
    );
    assert_eq!(of("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), Format::Xlsx);
    assert_eq!(
        of("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
        Format::Pptx
    );
    assert_eq!(of("application/zip"), Format::Package);
    assert_eq!(detect(&package(&[("OFD.xml", b"<a/>")])), Format::Ofd);
    assert_eq!(detect(&package(&[("mimetype", b"application/vnd.oasis.opendocument.text")])), Format::Odf);
    assert_eq!(detect(&package(&[("a/b.pdf", b"%PDF-1.4")])), Format::Zip);
}

#[test]
fn compound_files_are_told_by_their_streams() {
    assert_eq!(detect(&compound(&["WordDocument", "1Table"])), Format::Doc);
    assert_eq!(detect(&compound(&["x", "y", "z", "u", "Workbook"])), Format::Xls);
    assert_eq!(detect(&compound(&["PowerPoint Document"])), Format::Compound);
    assert_eq!(detect(&compound(&[])[..600]), Format::Compound);
}

#[test]
fn an_encrypted_office_document_says_so() {
    let error = try_read(&compound(&["EncryptionInfo", "EncryptedPackage"])).unwrap_err();
    assert_eq!(error.code(), "encrypted");
}

#[test]
fn an_encrypted_part_says_so() {
    let mut bytes = word("<w:p/>");
    // Bit 0 of the flags, in each local header and in each entry of the directory.
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let starts: Vec<usize> = (0..bytes.len() - 4).filter(|at| &bytes[*at..*at + 4] == mark).collect();
        for at in starts {
            bytes[at + flags] |= 1;
        }
    }
    assert_eq!(try_read(&bytes).unwrap_err().code(), "encrypted");
}

#[test]
fn other_formats_are_told_by_their_first_bytes() {
    let page = "<!-- saved -->\r\n<!DOCTYPE html PUBLIC \"x\"><html></html>";
    let mut tar = vec![0; 512];
    tar[0] = b'a';
    tar[257..262].copy_from_slice(b"ustar");
    let cases: &[(&[u8], Format)] = &[
        (b"", Format::Empty),
        (b"junk before\n%PDF-1.7", Format::Pdf),
        (b"{\\rtf1\\ansi", Format::Rtf),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n", Format::Mht),
        (b"From: <a>\r\nSubject: b\r\nMIME-Version: 1.0\r\n\r\n", Format::Mht),
        (page.as_bytes(), Format::Html),
        (b"\xef\xbb\xbf <HTML><body>", Format::Html),
        (b"<?xml version=\"1.0\"?><html xmlns=\"x\">", Format::Html),
        (
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>",
            Format::WordXml,
        ),
        (
            b"<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">",
            Format::WordXml,
        ),
        (b"<?xml version=\"1.0\"?><other/>", Format::Xml),
        (b"\x89PNG\r\n\x1a\n....", Format::Image),
        (b"\xff\xd8\xff\xe0", Format::Image),
        (b"RIFF\0\0\0\0WEBPVP8 ", Format::Image),
        (b"7z\xbc\xaf\x27\x1c\0", Format::SevenZip),
        (b"Rar!\x1a\x07\0", Format::Rar),
        (b"\x1f\x8b\x08", Format::Gzip),
        (b"\xfd7zXZ\0", Format::Xz),
        (&tar, Format::Tar),
        (&[0, 1, 2, 3, 4, 5, 250, 251, 252], Format::Unknown),
    ];
    for (bytes, format) in cases {
        assert_eq!(detect(bytes), *format, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn text_is_told_in_every_usual_encoding() {
    let text = "一、部门预算收支情况\n2021年预算收入34908.37万元。\n".repeat(3);
    let wide = |to: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(to).collect() };
    let marked = [&[0xff, 0xfe][..], &wide(u16::to_le_bytes)].concat();
    let gbk = encoding_rs::GBK.encode(&text).0.into_owned();
    for bytes in [text.clone().into_bytes(), marked, wide(u16::to_le_bytes), wide(u16::to_be_bytes), gbk] {
        assert_eq!(detect(&bytes), Format::Text);
    }
    assert_eq!(detect(b"<30 of the pupils"), Format::Text);
}

#[test]
fn a_spreadsheet_called_docx_is_a_spreadsheet() {
    let types = content_types("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    let bytes = package(&[("[Content_Types].xml", types.as_bytes())]);
    assert_eq!(gongkai::reader::detect(&bytes), gongkai::document::Format::Xlsx);
    let error = try_read(&bytes);
    assert!(
        matches!(&error, Err(ReadError::Damaged { part, .. }) if part == "xl/workbook.xml"),
        "a workbook is missed, not a Word document: {error:?}"
    );
}
