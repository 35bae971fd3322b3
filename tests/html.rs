//! Web pages: what a browser shows of them, and nothing else.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use gongkai::document::{Block, Body, Document, FurnitureKind, Table, Warning};
use gongkai::pipeline;
use gongkai::reader::Limits;
use std::fmt::Write;
use std::time::{Duration, Instant};

fn read(page: &str) -> Document {
    pipeline::read(page.as_bytes(), &Limits::default()).unwrap()
}

fn blocks(document: &Document) -> &[Block] {
    let Body::Flow(blocks) = &document.body else { panic!("a page is a flow") };
    blocks
}

fn paragraphs(document: &Document) -> Vec<String> {
    let texts = blocks(document).iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.printed()),
        Block::Table(_) => None,
    });
    texts.collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    let tables = blocks(document).iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    tables.collect()
}

/// Every visible character is in a block or in the furniture.
fn assert_complete(document: &Document) {
    let furniture: u64 =
        document.furniture.iter().map(|item| gongkai::document::visible_chars(&item.text)).sum();
    let held: u64 = blocks(document).iter().map(Block::visible).sum();
    assert_eq!(held + furniture, document.visible);
}

#[test]
fn merged_cells_keep_their_spans() {
    let document = read(
        "<html><body><table><tr><th rowspan=2>项目<th colspan='2'>预算数</tr><tr><td>合计<td>其中：财政拨款</tr>\
         <tr><td>一、本级<td>1<td>2</table></body></html>",
    );
    let table = tables(&document)[0];
    assert_eq!((table.rows, table.columns), (3, 3));
    let grid = table.grid();
    assert_eq!((grid.text(1, 0), grid.text(0, 2), grid.text(1, 2)), ("项目", "预算数", "其中：财政拨款"));
    assert_complete(&document);
}

#[test]
fn tables_that_only_place_things_give_way_to_what_they_hold() {
    let document = read(
        "<html><body><table width=100%><tr><td><h2>一、收支情况</h2><p>收入1234.50万元。</p>\
         <table border=1><tr><td>项目<td>金额</tr><tr><td>收入<td>12</tr><tr><td>支出<td>12</tr></table>\
         </td></tr></table></body></html>",
    );
    assert_eq!(paragraphs(&document), ["一、收支情况", "收入1234.50万元。"]);
    let tables = tables(&document);
    assert_eq!((tables.len(), tables[0].rows, tables[0].columns), (1, 3, 2));
    assert_complete(&document);
}

#[test]
fn a_table_inside_a_form_stays_inside_its_cell() {
    let inner = "<table><tr><td>一级指标<td>指标值</tr><tr><td>产出指标<td>≥95%</tr></table>";
    let document = read(&format!(
        "<html><body><table border=1><tr><td>项目名称<td>高龄津贴</tr><tr><td>预算金额<td>385.32</tr>\
         <tr><td>主管部门<td>民政局</tr><tr><td>绩效指标<td>{inner}</tr></table></body></html>"
    ));
    let tables = tables(&document);
    assert_eq!((tables.len(), tables[0].rows), (1, 4));
    let nested: usize = tables[0].cells.iter().map(|cell| cell.nested.len()).sum();
    assert_eq!(nested, 1);
    assert_complete(&document);
}

#[test]
fn what_a_browser_does_not_show_is_left_out_and_counted() {
    let document = read(
        "<html><head><style>p{}</style><script>var x='收入1万元'</script></head><body><p>收入<span \
         style='display: none'>9</span>12万元</p><p hidden>隐藏</p><noscript>没有</noscript><table><tr><td>a<td \
         style=\"DISPLAY:none\">b<td>c</tr><tr style=display:none><td>x<td>y<tr><td>1<td>2</table></body></html>",
    );
    assert_eq!(paragraphs(&document), ["收入12万元"]);
    let table = tables(&document)[0];
    assert_eq!((table.rows, table.columns), (2, 2));
    assert!(document.warnings.contains(&Warning::HiddenText(6)), "{:?}", document.warnings);
    assert_complete(&document);
}

#[test]
fn headings_breaks_entities_and_lists_are_read_as_shown() {
    let document = read(
        "<html><body><h1 align=center>标题</h1><h3>（一）收入</h3><p>第一行<br>第二行&nbsp;&lt;5&#37;</p>\
         <ol start=2 type=A><li>甲<li>乙</ol><ol style='list-style-type:cjk-ideographic'><li>丙</ol><p>一般公共\n预算</p>",
    );
    let shown = ["标题", "（一）收入", "第一行\n第二行 <5%", "B.甲", "C.乙", "一、丙", "一般公共预算"];
    assert_eq!(paragraphs(&document), shown);
    let [Block::Paragraph(title), Block::Paragraph(heading), ..] = blocks(&document) else { panic!() };
    assert_eq!((title.outline, title.centred, heading.outline), (Some(1), true, Some(3)));
    assert_complete(&document);
}

#[test]
fn the_article_is_found_among_navigation_and_the_rest_is_furniture() {
    let body = "<p>2021年一般公共预算收入35.65亿元，其中税收收入21.39亿元。</p>".repeat(5);
    let document = read(&format!(
        "<html><head><title>某县财政局2021年部门预算公开_某县人民政府</title></head><body>\
         <div class=header><a href=/>首页</a><a href=/zw>政务公开</a></div><div>当前位置：首页 &gt; 财政</div>\
         <h1>某县财政局2021年部门预算公开</h1><div>发布时间：2021-02-03 来源：财政局</div>\
         <div id=Zoom>{body}</div><div class=footer>版权所有：某县人民政府 ICP备1号</div></body></html>"
    ));
    let paragraphs = paragraphs(&document);
    assert_eq!(paragraphs.len(), 6);
    assert_eq!(paragraphs[0], "某县财政局2021年部门预算公开");
    assert_eq!(document.properties.title.as_deref(), Some("某县财政局2021年部门预算公开"));
    let kinds: Vec<FurnitureKind> = document.furniture.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [FurnitureKind::Header, FurnitureKind::Footer]);
    assert_complete(&document);
}

#[test]
fn a_named_container_is_not_believed_while_figures_stand_outside_of_it() {
    let table = "<table><tr><td>项目<td>金额</tr><tr><td>收入<td>12.5</tr><tr><td>支出<td>12.5</tr></table>";
    let document = read(&format!(
        "<html><body><div><div class=content><p>部门预算说明。</p></div><div class=annex>{table}</div></div></body></html>"
    ));
    assert_eq!((paragraphs(&document).len(), tables(&document).len()), (1, 1));
    assert_complete(&document);
}

#[test]
fn a_page_reads_the_same_in_every_encoding_counties_use() {
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset={charset}></head><body><p>收入总计1234.50万元，支出总计</p></body></html>"
        )
    };
    let wanted = paragraphs(&read(&page("utf-8")));
    for charset in ["gb2312", "gbk", "gb18030", "utf-8"] {
        let bytes = encoding_rs::GB18030.encode(&page(charset)).0.into_owned();
        let document = pipeline::read(&bytes, &Limits::default()).unwrap();
        assert_eq!(paragraphs(&document), wanted, "{charset}");
    }
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(page("gbk").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(paragraphs(&pipeline::read(&utf16, &Limits::default()).unwrap()), wanted);
}

#[test]
fn a_page_without_text_is_empty_not_read_in_full() {
    let error =
        pipeline::read(b"<html><body><script>1</script></body></html>", &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "empty");
}

#[test]
fn broken_pages_give_what_is_there() {
    let page = "<html><head><meta charset=utf-8></head><body><h1>标题</h1><table border=1><tr><td rowspan=2>甲</td>\
                <td colspan=3>乙</td></tr><tr><td>1</td><td>2</td></tr></table><ol><li>丙<ul><li>丁</ul></ol></body>";
    let bytes = page.as_bytes();
    for tenth in 1..10 {
        let cut = &bytes[..bytes.len() * tenth / 10];
        if let Ok(document) = pipeline::read(cut, &Limits::default()) {
            assert_complete(&document);
        }
    }
    for position in 0..bytes.len() {
        let mut flipped = bytes.to_vec();
        flipped[position] ^= 1 << (position % 8);
        let _ = pipeline::read(&flipped, &Limits::default());
    }
}

#[test]
fn absurd_pages_end_soon_with_a_result_or_a_clear_error() {
    let mut fonts = String::from("<html><body>");
    for index in 0..20_000 {
        let _ = write!(fonts, "<font color={index}><p>");
    }
    let pages = [
        format!("<html><body>{}", "<div>".repeat(200_000)),
        format!("<html><body>{}", "<table><tr><td>".repeat(50_000)),
        format!("<html><body>{}<p>1", "<b>".repeat(100_000)),
        fonts,
        format!("<html><body>{}</p>{}", "<div>".repeat(1_500), "<div></div>x".repeat(200_000)),
        "<html><body><table><tr><td rowspan=99999999 colspan=4294967296>1</td></tr><tr><td>2</table>"
            .to_owned(),
        format!("<html><body><table>{}</table>", "<tr><td colspan=1000 rowspan=65534>1".repeat(5_000)),
    ];
    for (index, page) in pages.iter().enumerate() {
        let start = Instant::now();
        match pipeline::read(page.as_bytes(), &Limits::default()) {
            Ok(document) => assert_complete(&document),
            Err(error) => assert!(matches!(error.code(), "too_large" | "empty"), "page {index}: {error}"),
        }
        assert!(start.elapsed() < Duration::from_secs(10), "page {index} took {:?}", start.elapsed());
    }
}
