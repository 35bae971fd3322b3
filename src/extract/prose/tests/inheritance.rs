//! What a sentence without a subject of its own goes on about, over paragraphs.

use super::*;

/// What the paragraphs of a 2021 document state about money, one after the other.
fn told(lines: &[&str]) -> Vec<String> {
    let mut narrator = Narrator::new(Some(2021), "安平县水务局");
    let mut shown_amounts = Vec::new();
    for line in lines {
        let paragraph = Paragraph::plain(*line);
        let depth = crate::extract::context::heading(&paragraph);
        let told = narrator.paragraph(&Passage { paragraph: &paragraph, section: "", depth });
        shown_amounts.extend(told.amounts.iter().map(shown));
    }
    shown_amounts
}

#[test]
fn a_comparison_after_income_and_expenditure_is_of_the_total() {
    let lines = [
        "四、财政拨款收支总体情况",
        "2021年财政拨款收支总预算900万元。收入包括：一般公共预算拨款收入800万元、上年结转100万元；支出包括：教育支出300万元、农林水支出600万元。",
        "与2020年预算数850万元相比，增加50万元，增长5.9%。",
    ];
    let found = told(&lines);
    assert_eq!(found[5..], ["财政拨款收支总预算 850万元 @2020", "财政拨款收支总预算 50万元 +2020"]);
}

#[test]
fn a_comparison_after_a_list_of_equals_is_of_what_the_heading_names() {
    let classes = "社会保障和就业（类）支出120万元，占4%；卫生健康（类）支出60万元，占2%；农林水（类）支出2800万元，占94%。";
    let comparison = "与2020年预算数相比，减少80万元，下降2.6%。";
    let found = told(&["（二）一般公共预算支出结构情况", classes, comparison]);
    assert_eq!(found[3], "一般公共预算支出 80万元 -2020");
    // Where the heading names no money the figure stays without a label rather than with a wrong one.
    let found = told(&["（二）结构变化", classes, comparison]);
    assert_eq!(found[3], " 80万元 -2020");
}

#[test]
fn a_comparison_after_the_lines_of_a_breakdown_is_of_the_whole() {
    let lines = [
        "2021年一般公共预算基本支出150万元，其中：",
        "人员经费130万元，主要包括：基本工资、津贴补贴。",
        "公用经费20万元，主要包括：办公费、印刷费。",
        "比上年预算增加30万元，主要是工资调标。",
    ];
    assert_eq!(told(&lines)[3], "一般公共预算基本支出 30万元 +2020");
}

#[test]
fn a_comparison_after_a_numbered_item_is_of_that_item() {
    let lines = [
        "具体情况如下：",
        "1.公务用车购置及运行费支出6万元。其中：公务用车购置支出0万元；公务用车运行支出6万元。",
        "较上年减少2万元，下降25%。",
        "2.公务接待费支出2.5万元。",
        "与2020年度相比，减少0.3万元。",
    ];
    let found = told(&lines);
    assert_eq!(found[3], "公务用车购置及运行费支出 2万元 -2020");
    assert_eq!(found[5], "公务接待费支出 0.3万元 -2020");
}

#[test]
fn a_new_statement_ends_the_lines_of_a_breakdown() {
    let lines = [
        "一般公共预算基本支出150万元，其中：",
        "人员经费130万元。",
        "公用经费20万元。",
        "2021年机关运行经费20万元。",
        "比上年增加1万元。",
    ];
    assert_eq!(told(&lines)[4], "机关运行经费 1万元 +2020");
}

#[test]
fn a_comparison_under_a_heading_is_of_what_the_heading_names() {
    assert_eq!(told(&["（三）公务接待费", "比上年减少1万元，下降16.7%。"]), ["公务接待费 1万元 -2020"]);
}

#[test]
fn the_base_of_a_comparison_keeps_its_own_reading() {
    let line = "农林水支出（类）水利（款）行政运行（项）2021年预算数为180万元，与2020年执行数190万元相比，减少10万元。";
    assert_eq!(told(&[line])[1], "农林水支出（类）水利（款）行政运行（项）执行数 190万元 @2020");
}

#[test]
fn a_comparison_behind_a_list_of_parts_is_of_the_whole() {
    let line = "机关运行经费支出210万元，其中：办公费50万元、差旅费30万元，较年初预算数增加10万元，较上年决算数减少6万元。";
    assert_eq!(told(&[line])[3..], ["机关运行经费支出 10万元 +", "机关运行经费支出 6万元 -2020"]);
    // Parts with clauses of their own keep their changes.
    let line = "支出210万元，其中：基本支出100万元，比上年增加5万元；项目支出110万元，比上年减少6万元。";
    assert_eq!(told(&[line])[2], "基本支出 5万元 +2020");
    assert_eq!(told(&[line])[4], "项目支出 6万元 -2020");
}
