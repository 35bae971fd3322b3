//! Flattened dumps and plain text: one case for every rule by which lines become rows and tables.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use gongkai::document::{Block, Body, Document, Table, visible_chars};
use gongkai::reader::{Limits, ReadError};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;

fn read(text: &str) -> Document {
    gongkai::pipeline::read(text.as_bytes(), &Limits::default()).unwrap()
}

/// The document in short: `P text` for a paragraph, `T rows×columns` and one line per row for a table. A cell's span
/// stands before it as `[rows×columns]`, line breaks as `/`; positions that a span covers are left out.
fn printed(document: &Document) -> String {
    let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => writeln!(out, "P {}", paragraph.text).unwrap(),
            Block::Table(table) => out.push_str(&printed_table(table)),
        }
    }
    out
}

fn printed_table(table: &Table) -> String {
    let mut rows = vec![Vec::new(); table.rows];
    for cell in &table.cells {
        let spans = (cell.row_span, cell.column_span) != (1, 1);
        let span = if spans { format!("[{}×{}]", cell.row_span, cell.column_span) } else { String::new() };
        rows[cell.row].push(format!("{span}{}", cell.text.replace('\n', "/")));
    }
    let rows: Vec<String> = rows.into_iter().map(|cells| cells.join("|")).collect();
    format!("T {}×{}\n{}\n", table.rows, table.columns, rows.join("\n"))
}

/// `→` stands for a TAB, so that the cases can be read.
fn check(name: &str, dump: &str, wanted: &str) {
    let document = read(&dump.replace('→', "\t"));
    let squeezed = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(squeezed(&printed(&document)), squeezed(wanted), "{name}");
    let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
    assert_eq!(blocks.iter().map(Block::visible).sum::<u64>(), document.visible, "{name}: text was lost");
}

const HEADER: &str = "→一级指标\n→二级指标\n→三级指标\n→指标描述\n→指标值\n→确定依据\n";
const QUANTITY: &str = "→产出指标\n→数量指标\n→巡护里程\n→全年巡护河道长度\n→≥120公里\n→计划标准\n";
const QUALITY: &str = "→\n→质量指标\n→水质达标率\n→断面达标次数占比\n→≥95%\n→行业标准\n";
const PRINTED: &str = "产出指标|数量指标|巡护里程|全年巡护河道长度|≥120公里|计划标准\n|质量指标|水质达标率|断面达标次数占比|≥95%|行业标准";
const PRINTED_HEADER: &str = "一级指标|二级指标|三级指标|指标描述|指标值|确定依据";

#[test]
fn rows_end_at_a_blank_line_and_tables_at_two() {
    let dump = format!("五、绩效指标\n{HEADER}\n{QUANTITY}\n{QUALITY}\n\n六、名词解释\n");
    check("one table", &dump, &format!("P 五、绩效指标\nT 3×6\n{PRINTED_HEADER}\n{PRINTED}\nP 六、名词解释"));
}

#[test]
fn a_cell_ending_in_a_blank_line_does_not_break_its_row() {
    let broken = "→产出指标\n→数量指标\n\n→巡护里程\n→全年巡护河道长度\n\n\n→≥120公里\n→计划标准\n";
    let dump = format!("{HEADER}\n{broken}\n{QUALITY}\n\n说明文字。\n");
    check("broken row", &dump, &format!("T 3×6\n{PRINTED_HEADER}\n{PRINTED}\nP 说明文字。"));
    let header = "→一级指标\n→二级指标\n\n→三级指标\n→指标描述\n→指标值\n→确定依据\n";
    let dump = format!("{header}\n{QUANTITY}\n{QUALITY}\n");
    check("broken header", &dump, &format!("T 3×6\n{PRINTED_HEADER}\n{PRINTED}"));
}

#[test]
fn titles_of_indicator_levels_wait_for_the_title_of_their_values() {
    let header = "→单位名称\n→项目名称\n\n→年度目标\n→一级指标\n→二级指标\n\n→三级指标\n→指标值\n";
    let first = "→河道管理所\n→河道巡护\n→保障巡护\n→产出指标\n→数量指标\n→巡护里程\n→≥120公里\n";
    let next = "→\n→\n→\n→\n→质量指标\n→水质达标率\n→≥95%\n";
    let wanted = "单位名称|项目名称|年度目标|一级指标|二级指标|三级指标|指标值\n河道管理所|河道巡护|保障巡护|产出指标|数量指标|巡护里程|≥120公里\n||||质量指标|水质达标率|≥95%";
    check("broken header", &format!("{header}\n{first}\n{next}\n"), &format!("T 3×7\n{wanted}"));
    let broken = "→\n→\n→\n→满意度指标\n\n→满意度指标\n→群众满意度\n→≥90%\n";
    let dump = format!("{}\n{first}\n{next}\n{broken}\n", header.replace("\n\n", "\n"));
    let wanted = format!("T 4×7\n{wanted}\n|||满意度指标|满意度指标|群众满意度|≥90%");
    check("a level's label", &dump, &wanted);
}

#[test]
fn a_row_begins_with_a_figure_only_where_others_do() {
    let form = |total: &str| {
        format!(
            "→项目名称\n→河道巡护\n\n→主管部门\n→县水利局\n→实施单位\n→河道管理所\n\n\
             →项目资金\n→\n→年初预算数\n→全年执行数\n→分值\n→得分\n\n{total}\n\
             →\n→其他资金\n→0\n→0\n→—\n→—\n\n→绩效指标\n→一级指标\n→二级指标\n→三级指标\n→指标值\n→完成值\n→得分\n\n\
             →\n→产出指标\n→数量指标\n→巡护里程\n→≥120公里\n→120公里\n→10\n\n\
             →\n→产出指标\n→质量指标\n→达标率\n→≥95%\n→96%\n→10\n\n→\n→满意度指标\n→满意度\n→群众满意度\n→≥90%\n→91%\n→10\n\n\n"
        )
    };
    let whole = read(&form("→\n→年度资金总额\n→35.20\n→30.10\n→10\n→9\n").replace('→', "\t"));
    let broken = read(&form("→\n→年度资金总额\n\n→35.20\n→30.10\n→10\n→9\n").replace('→', "\t"));
    assert_eq!(printed(&broken), printed(&whole));
    assert!(printed(&whole).contains("年度资金总额|35.20|30.10|10|9"));
}

#[test]
fn a_last_cell_ending_in_blank_lines_does_not_end_the_table() {
    let dump = format!("{HEADER}\n{QUANTITY}\n\n{QUALITY}\n");
    check("merge goes on", &dump, &format!("T 3×6\n{PRINTED_HEADER}\n{PRINTED}"));
    let time = "→产出指标\n→时效指标\n→完工时限\n→工程完工月份\n→≤10月\n→计划标准\n";
    let dump = format!("{HEADER}\n{QUANTITY}\n\n{time}\n");
    let wanted = "产出指标|数量指标|巡护里程|全年巡护河道长度|≥120公里|计划标准\n产出指标|时效指标|完工时限|工程完工月份|≤10月|计划标准";
    check("a row with figures", &dump, &format!("T 3×6\n{PRINTED_HEADER}\n{wanted}"));
    let words = "→满意度指标\n→服务对象满意度\n→群众满意情况\n→群众评价\n→较满意\n→计划标准\n";
    let dump = format!("{HEADER}\n{QUANTITY}\n\n{words}\n");
    let wanted = wanted.lines().next().unwrap();
    let next = "满意度指标|服务对象满意度|群众满意情况|群众评价|较满意|计划标准";
    check("a row of words", &dump, &format!("T 3×6\n{PRINTED_HEADER}\n{wanted}\n{next}"));
}

#[test]
fn blank_lines_inside_a_cell_keep_its_text_together() {
    let dump = format!(
        "{HEADER}\n→产出指标\n→数量指标\n→巡护里程\n→全年巡护\n\n河道长度\n→≥120公里\n→计划标准\n\n{QUALITY}\n"
    );
    let wanted = PRINTED.replace("全年巡护河道", "全年巡护/河道");
    check("middle cell", &dump, &format!("T 3×6\n{PRINTED_HEADER}\n{wanted}"));
    let dump = format!(
        "{HEADER}\n→产出指标\n→数量指标\n→巡护里程\n→全年巡护河道长度\n→≥120公里\n→计划\n\n标准\n\n{QUALITY}\n"
    );
    let wanted = PRINTED.replace("计划标准", "计划/标准");
    check("last cell", &dump, &format!("T 3×6\n{PRINTED_HEADER}\n{wanted}"));
}

#[test]
fn paragraphs_of_a_cell_are_its_lines() {
    let dump = "→单位\n名称\n→性质\n \n→规格\n\n→河道\n管理所\n→事业\n→股级\n\n";
    check("lines", dump, "T 2×3\n单位/名称|性质|规格\n河道/管理所|事业|股级");
}

#[test]
fn tables_next_to_each_other_stay_apart() {
    let goal = "→绩效目标\n→保障河道巡护工作正常开展。\n";
    let wanted = format!("T 1×2\n绩效目标|保障河道巡护工作正常开展。\nT 3×6\n{PRINTED_HEADER}\n{PRINTED}");
    for gap in ["\n", "\n\n", "\n \n", "\n\n\n"] {
        let dump = format!("1、河道管护绩效目标表\n{goal}{gap}\n{HEADER}\n{QUANTITY}\n{QUALITY}\n\n");
        check(&format!("gap {gap:?}"), &dump, &format!("P 1、河道管护绩效目标表\n{wanted}"));
    }
    let dump = format!("{goal}\n{HEADER}\n{QUANTITY}\n{QUALITY}\n");
    let joined = format!("T 4×6\n绩效目标|保障河道巡护工作正常开展。||||\n{PRINTED_HEADER}\n{PRINTED}");
    check("one table with a merged first row", &dump, &joined);
}

#[test]
fn a_caption_between_tables_is_no_part_of_a_cell() {
    for caption in ["2、堤防维修绩效目标表", "堤防维修绩效目标表", "堤防维修项目"] {
        let table = format!("{HEADER}\n{QUANTITY}\n{QUALITY}\n");
        let printed = format!("T 3×6\n{PRINTED_HEADER}\n{PRINTED}");
        check(
            caption,
            &format!("{table}{caption}\n\n{table}"),
            &format!("{printed}\nP {caption}\n{printed}"),
        );
    }
}

#[test]
fn header_merges_are_inferred_where_they_fit() {
    let dump = "→项目来源\n→物品\n→金额\n\n→项目\n→资金\n→\n→合计\n→拨款\n→其他\n\n→河道管护\n→8.00\n→水泵\n→3.20\n→3.20\n→\n\n";
    let wanted =
        "T 3×6\n[1×2]项目来源|[2×1]物品|[1×3]金额\n项目|资金|合计|拨款|其他\n河道管护|8.00|水泵|3.20|3.20|";
    check("two rows", dump, wanted);
    let dump = "→甲局\n→单位：万元\n\n".to_owned() + dump;
    check("a note row above", &dump, &wanted.replace("T 3×6", "T 4×6\n甲局|单位：万元||||"));
}

#[test]
fn a_total_with_a_merged_label_keeps_its_figures_under_their_columns() {
    let row = "→类\n→款\n→项\n→名称\n→合计\n→基本\n\n→213\n→03\n→05\n→水利工程\n→12.00\n→2.00\n\n";
    let dump = format!("{row}→总计\n→12.00\n→2.00\n\n");
    check(
        "total",
        &dump,
        "T 3×6\n类|款|项|名称|合计|基本\n213|03|05|水利工程|12.00|2.00\n[1×4]总计|12.00|2.00",
    );
    let dump = "→科目\n→名称\n→金额\n→科目\n→名称\n→金额\n\n→301\n→工资\n→9.00\n→302\n→办公费\n→3.00\n\n→人员合计\n→9.00\n→公用合计\n→3.00\n\n";
    let wanted = "T 3×6\n科目|名称|金额|科目|名称|金额\n301|工资|9.00|302|办公费|3.00\n[1×2]人员合计|9.00|[1×2]公用合计|3.00";
    check("two totals side by side", dump, wanted);
    let dump = format!("{row}→备注\n→水利\n\n");
    check(
        "no figures",
        &dump,
        "T 3×6\n类|款|项|名称|合计|基本\n213|03|05|水利工程|12.00|2.00\n备注|水利||||",
    );
}

#[test]
fn labels_beside_several_rows_of_a_form_are_merged_downwards() {
    let dump = "→项目名称\n→河道管护\n\n→项目资金（万元）\n→年度资金总额\n→50\n\n→\n→其中：财政拨款\n→50\n\n→绩效\n指标\n→一级指标\n→二级指标\n→指标值\n\n→\n→产出指标\n→数量指标\n→≥5公里\n\n";
    let wanted = "T 5×4\n项目名称|河道管护||\n[2×1]项目资金（万元）|年度资金总额|50|\n其中：财政拨款|50|\n[2×1]绩效/指标|一级指标|二级指标|指标值\n产出指标|数量指标|≥5公里";
    check("form", dump, wanted);
}

#[test]
fn a_broken_header_row_above_another_is_put_together() {
    let dump = "→来源\n→物品\n\n→数量\n→金额\n\n→项目\n→资金\n→\n→\n→合计\n→拨款\n\n→管护\n→8.00\n→水泵\n→2\n→3.20\n→3.20\n\n→管护\n→8.00\n→水管\n→2\n→3.20\n→3.20\n\n";
    let wanted = "T 4×6\n[1×2]来源|[2×1]物品|[2×1]数量|[1×2]金额\n项目|资金|合计|拨款\n管护|8.00|水泵|2|3.20|3.20\n管护|8.00|水管|2|3.20|3.20";
    check("header", dump, wanted);
}

#[test]
fn notes_laid_out_by_cells_above_a_table_are_a_paragraph() {
    let dump = "→\n固定资产情况表\n\n→编制部门：甲局\n→截止时间：2020年底\n\n→项目\n→数量\n→价值\n\n→车辆\n→2\n→31.50\n\n";
    let wanted =
        "P 固定资产情况表\nP 编制部门：甲局\t截止时间：2020年底\nT 2×3\n项目|数量|价值\n车辆|2|31.50";
    check("notes", dump, wanted);
}

#[test]
fn bookmarks_are_no_text() {
    check("bookmarks", "[bookmark: _Toc1]一、概况\n[bookmark: _GoBack]\n正文。\n", "P 一、概况\nP 正文。");
}

#[test]
fn indented_prose_is_no_table() {
    let dump =
        "→一、部门职责\n→负责全县河道管理。\n→承担防汛工作。\n\n→二、机构设置\n\n→→甲县水务局\n→→2022年3月\n";
    let wanted =
        "P 一、部门职责\nP 负责全县河道管理。\nP 承担防汛工作。\nP 二、机构设置\nP 甲县水务局\nP 2022年3月";
    check("prose", dump, wanted);
}

#[test]
fn rows_copied_from_a_spreadsheet_are_a_table() {
    let dump = "收支总表\n单位：万元\n项目→预算数→上年数\n一、拨款→120.5→118\n→3→\n合计→123.5→118\n正文\n";
    let wanted = "P 收支总表\nP 单位：万元\nT 4×3\n项目|预算数|上年数\n一、拨款|120.5|118\n|3|\n合计|123.5|118\nP 正文";
    check("sheet", dump, wanted);
}

#[test]
fn rows_of_more_widths_than_are_tried_lose_nothing() {
    let row = |cells: usize| (0..cells).map(|cell| format!("值{cell}")).collect::<Vec<_>>().join("\t");
    let dump: Vec<String> = (2..60).flat_map(|width| [row(width), row(width % 7 + 2)]).collect();
    let document = read(&dump.join("\n"));
    let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
    assert_eq!(blocks.iter().map(Block::visible).sum::<u64>(), visible_chars(&dump.join("\n")));
}

#[test]
fn line_ends_of_every_kind_give_the_same_tables() {
    let dump = format!("{HEADER}\n{QUANTITY}\n{QUALITY}\n").replace('→', "\t");
    let wanted = printed(&read(&dump));
    assert_eq!(printed(&read(&dump.replace('\n', "\r\n"))), wanted);
    assert_eq!(printed(&read(&dump.replace('\n', "\r"))), wanted);
}

#[test]
fn a_file_without_visible_text_is_an_error() {
    let error = gongkai::pipeline::read(b" \n\t\n", &Limits::default()).unwrap_err();
    assert!(matches!(error, ReadError::Empty { .. }), "{error}");
}

#[test]
fn cells_beyond_the_limit_are_kept_as_paragraphs() {
    let dump = "\t甲\n\t1\n\n".repeat(50);
    let limits = Limits { cells: 10, ..Limits::default() };
    let document = gongkai::pipeline::read(dump.as_bytes(), &limits).unwrap();
    let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
    assert_eq!(blocks.iter().map(Block::visible).sum::<u64>(), document.visible);
    assert_eq!(document.visible, 100);
    assert!(document.warnings.iter().any(gongkai::document::Warning::is_loss));
}

#[test]
fn huge_hostile_texts_are_read_in_bounded_time() {
    let texts = [
        "\t\n".repeat(1 << 19),
        "\t\n\n".repeat(1 << 18),
        "\t甲\n\n\n".repeat(1 << 17),
        "a\tb\tc\na\tb\n".repeat(1 << 16),
    ]
    .into_iter()
    .chain(["甲\t".repeat(1 << 18), "[bookmark:".repeat(1 << 16), "\t1\n\t2\n\n\t3\n\n".repeat(1 << 14)]);
    for text in texts {
        let start = std::time::Instant::now();
        let document = read(&format!("{text}\n末行\n"));
        let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
        assert_eq!(blocks.iter().map(Block::visible).sum::<u64>(), document.visible);
        assert_eq!(document.visible, visible_chars(&text) + 2);
        assert!(start.elapsed().as_secs() < 20, "{:?} for {:?}…", start.elapsed(), &text[..6]);
    }
}

#[test]
fn dumps_with_known_tables_are_restored_in_full() {
    let kit = Path::new("../shared/eval");
    let dumps = [("bazhou", "bazhou-2021"), ("A02", "txt")];
    if !kit.is_dir() {
        eprintln!("skipped: {} is not there", kit.display());
        return;
    }
    for (name, folder) in dumps {
        let truth = std::fs::read(kit.join(format!("truth/{name}.json"))).unwrap();
        let truth: serde_json::Value = serde_json::from_slice(&truth).unwrap();
        let mut entries =
            std::fs::read_dir(kit.join("documents").join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let dump = entries.find(|path| path.extension().is_some_and(|ending| ending == "txt")).unwrap();
        let document = gongkai::pipeline::read(&std::fs::read(dump).unwrap(), &Limits::default()).unwrap();
        let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
        let found: Vec<Vec<String>> = blocks.iter().filter_map(rows_of).flatten().collect();
        let mut at = 0;
        for row in wanted_rows(&truth) {
            let Some(offset) = found[at..].iter().position(|other| *other == row) else {
                panic!("{name}: no row {row:?} after {:?}", found[at.saturating_sub(1)])
            };
            // Only the rows of tables that the truth leaves open may stand between.
            assert!(offset <= 1, "{name}: rows between {:?} and {row:?}", found[at]);
            at += offset + 1;
        }
        assert_eq!(at, found.len(), "{name}: rows left over");
    }
}

/// The texts of a table by row, blanks left out and white space removed.
fn rows_of(block: &Block) -> Option<Vec<Vec<String>>> {
    let Block::Table(table) = block else { return None };
    let mut rows = vec![Vec::new(); table.rows];
    for cell in table.cells.iter().filter(|cell| !cell.text.is_empty()) {
        rows[cell.row].push(squeeze(&cell.text));
    }
    Some(rows.into_iter().filter(|row: &Vec<String>| !row.is_empty()).collect())
}

/// The rows that the truth wants: merged cells once, positions that only a merge fills left out.
fn wanted_rows(truth: &serde_json::Value) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for table in truth["tables"].as_array().unwrap() {
        let listed = |key: &str, row: usize, column: usize| {
            table[key].as_array().unwrap().iter().any(|place| place[0] == row && place[1] == column)
        };
        if table.get("optional").is_some_and(|optional| optional == true) {
            continue;
        }
        for (row, cells) in table["grid"].as_array().unwrap().iter().enumerate() {
            let kept = cells.as_array().unwrap().iter().enumerate().filter(|(column, _)| {
                !listed("cont", row, *column) && (row == 0 || !listed("optional_cells", row, *column))
            });
            let texts: Vec<String> = kept.map(|(_, text)| squeeze(text.as_str().unwrap())).collect();
            rows.push(texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>());
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Pieces that lines, cells and marks are made of, so that random texts reach every rule.
const PIECES: &[&str] = &[
    "\t",
    "\t",
    "\t",
    "\n",
    "\n",
    "\n",
    "\n\n",
    " ",
    "\u{3000}",
    "\r\n",
    "\u{c}",
    "甲",
    "合计",
    "12.50",
    "≥95%",
    "一、概况",
    "绩效目标",
    "项目",
    "[bookmark: x]",
    "[bookmark:",
    "编制单位：某局",
    "负责全县水利工作。",
    "\u{feff}",
    "，",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_lost_or_invented_in_any_layout(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..120)) {
        let text = format!("始{}", pieces.concat());
        let document = read(&text);
        let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
        prop_assert_eq!(blocks.iter().map(Block::visible).sum::<u64>(), document.visible);
    }

    #[test]
    fn a_table_of_whole_rows_is_restored(
        rows in prop::collection::vec(prop::array::uniform5(prop::sample::select(&["甲局", "3.20", "", "≥5个", "工程\n进度"][..])), 1..8)
    ) {
        let header = ["名称", "金额", "指标", "目标", "依据"];
        let all: Vec<[&str; 5]> = std::iter::once(header).chain(rows).collect();
        let dump: String = all.iter().map(|row| row.map(|cell| format!("\t{cell}\n")).concat() + "\n").collect();
        let document = read(&format!("表\n{dump}\n后文。\n"));
        let Body::Flow(blocks) = &document.body else { panic!("a text flows") };
        let Some(Block::Table(table)) = blocks.get(1) else { panic!("no table") };
        let grid = table.grid();
        prop_assert_eq!((grid.rows(), grid.columns()), (all.len(), 5));
        for (row, cells) in all.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                prop_assert_eq!(grid.text(row, column), *cell);
            }
        }
    }
}
