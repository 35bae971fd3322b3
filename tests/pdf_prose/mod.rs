//! Running text, titles and headings of PDF pages: what belongs together and what begins anew.

use super::{blocks, cell_rules, paragraphs, rows, tables};
use crate::pdf_fixture::Sheet;
use gongkai::document::{Block, Blocks};

/// Prose over the width of the page, so that its edges are known, from `y` down.
fn prose(sheet: &mut Sheet, mut y: f32) {
    for _ in 0..3 {
        sheet.text(
            70.0,
            y,
            "本部门严格按照预算管理的有关规定编制预算，全部收入和支出都反映在预算中，统筹安排，量入为出，",
        );
        sheet.text(50.0, y - 18.0, "收支平衡。");
        y -= 36.0;
    }
}

fn headings(blocks: &Blocks) -> Vec<&str> {
    let of = |block: &'_ Block| match block {
        Block::Paragraph(paragraph) => paragraph.outline.is_some(),
        Block::Table(_) => false,
    };
    let headings = blocks.blocks.iter().filter(|block| of(block)).filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Table(_) => None,
    });
    headings.collect()
}

#[test]
fn numbered_lines_that_fill_the_width_stay_apart() {
    let mut sheet = Sheet::new();
    prose(&mut sheet, 700.0);
    let lines = [
        "第二部分某某市某某区人力资源和社会保障局以及所属各事业单位二〇二四年度部门收入支出决算公开报表",
        "一、收入支出决算总表和收入决算表以及支出决算表、财政拨款收入支出决算总表、财政拨款支出决算明细表",
        "二、一般公共预算财政拨款支出决算表、一般公共预算财政拨款基本支出决算表、“三公”经费支出决算表",
        "三、名词解释",
    ];
    for (line, y) in lines.iter().zip([560.0, 542.0, 524.0, 506.0]) {
        sheet.text(50.0, y, line);
    }
    assert_eq!(paragraphs(&blocks(&sheet))[3..], lines);
}

#[test]
fn the_last_line_of_a_page_and_the_heading_on_the_next_stay_apart() {
    let mut sheet = Sheet::new();
    prose(&mut sheet, 700.0);
    let part =
        "第二部分某某市某某区人力资源和社会保障局以及所属各事业单位二〇二四年度部门收入支出预算公开报表";
    sheet.text(50.0, 560.0, part);
    sheet.page();
    sheet.text(50.0, 720.0, "一、收支预算总表");
    prose(&mut sheet, 690.0);
    assert_eq!(paragraphs(&blocks(&sheet))[3..5], [part, "一、收支预算总表"]);
}

#[test]
fn a_title_whose_end_stands_on_a_line_of_its_own_is_whole() {
    let mut sheet = Sheet::new();
    sheet.sized(80.0, 740.0, 22.0, "本级“三公”经费、会议费和培训费支出预算");
    sheet.sized(289.0, 712.0, 22.0, "表");
    sheet.text(60.0, 690.0, "部门：某某厅");
    sheet.text(400.0, 690.0, "单位：万元");
    sheet.table(50.0, 680.0, &[190.0, 190.0], 20.0, &[&["合计", "会议费"], &["12.00", "3.00"]]);
    sheet.page();
    sheet.sized(95.0, 740.0, 14.0, "表五：一般公共预算基本支出情况表（按部门预算支出经济分类科");
    sheet.sized(286.0, 720.0, 14.0, "目）");
    sheet.text(60.0, 690.0, "单位名称：某某厅");
    sheet.table(50.0, 680.0, &[190.0, 190.0], 20.0, &[&["科目", "金额"], &["工资", "12.00"]]);
    let blocks = blocks(&sheet);
    let found = paragraphs(&blocks);
    assert_eq!(found[0], "本级“三公”经费、会议费和培训费支出预算表");
    assert_eq!(found[2], "表五：一般公共预算基本支出情况表（按部门预算支出经济分类科目）");
}

#[test]
fn the_heading_of_a_part_that_takes_two_lines_is_whole() {
    let mut sheet = Sheet::new();
    prose(&mut sheet, 740.0);
    sheet.sized(223.0, 600.0, 14.0, "第三部分  某某厅办公室");
    sheet.sized(244.0, 578.0, 14.0, "部门预算情况说明");
    prose(&mut sheet, 540.0);
    let blocks = blocks(&sheet);
    assert_eq!(headings(&blocks), ["第三部分  某某厅办公室部门预算情况说明"]);
}

#[test]
fn a_title_of_tables_above_the_title_of_the_first_is_a_heading() {
    let mut sheet = Sheet::new();
    prose(&mut sheet, 740.0);
    sheet.sized(160.0, 600.0, 16.0, "某某局2024年度部门决算表");
    sheet.text(220.0, 578.0, "收入支出决算总表");
    sheet.table(50.0, 560.0, &[190.0, 190.0], 20.0, &[&["项目", "决算数"], &["总计", "12.00"]]);
    // The number of a form below a title is no title.
    sheet.page();
    sheet.sized(220.0, 700.0, 16.0, "收入决算表");
    sheet.text(440.0, 680.0, "公开02表");
    sheet.table(50.0, 660.0, &[190.0, 190.0], 20.0, &[&["科目", "合计"], &["农业", "12.00"]]);
    assert_eq!(headings(&blocks(&sheet)), ["某某局2024年度部门决算表"]);
}

#[test]
fn a_sentence_broken_by_hand_before_the_edge_is_whole() {
    let mut sheet = Sheet::new();
    prose(&mut sheet, 740.0);
    let (first, second) = (
        "2017年度一般公共预算拨款安排的“三公”经费预算当中各项费用如下列示，预算",
        "支出中，公务接待费支出156.55万元。",
    );
    sheet.text(70.0, 620.0, first);
    sheet.text(50.0, 602.0, second);
    assert_eq!(paragraphs(&blocks(&sheet))[3], format!("{first}{second}"));
}

#[test]
fn the_number_of_a_page_right_below_its_text_is_furniture() {
    let mut sheet = Sheet::new();
    for number in 1..=4 {
        if number > 1 {
            sheet.page();
        }
        prose(&mut sheet, 700.0);
        sheet.text(290.0, if number == 3 { 600.0 } else { 40.0 }, &number.to_string());
    }
    let blocks = blocks(&sheet);
    assert_eq!(blocks.furniture.len(), 4);
    assert_eq!(paragraphs(&blocks).len(), 12);
}

#[test]
fn a_figure_above_a_page_break_is_not_repeated_below_it() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 170.0, 290.0, 410.0, 530.0];
    // Below the first row the heading of the amounts is merged over two; the table goes on at the head of the next page.
    for y in [170.0, 140.0, 80.0, 60.0] {
        cell_rules(&mut sheet, y, &borders);
    }
    cell_rules(&mut sheet, 110.0, &borders[2..]);
    for (index, x) in borders.into_iter().enumerate() {
        sheet.line((x, if index % 2 == 0 { 170.0 } else { 140.0 }), (x, 60.0));
    }
    for (x, y, text) in [
        (53.0, 150.0, "收入"),
        (293.0, 150.0, "支出"),
        (53.0, 105.0, "项目"),
        (173.0, 105.0, "金额"),
        (293.0, 120.0, "支出"),
        (413.0, 120.0, "支出用途"),
        (293.0, 90.0, "项目"),
        (413.0, 90.0, "金额"),
        (53.0, 66.0, "一般公共预算"),
        (173.0, 66.0, "17,981.68"),
        (293.0, 66.0, "基本支出"),
        (413.0, 66.0, "12,308.48"),
    ] {
        sheet.text(x, y, text);
    }
    sheet.page();
    sheet.table(
        50.0,
        760.0,
        &[120.0; 4],
        20.0,
        &[
            &["政府性基金预算", "", "项目支出", "5,533.00"],
            &["收入合计", "17,981.68", "支出合计", "17,841.48"],
        ],
    );
    let blocks = blocks(&sheet);
    let found = tables(&blocks);
    assert_eq!(found.len(), 1);
    assert_eq!(rows(found[0])[4], ["政府性基金预算", "", "项目支出", "5,533.00"]);
}

#[test]
fn a_line_set_in_by_hand_within_a_sentence_goes_on_with_it() {
    let mut sheet = Sheet::new();
    prose(&mut sheet, 740.0);
    let (first, second) = (
        "（二）公务用车购置及运行费0万元，其中：公务用车购置费0万元，与上年预算持平，主要原因是本年度本部门",
        "无公务用车；公务用车运行费0万元。",
    );
    sheet.text(70.0, 620.0, first);
    sheet.text(76.0, 602.0, second);
    sheet.text(70.0, 584.0, "（三）公务接待费0.95万元。");
    assert_eq!(
        paragraphs(&blocks(&sheet))[3..],
        [format!("{first}{second}"), "（三）公务接待费0.95万元。".to_owned()]
    );
}

#[test]
fn a_text_cut_by_the_page_break_is_mended_in_a_row_without_figures() {
    let mut sheet = Sheet::new();
    sheet.table(
        50.0,
        150.0,
        &[80.0, 80.0, 80.0],
        30.0,
        &[&["项目", "说明", "金额"], &["甲", "", "1.50"], &["", "", ""]],
    );
    for (y, line) in [(78.0, "完善公共服务体"), (66.0, "系提升群众获得")] {
        sheet.text(133.0, y, line);
    }
    sheet.page();
    sheet.table(50.0, 760.0, &[80.0, 80.0, 80.0], 20.0, &[&["", "感", ""], &["乙", "短", "2.50"]]);
    let blocks = blocks(&sheet);
    let found = rows(tables(&blocks)[0]);
    assert_eq!(found[2..], [["", "完善公共服务体系提升群众获得感", ""], ["乙", "短", "2.50"]]);
}

/// A heading over two columns beside one merged over both rows, from `top` down.
fn header(sheet: &mut Sheet, top: f32, borders: [f32; 4]) {
    cell_rules(sheet, top, &[borders[0], borders[1], borders[3]]);
    cell_rules(sheet, top - 20.0, &borders[1..]);
    for x in [borders[0], borders[1], borders[3]] {
        sheet.line((x, top), (x, top - 20.0));
    }
    sheet.text(borders[1] + 3.0, top - 14.0, "资金来源");
}

#[test]
fn a_header_at_the_foot_of_a_page_goes_on_over_no_figures() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 170.0, 290.0, 410.0];
    header(&mut sheet, 100.0, borders);
    cell_rules(&mut sheet, 60.0, &borders);
    for (x, top) in borders.into_iter().zip([100.0, 100.0, 80.0, 100.0]) {
        sheet.line((x, top), (x, 60.0));
    }
    for (x, y, text) in [(53.0, 76.0, "合计"), (173.0, 66.0, "财政拨款"), (293.0, 66.0, "其他")] {
        sheet.text(x, y, text);
    }
    sheet.page();
    sheet.table(50.0, 760.0, &[120.0; 3], 20.0, &[&["", "3.50", ""], &["8.00", "5.00", "3.00"]]);
    let blocks = blocks(&sheet);
    let found = rows(tables(&blocks)[0]);
    assert_eq!(found[1..3], [["合计", "财政拨款", "其他"], ["", "3.50", ""]]);
}

#[test]
fn a_header_cut_by_the_page_break_keeps_its_merged_names() {
    let mut sheet = Sheet::new();
    let borders = [50.0, 170.0, 290.0, 410.0];
    header(&mut sheet, 80.0, borders);
    cell_rules(&mut sheet, 60.0, &[borders[0], borders[1], borders[3]]);
    sheet.text(53.0, 66.0, "项目名称");
    sheet.page();
    sheet.table(50.0, 760.0, &[120.0; 3], 20.0, &[&["", "财政拨款", "其他"], &["甲", "5.00", "3.00"]]);
    let blocks = blocks(&sheet);
    let found = rows(tables(&blocks)[0]);
    assert_eq!(
        found,
        [["项目名称", "资金来源", "资金来源"], ["项目名称", "财政拨款", "其他"], ["甲", "5.00", "3.00"]]
    );
}

#[test]
fn a_sentence_set_in_as_far_as_its_first_line_ends_early_is_no_title() {
    let mut sheet = Sheet::new();
    prose(&mut sheet, 740.0);
    let (first, second) = (
        "因公出国（境）费年初预算为83687万元，支出决算为14530.78万元，完成年初预算的比例为",
        "70.60%，决算数小于预算数的主要原因是厉行节约。",
    );
    sheet.text(85.0, 620.0, first);
    sheet.text(50.0, 602.0, second);
    assert_eq!(paragraphs(&blocks(&sheet))[3..], [format!("{first}{second}")]);
}
