//! Broken and hostile files end in a clear error or in their text, quickly and in bounded memory.

use crate::fixture::{
    Parts, content_types, lines, p, package, read, relation, relations_part, root, run, tbl, tc, tr,
    try_read, word, word_with,
};
use gongkai::reader::{Limits, ReadError};
use std::path::Path;
use std::time::{Duration, Instant};

/// A Word file with this main part, whatever it is.
fn with_main(main: &[u8]) -> Vec<u8> {
    let types =
        content_types("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
    let relations = relations_part(&relation("m", "officeDocument", "/body/main.xml"));
    package(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("body/main.xml", main),
    ])
}

#[test]
fn the_main_part_is_found_through_the_relationships_and_no_other_part_is_needed() {
    let main = root("document", &format!("<w:body>{}</w:body>", p("找到")));
    assert_eq!(lines(&with_main(main.as_bytes())), ["找到"]);
}

#[test]
fn any_prefix_strict_names_and_utf16_are_read() {
    let main = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><q:document xmlns:q=\"http://purl.oclc.org/ooxml/wordprocessingml/main\">\
                <q:body><q:p><q:r><q:t>严格</q:t></q:r></q:p><p xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
                <r><t>默认</t></r></p></q:body></q:document>";
    assert_eq!(lines(&with_main(main.as_bytes())), ["严格", "默认"]);
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(main.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&with_main(&wide)), ["严格", "默认"]);
}

#[test]
fn byte_order_marks_before_a_part_are_no_part_of_it() {
    let body = format!("<w:body><w:p>{}{}</w:p></w:body>", run("<w:vanish/>", "隐"), run("", "显"));
    for marks in 0..4 {
        let main = "\u{feff}".repeat(marks) + &root("document", &body);
        assert_eq!(lines(&with_main(main.as_bytes())), ["显"], "{marks} marks");
    }
}

#[test]
fn a_prefix_stands_for_another_name_only_where_it_is_bound() {
    let body = format!("<x:p xmlns:x=\"urn:other\"><x:r><x:t>别的</x:t></x:r></x:p>{}", p("正文"));
    assert_eq!(lines(&word(&body)), ["正文"]);
}

#[test]
fn a_cut_part_is_damaged_and_says_where() {
    let main = root("document", &format!("<w:body>{}</w:body>", tbl(&[tr(&[tc("", "12.5")])])));
    for cut in [main.len() - 3, main.len() - 30, main.find("12.").unwrap() + 2] {
        match try_read(&with_main(&main.as_bytes()[..cut])).unwrap_err() {
            ReadError::Damaged { part, offset, .. } => {
                assert_eq!(part, "body/main.xml");
                assert!(offset > 0);
            }
            other => panic!("{other}"),
        }
    }
    assert!(matches!(try_read(&with_main(b"")), Err(ReadError::Damaged { .. })));
}

#[test]
fn unknown_entities_are_damage_and_never_expanded() {
    let main = root("document", "<w:body><w:p><w:r><w:t>&bomb;</w:t></w:r></w:p></w:body>");
    let main = main.replacen("?>", "?><!DOCTYPE d [<!ENTITY bomb \"x\">]>", 1);
    assert!(matches!(try_read(&with_main(main.as_bytes())), Err(ReadError::Damaged { .. })));
}

#[test]
fn a_document_that_shows_nothing_is_no_empty_success() {
    let error = try_read(&word("<w:p><w:r><w:drawing/></w:r></w:p>")).unwrap_err();
    assert_eq!(error.code(), "empty");
}

#[test]
fn a_wrong_checksum_is_damage() {
    let mut bytes = word(&p("12.5"));
    let directory = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[directory + 16] ^= 0xff;
    assert!(matches!(try_read(&bytes), Err(ReadError::Damaged { .. })));
}

#[test]
fn a_part_that_unpacks_without_measure_is_refused() {
    let text = "9".repeat(64 << 20);
    let main = root("document", &format!("<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"));
    let bytes = with_main(main.as_bytes());
    let started = Instant::now();
    assert!(matches!(try_read(&bytes), Err(ReadError::TooLarge { .. })));
    assert!(started.elapsed() < Duration::from_secs(2));
    let limits = Limits { unpacked_bytes: 100, ..Limits::default() };
    let error = gongkai::pipeline::read(&word(&p("x")), &limits).unwrap_err();
    assert_eq!(error.code(), "too_large");
}

#[test]
fn deep_nesting_of_anything_ends() {
    for (open, close) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    ] {
        for depth in [2_000, 50_000] {
            let body = format!("{}{}{}", open.repeat(depth), p("底"), close.repeat(depth));
            match try_read(&word(&body)) {
                Ok(document) => assert_eq!(document.visible, 1, "{open}"),
                Err(error) => assert_eq!(error.code(), "too_large", "{open}"),
            }
        }
    }
}

#[test]
fn a_missing_header_is_reported_and_missing_styles_are_not() {
    let body = format!("{}<w:sectPr><w:headerReference r:id=\"header\"/></w:sectPr>", p("x"));
    let bytes = word_with(&body, &Parts { header: &p("h"), styles: "<w:style/>", ..Parts::default() });
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes[..])).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::copy(&mut entry, &mut content).unwrap();
        if !name.contains("header1") && !name.ends_with("styles.xml") {
            parts.push((name, content));
        }
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
    let codes: Vec<_> =
        try_read(&package(&parts)).unwrap().warnings.iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["part word/header1.xml could not be read"]);
}

/// A file with a little of everything.
fn rich() -> Vec<u8> {
    let numbering = "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/>\
                     </w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";
    let body = format!(
        "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>一</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>{}",
        tbl(&[tr(&[tc("<w:gridSpan w:val=\"2\"/>", "a"), tc("<w:vMerge/>", "b")]), tr(&[tc("", "c")])])
    );
    let footnotes = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("注"));
    word_with(&body, &Parts { numbering, footnotes: &footnotes, styles: "<w:style/>", header: &p("h") })
}

#[test]
fn every_truncation_is_an_error() {
    let bytes = rich();
    for cut in (4..bytes.len()).step_by(10) {
        assert!(try_read(&bytes[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn no_flipped_byte_brings_the_reader_down() {
    let bytes = rich();
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut broken = bytes.clone();
            broken[at] ^= flip;
            let _ = try_read(&broken);
        }
    }
}

#[test]
fn no_flipped_byte_of_the_main_part_brings_the_reader_down() {
    let body = format!(
        "{}{}",
        p("一二"),
        tbl(&[tr(&[tc("<w:gridSpan w:val=\"2\"/>", "a"), tc("<w:vMerge/>", "b")])])
    );
    let main = root("document", &format!("<w:body>{body}</w:body>"));
    for at in 0..main.len() {
        for byte in [b'<', b'>', b'"', b'9', 0, 0xff] {
            let mut broken = main.clone().into_bytes();
            broken[at] = byte;
            let _ = try_read(&with_main(&broken));
        }
    }
}

#[test]
fn the_hostile_corpus_ends_in_errors_or_text_within_two_seconds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/word-hostile");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    for file in files {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let started = Instant::now();
        match try_read(&bytes) {
            Ok(document) => assert!(document.visible > 0, "{}", path.display()),
            Err(error) => {
                assert!(["damaged", "too_large"].contains(&error.code()), "{}: {error}", path.display());
            }
        }
        assert!(started.elapsed() < Duration::from_secs(2), "{}", path.display());
    }
}

#[test]
fn of_the_tricky_corpus_everything_that_word_shows_is_there_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/tricky");
    let Ok(bytes) = std::fs::read(folder.join("features.docx")) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let shown = format!("{:?}", read(&bytes));
    for word in [
        "MKPLAIN",
        "MKNUM标题",
        "MKSDTBLOCK",
        "MKSDTTBL",
        "MKAMKSDTRUN",
        "MKCELLSDT1",
        "MKROWSDT",
        "MKNEST2",
        "MKAFTERNEST",
        "MKINSMKMOVETO",
        "MKPTB",
        "MKVMLTXBX",
        "MKHYPERMKFLDSIMPLEMKFLDRESULT",
        "MKSMARTTAGMKCUSTOMXMLMKBDO",
        "MKTAB",
        "MKBR",
        "MKNBH",
        "MKRUBY",
        "MKMATH",
        "MKFOOTNOTE",
        "MKENDNOTE",
        "MKCXBLOCK",
        "MKHEADER",
        "MGD",
        "MGH2",
        "MGGB2",
        "MGGA",
    ] {
        assert!(shown.contains(word), "{word}");
    }
    for word in ["MKDEL", "MKMOVEFROM", "MKROWDEL", "MKINSTR", "MKRT", "MKVANISH", "MKALTCHUNK"] {
        assert!(!shown.contains(word), "{word}");
    }
    assert_eq!(shown.matches("MKTXBXWPS").count(), 1);
    let revised = format!("{:?}", read(&std::fs::read(folder.join("bazhou-2021-revised.docx")).unwrap()));
    assert!(revised.contains("1.45万元") && !revised.contains("1.701.45"));
}
