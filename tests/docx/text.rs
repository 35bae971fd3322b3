//! Paragraphs, runs, fields, notes, boxes, tracked changes and hidden text.

use crate::fixture::{
    Parts, WORD, has, lines, p, paragraphs, read, run, tables, tbl, tc, tr, word, word_with,
};
use gongkai::document::{FurnitureKind, Role, Warning};

#[test]
fn inserted_and_moved_text_is_in_and_deleted_and_moved_away_text_is_out() {
    let body = "<w:p><w:r><w:t>三公经费</w:t></w:r><w:del><w:r><w:delText>1.70</w:delText></w:r></w:del>\
                <w:ins><w:r><w:t>1.45</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom>\
                <w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo></w:p>";
    let document = read(&word(body));
    assert_eq!(paragraphs(&document)[0].text, "三公经费1.45乙");
    assert!(has(&document, &Warning::DeletedText(5)));
}

#[test]
fn a_deleted_paragraph_mark_joins_the_paragraph_with_the_next() {
    let body = "<w:p><w:pPr><w:jc w:val=\"center\"/><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>预算</w:t></w:r></w:p>\
                <w:p><w:r><w:t>总额</w:t></w:r></w:p><w:p><w:r><w:t>末</w:t></w:r></w:p>";
    let document = read(&word(body));
    let found: Vec<_> = paragraphs(&document).iter().map(|p| (p.text.as_str(), p.centred)).collect();
    assert_eq!(found, [("预算总额", false), ("末", false)]);
}

#[test]
fn a_deleted_mark_before_a_table_or_the_end_loses_nothing() {
    let gone = "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
    let body = format!("{gone}{}{gone}", tbl(&[tr(&[tc("", "x")])]));
    let document = read(&word(&body));
    assert_eq!(paragraphs(&document).iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["甲", "甲"]);
}

#[test]
fn deleted_and_hidden_rows_and_deleted_cells_are_gone() {
    let deleted = format!("<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>", tc("", "old"));
    let hidden = format!("<w:tr><w:trPr><w:hidden/></w:trPr>{}</w:tr>", tc("", "secret"));
    let row = tr(&[tc("<w:cellDel w:id=\"2\"/>", "out"), tc("", "in")]);
    let document = read(&word(&tbl(&[deleted, hidden, row])));
    let table = tables(&document)[0];
    assert_eq!((table.rows, table.columns, table.cells[0].text.as_str()), (1, 1, "in"));
    assert!(has(&document, &Warning::DeletedRows(1)) && has(&document, &Warning::DeletedText(3)));
}

#[test]
fn hidden_text_is_left_out_whether_the_run_or_a_style_says_so() {
    let styles = "<w:style w:type=\"character\" w:styleId=\"base\"><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:type=\"character\" w:styleId=\"derived\"><w:basedOn w:val=\"base\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"para\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"para\"/></w:pPr><w:r><w:t>e</w:t></w:r>{}</w:p>",
        run("<w:vanish/>", "a"),
        run("<w:rStyle w:val=\"derived\"/>", "b"),
        run("<w:webHidden/>", "c"),
        run("<w:rStyle w:val=\"derived\"/><w:vanish w:val=\"0\"/>", "d"),
        run("<w:vanish w:val=\"false\"/>", "f"),
    );
    let document = read(&word_with(&body, &Parts { styles, ..Parts::default() }));
    assert_eq!(paragraphs(&document).iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["cd", "f"]);
    assert!(has(&document, &Warning::HiddenText(3)));
}

#[test]
fn properties_printed_again_mean_the_same_again_and_no_more() {
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p>\
         <w:p xmlns:y=\"{WORD}\">{}</w:p><w:p xmlns:y=\"urn:other\">{}</w:p><w:p>{}{}</w:p>",
        run("<w:vanish/>", "a"),
        run("<w:vanish/>", "b"),
        run("", "c"),
        run("<w:vanish/>", "d"),
        run("<w:vanish/><w:sz w:val=\"24\"/>", "e"),
        run("<y:vanish/>", "f"),
        run("<y:vanish/>", "g"),
        run("<w:t>h</w:t>", "i"),
        run("<w:t>h</w:t>", "j"),
    );
    assert_eq!(lines(&word(&body)), ["c", "g", "hihj"]);
    assert!(has(&read(&word(&body)), &Warning::HiddenText(5)));
}

#[test]
fn former_properties_of_a_tracked_change_have_no_effect() {
    let body = "<w:p><w:pPr><w:pPrChange><w:pPr><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange></w:pPr>\
                <w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>x</w:t></w:r></w:p>";
    let document = read(&word(body));
    let paragraph = paragraphs(&document)[0];
    assert_eq!((paragraph.text.as_str(), paragraph.centred, paragraph.outline), ("x", false, None));
}

#[test]
fn of_a_field_only_the_result_is_text() {
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let nested =
        format!("{}{}{}{}{}", mark("begin"), code("PAGE"), mark("separate"), run("", "no"), mark("end"));
    let body = format!(
        "<w:p>{}{}{nested}{}{}{}<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple></w:p>",
        mark("begin"),
        code("IF "),
        mark("separate"),
        run("", "result"),
        mark("end"),
        run("", "2021"),
    );
    assert_eq!(lines(&word(&body)), ["result2021"]);
}

#[test]
fn a_field_that_never_ends_is_reported() {
    let body = format!(
        "<w:p><w:r><w:t>kept</w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{}</w:p>",
        run("", "lost")
    );
    let document = read(&word(&body));
    assert!(document.warnings.iter().any(Warning::is_loss));
}

#[test]
fn equations_and_check_boxes_in_fields_are_shown() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> EQ \\o\\ac(○,3)</w:instrText></w:r>\
                <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
                <w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData>\
                </w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    assert_eq!(lines(&word(body)), ["③☑"]);
}

#[test]
fn a_text_box_is_read_once_and_stands_after_its_paragraph() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("盒"));
    let body = format!(
        "<w:p><w:r><w:t>锚</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{content}</wps:txbx>\
         </w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>"
    );
    let document = read(&word(&body));
    let found: Vec<_> = paragraphs(&document).iter().map(|p| (p.text.as_str(), p.role)).collect();
    assert_eq!(found, [("锚后", Role::Body), ("盒", Role::TextBox)]);
}

#[test]
fn a_choice_without_text_gives_way_to_its_fallback() {
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"x\"><w:drawing/></mc:Choice><mc:Fallback><w:pict>\
         <v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        p("旧")
    );
    assert_eq!(lines(&word(&body)), ["旧"]);
}

#[test]
fn a_table_in_a_text_box_stays_a_table_and_a_box_in_a_cell_becomes_its_text() {
    let inner = tbl(&[tr(&[tc("", "内")])]);
    let boxed = |content: &str| {
        format!(
            "<w:p><w:r><w:t>锚</w:t><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
        )
    };
    let document = read(&word(&boxed(&inner)));
    assert_eq!(tables(&document)[0].cells[0].text, "内");
    let outer = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", boxed(&p("盒")));
    let document = read(&word(&outer));
    assert_eq!(tables(&document)[0].cells[0].text, "锚\n盒");
}

#[test]
fn notes_follow_the_block_that_refers_to_them() {
    let footnotes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote><w:footnote w:id=\"3\">{}</w:footnote>\
         <w:footnote w:id=\"9\">{}</w:footnote>",
        p("线"),
        p("注二"),
        p("注三"),
        p("未引")
    );
    let reference = |id: u32| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let cell = format!("<w:tc><w:p><w:r><w:t>格</w:t></w:r>{}</w:p></w:tc>", reference(3));
    let body = format!(
        "<w:p><w:r><w:t>正文</w:t></w:r>{}</w:p><w:tbl><w:tr>{cell}</w:tr></w:tbl>{}",
        reference(2),
        p("末")
    );
    let document = read(&word_with(&body, &Parts { footnotes: &footnotes, ..Parts::default() }));
    let found: Vec<_> = paragraphs(&document).iter().map(|p| (p.text.as_str(), p.role)).collect();
    assert_eq!(found, [("正文", Role::Body), ("注二", Role::Note), ("注三", Role::Note), ("末", Role::Body)]);
}

#[test]
fn headers_are_kept_apart_and_counted_once() {
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/></w:sectPr>";
    let body = format!("{}<w:p><w:pPr>{section}</w:pPr></w:p>{section}", p("正文"));
    let document = read(&word_with(&body, &Parts { header: &p("页眉"), ..Parts::default() }));
    assert_eq!(document.furniture.len(), 1);
    assert_eq!(
        (document.furniture[0].kind, document.furniture[0].text.as_str()),
        (FurnitureKind::Header, "页眉")
    );
    assert_eq!(paragraphs(&document).len(), 1);
}

#[test]
fn wrappers_at_every_level_are_looked_through() {
    let sdt = |content: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"n\"/><w:text/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )
    };
    let row = sdt(&tr(&[tc("", "a"), sdt(&tc("", "b"))].map(|cell| cell)));
    let inline = format!(
        "<w:p>{}<w:smartTag>{}</w:smartTag><w:customXml>{}</w:customXml><w:hyperlink>{}</w:hyperlink></w:p>",
        sdt(&run("", "1")),
        run("", "2"),
        run("", "3"),
        run("", "4")
    );
    let document = read(&word(&format!("{}{}", sdt(&sdt(&tbl(&[row]))), sdt(&inline))));
    assert_eq!(tables(&document)[0].columns, 2);
    assert_eq!(paragraphs(&document)[0].text, "1234");
}

#[test]
fn special_characters_come_out_as_printed() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\"> a </w:t><w:tab/><w:t> b </w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/>\
                <w:t>d&amp;&#x4E00;</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:cr/><w:t>e</w:t></w:r></w:p>";
    assert_eq!(lines(&word(body)), [" a \tb\nc-d&一≥☑\ne"]);
}

#[test]
fn characters_typed_in_a_symbol_font_are_translated() {
    let body = format!("<w:p>{}</w:p>", run("<w:rFonts w:ascii=\"Symbol\"/>", "\u{f0a3}95%"));
    assert_eq!(lines(&word(&body)), ["≤95%"]);
}

#[test]
fn raised_digits_stay_apart_from_the_number_before() {
    let body = format!("<w:p>{}{}</w:p>", run("", "10"), run("<w:vertAlign w:val=\"superscript\"/>", "4"));
    assert_eq!(lines(&word(&body)), ["10⁴"]);
}

#[test]
fn ruby_keeps_its_base_and_formulas_their_sense() {
    let body = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>bà</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>霸</w:t></w:r></w:rubyBase></w:ruby></w:r>\
                <m:oMath><m:f><m:num><m:r><m:t>2</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath></w:p>";
    assert_eq!(lines(&word(body)), ["霸2/3"]);
}

#[test]
fn page_breaks_split_no_paragraph_and_end_no_line_twice() {
    let body = "<w:p><w:r><w:br w:type=\"page\"/><w:t>甲</w:t><w:lastRenderedPageBreak/><w:t>乙</w:t><w:br w:type=\"page\"/></w:r></w:p>";
    assert_eq!(lines(&word(body)), ["甲乙"]);
}

#[test]
fn objects_that_are_not_read_are_counted_and_pictures_are_none() {
    let body = format!(
        "{}<w:p><w:r><w:object/></w:r><w:r><w:drawing><a:graphic><c:chart/></a:graphic></w:drawing></w:r>\
         <w:r><w:pict><v:shape/></w:pict></w:r></w:p><w:altChunk/>",
        p("x")
    );
    assert!(has(&read(&word(&body)), &Warning::ObjectNotRead(3)));
}

#[test]
fn word_art_is_text() {
    let body = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"部门预算\"/></v:shape></w:pict></w:r></w:p>";
    assert_eq!(lines(&word(body)), ["部门预算"]);
}

#[test]
fn outline_levels_come_from_the_paragraph_or_through_its_style() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"heading 2\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"a2\"><w:name w:val=\"我的标题\"/><w:basedOn w:val=\"a1\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"a3\"><w:name w:val=\"标题 3\"/></w:style>";
    let with_style = |style: &str, more: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>")
    };
    let body = [
        with_style("a2", ""),
        with_style("a3", ""),
        with_style("a2", "<w:outlineLvl w:val=\"9\"/><w:jc w:val=\"left\"/>"),
        with_style("gone", "<w:outlineLvl w:val=\"0\"/>"),
        with_style("Heading4", ""),
    ];
    let document = read(&word_with(&body.concat(), &Parts { styles, ..Parts::default() }));
    let found: Vec<_> = paragraphs(&document).iter().map(|p| (p.outline, p.centred)).collect();
    assert_eq!(found, [(Some(2), true), (Some(3), false), (None, false), (Some(1), false), (Some(4), false)]);
}
