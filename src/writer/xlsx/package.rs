//! The package around the sheets: what it holds, and how its files belong together.

use super::entry::{Complete, packing};
use super::text::push_escaped;
use super::{sheet, strings};
use std::fmt::Write as _;
use std::io::{self, Write};
use zip::ZipWriter;

pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Schemas of ECMA-376.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Two styles of cells: plain and bold.
const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// A sheet that is complete.
pub(super) struct Named {
    pub(super) name: String,
    /// Its number from 1, by which its file is named.
    pub(super) number: usize,
    pub(super) file: Complete,
    /// The cells with filters.
    pub(super) filter: String,
}

/// Writes a package of these sheets, in this order.
pub(super) fn write(out: &mut dyn Write, sheets: Vec<Named>, table: Complete) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(out);
    let files = [
        ("[Content_Types].xml", content_types(&sheets)),
        ("_rels/.rels", relations(&[("officeDocument".to_owned(), "xl/workbook.xml".to_owned())])),
        ("xl/workbook.xml", workbook(&sheets)),
        ("xl/_rels/workbook.xml.rels", workbook_relations(&sheets)),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>")),
    ];
    for (name, xml) in files {
        zip.start_file(name, packing())?;
        zip.write_all(DECLARATION.as_bytes())?;
        zip.write_all(xml.as_bytes())?;
    }
    for sheet in sheets {
        zip.merge_archive(sheet.file)?;
    }
    zip.merge_archive(table)?;
    zip.finish()?;
    Ok(())
}

fn content_types(sheets: &[Named]) -> String {
    let mut xml = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        .to_owned();
    let mut add = |name: &str, kind: &str| {
        let _ = write!(xml, "<Override PartName=\"/{name}\" ContentType=\"{CONTENT}.{kind}+xml\"/>");
    };
    add("xl/workbook.xml", "sheet.main");
    add("xl/styles.xml", "styles");
    add(strings::NAME, "sharedStrings");
    for sheet in sheets {
        add(&sheet::file_name(sheet.number), "worksheet");
    }
    xml + "</Types>"
}

fn workbook(sheets: &[Named]) -> String {
    let mut xml = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView/></bookViews><sheets>"
    );
    for Named { name, number, .. } in sheets {
        let name = escaped(name);
        let _ = write!(xml, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
    }
    xml.push_str("</sheets><definedNames>");
    for (index, Named { name, filter, .. }) in sheets.iter().enumerate() {
        let cells = escaped(&format!("'{name}'!{filter}"));
        let _ = write!(
            xml,
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{index}\" hidden=\"1\">{cells}</definedName>"
        );
    }
    xml + "</definedNames></workbook>"
}

fn escaped(text: &str) -> String {
    let mut xml = Vec::new();
    push_escaped(&mut xml, text.as_bytes());
    String::from_utf8_lossy(&xml).into_owned()
}

/// The sheets have the numbers of their relations, and the other files follow.
fn workbook_relations(sheets: &[Named]) -> String {
    let below_xl = |name: &str| name.trim_start_matches("xl/").to_owned();
    let sheets =
        sheets.iter().map(|sheet| ("worksheet".to_owned(), below_xl(&sheet::file_name(sheet.number))));
    let others = [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")];
    let others = others.map(|(kind, name)| (kind.to_owned(), name.to_owned()));
    relations(&sheets.chain(others).collect::<Vec<_>>())
}

/// Relations by kind and target, numbered from 1.
fn relations(targets: &[(String, String)]) -> String {
    let mut xml = format!("<Relationships xmlns=\"{RELATIONS}\">");
    for (number, (kind, target)) in (1..).zip(targets) {
        let _ =
            write!(xml, "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
    }
    xml + "</Relationships>"
}
