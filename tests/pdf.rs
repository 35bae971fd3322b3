//! PDF files as a user meets them: each trap a small file written here, then the shared corpus where it is present.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a panic is how a test fails")]

mod pdf_fixture;
mod pdf_prose;
mod pdf_published;

use gongkai::document::{Block, Blocks, Format, Table};
use gongkai::flag::Flag;
use gongkai::pipeline;
use gongkai::reader::{Limits, ReadError};
use gongkai::table;
use lopdf::Object;
use pdf_fixture::Sheet;
use quick_xml::events::Event;
use std::path::{Path, PathBuf};

fn recognise(bytes: &[u8]) -> Result<Blocks, ReadError> {
    pipeline::read(bytes, &Limits::default()).map(table::recognize)
}

fn blocks(sheet: &Sheet) -> Blocks {
    recognise(&sheet.pdf()).expect("the file can be read")
}

fn tables(blocks: &Blocks) -> Vec<&Table> {
    let tables = blocks.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    tables.collect()
}

fn paragraphs(blocks: &Blocks) -> Vec<&str> {
    let paragraphs = blocks.blocks.iter().filter_map(|block| match block {
        Block::Table(_) => None,
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
    });
    paragraphs.collect()
}

/// The texts of a table by row, line breaks removed and merged cells repeated.
fn rows(table: &Table) -> Vec<Vec<String>> {
    let grid = table.grid();
    (0..table.rows)
        .map(|row| (0..table.columns).map(|column| grid.text(row, column).replace('\n', "")).collect())
        .collect()
}

fn codes(blocks: &Blocks) -> Vec<&'static str> {
    blocks.warnings.iter().map(gongkai::document::Warning::code).collect()
}

#[test]
fn a_ruled_table_has_its_rows_and_columns_and_place() {
    let mut sheet = Sheet::new();
    sheet.table(50.0, 700.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["工资", "1,234.50"]]);
    let blocks = blocks(&sheet);
    let table = tables(&blocks)[0];
    assert_eq!(rows(table), [["科目", "合计"], ["工资", "1,234.50"]]);
    let place = table.row_place(1);
    assert_eq!(place.page, Some(1));
    let bbox = place.bbox.expect("the row's box is known");
    assert!((bbox.y0 - 120.0).abs() < 1.0 && (bbox.y1 - 140.0).abs() < 1.0, "{bbox:?}");
}

#[test]
fn a_box_with_one_cell_is_no_table() {
    let mut sheet = Sheet::new();
    sheet.table(50.0, 700.0, &[200.0], 30.0, &[&["说明文字"]]);
    let blocks = blocks(&sheet);
    assert!(tables(&blocks).is_empty());
    assert_eq!(paragraphs(&blocks), ["说明文字"]);
}

#[test]
fn thin_areas_are_lines_too() {
    let mut sheet = Sheet::new();
    for y in [700.0, 680.0, 660.0] {
        sheet.area(50.0, y, 160.5, 0.5);
    }
    for x in [50.0, 130.0, 210.0] {
        sheet.area(x, 660.0, 0.5, 40.0);
    }
    sheet.text(53.0, 686.0, "项目");
    sheet.text(133.0, 686.0, "金额");
    sheet.text(53.0, 666.0, "合计");
    sheet.text(133.0, 666.0, "10.00");
    assert_eq!(rows(tables(&blocks(&sheet))[0]), [["项目", "金额"], ["合计", "10.00"]]);
}

#[test]
fn a_number_that_crosses_a_line_stays_whole_in_its_cell() {
    let mut sheet = Sheet::new();
    sheet.table(50.0, 700.0, &[60.0, 60.0], 20.0, &[&["合计", "基本"], &["", "7"]]);
    sheet.text(78.0, 666.0, "4,946.19");
    assert_eq!(rows(tables(&blocks(&sheet))[0])[1], ["4,946.19", "7"]);
}

#[test]
fn a_run_drawn_twice_is_read_once() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 700.0, "预算11");
    sheet.text(50.3, 700.0, "预算11");
    let blocks = blocks(&sheet);
    assert_eq!(paragraphs(&blocks), ["预算11"]);
}

#[test]
fn text_that_cannot_be_seen_is_left_out_and_named() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 700.0, "看得见");
    sheet.text(900.0, 700.0, "页外");
    sheet.operation("q", vec![]);
    sheet.operation("re", vec![0.into(), 0.into(), 10.into(), 10.into()]);
    sheet.operation("W", vec![]);
    sheet.operation("n", vec![]);
    sheet.text(50.0, 500.0, "剪掉的");
    sheet.operation("Q", vec![]);
    sheet.operation("Tr", vec![3.into()]);
    sheet.text(50.0, 400.0, "隐");
    let blocks = blocks(&sheet);
    assert_eq!(paragraphs(&blocks), ["看得见"]);
    assert_eq!(codes(&blocks), ["hidden_text", "clipped_text", "off_page_text"]);
}

#[test]
fn a_turned_page_reads_like_an_upright_one() {
    let mut sheet = Sheet::new();
    // The page is turned by content alone: everything is rotated a quarter to the left about the lower right corner.
    sheet.operation("cm", vec![0.into(), 1.into(), (-1).into(), 0.into(), 600.into(), 0.into()]);
    sheet.table(50.0, 500.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["工资", "5.00"]]);
    let blocks = blocks(&sheet);
    let table = tables(&blocks)[0];
    assert_eq!(rows(table), [["科目", "合计"], ["工资", "5.00"]]);
    let bbox = table.place.bbox.expect("the table's box is known");
    assert!(bbox.height() > bbox.width(), "the box is one on the page as shown: {bbox:?}");
}

#[test]
fn a_rotated_page_reads_like_an_upright_one() {
    let mut sheet = Sheet::new();
    sheet.rotate(90);
    sheet.operation("cm", vec![0.into(), 1.into(), (-1).into(), 0.into(), 600.into(), 0.into()]);
    sheet.table(50.0, 500.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["工资", "5.00"]]);
    assert_eq!(rows(tables(&blocks(&sheet))[0]), [["科目", "合计"], ["工资", "5.00"]]);
}

#[test]
fn a_table_goes_on_over_a_page_break_without_its_repeated_header() {
    let mut sheet = Sheet::new();
    sheet.table(50.0, 90.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["甲", "1"]]);
    sheet.page();
    sheet.table(50.0, 740.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["乙", "2"]]);
    let blocks = blocks(&sheet);
    let tables = tables(&blocks);
    assert_eq!(tables.len(), 1);
    assert_eq!(rows(tables[0]), [["科目", "合计"], ["甲", "1"], ["乙", "2"]]);
    assert!(tables[0].continued);
    assert_eq!((tables[0].place.page, tables[0].page_last), (Some(1), Some(2)));
    assert_eq!(tables[0].row_place(2).page, Some(2));
}

#[test]
fn tables_with_a_title_between_them_stay_apart() {
    let mut sheet = Sheet::new();
    sheet.table(50.0, 90.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["甲", "1"]]);
    sheet.page();
    sheet.text(250.0, 760.0, "支出预算表");
    sheet.table(50.0, 740.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["乙", "2"]]);
    assert_eq!(tables(&blocks(&sheet)).len(), 2);
}

#[test]
fn page_numbers_are_furniture_and_nothing_is_lost() {
    let mut sheet = Sheet::new();
    for number in 1..=3 {
        if number > 1 {
            sheet.page();
        }
        sheet.text(50.0, 700.0, "正文。");
        sheet.text(290.0, 30.0, &format!("- {number} -"));
    }
    let document = pipeline::read(&sheet.pdf(), &Limits::default()).expect("the file can be read");
    let visible = document.visible;
    let blocks = table::recognize(document);
    assert_eq!(blocks.furniture.len(), 3);
    assert_eq!(paragraphs(&blocks), ["正文。"; 3]);
    assert_eq!(blocks.visible(), visible);
}

#[test]
fn a_sentence_broken_over_lines_is_whole() {
    let mut sheet = Sheet::new();
    let first =
        "二〇二一年部门预算收入总计一百二十三点四五万元，其中当年安排一百二十万元，上年结转三点四五万元，";
    sheet.text(70.0, 700.0, first);
    sheet.text(50.0, 682.0, "一般公共预算拨款收入一百万元。");
    sheet.text(70.0, 664.0, "下一段。");
    let whole = format!("{first}一般公共预算拨款收入一百万元。");
    assert_eq!(paragraphs(&blocks(&sheet)), [whole.as_str(), "下一段。"]);
}

#[test]
fn parts_of_a_line_far_apart_keep_their_distance() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 700.0, "编制单位：财政局");
    sheet.text(400.0, 700.0, "金额单位：万元");
    let blocks = blocks(&sheet);
    let text = paragraphs(&blocks)[0];
    assert!(text.starts_with("编制单位：财政局  ") && text.ends_with("  金额单位：万元"), "{text}");
}

#[test]
fn a_page_without_text_is_an_error_not_an_empty_success() {
    let mut sheet = Sheet::new();
    sheet.area(50.0, 50.0, 500.0, 600.0);
    assert_eq!(recognise(&sheet.pdf()).map(|_| ()).unwrap_err().code(), "no_text_layer");
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused() {
    let zeros = vec![b' '; 100 << 20];
    let mut stream = lopdf::Stream::new(lopdf::dictionary! {}, zeros);
    stream.compress().expect("zeros compress");
    let mut sheet = Sheet::new();
    sheet.text(50.0, 700.0, "甲");
    let bytes = sheet.pdf_with(Object::Stream(stream));
    assert!(bytes.len() < 1 << 20);
    assert_eq!(recognise(&bytes).map(|_| ()).unwrap_err().code(), "too_large");
}

#[test]
fn a_form_that_draws_itself_ends() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 700.0, "甲");
    sheet.operation("Do", vec!["X1".into()]);
    let blocks = recognise(&sheet.pdf_with_form("/X1 Do /X1 Do")).expect("the text is read");
    assert_eq!(paragraphs(&blocks), ["甲"]);
}

#[test]
fn files_cut_short_never_panic() {
    let mut sheet = Sheet::new();
    sheet.table(50.0, 700.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["工资", "1,234.50"]]);
    let bytes = sheet.pdf();
    for end in (0..bytes.len()).step_by(37) {
        match recognise(&bytes[..end]) {
            Ok(blocks) => assert!(blocks.visible() > 0, "cut at {end}"),
            Err(error) => assert_ne!(error.code(), "crashed"),
        }
    }
}

#[test]
fn rules_of_one_length_bound_a_table_of_words() {
    let mut sheet = Sheet::new();
    for y in [700.0, 680.0, 640.0] {
        sheet.line((50.0, y), (450.0, y));
    }
    for (y, row) in
        [(686.0, ["单位名称", "单位性质"]), (666.0, ["财政局", "行政"]), (646.0, ["国库中心", "事业"])]
    {
        sheet.text(60.0, y, row[0]);
        sheet.text(300.0, y, row[1]);
    }
    let expected = [["单位名称", "单位性质"], ["财政局", "行政"], ["国库中心", "事业"]];
    assert_eq!(rows(tables(&blocks(&sheet))[0]), expected);
}

#[test]
fn figures_under_each_other_make_a_table_without_lines() {
    let mut sheet = Sheet::new();
    for (index, name) in ["工资", "津贴", "公积金", "医疗"].into_iter().enumerate() {
        let y = 700.0 - 20.0 * f32::from(u8::try_from(index).unwrap());
        sheet.text(60.0, y, &format!("3010{index}"));
        sheet.text(150.0, y, name);
        sheet.text(300.0, y, "1,234.50");
    }
    let found = rows(tables(&blocks(&sheet))[0]);
    assert_eq!(found.len(), 4);
    assert_eq!(found[2], ["30102", "公积金", "1,234.50"]);
}

#[test]
fn a_row_split_by_the_page_break_is_mended() {
    let mut sheet = Sheet::new();
    sheet.table(50.0, 90.0, &[80.0, 65.0], 20.0, &[&["指标", "依据"], &["发放率", "关于发放的"]]);
    sheet.page();
    sheet.table(50.0, 740.0, &[80.0, 65.0], 20.0, &[&["指标", "依据"], &["", "通知"], &["到位率", "计划"]]);
    let expected = [["指标", "依据"], ["发放率", "关于发放的通知"], ["到位率", "计划"]];
    assert_eq!(rows(tables(&blocks(&sheet))[0]), expected);
}

#[test]
fn a_rest_of_a_row_joins_its_row_where_lines_were_broken_by_hand() {
    let mut sheet = Sheet::new();
    let widths = [60.0, 90.0, 60.0, 60.0];
    let body: &[&[&str]] = &[
        &["二级", "三级指标", "指标值", "依据"],
        &["数量", "发放人数", "300人", "计划"],
        &["质量", "发放率", "95%", "计划"],
        &["成本", "补贴", "1500元", "文件"],
    ];
    sheet.table(50.0, 130.0, &widths, 20.0, body);
    sheet.page();
    sheet.table(50.0, 740.0, &widths, 20.0, &[&["", "发放标准", "", ""], &["时效", "期限", "12月", "计划"]]);
    let expected = [["成本", "补贴发放标准", "1500元", "文件"], ["时效", "期限", "12月", "计划"]];
    assert_eq!(rows(tables(&blocks(&sheet))[0])[3..], expected);
}

#[test]
fn a_figure_cut_in_front_of_its_decimals_by_the_page_break_is_mended() {
    let read = |above: &str, others: &str| {
        let mut sheet = Sheet::new();
        let widths = [44.0, 40.0];
        sheet.table(50.0, 90.0, &widths, 20.0, &[&["项目", "预算"], &["一、本年", above]]);
        sheet.page();
        sheet.table(50.0, 740.0, &widths, 20.0, &[&["收入", "4.20"], &["二、结转", others]]);
        rows(tables(&blocks(&sheet))[0])
    };
    assert_eq!(read("2111310", "12.50")[1], ["一、本年收入", "21113104.20"]);
    assert_eq!(
        read("2111310", "12")[1],
        ["一、本年", "2111310"],
        "where others have no decimals it may be whole"
    );
}

#[test]
fn numbers_of_two_rows_never_become_one() {
    let mut sheet = Sheet::new();
    let widths = [62.0, 50.0, 32.0];
    sheet.table(50.0, 110.0, &widths, 20.0, &[&["名称", "资金", "合计"], &["招聘经费", "82.00", "79.00"]]);
    sheet.page();
    sheet.table(50.0, 740.0, &widths, 20.0, &[&["就业局小计", "", "0.30"], &["维护费", "3.00", "3.00"]]);
    let expected = [["招聘经费", "82.00", "79.00"], ["就业局小计", "", "0.30"], ["维护费", "3.00", "3.00"]];
    assert_eq!(rows(tables(&blocks(&sheet))[0])[1..], expected);
}

#[test]
fn a_header_below_the_rows_of_a_form_is_dropped_where_the_next_page_repeats_it() {
    let mut sheet = Sheet::new();
    let widths = [60.0, 90.0, 60.0];
    let form: &[&[&str]] =
        &[&["绩效目标", "保障发放工作", ""], &["二级指标", "三级指标", "指标值"], &["数量", "人数", "300人"]];
    sheet.table(50.0, 110.0, &widths, 20.0, form);
    sheet.page();
    let rest: &[&[&str]] = &[&["二级指标", "三级指标", "指标值"], &["质量", "发放率", "95%"]];
    sheet.table(50.0, 740.0, &widths, 20.0, rest);
    let blocks = blocks(&sheet);
    assert_eq!(tables(&blocks).len(), 1);
    assert_eq!(rows(tables(&blocks)[0])[2..], [["数量", "人数", "300人"], ["质量", "发放率", "95%"]]);
}

#[test]
fn a_text_merged_over_rows_goes_on_over_the_page() {
    // Page by page the first column is merged over both rows; its text fills the line where the page ends.
    let widths = [64.0, 64.0, 60.0];
    let merged = |sheet: &mut Sheet, top: f32, texts: &[(f32, &str)], rows: [&str; 2]| {
        let right = 50.0 + widths.iter().sum::<f32>();
        for (y, left) in [(top, 50.0), (top - 30.0, 178.0), (top - 60.0, 50.0)] {
            sheet.line((left, y), (right, y));
        }
        for x in [50.0, 114.0, 178.0, right] {
            sheet.line((x, top), (x, top - 60.0));
        }
        for (x, text) in texts {
            sheet.text(*x, top - 12.0, text);
        }
        sheet.text(181.0, top - 12.0, rows[0]);
        sheet.text(181.0, top - 42.0, rows[1]);
    };
    let mut sheet = Sheet::new();
    merged(&mut sheet, 130.0, &[(53.0, "民政局"), (117.0, "落实补贴")], ["生活", "护理"]);
    sheet.text(117.0, 104.0, "政策缓解");
    sheet.text(117.0, 90.0, "困难残疾");
    sheet.page();
    merged(&mut sheet, 740.0, &[(117.0, "人压力。")], ["发放", "时限"]);
    let blocks = blocks(&sheet);
    let whole = "落实补贴政策缓解困难残疾人压力。";
    let expected = ["生活", "护理", "发放", "时限"].map(|name| ["民政局", whole, name]);
    assert_eq!(rows(tables(&blocks)[0]), expected);
}

#[test]
fn a_merged_cell_whose_text_stands_on_the_next_page_begins_where_it_is_empty() {
    let merged = |sheet: &mut Sheet, tops: &[(f32, &str)], rows: &[(f32, &str)], foot: f32| {
        let top = tops[0].0;
        for (y, left) in tops.iter().map(|(y, _)| (*y, 50.0)).chain(rows.iter().map(|(y, _)| (*y, 120.0))) {
            sheet.line((left, y), (250.0, y));
        }
        sheet.line((50.0, foot), (250.0, foot));
        for x in [50.0, 120.0, 250.0] {
            sheet.line((x, top), (x, foot));
        }
        for (x, texts) in [(53.0, tops), (123.0, rows)] {
            for (y, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
                sheet.text(x, y - 14.0, text);
            }
        }
    };
    let mut sheet = Sheet::new();
    let upper = [(160.0, "一级指标"), (140.0, "产出指标"), (100.0, "")];
    merged(
        &mut sheet,
        &upper,
        &[(160.0, "二级指标"), (140.0, "数量"), (120.0, "质量"), (100.0, "经济")],
        80.0,
    );
    sheet.page();
    merged(&mut sheet, &[(740.0, "效益指标")], &[(740.0, "社会"), (720.0, "生态")], 700.0);
    let found = blocks(&sheet);
    let found = rows(tables(&found)[0]);
    let expected = ["产出指标", "产出指标", "效益指标", "效益指标", "效益指标"];
    assert_eq!(found[1..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn a_cell_merged_down_the_side_goes_on_where_no_side_of_it_is_drawn() {
    let mut sheet = Sheet::new();
    // The side column has rules at its top and left on the first page alone.
    for (y, left) in [(160.0, 50.0), (140.0, 50.0), (120.0, 100.0), (100.0, 100.0), (80.0, 100.0)] {
        sheet.line((left, y), (280.0, y));
    }
    for x in [50.0, 100.0, 190.0, 280.0] {
        sheet.line((x, 160.0), (x, 80.0));
    }
    let names = [
        (146.0, "三级指标", "指标值"),
        (126.0, "人数", "≥3人"),
        (106.0, "次数", "≥5次"),
        (86.0, "合格率", "≥95%"),
    ];
    for (y, name, value) in names {
        sheet.text(103.0, y, name);
        sheet.text(193.0, y, value);
    }
    sheet.text(53.0, 146.0, "类别");
    sheet.text(53.0, 112.0, "产出指标");
    sheet.page();
    sheet.table(100.0, 740.0, &[90.0, 90.0], 20.0, &[&["及时率", "≥90%"], &["成本", "≤5元"]]);
    let found = blocks(&sheet);
    let found = rows(tables(&found)[0]);
    assert_eq!(found.len(), 6);
    assert_eq!(found[4..], [["产出指标", "及时率", "≥90%"], ["产出指标", "成本", "≤5元"]]);
}

#[test]
fn a_unit_moved_to_the_next_line_with_its_mark_stays_in_the_sentence() {
    let mut sheet = Sheet::new();
    let first = "二〇二一年部门预算收入总计一百二十三点四五万元其中当年安排一百二十万元公用经费814.37万";
    sheet.text(70.0, 700.0, first);
    sheet.text(
        50.0,
        682.0,
        "元），项目支出四千五百七十六万元，上年结转三点四五万元，全部为一般公共预算拨款收入。",
    );
    let lines = paragraphs(&blocks(&sheet)).len();
    assert_eq!(lines, 1);
}

#[test]
fn a_running_header_that_names_the_document_is_furniture() {
    let mut sheet = Sheet::new();
    for page in 0..4_u8 {
        if page > 0 {
            sheet.page();
        }
        sheet.sized(250.0, 760.0, 9.0, "某市民政局2021年部门预算公开");
        sheet.text(50.0, 700.0, ["正文一。", "正文二。", "正文三。", "正文四。"][usize::from(page)]);
    }
    assert_eq!(paragraphs(&blocks(&sheet)), ["正文一。", "正文二。", "正文三。", "正文四。"]);
}

#[test]
fn a_title_repeated_over_each_table_is_no_running_header() {
    let mut sheet = Sheet::new();
    for page in 0..3_u8 {
        if page > 0 {
            sheet.page();
        }
        sheet.sized(250.0, 740.0, 14.0, "项目支出绩效目标表");
        sheet.text(270.0, 722.0, "（2021年度）");
        let name = ["甲项目", "乙项目", "丙项目"][usize::from(page)];
        sheet.table(50.0, 700.0, &[80.0, 80.0], 20.0, &[&["项目名称", name], &["预算数", "5"]]);
    }
    let blocks = blocks(&sheet);
    assert_eq!(paragraphs(&blocks).iter().filter(|text| **text == "项目支出绩效目标表").count(), 3);
}

/// The cells of a target table with texts that wrap, on the middle of their rows: `(x, y, text)`.
const WRAPPED: [(f32, f32, &str); 19] = [
    (50.0, 700.0, "一级指标"),
    (130.0, 700.0, "三级指标"),
    (230.0, 700.0, "绩效指标描述"),
    (350.0, 700.0, "指标值"),
    (130.0, 670.0, "宣传次数"),
    (230.0, 676.0, "按照年度工作"),
    (230.0, 664.0, "方案完成"),
    (350.0, 670.0, "≥3次"),
    (50.0, 646.0, "产出指标"),
    (130.0, 628.0, "培训人数"),
    (230.0, 640.0, "年末实际培训"),
    (230.0, 628.0, "的人数，按照"),
    (230.0, 616.0, "方案计算"),
    (350.0, 628.0, "≥300人"),
    (50.0, 592.0, "满意指标"),
    (130.0, 592.0, "群众满意"),
    (230.0, 598.0, "群众满意程度"),
    (230.0, 586.0, "的比例"),
    (350.0, 592.0, "≥95%"),
];

/// What they say, row by row.
const WRAPPED_ROWS: [[&str; 4]; 4] = [
    ["一级指标", "三级指标", "绩效指标描述", "指标值"],
    ["产出指标", "宣传次数", "按照年度工作方案完成", "≥3次"],
    ["产出指标", "培训人数", "年末实际培训的人数，按照方案计算", "≥300人"],
    ["满意指标", "群众满意", "群众满意程度的比例", "≥95%"],
];

#[test]
fn wrapped_cells_without_any_rule_are_whole_and_merged_levels_span_their_rows() {
    let mut sheet = Sheet::new();
    sheet.sized(60.0, 740.0, 14.0, "1、培训项目绩效目标表");
    for (x, y, text) in WRAPPED {
        sheet.text(x, y, text);
    }
    let blocks = blocks(&sheet);
    assert_eq!(rows(tables(&blocks)[0]), WRAPPED_ROWS);
    assert_eq!(tables(&blocks)[0].cells.iter().filter(|cell| cell.row_span == 2).count(), 1);
    assert_eq!(paragraphs(&blocks), ["1、培训项目绩效目标表"]);
}

#[test]
fn wrapped_cells_between_three_rules_are_whole() {
    let mut sheet = Sheet::new();
    for y in [715.0, 690.0, 575.0] {
        sheet.line((45.0, y), (420.0, y));
    }
    for (x, y, text) in WRAPPED {
        sheet.text(x, y, text);
    }
    assert_eq!(rows(tables(&blocks(&sheet))[0]), WRAPPED_ROWS);
}

/// How a table without upright rules is set.
#[derive(Clone, Copy)]
struct Setting {
    leading: f32,
    padding: f32,
    /// Whether cells begin at the top of their rows instead of standing in the middle.
    top: bool,
}

/// Draws cells of several lines, `|` between lines and `^` for a cell merged with the one above, and returns the
/// borders of the rows.
fn set(sheet: &mut Sheet, top: f32, rows: &[[&str; 4]], setting: Setting) -> Vec<f32> {
    let count = |text: &str| f32::from(u8::try_from(text.split('|').count()).unwrap());
    let mut borders = vec![top];
    for row in rows {
        let lines = row.iter().map(|text| count(text)).fold(0.0, f32::max);
        borders.push(borders[borders.len() - 1] - lines * setting.leading - 2.0 * setting.padding);
    }
    for (index, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !matches!(**text, "" | "^")) {
            let below = rows[index + 1..].iter().take_while(|row| row[column] == "^").count();
            let height = borders[index] - borders[index + 1 + below] - 2.0 * setting.padding;
            let free = if setting.top { 0.0 } else { (height - count(text) * setting.leading) / 2.0 };
            let mut y = borders[index] - setting.padding - free - 10.0;
            for line in text.split('|') {
                sheet.text([53.0, 133.0, 233.0, 353.0][column], y, line);
                y -= setting.leading;
            }
        }
    }
    borders
}

const SETTINGS: [Setting; 6] = [
    Setting { leading: 13.0, padding: 0.0, top: true },
    Setting { leading: 13.0, padding: 0.0, top: false },
    Setting { leading: 12.0, padding: 1.0, top: false },
    Setting { leading: 12.0, padding: 3.0, top: true },
    Setting { leading: 13.5, padding: 2.5, top: false },
    Setting { leading: 12.0, padding: 9.0, top: false },
];

/// A target table: a short text beside long ones, a level that is longer than its row, and merged ones.
const TARGETS: [[&str; 4]; 6] = [
    ["一级指标", "三级指标", "绩效指标描述", "指标值"],
    ["产出指标", "宣传次数", "按照年度工作|方案完成", "≥3次"],
    ["^", "培训人数", "年末实际培训|的人数，按照|方案计算", "≥300人"],
    ["^", "培训天数", "天数", "5天"],
    ["服务对象|满意度指|标（百分|比）", "群众满意", "群众满意程度|的比例", "≥95%"],
    ["效益指标", "就业率", "培训之后就业", "≥80%"],
];

fn unwrapped(rows: &[[&str; 4]]) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let text = |(column, text): (usize, &&str)| match *text {
            "^" => found[found.len() - 1][column].clone(),
            text => text.replace('|', ""),
        };
        let row = row.iter().enumerate().map(text).collect();
        found.push(row);
    }
    found
}

#[test]
fn cells_between_three_rules_are_whole_however_they_are_set() {
    for setting in SETTINGS {
        let mut sheet = Sheet::new();
        let borders = set(&mut sheet, 700.0, &TARGETS, setting);
        for y in [borders[0], borders[1], borders[6]] {
            sheet.line((48.0, y), (430.0, y));
        }
        let blocks = blocks(&sheet);
        let table = tables(&blocks)[0];
        let mut found = rows(table);
        if setting.top {
            // What stands at the top of merged cells says nothing of how far they reach.
            let level = found[1][0].clone();
            found[2..4].iter_mut().for_each(|row| row[0].clone_from(&level));
        }
        assert_eq!((found, table.unsure), (unwrapped(&TARGETS), false), "padding {}", setting.padding);
    }
}

#[test]
fn rows_as_near_as_lines_are_never_one_row() {
    let mut sheet = Sheet::new();
    let table = [
        ["单位名称", "单位性质", "单位规格", "保障形式"],
        ["水务局机关", "行政", "正科级", "财政拨款"],
        ["河道管护站", "事业", "股级", "财政拨款"],
        ["供水服务站", "事业", "股级", "财政性资金基本|保证"],
    ];
    let borders = set(&mut sheet, 700.0, &table, SETTINGS[0]);
    for y in [borders[0], borders[1], borders[4]] {
        sheet.line((48.0, y), (430.0, y));
    }
    let found = rows(tables(&blocks(&sheet))[0]);
    assert_eq!(found[1..3], unwrapped(&table)[1..3]);
}

#[test]
fn rows_between_whole_rules_take_cells_that_wrap_and_figures_that_were_cut() {
    let mut sheet = Sheet::new();
    let table = [
        ["一级指标", "三级指标", "绩效指标描述", "指标值"],
        ["产出指标", "宣传次数", "按照年度工作|方案完成", "2590000|0.00"],
        ["", "培训人数", "年末实际培训|的人数，按照|方案计算", "300.00"],
        ["满意指标", "群众满意", "群众满意程度|的比例", "95.00"],
    ];
    let borders = set(&mut sheet, 700.0, &table, SETTINGS[0]);
    for (row, y) in borders.iter().enumerate() {
        sheet.line((if row == 2 { 128.0 } else { 48.0 }, *y), (430.0, *y));
    }
    let mut expected = unwrapped(&table);
    expected[2][0] = "产出指标".to_owned();
    assert_eq!(rows(tables(&blocks(&sheet))[0]), expected);
}

#[test]
fn a_cell_that_goes_on_below_the_last_row_of_a_page_is_whole() {
    let mut sheet = Sheet::new();
    let table = [TARGETS[0], TARGETS[1], ["", "培训人数", "年末实际培训|的人数，按照|方案计算", "300"]];
    let borders = set(&mut sheet, 120.0, &table, SETTINGS[4]);
    for y in [borders[0], borders[1]] {
        cell_rules(&mut sheet, y, &[48.0, 128.0, 228.0, 348.0, 430.0]);
    }
    let blocks = blocks(&sheet);
    assert_eq!(rows(tables(&blocks)[0]), unwrapped(&table));
    assert!(paragraphs(&blocks).is_empty());
}

#[test]
fn a_merged_cell_cut_by_the_page_break_reaches_to_the_foot() {
    let mut sheet = Sheet::new();
    let mut table = TARGETS;
    (table[4][0], table[5][0]) = ("", "");
    let borders = set(&mut sheet, 300.0, &table, SETTINGS[4]);
    for y in [borders[0], borders[1], borders[6]] {
        sheet.line((48.0, y), (430.0, y));
    }
    // It stands between two rows, but its middle would be on the next page.
    sheet.text(53.0, borders[5] - 4.0, "满意指标");
    let found = rows(tables(&blocks(&sheet))[0]);
    let levels: Vec<&str> = found.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(levels[1..], ["产出指标", "产出指标", "产出指标", "满意指标", "满意指标"]);
}

#[test]
fn rows_between_rules_keep_a_header_of_two_levels_above_and_a_row_cut_by_the_page_below() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 130.0, 210.0, 290.0];
    for y in [100.0, 80.0, 60.0, 40.0] {
        cell_rules(&mut sheet, y, &borders);
    }
    cell_rules(&mut sheet, 120.0, &borders[1..]);
    sheet.text(168.0, 126.0, "支出（单位：万元）");
    sheet.text(53.0, 116.0, "科目");
    for (y, row) in [
        (106.0, ["", "基本", "项目"]),
        (86.0, ["工资", "1.00", "2.00"]),
        (66.0, ["津贴", "3.00", "4.00"]),
        (46.0, ["奖金", "5.00", "6.00"]),
        (26.0, ["退休费", "7.00", "8.00"]),
    ] {
        for (x, text) in borders.iter().zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.text(x + 3.0, y, text);
        }
    }
    let found = rows(tables(&blocks(&sheet))[0]);
    assert_eq!(found[0], ["科目", "支出（单位：万元）", "支出（单位：万元）"]);
    assert_eq!(found[1], ["科目", "基本", "项目"]);
    assert_eq!(found[5], ["退休费", "7.00", "8.00"]);
}

#[test]
fn the_header_of_a_table_close_below_another_is_its_own() {
    let mut sheet = Sheet::new();
    for y in [700.0, 680.0] {
        cell_rules(&mut sheet, y, &[50.0, 120.0, 290.0]);
    }
    for y in [650.0, 630.0, 610.0, 590.0] {
        cell_rules(&mut sheet, y, &[50.0, 130.0, 210.0, 290.0]);
    }
    for (y, row) in [
        (686.0, ["绩效目标", "完成培训", ""]),
        (656.0, ["一级指标", "三级指标", "指标值"]),
        (636.0, ["产出指标", "培训次数", "3次"]),
        (616.0, ["产出指标", "培训人数", "30人"]),
        (596.0, ["满意指标", "满意度", "95%"]),
    ] {
        for (x, text) in [53.0, 133.0, 213.0].iter().zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.text(*x, y, text);
        }
    }
    let blocks = blocks(&sheet);
    let last = rows(tables(&blocks).last().unwrap());
    assert_eq!(last[0], ["一级指标", "三级指标", "指标值"]);
    assert_eq!(last.len(), 4);
}

#[test]
fn headings_that_wrap_over_figures_are_whole() {
    let mut sheet = Sheet::new();
    for (x, y, text) in
        [(60.0, 694.0, "物品"), (150.0, 700.0, "数"), (150.0, 688.0, "量"), (250.0, 694.0, "单价")]
    {
        sheet.text(x, y, text);
    }
    for (y, name, count, price) in
        [(664.0, "空调", "12", "1.80"), (640.0, "家具", "35", "6.14"), (616.0, "台灯", "39", "7.65")]
    {
        sheet.text(60.0, y, name);
        sheet.text(150.0, y, count);
        sheet.text(250.0, y, price);
    }
    let found = rows(tables(&blocks(&sheet))[0]);
    assert_eq!(found[0], ["物品", "数量", "单价"]);
    assert_eq!(found[3], ["台灯", "39", "7.65"]);
}

#[test]
fn rows_as_near_as_lines_stay_rows() {
    let mut sheet = Sheet::new();
    let mut y = 700.0;
    for index in 0..8 {
        sheet.text(60.0, y, "办公设备购置");
        sheet.text(200.0, y, &format!("1,23{index}.50"));
        sheet.text(300.0, y, "家具台灯空调");
        // A wide gap between two groups of rows.
        y -= if index == 3 { 26.0 } else { 13.0 };
    }
    let blocks = blocks(&sheet);
    let found = rows(tables(&blocks)[0]);
    assert_eq!(found.len(), 8);
    assert_eq!(found[5], ["办公设备购置", "1,235.50", "家具台灯空调"]);
}

#[test]
fn a_line_in_larger_type_above_running_text_is_a_heading() {
    let mut sheet = Sheet::new();
    sheet.sized(200.0, 760.0, 22.0, "财政局部门预算");
    for (y, title) in [(720.0, "部门职责"), (640.0, "预算编制说明"), (560.0, "收支预算总表")]
    {
        sheet.sized(250.0, y, 16.0, title);
        if y > 600.0 {
            sheet.text(70.0, y - 30.0, "财政局本年收入预算一百万元，其中财政拨款收入一百万元。");
        }
    }
    sheet.table(50.0, 540.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["工资", "1,234.50"]]);
    let blocks = blocks(&sheet);
    let headings = blocks.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) if paragraph.outline.is_some() => Some(paragraph.text.as_str()),
        _ => None,
    });
    assert_eq!(headings.collect::<Vec<_>>(), ["预算编制说明"]);
}

/// Rules drawn cell by cell, as browsers draw them, and no upright one.
fn cell_rules(sheet: &mut Sheet, y: f32, borders: &[f32]) {
    for pair in borders.windows(2) {
        sheet.line((pair[0], y), (pair[1], y));
    }
}

#[test]
fn pieces_of_rules_end_where_cells_do() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 120.0, 190.0, 300.0];
    for y in [700.0, 680.0, 660.0, 620.0] {
        cell_rules(&mut sheet, y, &borders);
    }
    // The first column is merged over two rows: no rule under its upper half.
    cell_rules(&mut sheet, 640.0, &borders[1..]);
    let texts = [
        (686.0, ["一级指标", "二级指标", "三级指标"]),
        (666.0, ["效益指标", "社会效益", "覆盖率达到九成以上"]),
        (646.0, ["产出指标", "数量", "人数"]),
        (626.0, ["", "质量", "合格率"]),
    ];
    for (y, row) in texts {
        for (x, text) in borders.iter().zip(row) {
            sheet.text(x + 3.0, y, text);
        }
    }
    let blocks = blocks(&sheet);
    let expected = [
        ["一级指标", "二级指标", "三级指标"],
        ["效益指标", "社会效益", "覆盖率达到九成以上"],
        ["产出指标", "数量", "人数"],
        ["产出指标", "质量", "合格率"],
    ];
    assert_eq!(rows(tables(&blocks)[0]), expected);
}

#[test]
fn rows_that_may_be_lines_of_cells_put_their_table_in_doubt() {
    let unsure = |rests: bool| {
        let mut sheet = Sheet::new();
        for y in [700.0, 680.0, 580.0] {
            sheet.line((50.0, y), (500.0, y));
        }
        let lines = [
            ["单位", "性质", "经费来源", "级别", "地址"],
            ["财政局", "行政", "全额拨款", "一级", "城关镇"],
            ["", "", "财政", "", "西街"],
            ["国库中心", "事业", "差额拨款", "二级", "城关镇"],
            ["", "", "单位", "", "东街"],
        ];
        for (row, texts) in lines.iter().filter(|row| rests || !row[0].is_empty()).enumerate() {
            for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let at = |steps: usize, step: f32| step * f32::from(u8::try_from(steps).unwrap());
                sheet.text(53.0 + at(column, 90.0), 686.0 - at(row, 20.0), text);
            }
        }
        tables(&blocks(&sheet)).iter().map(|table| table.unsure).collect::<Vec<_>>()
    };
    assert_eq!((unsure(true), unsure(false)), (vec![true], vec![false]));
}

#[test]
fn a_heading_in_the_middle_of_free_columns_is_one_cell_over_them() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 130.0, 210.0, 290.0];
    for y in [700.0, 660.0, 640.0, 620.0] {
        cell_rules(&mut sheet, y, &borders);
    }
    cell_rules(&mut sheet, 680.0, &borders[1..]);
    sheet.text(195.0, 686.0, "支出");
    let lines =
        [(666.0, ["", "基本", "项目"]), (646.0, ["工资", "1.00", "2.00"]), (626.0, ["津贴", "3.00", "4.00"])];
    for (y, row) in lines {
        for (x, text) in borders.iter().zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.text(x + 3.0, y, text);
        }
    }
    sheet.text(53.0, 676.0, "科目");
    let expected = [
        ["科目", "支出", "支出"],
        ["科目", "基本", "项目"],
        ["工资", "1.00", "2.00"],
        ["津贴", "3.00", "4.00"],
    ];
    assert_eq!(rows(tables(&blocks(&sheet))[0]), expected);
}

#[test]
fn a_single_row_of_headings_reaches_over_the_columns_in_whose_middle_it_stands() {
    let mut sheet = Sheet::new();
    for y in [700.0, 680.0, 600.0] {
        cell_rules(&mut sheet, y, &[50.0, 130.0, 210.0, 290.0, 370.0]);
    }
    sheet.text(120.0, 686.0, "收入");
    sheet.text(280.0, 686.0, "支出");
    for (y, row) in [
        (666.0, ["项目", "预算数", "项目", "预算数"]),
        (646.0, ["一、拨款收入", "1.00", "一、基本支出", "2.00"]),
        (626.0, ["二、事业收入", "3.00", "二、项目支出", "4.00"]),
        (606.0, ["合计", "4.00", "合计", "6.00"]),
    ] {
        for (x, text) in [53.0, 133.0, 213.0, 293.0].iter().zip(row) {
            sheet.text(*x, y, text);
        }
    }
    assert_eq!(rows(tables(&blocks(&sheet))[0])[0], ["收入", "收入", "支出", "支出"]);
}

#[test]
fn a_table_without_a_rule_at_its_foot_ends_with_its_columns() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 150.0, 250.0, 350.0];
    cell_rules(&mut sheet, 700.0, &borders);
    cell_rules(&mut sheet, 680.0, &borders);
    for (y, row) in [
        (686.0, ["单位", "性质", "经费"]),
        (666.0, ["财政局", "行政", "全额"]),
        (646.0, ["国库中心", "事业", "差额"]),
    ] {
        for (x, text) in borders.iter().zip(row) {
            sheet.text(x + 3.0, y, text);
        }
    }
    sheet.text(60.0, 626.0, "注：本表反映部门所属单位的基本情况，不含社会团体和企业。");
    let blocks = blocks(&sheet);
    let expected = [["单位", "性质", "经费"], ["财政局", "行政", "全额"], ["国库中心", "事业", "差额"]];
    assert_eq!(rows(tables(&blocks)[0]), expected);
    assert_eq!(paragraphs(&blocks).len(), 1);
}

#[test]
fn shaded_cells_show_rows_and_columns() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 130.0, 210.0, 290.0];
    for y in [680.0, 640.0, 600.0] {
        sheet.operation("rg", vec![0.9.into(); 3]);
        for pair in borders.windows(2) {
            sheet.area(pair[0], y, pair[1] - pair[0], 20.0);
        }
    }
    sheet.operation("rg", vec![0.into(); 3]);
    for y in [686.0, 666.0, 646.0, 626.0, 606.0] {
        for x in &borders[..3] {
            sheet.text(x + 3.0, y, "指标");
        }
    }
    let found = blocks(&sheet);
    assert_eq!(tables(&found).iter().map(|table| (table.rows, table.columns)).collect::<Vec<_>>(), [(5, 3)]);
}

#[test]
fn white_rules_divide_shaded_cells_and_show_nowhere_else() {
    let shaded_header = |shade: f32| {
        let mut sheet = Sheet::new();
        sheet.operation("rg", vec![shade.into(); 3]);
        sheet.area(50.0, 700.0, 240.0, 20.0);
        sheet.operation("RG", vec![1.into(); 3]);
        for x in [50.0, 130.0, 210.0, 290.0] {
            sheet.line((x, 700.0), (x, 720.0));
        }
        sheet.line((50.0, 720.0), (290.0, 720.0));
        sheet.operation("rg", vec![0.into(); 3]);
        sheet.operation("RG", vec![0.into(); 3]);
        for (x, text) in [(53.0, "科目"), (133.0, "基本支出"), (213.0, "项目支出")] {
            sheet.text(x, 706.0, text);
        }
        let body: [&[&str]; 2] = [&["工资", "1.00", "2.00"], &["津贴", "3.00", "4.00"]];
        sheet.table(50.0, 700.0, &[80.0, 80.0, 80.0], 20.0, &body);
        rows(tables(&blocks(&sheet))[0])
    };
    let body = [["工资", "1.00", "2.00"], ["津贴", "3.00", "4.00"]];
    assert_eq!(shaded_header(0.8), [&[["科目", "基本支出", "项目支出"]][..], &body].concat());
    assert_eq!(shaded_header(1.0), body);
}

#[test]
fn a_header_bounded_by_its_shade_alone_belongs_to_the_rules_below() {
    let above = |width: f32| {
        let mut sheet = Sheet::new();
        sheet.operation("rg", vec![0.8.into(); 3]);
        sheet.area(50.0, 700.0, width, 30.0);
        sheet.operation("rg", vec![0.into(); 3]);
        for (x, y, text) in [
            (63.0, 711.0, "科目"),
            (184.0, 718.0, "本年支出"),
            (142.0, 704.0, "基本支出"),
            (222.0, 704.0, "项目支出"),
        ] {
            sheet.text(x, y, text);
        }
        let body: [&[&str]; 2] = [&["工资", "1.00", "2.00"], &["津贴", "3.00", "4.00"]];
        sheet.table(50.0, 700.0, &[80.0, 80.0, 80.0], 20.0, &body);
        blocks(&sheet)
    };
    let found = above(240.0);
    let head = [["科目", "本年支出", "本年支出"], ["科目", "基本支出", "项目支出"]];
    assert_eq!(rows(tables(&found)[0])[..2], head);
    assert!(paragraphs(&found).is_empty());
    // A shade that is not as wide bounds something else.
    assert_eq!(tables(&above(300.0))[0].rows, 2);
}

#[test]
fn the_names_of_columns_stay_over_rows_some_of_which_leave_cells_empty() {
    // Where a row leaves a cell empty, the next is twice as far: no sign that nearer lines are those of one cell.
    let mut sheet = Sheet::new();
    let lines = [
        ["", "合计", "基本支出", "项目支出"],
        ["工资福利", "6.00", "", "6.00"],
        ["津贴", "4.50", "4.50", ""],
        ["奖金", "5.00", "5.00", ""],
        ["办公费", "7.00", "", "7.00"],
        ["机关事业单位", "", "", ""],
        ["养老保险缴费", "2.00", "2.00", ""],
    ];
    for (row, texts) in (0_u8..).zip(lines) {
        for (x, text) in [53.0, 160.0, 240.0, 330.0].into_iter().zip(texts) {
            sheet.text(x, 686.0 - 13.0 * f32::from(row), text);
        }
    }
    sheet.text(53.0, 699.0, "科目");
    sheet.text(229.0, 699.0, "本年支出");
    let head = [["科目", "本年支出", "本年支出", "本年支出"], ["科目", "合计", "基本支出", "项目支出"]];
    let found = blocks(&sheet);
    assert_eq!(rows(tables(&found)[0])[..2], head);
}

#[test]
fn a_column_that_no_row_fills_keeps_its_name_to_itself() {
    let mut sheet = Sheet::new();
    // The figures end at the right side of their columns, the names stand in the middle of theirs.
    for (x, text) in [
        (60.0, "项"),
        (90.0, "目"),
        (205.0, "合计"),
        (285.0, "基本支出"),
        (375.0, "经营支出"),
        (465.0, "项目支出"),
    ] {
        sheet.text(x, 720.0, text);
    }
    for (row, name) in (0_u8..).zip(["工资", "津贴", "奖金", "水费"]) {
        let y = 700.0 - 20.0 * f32::from(row);
        sheet.text(53.0, y, name);
        for (right, figure) in [(250.0, "1,234.50"), (340.0, "1,000.00"), (520.0, "234.50")] {
            sheet.text(right - 5.0 * f32::from(u8::try_from(figure.len()).unwrap()), y, figure);
        }
    }
    let found = blocks(&sheet);
    let found = rows(tables(&found)[0]);
    assert_eq!(found[0][1..], ["合计", "基本支出", "经营支出", "项目支出"]);
    assert_eq!(found[1], ["工资", "1,234.50", "1,000.00", "", "234.50"]);
}

#[test]
fn headings_over_columns_of_unlike_widths_share_them_out() {
    let mut sheet = Sheet::new();
    for (x, y, text) in [
        (110.0, 740.0, "科目"),
        (284.0, 740.0, "本年支出"),
        (415.0, 740.0, "上年支出"),
        (53.0, 720.0, "编码"),
        (160.0, 720.0, "名称"),
        (253.0, 720.0, "合计"),
        (325.0, 720.0, "项目支出"),
        (405.0, 720.0, "合计"),
        (455.0, 720.0, "项目支出"),
    ] {
        sheet.text(x, y, text);
    }
    for (row, name) in (0_u8..).zip(["机关事业单位基本养老保险", "津贴", "奖金", "水费"]) {
        let y = 700.0 - 20.0 * f32::from(row);
        for (x, text) in [(53.0, "30101"), (110.0, name), (245.0, "234.50"), (340.0, "34.50")] {
            sheet.text(x, y, text);
        }
        sheet.text(400.0, y, "234.50");
        sheet.text(465.0, y, "34.50");
    }
    let found = blocks(&sheet);
    let upper = ["科目", "科目", "本年支出", "本年支出", "上年支出", "上年支出"];
    assert_eq!(rows(tables(&found)[0])[0], upper);
}

#[test]
fn a_unit_above_texts_in_columns_is_no_row_of_theirs() {
    let mut sheet = Sheet::new();
    sheet.text(340.0, 724.0, "单位：元");
    for (x, y, text) in WRAPPED {
        sheet.text(x, y, text);
    }
    let blocks = blocks(&sheet);
    assert_eq!(rows(tables(&blocks)[0]), WRAPPED_ROWS);
    assert_eq!(paragraphs(&blocks), ["单位：元"]);
}

#[test]
fn headings_of_two_levels_stand_over_rows_whose_names_wrap() {
    let mut sheet = Sheet::new();
    for (x, y, text) in [
        (53.0, 700.0, "科目"),
        (222.0, 700.0, "本年支出"),
        (170.0, 682.0, "合计"),
        (230.0, 682.0, "基本支出"),
        (300.0, 682.0, "经营支"),
        (310.0, 670.0, "出"),
    ] {
        sheet.text(x, y, text);
    }
    let names = [["工资", ""], ["机关事业单位", "养老保险缴费"], ["奖金", ""], ["水费", ""]];
    for (row, name) in (0_u8..).zip(names) {
        let y = 650.0 - 32.0 * f32::from(row);
        sheet.text(53.0, y, name[0]);
        sheet.text(53.0, y - 12.0, name[1]);
        for x in [170.0, 240.0] {
            sheet.text(x, y, "1,234.50");
        }
    }
    let found = blocks(&sheet);
    let head = [["科目", "本年支出", "本年支出", "本年支出"], ["科目", "合计", "基本支出", "经营支出"]];
    let found = rows(tables(&found)[0]);
    assert_eq!(found[..2], head);
    assert_eq!(found[3], ["机关事业单位养老保险缴费", "1,234.50", "1,234.50", ""]);
}

#[test]
fn shaded_cells_below_a_shaded_heading_show_their_columns() {
    let mut sheet = Sheet::new();
    sheet.operation("rg", vec![0.9.into(); 3]);
    // A cell over both rows of the header parts the cells below the headings.
    for (x, y, width, height) in [
        (50.0, 680.0, 80.0, 20.0),
        (130.0, 660.0, 80.0, 40.0),
        (210.0, 680.0, 80.0, 20.0),
        (50.0, 660.0, 40.0, 20.0),
        (90.0, 660.0, 40.0, 20.0),
        (210.0, 660.0, 40.0, 20.0),
        (250.0, 660.0, 40.0, 20.0),
    ] {
        sheet.area(x, y, width, height);
    }
    let borders = [50.0, 90.0, 130.0, 210.0, 250.0, 290.0];
    for y in [620.0, 580.0] {
        for pair in borders.windows(2) {
            sheet.area(pair[0], y, pair[1] - pair[0], 20.0);
        }
    }
    sheet.operation("rg", vec![0.into(); 3]);
    for (x, y, text) in [
        (80.0, 686.0, "科目"),
        (160.0, 676.0, "合计"),
        (240.0, 686.0, "支出"),
        (53.0, 666.0, "编码"),
        (93.0, 666.0, "名称"),
        (213.0, 666.0, "基本"),
        (253.0, 666.0, "项目"),
    ] {
        sheet.text(x, y, text);
    }
    for y in [646.0, 626.0, 606.0, 586.0] {
        for x in &borders[..5] {
            sheet.text(x + 3.0, y, "1.50");
        }
    }
    let found = rows(tables(&blocks(&sheet))[0]);
    assert_eq!(
        found[..2],
        [["科目", "科目", "合计", "支出", "支出"], ["编码", "名称", "合计", "基本", "项目"]]
    );
    assert_eq!(found[2..], vec![["1.50"; 5]; 4]);
}

/// Rows of 20 points, every second one shaded cell by cell; the levels stand in the middle of two rows, all white, or
/// at the top of theirs.
fn banded_levels(top: bool) -> Blocks {
    let mut sheet = Sheet::new();
    let borders = [50.0, 130.0, 210.0, 290.0];
    sheet.operation("rg", vec![0.9.into(); 3]);
    for (row, first) in [(0_u8, 0), (2, 1), (4, 1)] {
        for pair in borders[first..].windows(2) {
            sheet.area(pair[0], 680.0 - 20.0 * f32::from(row), pair[1] - pair[0], 20.0);
        }
    }
    sheet.operation("rg", vec![0.into(); 3]);
    for (x, text) in [(53.0, "一级指标"), (133.0, "二级指标"), (213.0, "指标值")] {
        sheet.text(x, 686.0, text);
    }
    let levels = if top { [666.0, 626.0] } else { [656.0, 616.0] };
    sheet.text(53.0, levels[0], "产出指标");
    sheet.text(53.0, levels[1], "效益指标");
    for row in 1_u8..5 {
        let y = 686.0 - 20.0 * f32::from(row);
        sheet.text(133.0, y, "数量指标");
        sheet.text(213.0, y, &format!("≥{row}次"));
    }
    blocks(&sheet)
}

#[test]
fn white_levels_beside_shaded_rows_stand_in_the_middle_of_theirs() {
    let found = banded_levels(false);
    let table = tables(&found)[0];
    let levels: Vec<String> = rows(table)[1..].iter().map(|row| row[0].clone()).collect();
    assert_eq!(levels, ["产出指标", "产出指标", "效益指标", "效益指标"]);
    assert!(!table.unsure);
    assert!(tables(&banded_levels(true))[0].unsure);
}

#[test]
fn an_indicator_without_a_first_level_is_in_doubt_beside_others_with_one() {
    let mut sheet = Sheet::new();
    let rows: [&[&str]; 3] = [
        &["一级指标", "二级指标", "三级指标", "指标值"],
        &["", "数量指标", "培训人数", "≥300人"],
        &["效益指标", "社会效益指标", "就业率", "≥80%"],
    ];
    sheet.table(50.0, 700.0, &[80.0; 4], 20.0, &rows);
    let extraction = gongkai::extract(sheet.pdf(), &gongkai::Options::default());
    let doubted = extraction.records.indicators.iter().map(|row| row.flags.contains(Flag::LowConfidence));
    assert_eq!(doubted.collect::<Vec<_>>(), [true, false]);
}

#[test]
fn below_a_header_of_two_levels_between_two_rules_the_lower_one_shows_the_columns() {
    let mut sheet = Sheet::new();
    cell_rules(&mut sheet, 720.0, &[50.0, 130.0, 290.0]);
    cell_rules(&mut sheet, 680.0, &[50.0, 130.0, 210.0, 290.0]);
    for (x, y, text) in [
        (80.0, 697.0, "科目"),
        (190.0, 706.0, "本年支出"),
        (150.0, 686.0, "基本支出"),
        (230.0, 686.0, "项目支出"),
    ] {
        sheet.text(x, y, text);
    }
    for (row, name) in (0_u8..).zip(["工资", "津贴", "奖金", "水费"]) {
        for (x, text) in [(53.0, name), (160.0, "1,234.50"), (240.0, "1,234.50")] {
            sheet.text(x, 664.0 - 20.0 * f32::from(row), text);
        }
    }
    let found = blocks(&sheet);
    assert_eq!(rows(tables(&found)[0])[2], ["工资", "1,234.50", "1,234.50"]);
}

#[test]
fn rows_between_rules_alone_go_on_below_a_ruled_header() {
    for count in [1_u8, 4] {
        let mut sheet = Sheet::new();
        let borders = [50.0, 130.0, 210.0, 290.0];
        sheet.table(50.0, 700.0, &[80.0, 80.0, 80.0], 20.0, &[&["合计", "购置费", "运行费"]]);
        for row in 0..count {
            let y = 660.0 - 20.0 * f32::from(row);
            cell_rules(&mut sheet, y, &borders);
            for x in &borders[..3] {
                sheet.text(x + 3.0, y + 6.0, "1,234.50");
            }
        }
        let found = blocks(&sheet);
        let sizes = tables(&found).iter().map(|table| (table.rows, table.columns)).collect::<Vec<_>>();
        assert_eq!(sizes, [(usize::from(count) + 1, 3)]);
    }
}

#[test]
fn a_box_around_rows_of_figures_holds_a_table() {
    let lines = [
        ["科目", "合计", "基本支出"],
        ["工资", "3.00", "3.00"],
        ["津贴", "4.50", "4.50"],
        ["奖金", "5.00", ""],
    ];
    // Upright rules between the columns, or none.
    for inner in [&[][..], &[130.0, 210.0]] {
        let mut sheet = Sheet::new();
        for y in [700.0, 680.0, 620.0] {
            sheet.line((50.0, y), (290.0, y));
        }
        for x in [50.0, 290.0].iter().chain(inner) {
            sheet.line((*x, 700.0), (*x, 620.0));
        }
        for (row, texts) in (0_u8..).zip(lines) {
            for (x, text) in [53.0, 160.0, 240.0].into_iter().zip(texts) {
                sheet.text(x, 686.0 - 20.0 * f32::from(row), text);
            }
        }
        assert_eq!(rows(tables(&blocks(&sheet))[0]), lines, "{inner:?}");
    }
}

#[test]
fn targets_between_upright_rules_alone_are_rows() {
    for setting in SETTINGS.into_iter().filter(|setting| !setting.top) {
        let mut sheet = Sheet::new();
        let borders = set(&mut sheet, 700.0, &TARGETS, setting);
        for y in [borders[0], borders[1], borders[6]] {
            sheet.line((48.0, y), (430.0, y));
        }
        for x in [48.0, 128.0, 228.0, 348.0, 430.0] {
            sheet.line((x, borders[0]), (x, borders[6]));
        }
        assert_eq!(rows(tables(&blocks(&sheet))[0]), unwrapped(&TARGETS), "padding {}", setting.padding);
    }
}

#[test]
fn a_table_without_rules_goes_on_over_the_page_where_other_texts_stand_in_its_columns() {
    let mut sheet = Sheet::new();
    let page = |sheet: &mut Sheet, top: f32, last: &str, rows: &[(&str, &str)]| {
        sheet.text(53.0, top, "科目");
        sheet.text(200.0, top, "预算数");
        sheet.text(300.0, top, "决算数");
        for (row, (name, figure)) in (1_u8..).zip(rows) {
            let y = top - 20.0 * f32::from(row);
            sheet.text(53.0, y, name);
            sheet.text(230.0 - 5.0 * f32::from(u8::try_from(figure.len()).unwrap()), y, figure);
            sheet.text(320.0, y, last);
        }
    };
    sheet.text(250.0, 300.0, "单位：万元");
    page(&mut sheet, 280.0, "1.50", &[("工资", "1.00"), ("机关事业单位养老保险", "2.00"), ("奖金", "3.00")]);
    sheet.page();
    page(&mut sheet, 700.0, "1,234,567.50", &[("水费", "12,345.00"), ("电费", "5.00"), ("差旅费", "6.00")]);
    let found = blocks(&sheet);
    let sizes = tables(&found).iter().map(|table| (table.rows, table.continued)).collect::<Vec<_>>();
    assert_eq!(sizes, [(7, true)]);
}

#[test]
fn a_drawn_page_holds_words_rulings_and_cells_at_their_places() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 750.0, "收入<支出>&\u{1}结余");
    sheet.table(50.0, 700.0, &[80.0, 80.0], 20.0, &[&["科目", "合计"], &["工资", "1,234.50"]]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, sheet.pdf()).unwrap();
    let show = |page: &str| {
        let command = env!("CARGO_BIN_EXE_gongkai");
        let arguments = ["show", "--page", page, "--svg"];
        std::process::Command::new(command).args(arguments).arg(&file).output().unwrap()
    };
    let drawn = show("1");
    assert!(drawn.status.success());
    let svg = String::from_utf8(drawn.stdout).unwrap();
    let mut reader = quick_xml::Reader::from_str(&svg);
    let (mut words, mut cells, mut rulings) = (Vec::new(), Vec::new(), 0);
    loop {
        let event = reader.read_event().expect("valid XML");
        let (Event::Start(tag) | Event::Empty(tag)) = &event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        let at = |name: &str| tag.try_get_attribute(name).unwrap().unwrap().value.into_owned();
        match tag.name().as_ref() {
            "text" => words.push([at("x"), at("y")]),
            "rect" if at("fill") == "#36c" => cells.push([at("x"), at("y"), at("width"), at("height")]),
            "line" => rulings += 1,
            _ => {}
        }
    }
    assert_eq!(cells.len(), 4);
    assert_eq!(cells[0], ["50.0", "100.0", "80.0", "20.0"]);
    assert_eq!(rulings, 6);
    assert!(words.contains(&["53.0".to_owned(), "114.0".to_owned()]), "{words:?}");
    assert!(svg.contains("收入&lt;支出&gt;&amp;") && svg.contains(">1,234.50<"), "{svg}");
    for page in ["0", "2"] {
        let refused = show(page);
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8(refused.stderr).unwrap().contains("expected a page from 1 to 1"));
    }
}

#[test]
fn a_title_parts_two_tables_with_rules_of_one_kind() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 120.0, 190.0];
    for top in [700.0, 580.0] {
        for row in 0..4_u8 {
            let y = top - 20.0 * f32::from(row);
            cell_rules(&mut sheet, y, &borders);
            if row < 3 {
                sheet.text(53.0, y - 14.0, "指标");
                sheet.text(123.0, y - 14.0, "值");
            }
        }
    }
    sheet.text(60.0, 606.0, "信息系统运行维护项目绩效目标表");
    let blocks = blocks(&sheet);
    assert_eq!(
        tables(&blocks).iter().map(|table| (table.rows, table.columns)).collect::<Vec<_>>(),
        [(3, 2), (3, 2)]
    );
    assert_eq!(paragraphs(&blocks), ["信息系统运行维护项目绩效目标表"]);
}

#[test]
fn a_font_that_claims_two_billion_widths_is_refused() {
    let mut sheet = Sheet::new();
    sheet.text(50.0, 700.0, "甲");
    let font =
        lopdf::dictionary! { "Type" => "Font", "W" => vec![0.into(), 2_000_000_000.into(), 500.into()] };
    let error = recognise(&sheet.pdf_with(Object::Dictionary(font))).map(|_| ()).unwrap_err();
    assert_eq!(error.code(), "damaged");
}

/// A folder of the shared corpus; prints why a test does nothing where it is absent.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    if !path.is_dir() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "pdf")).collect();
    paths.sort();
    paths
}

/// The stated rows without white space; covered positions are empty.
fn stated_rows(table: &serde_json::Value) -> Vec<Vec<String>> {
    let cell = |cell: &serde_json::Value| squeezed(cell.as_str().unwrap_or_default());
    let row = |row: &serde_json::Value| row.as_array().unwrap().iter().map(cell).collect();
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn anchored_rows(table: &Table) -> Vec<Vec<String>> {
    let grid = table.grid();
    let text = |row, column| {
        if grid.is_anchor(row, column) { squeezed(grid.text(row, column)) } else { String::new() }
    };
    (0..table.rows).map(|row| (0..table.columns).map(|column| text(row, column)).collect()).collect()
}

#[test]
fn every_drawn_variant_gives_its_rows_or_the_error_that_fits() {
    let Some(folder) = shared("corpus/pdf-variants") else { return };
    let errors = [
        ("b_notounicode", "no_text_layer"),
        ("d_needpw", "encrypted"),
        ("g_scan", "no_text_layer"),
        ("h_bomb600m", "too_large"),
        ("h_formloop", "no_text_layer"),
        ("h_pageloop", "damaged"),
    ];
    for path in pdfs(&folder) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        if gongkai::reader::detect(&bytes) != Format::Pdf {
            continue;
        }
        let read = recognise(&bytes);
        if let Some((_, code)) = errors.iter().find(|(file, _)| *file == name) {
            assert_eq!(read.map(|_| ()).unwrap_err().code(), *code, "{name}");
            continue;
        }
        let blocks = read.unwrap();
        let found: Vec<Vec<Vec<String>>> = tables(&blocks).into_iter().map(anchored_rows).collect();
        let truth = std::fs::read(folder.join("tables").join(format!("{name}.json"))).unwrap();
        let truth: serde_json::Value = serde_json::from_slice(&truth).unwrap();
        for table in truth.as_array().unwrap() {
            assert!(found.contains(&stated_rows(table)), "{name}: {}", table["name"]);
        }
    }
}

#[test]
fn no_glyph_of_a_sound_file_is_lost_or_held_twice() {
    for folder in ["corpus/real", "eval/documents/pdf", "eval/documents/bazhou-2021"] {
        let Some(folder) = shared(folder) else { return };
        for path in pdfs(&folder) {
            let document = pipeline::read(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
            let seen = document.visible;
            let held = table::recognize(document).visible();
            assert_eq!(held, seen, "{}", path.display());
        }
    }
}

#[test]
fn a_pdf_made_from_a_word_file_gives_the_same_indicators() {
    let Some(folder) = shared("eval/documents") else { return };
    for path in pdfs(&folder.join("pdf")) {
        let word = folder.join("docx").join(path.with_extension("docx").file_name().unwrap());
        let indicators = |path: &Path| {
            let options = pipeline::Options::default();
            let records = pipeline::extract(std::fs::read(path).unwrap(), &options).records;
            let target = |indicator: &gongkai::record::Indicator| {
                (squeezed(&indicator.level3), squeezed(&indicator.value_raw))
            };
            records.indicators.iter().map(target).collect::<Vec<_>>()
        };
        assert_eq!(indicators(&path), indicators(&word), "{}", path.display());
    }
}
