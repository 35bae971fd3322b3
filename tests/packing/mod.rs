//! The same document packed otherwise: a package as one XML file.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

/// The parts of a package in one XML file.
pub fn flat(package: &[u8]) -> String {
    let mut flat = String::from(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>\
         <pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">",
    );
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let is_part = matches!(name.rsplit('.').next(), Some("xml" | "rels"));
        if !is_part || name.starts_with('[') {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let text = if text.starts_with("<?xml") { text.split_once("?>").unwrap().1 } else { text };
        write!(flat, "<pkg:part pkg:name=\"/{name}\"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>").unwrap();
    }
    flat + "</pkg:package>"
}
