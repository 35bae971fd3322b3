//! OFD files as a user meets them: each habit of a producer a small package written here.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod ofd_fixture;

use gongkai::document::{Block, Blocks, Body, Direction, Format, Table};
use gongkai::pipeline;
use gongkai::reader::{Limits, ReadError};
use gongkai::table;
use ofd_fixture::{Ofd, line, redrawn, text, zip};
use std::path::Path;

fn recognise(bytes: &[u8]) -> Result<Blocks, ReadError> {
    pipeline::read(bytes, &Limits::default()).map(table::recognize)
}

fn page(objects: &str) -> Vec<u8> {
    let mut ofd = Ofd::new();
    ofd.page(objects);
    ofd.ofd()
}

fn tables(blocks: &Blocks) -> Vec<&Table> {
    let tables = blocks.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    tables.collect()
}

fn paragraphs(bytes: &[u8]) -> Vec<String> {
    let blocks = recognise(bytes).unwrap().blocks;
    let paragraphs = blocks.into_iter().filter_map(|block| match block {
        Block::Table(_) => None,
        Block::Paragraph(paragraph) => Some(paragraph.text),
    });
    paragraphs.collect()
}

fn words(bytes: &[u8]) -> Vec<String> {
    match pipeline::read(bytes, &Limits::default()).unwrap().body {
        Body::Pages(pages) => pages.into_iter().flat_map(|page| page.words).map(|word| word.text).collect(),
        Body::Flow(_) => Vec::new(),
    }
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    let grid = table.grid();
    (0..table.rows)
        .map(|row| (0..table.columns).map(|column| grid.text(row, column).replace('\n', "")).collect())
        .collect()
}

fn code(bytes: &[u8]) -> &'static str {
    recognise(bytes).map_or_else(|error| error.code(), |_| "")
}

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    recognise(bytes).unwrap().warnings.iter().map(gongkai::document::Warning::code).collect()
}

#[test]
fn a_ruled_table_has_its_rows_spans_and_place() {
    let rows_drawn: &[&[&str]] =
        &[&["科目", "预算数", "<"], &["^", "基本支出", "项目支出"], &["工资", "1,234.50", "0.95"]];
    let bytes = page(&ofd_fixture::table(20.0, 20.0, &[30.0, 30.0, 30.0], 8.0, rows_drawn));
    let blocks = recognise(&bytes).unwrap();
    let table = tables(&blocks)[0];
    let expected =
        [["科目", "预算数", "预算数"], ["科目", "基本支出", "项目支出"], ["工资", "1,234.50", "0.95"]];
    assert_eq!(rows(table), expected);
    let place = table.row_place(2);
    let bbox = place.bbox.unwrap();
    let mm = 72.0 / 25.4;
    assert_eq!(place.page, Some(1));
    assert!((bbox.y0 - 36.0 * mm).abs() < 1.0 && (bbox.x1 - 110.0 * mm).abs() < 1.0, "{bbox:?}");
}

#[test]
fn sentences_over_several_lines_are_whole() {
    let lines = ["一、部门预算收支情况说明如下所述：本部门二〇二一年", "度收入预算为34908.37万元。"];
    let objects: String = lines.iter().zip([20.0, 27.0]).map(|(line, y)| text(20.0, y, line)).collect();
    let read = paragraphs(&page(&objects)).join("");
    assert_eq!(read, lines.concat());
}

#[test]
fn the_pages_of_all_documents_follow_each_other() {
    let mut ofd = Ofd::new();
    ofd.page(&text(20.0, 20.0, "第一份"));
    ofd.document();
    ofd.page(&text(20.0, 20.0, "第二份"));
    ofd.page(&text(20.0, 20.0, "第二份续"));
    let document = pipeline::read(&ofd.ofd(), &Limits::default()).unwrap();
    assert_eq!((document.format, document.pages), (Format::Ofd, Some(3)));
    assert_eq!(document.properties.title.as_deref(), Some("文件0"));
    assert_eq!(words(&ofd.ofd()), ["第一份", "第二份", "第二份续"]);
}

#[test]
fn steps_and_places_are_read_as_producers_write_them() {
    let object = |attributes: &str, codes: &str| {
        page(&format!(
            "<ofd:TextObject ID=\"1\" Boundary=\"10 10 80 20\" Font=\"1\" Size=\"4\" {attributes}>{codes}</ofd:TextObject>"
        ))
    };
    let code = |attributes: &str, text: &str| format!("<ofd:TextCode {attributes}>{text}</ofd:TextCode>");
    assert_eq!(words(&object("", &code("X=\"0\" Y=\"4\" DeltaX=\"g 3 4\"", "收入预算"))), ["收入预算"]);
    // Far steps divide words, a text without steps has those of its characters.
    assert_eq!(words(&object("", &code("X=\"0\" Y=\"4\" DeltaX=\"4 20 4\"", "收入预算"))), ["收入", "预算"]);
    assert_eq!(words(&object("", &code("X=\"0\" Y=\"4\"", "收入12.5"))), ["收入12.5"]);
    // A missing coordinate is the one before; where both are missing the text goes on.
    let twice = code("X=\"0\" Y=\"4\" DeltaX=\"4\"", "收入") + &code("Y=\"10\" DeltaX=\"4\"", "支出");
    assert_eq!(words(&object("", &twice)), ["收入", "支出"]);
    let on = code("X=\"0\" Y=\"4\" DeltaX=\"4 4\"", "收入") + &code("", "支出");
    assert_eq!(words(&object("", &on)), ["收入支出"]);
    // Sizes of pixels with a matrix to millimetres.
    let scaled = object("CTM=\"0.25 0 0 0.25 0 0\"", &code("X=\"0\" Y=\"16\" DeltaX=\"g 3 4\"", "收入预算"));
    assert_eq!(words(&scaled), ["收入预算"]);
    // Laid out for reading.
    assert_eq!(words(&object("", &code("X=\"0\" Y=\"4\" DeltaX=\"4\"", "\n    收入\n  "))), ["收入"]);
}

#[test]
fn characters_drawn_one_by_one_make_whole_numbers() {
    // Half as wide as high, as in the Song typeface, and narrower, as in Latin ones.
    for widths in [[2.0; 8], [2.2, 1.1, 2.2, 2.2, 2.2, 1.1, 2.2, 2.2]] {
        let mut x = 20.0;
        let mut objects = String::new();
        for (character, width) in "1,234.50".chars().zip(widths) {
            objects += &text(x, 20.0, &character.to_string());
            x += width;
        }
        objects += &text(x + 3.0, 20.0, "8");
        assert_eq!(words(&page(&objects)), ["1,234.50", "8"]);
    }
}

#[test]
fn glyphs_without_characters_are_read_through_the_embedded_font() {
    let mut ofd = Ofd::new();
    ofd.common("<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>");
    ofd.part(
        "Doc_0/PublicRes.xml",
        "<ofd:Res BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"1\" FontName=\"F\"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font>\
         </ofd:Fonts></ofd:Res>",
    );
    let coded = text(20.0, 20.0, "\u{e001}\u{e002}部").replace(
        "<ofd:TextCode",
        "<ofd:CGTransform CodePosition=\"0\" CodeCount=\"2\" GlyphCount=\"2\"><ofd:Glyphs>7 8</ofd:Glyphs></ofd:CGTransform><ofd:TextCode",
    );
    ofd.page(&coded);
    let parts = ofd.all_parts();
    let font = ofd_fixture::font(&[('收', 7), ('入', 8)]);
    let mut all: Vec<(&str, &[u8])> =
        parts.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    all.push(("Doc_0/Res/f.ttf", &font));
    assert_eq!(words(&zip(&all)), ["收入部"]);
    let unknown = recognise(&page(&text(20.0, 20.0, "预算\u{1}"))).unwrap();
    assert!(unknown.warnings.iter().any(|warning| warning.code() == "undecodable_text"));
}

#[test]
fn a_turned_page_reads_like_an_upright_one() {
    let upright =
        ofd_fixture::table(20.0, 20.0, &[30.0, 30.0], 8.0, &[&["科目", "合计"], &["工资", "1,234.50"]]);
    let unit = format!(
        "<ofd:CompositeGraphicUnit ID=\"9\" Width=\"200\" Height=\"200\"><ofd:Content>{upright}</ofd:Content></ofd:CompositeGraphicUnit>"
    );
    let mut ofd = Ofd::new();
    ofd.common("<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>");
    ofd.part(
        "Doc_0/DocumentRes.xml",
        &format!(
            "<ofd:Res BaseLoc=\"Res\"><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
        ),
    );
    ofd.page(
        "<ofd:CompositeObject ID=\"8\" Boundary=\"0 0 200 200\" CTM=\"0 1 -1 0 200 0\" ResourceID=\"9\"/>",
    );
    let bytes = ofd.ofd();
    let Body::Pages(pages) = pipeline::read(&bytes, &Limits::default()).unwrap().body else {
        panic!("pages")
    };
    assert_eq!(pages[0].direction, Direction::Down);
    let blocks = recognise(&bytes).unwrap();
    assert_eq!(rows(tables(&blocks)[0]), [["科目", "合计"], ["工资", "1,234.50"]]);
}

#[test]
fn templates_units_and_annotations_are_drawn_once_and_loops_end() {
    let mut ofd = Ofd::new();
    ofd.common("<ofd:TemplatePage ID=\"7\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/><ofd:DocumentRes>/Doc_0/Res.xml</ofd:DocumentRes>");
    let template = format!(
        "<ofd:Page><ofd:Template TemplateID=\"7\"/><ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content></ofd:Page>",
        text(20.0, 10.0, "霸州市财政局")
    );
    ofd.part("Doc_0/Tpls/Tpl_0/Content.xml", &template);
    ofd.part(
        "Doc_0/Res.xml",
        "<ofd:Res><ofd:CompositeGraphicUnit ID=\"9\"><ofd:Content><ofd:CompositeObject ResourceID=\"9\" \
         Boundary=\"0 0 1 1\"/></ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>",
    );
    ofd.more("<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>");
    ofd.part(
        "Doc_0/Annots/Annotations.xml",
        "<ofd:Annotations><ofd:Page PageID=\"1\"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
    );
    let shown = text(0.0, 0.0, "附注");
    let hidden = text(0.0, 20.0, "隐藏");
    ofd.part(
        "Doc_0/Annots/Page_0/Annotation.xml",
        &format!(
            "<ofd:PageAnnot><ofd:Annot ID=\"1\"><ofd:Appearance Boundary=\"20 60 10 10\">{shown}</ofd:Appearance></ofd:Annot>\
             <ofd:Annot ID=\"2\" Visible=\"false\"><ofd:Appearance Boundary=\"20 60 10 10\">{hidden}</ofd:Appearance></ofd:Annot>\
             </ofd:PageAnnot>"
        ),
    );
    let body = text(20.0, 40.0, "正文");
    let unit = "<ofd:CompositeObject ResourceID=\"9\" Boundary=\"0 0 1 1\"/>";
    ofd.raw_page("<ofd:Template TemplateID=\"7\"/>", &format!("<ofd:Layer>{body}{unit}</ofd:Layer>"));
    assert_eq!(words(&ofd.ofd()), ["霸州市财政局", "正文", "附注"]);
    assert_eq!(codes(&ofd.ofd()), ["hidden_text", "limit_reached"]);
}

#[test]
fn what_cannot_be_seen_is_left_out_and_counted() {
    let visible = text(20.0, 20.0, "看得见");
    let with = |object: String| codes(&page(&(visible.clone() + &object)));
    let other = text(20.0, 40.0, "看不见");
    assert_eq!(with(other.replace("Font=", "Visible=\"false\" Font=")), ["hidden_text"]);
    assert_eq!(with(other.replace("Font=", "Alpha=\"0\" Font=")), ["hidden_text"]);
    assert_eq!(with(text(500.0, 40.0, "页外")), ["off_page_text"]);
    let clip = "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary=\"90 90 1 1\"/></ofd:Area></ofd:Clip></ofd:Clips><ofd:TextCode";
    assert_eq!(with(other.replace("<ofd:TextCode", clip)), ["clipped_text"]);
}

#[test]
fn packages_of_odd_producers_are_read() {
    let mut ofd = Ofd::new();
    ofd.page(&text(20.0, 20.0, "部门预算"));
    let swapped = |from: &str, to: &str| {
        let parts: Vec<(String, String)> =
            ofd.all_parts().into_iter().map(|(path, text)| (path, text.replace(from, to))).collect();
        zip(&parts.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect::<Vec<_>>())
    };
    let cases = [
        ("ofd:", "x:"),
        ("http://www.ofdspec.org/2016", "http://www.ofdspec.org"),
        ("<ofd:DocRoot>", "<ofd:DocRoot>/"),
        ("BaseLoc=\"Pages/", "BaseLoc=\"/Doc_0/Pages/"),
        ("BaseLoc=\"Pages/", "BaseLoc=\"Doc_0/Pages/"),
        ("BaseLoc=\"Pages/Page_0/", "BaseLoc=\"Pages\\Page_0\\"),
        ("PhysicalBox", "NoBox"),
    ];
    for (from, to) in cases {
        assert_eq!(words(&swapped(from, to)), ["部门预算"], "{to}");
    }
    let gbk: Vec<(String, Vec<u8>)> = ofd
        .all_parts()
        .into_iter()
        .map(|(path, text)| (path, encoding_rs::GBK.encode(&text.replace("UTF-8", "GBK")).0.into_owned()))
        .map(|(path, bytes)| (path.replace('/', "\\"), bytes))
        .collect();
    let bytes = zip(&gbk.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect::<Vec<_>>());
    assert!(words(&bytes)[0].contains("部门预算"));
}

#[test]
fn files_that_cannot_be_read_say_why() {
    assert_eq!(code(&page("")), "no_text_layer");
    assert_eq!(
        code(&page("<ofd:ImageObject ID=\"1\" Boundary=\"0 0 200 200\" ResourceID=\"2\"/>")),
        "no_text_layer"
    );
    assert_eq!(code(&Ofd::new().ofd()), "damaged");
    let mut broken = Ofd::new();
    broken.page("<ofd:TextObject");
    assert_eq!(code(&broken.ofd()), "damaged");
    let locked = zip(&[("OFD.xml", b"\x01\x02"), ("Encryptions.xml", b"<a/>")]);
    assert_eq!(code(&locked), "encrypted");
}

#[test]
fn a_page_that_is_missing_or_broken_is_named_and_the_others_are_read() {
    let mut ofd = Ofd::new();
    ofd.page(&text(20.0, 20.0, "第一页"));
    ofd.page(&(text(20.0, 20.0, "第二页") + "<ofd:TextObject"));
    ofd.page(&text(20.0, 20.0, "第三页"));
    ofd.parts.retain(|(path, _)| !path.contains("Page_2"));
    assert_eq!(words(&ofd.ofd()), ["第一页", "第二页"]);
    assert_eq!(codes(&ofd.ofd()), ["part_unreadable", "part_unreadable"]);
}

#[test]
fn absurd_numbers_end_at_once() {
    let started = std::time::Instant::now();
    let many = "<ofd:TextObject ID=\"1\" Boundary=\"1e308 -1e308 1e308 1e308\" CTM=\"1e308 1e308 1e308 1e308 0 0\" Font=\"1\" \
                Size=\"1e300\" HScale=\"1e300\"><ofd:CGTransform CodePosition=\"99999999999\" CodeCount=\"99999999999\" \
                GlyphCount=\"9\"><ofd:Glyphs>1 2</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X=\"NaN\" Y=\"1e400\" \
                DeltaX=\"g 99999999999 1e308\">\u{e000}预算</ofd:TextCode></ofd:TextObject>";
    let lines = "<ofd:PathObject ID=\"1\" Boundary=\"0 0 1e30 1e30\" LineWidth=\"-5\"><ofd:AbbreviatedData>M 0 0 L 1e38 1e300 C C C A 1\
                 </ofd:AbbreviatedData></ofd:PathObject>";
    let read = recognise(&page(&(text(20.0, 20.0, "部门预算") + many + lines)));
    assert!(read.is_ok(), "{read:?}");
    let mut deep = String::new();
    for _ in 0..100_000 {
        deep += "<ofd:PageBlock>";
    }
    assert_eq!(code(&page(&deep)), "too_large");
    let mut pages = Ofd::new();
    for _ in 0..3_000 {
        pages.page("");
    }
    pages.page(&text(20.0, 20.0, "末页"));
    assert_eq!(words(&pages.ofd()), ["末页"]);
    assert!(started.elapsed().as_secs() < 60);
}

#[test]
fn a_part_that_unpacks_to_too_much_is_refused() {
    let bytes = page(&format!("<!--{}-->", " ".repeat(200 << 20)));
    assert_eq!(code(&bytes), "too_large");
}

#[test]
fn packages_cut_short_or_with_flipped_bits_never_panic() {
    let bytes = page(&(text(20.0, 20.0, "部门预算公开") + &line((20.0, 30.0), (90.0, 30.0))));
    for tenth in 0..10 {
        let cut = &bytes[..bytes.len() * tenth / 10];
        assert!(pipeline::read(cut, &Limits::default()).is_err(), "cut at {tenth} tenths");
    }
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x24;
        let _ = recognise(&flipped);
    }
}

#[test]
fn pages_redrawn_as_ofd_give_the_tables_of_their_pdf() {
    let Some(folder) = shared("eval/documents/pdf") else { return };
    let mut compared = 0;
    for path in pdfs(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(document) = pipeline::read(&bytes, &Limits::default()) else { continue };
        let Body::Pages(pages) = &document.body else { continue };
        if pages.len() > 40 {
            continue;
        }
        let again = recognise(&redrawn(pages)).unwrap();
        let first = table::recognize(document);
        let read = |blocks: &Blocks| tables(blocks).into_iter().map(rows).collect::<Vec<_>>();
        assert_eq!(read(&again), read(&first), "{}", path.display());
        let amounts = |blocks: &Blocks| {
            let (records, _) = gongkai::extract::records(blocks.clone(), "");
            records.amounts.into_iter().map(|amount| (amount.label, amount.value_raw)).collect::<Vec<_>>()
        };
        assert_eq!(amounts(&again), amounts(&first), "{}", path.display());
        compared += 1;
    }
    assert!(compared > 0, "no PDF was compared");
}

fn shared(folder: &str) -> Option<std::path::PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}

fn pdfs(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == "pdf")).collect();
    found.sort();
    found
}
