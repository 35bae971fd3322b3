//! Automatic numbering, as Word prints it.

use crate::fixture::{Parts, cells, lines, p, word_with};

fn level(index: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn list(levels: &[String], numbers: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"7\">{}</w:abstractNum>{numbers}", levels.concat())
}

fn number(id: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"7\"/>{overrides}</w:num>")
}

fn item(id: u32, level: u32) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    )
}

fn labels(numbering: &str, body: &str) -> Vec<String> {
    let printed = lines(&word_with(body, &Parts { numbering, ..Parts::default() }));
    printed.into_iter().map(|line| line.trim_end_matches('x').to_owned()).collect()
}

#[test]
fn levels_count_and_restart_below_a_higher_one() {
    let levels = [
        level(0, "chineseCounting", "%1、", ""),
        level(1, "chineseCounting", "（%2）", ""),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ];
    let body: String = [0, 1, 1, 2, 0, 1, 2].map(|level| item(1, level)).concat();
    let expected = ["一、", "（一）", "（二）", "1.2.1", "二、", "（一）", "2.1.1"];
    assert_eq!(labels(&list(&levels, &number(1, "")), &body), expected);
}

#[test]
fn a_level_that_never_restarts_goes_on() {
    let levels = [level(0, "decimal", "%1.", ""), level(1, "decimal", "%2)", "<w:lvlRestart w:val=\"0\"/>")];
    let body: String = [0, 1, 0, 1].map(|level| item(1, level)).concat();
    assert_eq!(labels(&list(&levels, &number(1, "")), &body), ["1.", "1)", "2.", "2)"]);
}

#[test]
fn lists_of_one_definition_go_on_unless_an_override_restarts_them() {
    let levels = [level(0, "decimal", "%1.", "")];
    let restart = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let numbers = format!("{}{}{}", number(1, ""), number(2, ""), number(3, restart));
    let body: String = [1, 2, 3, 3, 1].map(|id| item(id, 0)).concat();
    assert_eq!(labels(&list(&levels, &numbers), &body), ["1.", "2.", "5.", "6.", "7."]);
}

#[test]
fn an_override_may_replace_a_level() {
    let own = level(0, "upperLetter", "%1)", "");
    let numbers = number(1, &format!("<w:lvlOverride w:ilvl=\"0\">{own}</w:lvlOverride>"));
    assert_eq!(labels(&list(&[level(0, "decimal", "%1.", "")], &numbers), &item(1, 0)), ["A)"]);
}

#[test]
fn bullets_of_symbol_fonts_are_plain_bullets_and_no_number_prints_nothing() {
    let levels = [level(0, "bullet", "\u{f0b7}", ""), level(1, "none", "", ""), level(2, "bullet", "※", "")];
    let body: String = [0, 1, 2].map(|level| item(1, level)).concat();
    assert_eq!(labels(&list(&levels, &number(1, "")), &body), ["•", "", "※"]);
}

#[test]
fn a_style_brings_its_list_and_the_level_that_names_it() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"h2\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let levels = [
        level(0, "decimal", "%1.", ""),
        level(1, "chineseCountingThousand", "第%2条", "<w:pStyle w:val=\"h2\"/>"),
    ];
    let numbering = list(&levels, &number(1, ""));
    let paragraph = |more: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"h2\"/>{more}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>")
    };
    let off = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let body = format!("{}{}{}", paragraph(""), paragraph(off), paragraph(""));
    let parts = Parts { styles, numbering: &numbering, ..Parts::default() };
    assert_eq!(lines(&word_with(&body, &parts)), ["第一条x", "x", "第二条x"]);
}

#[test]
fn a_definition_may_stand_in_a_numbering_style() {
    let styles = "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>{}\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>",
        list(&[level(0, "upperRoman", "%1.", "")], &number(2, ""))
    );
    let parts = Parts { styles, numbering: &numbering, ..Parts::default() };
    assert_eq!(lines(&word_with(&item(1, 0), &parts)), ["I.x"]);
}

#[test]
fn deleted_items_are_not_counted() {
    let gone = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>\
                <w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>";
    let body = format!("{}{gone}{}", item(1, 0), item(1, 0));
    assert_eq!(labels(&list(&[level(0, "decimal", "%1.", "")], &number(1, "")), &body), ["1.", "2."]);
}

#[test]
fn a_number_in_a_cell_is_part_of_its_text() {
    let numbering = list(&[level(0, "decimal", "%1", "")], &number(1, ""));
    let empty = item(1, 0).replace("<w:r><w:t>x</w:t></w:r>", "");
    let covered =
        format!("<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{empty}</w:tc><w:tc>{}</w:tc></w:tr>", p("b"));
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>{empty}</w:tc><w:tc>{}</w:tc></w:tr>{covered}\
         <w:tr><w:tc>{empty}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("a"),
        p("c")
    );
    let found = cells(&word_with(&body, &Parts { numbering: &numbering, ..Parts::default() }));
    assert_eq!(found, ["0,0 2×1 1", "0,1 1×1 a", "1,1 1×1 b", "2,0 1×1 2", "2,1 1×1 c"]);
}
