//! OpenDocument spreadsheets: the same sheets as their .xlsx, however cells and rows are repeated.

use super::printed;
use gongkai::document::{Document, Warning};
use gongkai::pipeline;
use gongkai::reader::{Limits, ReadError};
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ODS: &[u8] = include_bytes!("../fixtures/sheet/budget.ods");
const XLSX: &[u8] = include_bytes!("../fixtures/sheet/budget.xlsx");
/// `b`: bordered cells; `gone`: a hidden sheet.
const STYLES: &str = "<style:style style:name='b' style:family='table-cell'>\
    <style:table-cell-properties fo:border='1pt solid #000'/></style:style>\
    <style:style style:name='gone' style:family='table'><style:table-properties table:display='false'/></style:style>";

fn package(tables: &str, manifest: &str) -> Vec<u8> {
    let names = ["office", "table", "text", "style", "drawing"].map(|name| {
        let prefix = if name == "drawing" { "draw" } else { name };
        format!("xmlns:{prefix}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0' ")
    });
    let names = names.concat() + "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'";
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>{STYLES}</office:automatic-styles><office:body>\
         <office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", manifest),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(tables: &str) -> Result<Document, ReadError> {
    pipeline::read(&package(tables, "<manifest/>"), &Limits::default())
}

#[test]
fn a_workbook_gives_the_sheets_of_its_xlsx() {
    let [ods, xlsx] = [ODS, XLSX].map(|bytes| pipeline::read(bytes, &Limits::default()).unwrap());
    assert_eq!(printed(&ods), printed(&xlsx));
    assert_eq!(ods.warnings, xlsx.warnings);
}

#[test]
fn repeated_merged_covered_and_hidden_cells_are_read_as_shown() {
    let document = read(
        "<table:table table:name='表1'><table:table-column table:number-columns-repeated='2'/>\
         <table:table-column table:visibility='collapse'/>\
         <table:table-row><table:table-cell table:style-name='b' table:number-columns-spanned='2'>\
         <text:p>项目<text:s text:c='2'/>甲\n 乙</text:p><text:p>续</text:p></table:table-cell>\
         <table:covered-table-cell table:style-name='b'/><table:table-cell><text:p>藏</text:p></table:table-cell>\
         <table:table-cell><text:p>数<office:annotation><text:p>注</text:p></office:annotation></text:p></table:table-cell>\
         </table:table-row>\
         <table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='2'>\
         <text:p>同</text:p></table:table-cell><table:table-cell/>\
         <table:table-cell office:value-type='percentage' office:value='0.125'/></table:table-row>\
         <table:table-row table:visibility='filter'><table:table-cell><text:p>滤</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated='1048000'><table:table-cell table:style-name='b' \
         table:number-columns-repeated='16000'/></table:table-row></table:table>\
         <table:table table:style-name='gone'><table:table-row><table:table-cell><text:p>隐</text:p></table:table-cell>\
         </table:table-row></table:table>",
    )
    .unwrap();
    assert_eq!(printed(&document), ["项目  甲 乙\n续|项目  甲 乙\n续|数", "同|同|12.50%", "同|同|12.50%"]);
    assert_eq!(document.warnings, [Warning::HiddenText(3)]);
}

#[test]
fn absurd_repeats_and_encrypted_parts_are_refused_and_cuts_never_break_the_reader() {
    let cell = |text: &str| {
        format!(
            "<table:table><table:table-row table:number-rows-repeated='1048576'>\
             <table:table-cell table:number-columns-repeated='16384'><text:p>{text}</text:p></table:table-cell>\
             </table:table-row></table:table>"
        )
    };
    for text in ["1".to_owned(), "长".repeat(100_000)] {
        assert_eq!(read(&cell(&text)).unwrap_err().code(), "too_large");
    }
    let sealed = package("", "<manifest><encryption-data/></manifest>");
    assert_eq!(pipeline::read(&sealed, &Limits::default()).unwrap_err().code(), "encrypted");
    for tenth in 0..10 {
        assert!(pipeline::read(&ODS[..ODS.len() * tenth / 10], &Limits::default()).is_err());
    }
}
