//! What documents say about themselves, recomputed: sound ones pass, a changed digit is found where it stands.

#![allow(clippy::unwrap_used, reason = "a test fails where a sketch is wrong")]

mod sketch;

use gongkai::check::{check, rules};
use gongkai::document::Rect;
use gongkai::flag::Flag;
use gongkai::record::{Check, Verdict};
use sketch::records;
use std::collections::BTreeSet;

/// A disclosure in which every identity holds.
const SOUND: &str = "甲县民政局2023年部门预算公开
     一、收支总体情况
     2023年收入预算1500.00万元，其中：一般公共预算收入1200.00万元，政府性基金收入300.00万元。
     2023年支出预算1500.00万元，其中：基本支出900.00万元，占60.00%；项目支出600.00万元，占40.00%。
     2023年“三公”经费预算12.00万元，其中：因公出国（境）费0.00万元；公务用车购置及运行维护费10.00万元；公务接待费2.00万元。
     二、部门预算表
     收支预算总表
     单位：万元
     | <2>收入 | <2>支出 |
     | 项目 | 2023年预算数 | 项目 | 2023年预算数 |
     | 一、一般公共预算拨款收入 | 1,200.00 | 一、社会保障和就业支出 | 1,380.00 |
     | 二、政府性基金预算拨款收入 | 300.00 | 二、住房保障支出 | 120.00 |
     | 本年收入合计 | 1,500.00 | 本年支出合计 | 1,500.00 |
     | 上年结转结余 | 0.00 | 结转下年 | 0.00 |
     | 收入总计 | 1,500.00 | 支出总计 | 1,500.00 |
     支出总表
     单位：万元
     | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
     | <2>合计 | 1,500.00 | 900.00 | 600.00 |
     | 208 | 社会保障和就业支出 | 1,380.00 | 780.00 | 600.00 |
     | 20802 | 民政管理事务 | 1,000.00 | 700.00 | 300.00 |
     | 2080201 | 行政运行 | 700.00 | 700.00 | 0.00 |
     | 2080299 | 其他民政管理事务支出 | 300.00 | 0.00 | 300.00 |
     | 20810 | 社会福利 | 380.00 | 80.00 | 300.00 |
     | 221 | 住房保障支出 | 120.00 | 120.00 | 0.00 |
     一般公共预算“三公”经费支出表
     单位：万元
     | 项目 | 2023年预算数 |
     | 合计 | 12.00 |
     | 一、因公出国（境）费 | 0.00 |
     | 二、公务用车购置及运行维护费 | 10.00 |
     | 其中：公务用车购置费 | 4.00 |
     | 公务用车运行维护费 | 6.00 |
     | 三、公务接待费 | 2.00 |
     政府采购预算表
     单位：万元
     | 采购物品名称 | 数量 | 单价 | 金额 |
     | 合计 |  |  | 3.60 |
     | 甲县民政局小计 |  |  | 3.60 |
     | 台式计算机 | 8 | 0.45 | 3.60 |
     固定资产占用情况表
     单位：万元
     | 项目 | 数量 | 价值 |
     | 资产总额 | —— | 442.47 |
     | 1、车辆（台、辆） | 7 | 128.26 |
     | 2、其他固定资产 |  | 314.21 |";

fn failures(sketch: &str) -> Vec<Check> {
    check(&records(sketch)).into_iter().filter(|check| check.verdict == Verdict::Fail).collect()
}

#[test]
fn a_sound_document_passes_and_says_what_was_tried() {
    assert_eq!(failures(SOUND), []);
    let checks = check(&records(SOUND));
    let passed: BTreeSet<&str> = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Pass)
        .map(|check| check.rule.as_ref())
        .collect();
    for rule in [
        "income_equals_expenditure",
        "current_income",
        "total_income",
        "expenditure_row",
        "expenditure_total",
        "expenditure_levels",
        "three_public_total",
        "vehicles_total",
        "procurement_price",
        "procurement_total",
        "assets_total",
        "summary_expenditure_table",
        "prose_income",
        "prose_basic",
        "prose_three_public",
        "prose_reception",
        "prose_share",
    ] {
        assert!(passed.contains(rule), "{rule} was not tried: {passed:?}");
    }
    let skipped = checks.iter().filter(|check| check.verdict == Verdict::Skipped);
    assert!(skipped.clone().count() > 0 && skipped.into_iter().all(|check| !check.message.is_empty()));
}

#[test]
fn a_failure_names_both_figures_and_the_place() {
    let broken =
        SOUND.replace("| 2080201 | 行政运行 | 700.00 | 700.00 |", "| 2080201 | 行政运行 | 710.00 | 700.00 |");
    let failures = failures(&broken);
    let row = failures.iter().find(|check| check.rule == "expenditure_row").unwrap();
    assert_eq!((row.left, row.right), (Some(7_100_000.into()), Some(7_000_000.into())));
    assert_eq!(row.difference, Some(100_000.into()));
    assert_eq!((row.provenance.table, row.provenance.row), (Some(2), Some(5)));
    assert!(row.message.contains("7100000元") && row.message.contains("7000000元"));
    assert!(failures.iter().any(|check| check.rule == "expenditure_levels"));
}

#[test]
fn a_figure_in_the_text_is_compared_with_its_table() {
    let broken = SOUND.replace("公务接待费2.00万元。", "公务接待费2.50万元。");
    let rules: Vec<String> = failures(&broken).iter().map(|check| check.rule.to_string()).collect();
    assert_eq!(rules, ["prose_reception", "prose_three_public_parts"]);
}

#[test]
fn rounding_of_what_is_printed_is_no_failure() {
    let rounded = SOUND.replace(
        "| 20810 | 社会福利 | 380.00 | 80.00 | 300.00 |",
        "| 20810 | 社会福利 | 380.01 | 80.00 | 300.00 |",
    );
    assert_eq!(failures(&rounded), []);
}

#[test]
fn a_statement_that_there_is_nothing_is_held_against_its_table() {
    const FUNDS: &str = "
     政府性基金预算支出表
     单位：万元
     | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
     | <2>合计 | 300.00 |  | 300.00 |
     | 229 | 其他支出 | 300.00 |  | 300.00 |
     本部门2023年没有使用政府性基金预算拨款安排的支出。";
    let failures = failures(&format!("{SOUND}{FUNDS}"));
    let found = failures.iter().find(|check| check.rule == "empty_statement").unwrap();
    assert_eq!((found.left, found.right), (Some(3_000_000.into()), Some(0.into())));
    assert_eq!((found.provenance.table, found.provenance.row), (Some(6), Some(2)));
    let empty = FUNDS.replace("300.00", "");
    let checks = check(&records(&format!("{SOUND}{empty}")));
    let of = |rule: &str| checks.iter().find(|check| check.rule == rule).unwrap().verdict;
    assert_eq!((of("empty_statement"), of("empty_table_stated")), (Verdict::Pass, Verdict::Pass));
}

#[test]
fn the_change_in_percent_is_recomputed() {
    let text = "甲县民政局2023年部门预算公开
     一、收支总体情况
     2023年收支总预算1500.00万元，比上年增加300.00万元，增长25.00%。";
    assert_eq!(failures(text), []);
    let rules: Vec<String> =
        failures(&text.replace("25.00%", "26.00%")).iter().map(|check| check.rule.to_string()).collect();
    assert_eq!(rules, ["prose_growth"]);
}

#[test]
fn columns_left_blank_are_nothing_and_not_unknown() {
    let broken = SOUND.replace(
        "| 2080299 | 其他民政管理事务支出 | 300.00 | 0.00 | 300.00 |",
        "| 2080299 | 其他民政管理事务支出 | 310.00 |  | 300.00 |",
    );
    assert!(failures(&broken).iter().any(|check| check.rule == "expenditure_row"));
}

#[test]
fn a_table_of_the_contents_that_is_missing_is_told() {
    let contents = "甲县民政局2023年部门预算公开
     目录
     一、收支预算总表 1
     二、支出总表 2
     三、“三公”经费支出表 3
     四、政府采购预算表 4
     五、固定资产占用情况表 5
     六、国有资本经营预算支出表 6";
    let whole = format!("{contents}\n{SOUND}");
    let found = failures(&whole);
    let rules: Vec<String> = found.iter().map(|check| check.rule.to_string()).collect();
    assert_eq!(rules, ["contents_table"]);
    assert!(found[0].message.contains("国有资本经营预算支出表"));
    assert_eq!(failures(&whole.replace("六、国有资本经营预算支出表 6", "")), []);
}

#[test]
fn a_doubled_digit_of_a_page_is_flagged_and_never_changed() {
    let broken = SOUND.replace("| 20810 | 社会福利 | 380.00 |", "| 20810 | 社会福利 | 3380.00 |");
    let flagged = |drawn: bool| {
        let mut records = records(&broken);
        if drawn {
            for item in &mut records.line_items {
                item.provenance.bbox = Some(Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 });
            }
        }
        records.checks = check(&records);
        gongkai::check::flag_doubts(&mut records);
        let doubted = records.line_items.into_iter();
        doubted
            .filter(|item| item.flags.contains(Flag::LowConfidence))
            .map(|item| item.value_raw)
            .collect::<Vec<_>>()
    };
    assert_eq!(flagged(true), ["3380.00"]);
    assert!(flagged(false).is_empty(), "what states its text has no second reading");
}

/// Where the list of rules begins in the documentation.
const LIST: &str = "| rule | 规则 | meaning | source |\n|---|---|---|---|\n";

#[test]
fn the_list_of_rules_in_the_documentation_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checks.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (before, printed) = document.split_once(LIST).unwrap();
    let rows = rules()
        .into_iter()
        .map(|rule| format!("| `{}` | {} | {} | {} |\n", rule.code, rule.chinese, rule.english, rule.source));
    let list: String = rows.collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, format!("{before}{LIST}{list}")).unwrap();
        return;
    }
    assert_eq!(printed, list, "renew it with UPDATE_GOLDEN=1 cargo test --test check");
}

#[test]
fn nearly_every_changed_digit_of_the_tables_is_found() {
    let lines: Vec<&str> = SOUND.lines().collect();
    let (mut tried, mut found) = (0, 0);
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with('|')) {
        for cell in line
            .split('|')
            .map(str::trim)
            .filter(|cell| cell.contains('.') && gongkai::document::figure(cell).is_some())
        {
            // The leading digit goes up by one, 9 becomes 1: a change that no rounding hides.
            let first = cell.chars().next().unwrap();
            let changed = char::from(b'1' + (first as u8 - b'0') % 9);
            let mutant = cell.replacen(first, &changed.to_string(), 1);
            let mut mutated = lines.clone();
            let line = line.replacen(&format!("| {cell} |"), &format!("| {mutant} |"), 1);
            mutated[index] = &line;
            tried += 1;
            found += usize::from(!failures(&mutated.join("\n")).is_empty());
        }
    }
    assert!(tried > 40, "{tried}");
    assert!(found * 100 >= tried * 95, "{found} of {tried} changed figures were found");
}

#[test]
fn rules_have_codes_of_their_own_and_sentences_in_two_languages() {
    let rules = rules();
    assert!(rules.len() >= 50, "{}", rules.len());
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), rules.len());
    assert!(rules.iter().all(|rule| !rule.chinese.is_empty() && rule.english.is_ascii()
        || rule.english.contains('×')
        || rule.english.contains('÷')
        || rule.english.contains('−')
        || rule.english.contains('\'')));
}
