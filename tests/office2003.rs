//! Files whose extension lies: Word 2003 XML, flat packages, Excel 2003 XML and web pages in MIME messages.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod packing;

use encoding_rs::GB18030;
use gongkai::document::{Block, Body, Document, Format, FurnitureKind, Role, Warning};
use gongkai::reader::{self, Limits, ReadError};
use packing::flat;
use std::time::{Duration, Instant};

const DOCX: &[u8] = include_bytes!("fixtures/word/budget.docx");
const XLSX: &[u8] = include_bytes!("fixtures/sheet/budget.xlsx");

fn try_read(bytes: &[u8]) -> Result<Document, ReadError> {
    reader::read(bytes, reader::detect(bytes), &Limits::default())
}

fn blocks(document: &Document) -> &[Block] {
    let Body::Flow(blocks) = &document.body else { panic!("these formats flow") };
    let furniture = document.furniture.iter().map(|item| gongkai::document::visible_chars(&item.text));
    let held = blocks.iter().map(Block::visible).sum::<u64>() + furniture.sum::<u64>();
    assert_eq!(held, document.visible, "text was lost");
    blocks
}

/// Paragraphs as printed; tables as rows of cells between `|`, `^` where a span goes on.
fn printed(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks(document) {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.printed()),
            Block::Table(table) => {
                let grid = table.grid();
                let cell =
                    |row, column| if grid.is_anchor(row, column) { grid.text(row, column) } else { "^" };
                let row =
                    |row| (0..grid.columns()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|");
                lines.extend((0..grid.rows()).map(row));
            }
        }
    }
    lines
}

const WORD: &str = "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument \
    xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\" \
    xmlns:wx=\"http://schemas.microsoft.com/office/word/2003/auxHint\" \
    xmlns:aml=\"http://schemas.microsoft.com/aml/2001/core\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xml:space=\"preserve\">";

/// A Word 2003 file with these definitions and this body.
fn word(definitions: &str, body: &str) -> String {
    format!("{WORD}{definitions}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>")
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_word_2003_file_has_its_numbering_merges_and_title() {
    let definitions = "<o:DocumentProperties><o:Title>预算公开</o:Title></o:DocumentProperties><w:lists>\
        <w:listDef w:listDefId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:nfc w:val=\"37\"/>\
        <w:lvlText w:val=\"%1、\"/></w:lvl></w:listDef><w:list w:ilfo=\"7\"><w:ilst w:val=\"3\"/></w:list></w:lists>\
        <w:styles><w:style w:type=\"paragraph\" w:styleId=\"h\"><w:name w:val=\"heading 1\"/><w:rPr><w:vanish/></w:rPr>\
        </w:style></w:styles>";
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:listPr><w:ilvl w:val=\"0\"/><w:ilfo w:val=\"7\"/></w:listPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
    };
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:vmerge w:val=\"restart\"/>", "产出指标"),
        cell("<w:gridSpan w:val=\"2\"/>", "指标值 "),
        cell("<w:vmerge/>", ""),
        cell("", "≥"),
        cell("", "95%"),
    );
    let body = format!("{}{}{table}", item("部门职责"), item("机构设置"));
    let document = try_read(word(definitions, &body).as_bytes()).unwrap();
    assert_eq!(document.format, Format::WordXml);
    assert_eq!(document.properties.title.as_deref(), Some("预算公开"));
    assert_eq!(printed(&document), ["一、部门职责", "二、机构设置", "产出指标|指标值 |^", "^|≥|95%"]);
    assert_eq!(document.warnings, []);
}

#[test]
fn tracked_changes_comments_notes_and_headers_of_word_2003_are_told_apart() {
    let annotation = |kind: &str, content: &str| {
        format!(
            "<aml:annotation aml:id=\"0\" w:type=\"{kind}\"><aml:content>{content}</aml:content></aml:annotation>"
        )
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}{}{}<w:r><w:footnote>{}</w:footnote></w:r>{}</w:p>\
         <w:sectPr><w:hdr w:type=\"odd\">{}</w:hdr><w:ftr w:type=\"odd\">{}</w:ftr></w:sectPr>",
        run("支出"),
        annotation("Word.Deletion", "<w:r><w:delText>1.70</w:delText></w:r>"),
        annotation("Word.Insertion", &run("1.45")),
        annotation("Word.Comment", &paragraph("核对")),
        paragraph("含上年结转"),
        run("万元"),
        paragraph("教育局"),
        paragraph("第1页"),
    );
    let document = try_read(word("", &body).as_bytes()).unwrap();
    assert_eq!(printed(&document), ["支出1.45万元", "含上年结转"]);
    assert!(matches!(&blocks(&document)[1], Block::Paragraph(note) if note.role == Role::Note));
    let furniture: Vec<_> = document.furniture.iter().map(|item| (item.kind, item.text.as_str())).collect();
    assert_eq!(furniture, [(FurnitureKind::Header, "教育局"), (FurnitureKind::Footer, "第1页")]);
    assert_eq!(document.warnings, [Warning::DeletedText(4)]);
}

#[test]
fn a_flat_package_equals_its_docx() {
    let (flat, docx) = (try_read(flat(DOCX).as_bytes()).unwrap(), try_read(DOCX).unwrap());
    assert_eq!((flat.format, docx.format), (Format::WordXml, Format::Docx));
    assert_eq!(blocks(&flat), blocks(&docx));
    assert_eq!(
        (flat.furniture, flat.properties, flat.warnings),
        (docx.furniture, docx.properties, docx.warnings)
    );
}

const SHEETS: &str = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
    <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\" \
    xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:html=\"http://www.w3.org/TR/REC-html40\"><Styles>\
    <Style ss:ID=\"b\"><Borders><Border ss:Position=\"Left\" ss:LineStyle=\"Continuous\"/></Borders></Style>\
    <Style ss:ID=\"m\" ss:Parent=\"b\"><NumberFormat ss:Format=\"Standard\"/></Style>\
    <Style ss:ID=\"f\" ss:Parent=\"b\"><NumberFormat ss:Format=\"Fixed\"/></Style>\
    <Style ss:ID=\"p\" ss:Parent=\"b\"><NumberFormat ss:Format=\"0.0%\"/></Style>\
    <Style ss:ID=\"d\" ss:Parent=\"b\"><NumberFormat ss:Format=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></Style>\
    <Style ss:ID=\"c\"><Alignment ss:Horizontal=\"Center\"/></Style></Styles>";

/// The fixture's workbook as Excel 2003 writes it.
fn sheets() -> String {
    let text = |attributes: &str, text: &str| {
        format!("<Cell ss:StyleID=\"b\"{attributes}><Data ss:Type=\"String\">{text}</Data></Cell>")
    };
    let number = |style: &str, value: &str| {
        format!("<Cell ss:StyleID=\"{style}\"><Data ss:Type=\"Number\">{value}</Data></Cell>")
    };
    let plain = |attributes: &str, text: &str| {
        format!("<Cell{attributes}><Data ss:Type=\"String\">{text}</Data></Cell>")
    };
    let first = [
        "<Column ss:Index=\"3\" ss:Hidden=\"1\"/>".to_owned(),
        "<Row><Cell ss:StyleID=\"c\" ss:MergeAcross=\"5\"><Data ss:Type=\"String\">岚山县教育局2022年部门收支总表</Data></Cell></Row>".to_owned(),
        format!("<Row>{}{}</Row>", plain("", "部门：岚山县教育局"), plain(" ss:Index=\"6\"", "单位：万元")),
        format!("<Row>{}{}{}{}</Row>", text(" ss:MergeDown=\"1\"", "项目"), text(" ss:MergeAcross=\"2\"", "预算数"), text(" ss:MergeDown=\"1\"", "占比"), text(" ss:MergeDown=\"1\"", "批复日期")),
        format!("<Row>{}{}{}</Row>", text(" ss:Index=\"2\"", "合计<Comment><Data>勿印</Data></Comment>"), text("", "隐藏列"), text("", "其中：上年结转")),
        format!("<Row>{}{}{}{}{}<Cell ss:StyleID=\"d\"><Data ss:Type=\"DateTime\">2022-01-01T00:00:00.000</Data></Cell></Row>", text("", "基本支出"), number("m", "12345.6"), number("b", "7"), number("f", "12.3"), number("p", "0.625")),
        format!("<Row ss:Hidden=\"1\">{}{}</Row>", text("", "隐藏行"), number("m", "9")),
        format!("<Row>{}{}<Cell ss:StyleID=\"b\"/>{}{}{}</Row>", text("", "项目支出"), number("m", "7407.36"), number("f", "-0.5"), number("p", "0.375"), text("", "见“说明”")),
        format!("<Row>{}{}<Cell ss:StyleID=\"b\"/>{}{}{}</Row>", text("", "<html:B>总</html:B>计"), number("m", "19752.96"), number("f", "11.8"), number("p", "1"), text("", "基本支出等")),
        format!("<Row>{}</Row>", plain("", "注：本表金额四舍五入。")),
    ];
    let second = [
        format!(
            "<Row>{}{}{}{}</Row>",
            plain("", "一级指标"),
            plain("", "二级指标"),
            plain("", "三级指标"),
            plain("", "指标值")
        ),
        format!(
            "<Row>{}{}{}{}</Row>",
            plain(" ss:MergeDown=\"1\"", "产出指标"),
            plain("", "数量指标"),
            plain("", "新建校舍面积&#10;（平方米）"),
            plain("", "≥3500平方米")
        ),
        format!(
            "<Row>{}{}<Cell ss:StyleID=\"p\"><Data ss:Type=\"Number\">0.985</Data></Cell></Row>",
            plain(" ss:Index=\"2\"", "质量指标"),
            plain("", "验收合格率")
        ),
    ];
    format!(
        "{SHEETS}<Worksheet ss:Name=\"收支总表\"><Table>{}</Table></Worksheet>\
         <Worksheet ss:Name=\"绩效目标\"><Table>{}</Table></Worksheet><Worksheet ss:Name=\"隐藏表\"><Table><Row>{}</Row></Table>\
         <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>",
        first.concat().replace(
            "<Comment><Data>勿印</Data></Comment></Data>",
            "</Data><Comment><Data>勿印</Data></Comment>"
        ),
        second.concat(),
        plain("", "不公开的内容"),
    )
}

#[test]
fn an_excel_2003_file_equals_its_xlsx() {
    let (xml, xlsx) = (try_read(sheets().as_bytes()).unwrap(), try_read(XLSX).unwrap());
    assert_eq!((xml.format, xlsx.format), (Format::ExcelXml, Format::Xlsx));
    assert_eq!(blocks(&xml), blocks(&xlsx));
    assert_eq!(xml.warnings, xlsx.warnings);
}

const PAGE: &str = "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body>\
    <p>岚山县2022年预算</p><table border=1><tr><td rowspan=2>产出</td><td>数量=1</td></tr><tr><td>质量</td></tr></table>";

/// A part with its headers; the body as it stands.
fn part(headers: &str, body: &[u8]) -> Vec<u8> {
    [headers.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body, b"\r\n"].concat()
}

fn message(content_type: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut message =
        format!("MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\npreamble\r\n").into_bytes();
    for part in parts {
        message.extend(b"--next\r\n");
        message.extend(part);
    }
    message.extend(b"--next--\r\n");
    message
}

fn quoted(bytes: &[u8]) -> Vec<u8> {
    let code = |byte: &u8| {
        if byte.is_ascii() && *byte != b'=' { char::from(*byte).to_string() } else { format!("={byte:02X}") }
    };
    let coded: Vec<String> = bytes.iter().map(code).collect();
    coded.chunks(20).map(<[String]>::concat).collect::<Vec<_>>().join("=\r\n").into_bytes()
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let code = |chunk: &[u8]| {
        let held = chunk.iter().fold(0_usize, |held, byte| held << 8 | usize::from(*byte))
            << (8 * (3 - chunk.len()));
        (0..4).map(move |at| SIGNS[held >> (18 - 6 * at) & 63]).collect::<Vec<u8>>()
    };
    let coded: Vec<u8> = bytes.chunks(3).flat_map(code).collect();
    coded.chunks(76).collect::<Vec<_>>().join(&b"\r\n"[..])
}

#[test]
fn a_page_in_a_message_is_read_in_every_coding() {
    let gbk = GB18030.encode(PAGE).0.into_owned();
    let html = "Content-Type: text/html; charset=\"gb2312\"\nContent-Transfer-Encoding:";
    let related = "multipart/related;\r\n\ttype=\"text/html\"; boundary=\"next\"";
    let xml = part("Content-Type: text/xml", b"<xml/>");
    for (name, bytes) in [
        (
            "quoted-printable",
            message(related, &[part(&format!("{html} quoted-printable"), &quoted(&gbk)), xml.clone()]),
        ),
        ("base64", message(related, &[xml.clone(), part(&format!("{html} base64"), &base64(&gbk))])),
        ("8bit", message(related, &[part(&format!("{html} 8bit"), &gbk)])),
        ("alone", part(&format!("MIME-Version: 1.0\n{html} quoted-printable"), &quoted(&gbk))),
    ] {
        let document = try_read(&bytes).unwrap();
        assert_eq!(document.format, Format::Mht, "{name}");
        assert_eq!(printed(&document), ["岚山县2022年预算", "产出|数量=1", "^|质量"], "{name}");
    }
}

#[test]
fn the_root_of_a_message_is_the_part_it_names_and_frames_are_read_in_order() {
    let html = |id: &str, location: &str, text: &str| {
        let headers = format!(
            "Content-Type: text/html; charset=utf-8\nContent-ID: <{id}>\nContent-Location: {location}"
        );
        part(&headers, format!("<html><body>{text}</body></html>").as_bytes())
    };
    let parts = [html("a", "1.htm", "<p>别页</p>"), html("b", "2.htm", "<p>正文</p>")];
    let named = message("multipart/related; start=\"<b>\"; boundary=next", &parts);
    assert_eq!(printed(&try_read(&named).unwrap()), ["正文"]);
    let frames = [
        html("0", "book.htm", "<frameset rows=\"*,39\"><frame src=\"sheet001.htm\"></frameset>"),
        html("1", "sheet001.htm", "<table><tr><td>收入</td><td>1</td></tr></table>"),
        html("2", "tabstrip.htm", "<p>Sheet1</p>"),
        html("3", "sheet002.htm", "<table><tr><td>支出</td><td>2</td></tr></table>"),
    ];
    let framed = message("multipart/related; boundary=next", &frames);
    assert_eq!(printed(&try_read(&framed).unwrap()), ["收入|1", "支出|2"]);
}

#[test]
fn messages_that_make_no_sense_end_with_a_clear_error() {
    let none = message("multipart/related; boundary=next", &[part("Content-Type: text/plain", b"x")]);
    assert_eq!(try_read(&none).unwrap_err().code(), "damaged");
    let mut deep = b"MIME-Version: 1.0\r\n".to_vec();
    for level in 0..1_000 {
        let entity = format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
        deep.extend(entity.into_bytes());
    }
    assert_eq!(try_read(&deep).unwrap_err().code(), "too_large");
    let many = [
        &b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"[..],
        &b"--b\r\n".repeat(50_000),
    ]
    .concat();
    assert_eq!(try_read(&many).unwrap_err().code(), "too_large");
}

#[test]
fn absurd_workbooks_end_with_a_result_or_a_clear_error() {
    let sheet = |rows: &str| {
        format!("{SHEETS}<Worksheet ss:Name=\"表\"><Table>{rows}</Table></Worksheet></Workbook>")
    };
    let cell = "<Data ss:Type=\"Number\">1</Data></Cell>";
    for (rows, code) in [
        (
            format!(
                "<Row ss:Index=\"4294967295\"><Cell ss:Index=\"4294967295\" ss:MergeAcross=\"4294967295\" ss:MergeDown=\"4294967295\">{cell}</Row>"
            ),
            None,
        ),
        (
            format!(
                "<Row ss:Span=\"4294967295\"><Cell>{cell}</Row><Row ss:Index=\"0\"><Cell ss:Index=\"0\">{cell}</Row>"
            ),
            None,
        ),
        ("<Row/>".repeat(300_000), Some("empty")),
        (format!("<Row>{}", "<Cell>".repeat(2_000)), Some("too_large")),
    ] {
        let result = try_read(sheet(&rows).as_bytes());
        assert_eq!(result.as_ref().err().map(ReadError::code), code);
    }
}

#[test]
fn broken_files_are_errors_and_bring_no_reader_down() {
    let started = Instant::now();
    let page = part(
        "MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64",
        &base64(PAGE.as_bytes()),
    );
    for (format, whole) in [
        (Format::WordXml, flat(DOCX).into_bytes()),
        (Format::WordXml, word("<w:styles/>", &paragraph("预算").repeat(20)).into_bytes()),
        (Format::ExcelXml, sheets().into_bytes()),
        (Format::Mht, page),
    ] {
        for tenth in 1..10 {
            let cut = reader::read(&whole[..whole.len() * tenth / 10], format, &Limits::default());
            assert!(cut.is_err() || format == Format::Mht, "{format:?} {tenth}");
        }
        for at in (0..whole.len()).step_by(whole.len().div_ceil(1_000)) {
            let mut broken = whole.clone();
            broken[at] ^= [0x01, 0x80, 0x1f][at % 3];
            if let Ok(document) = reader::read(&broken, format, &Limits::default()) {
                blocks(&document);
            }
        }
    }
    assert!(started.elapsed() < Duration::from_mins(1));
}

#[test]
fn files_that_are_no_documents_are_named_as_what_they_are() {
    let mut lock = [0_u8; 162];
    lock[..4].copy_from_slice(b"\x03abc");
    lock[54..62].copy_from_slice(&[3, 0, b'a', 0, b'b', 0, b'c', 0]);
    let mut program = [0_u8; 200];
    program[..2].copy_from_slice(b"MZ");
    program[60] = 128;
    program[128..132].copy_from_slice(b"PE\0\0");
    for (bytes, format) in [
        (&lock[..], Format::LockFile),
        (&program, Format::Program),
        (b"\x7fELF\x02\x01\x01", Format::Program),
        (b"", Format::Empty),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0d", Format::Image),
    ] {
        assert_eq!(reader::detect(bytes), format);
        let code = if format == Format::Empty { "empty" } else { "unsupported_format" };
        assert_eq!(try_read(bytes).unwrap_err().code(), code);
    }
    // A list that begins like a program, and a text of the length of a lock file, are texts.
    assert_eq!(reader::detect("MZ县2022年预算".as_bytes()), Format::Text);
    assert_eq!(reader::detect("2022年预算公开表\n".repeat(8).as_bytes().get(..162).unwrap()), Format::Text);
}
