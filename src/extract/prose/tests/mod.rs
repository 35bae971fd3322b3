//! What sentences of disclosures say.

mod change;
mod inheritance;
mod report;
mod wording;

use super::*;
use crate::document::Paragraph;
use crate::record::Change;

/// A figure on one line: label, printed figure, comparator, change and base year, year when it is not 2021.
fn shown(amount: &Amount) -> String {
    let mut text = format!("{} {}", amount.label, amount.value_raw);
    match amount.comparator.map(crate::quantity::Comparator::code) {
        Some("eq") | None => {}
        Some(code) => text.extend([" ", code]),
    }
    if !amount.per.is_empty() {
        text.extend([" /", &amount.per]);
    }
    match amount.change {
        Some(Change::Increase) => text.push_str(" +"),
        Some(Change::Decrease) => text.push_str(" -"),
        _ => {}
    }
    if let Some(base) = amount.base_year {
        text.push_str(&base.to_string());
    }
    if let Some(year) = amount.year.filter(|year| *year != 2021) {
        text.extend([" @", &year.to_string()]);
    }
    text
}

/// What a line of a 2021 budget states about money.
fn money(line: &str) -> Vec<String> {
    let paragraph = Paragraph::plain(line);
    let mut narrator = Narrator::new(Some(2021), "安平县水务局");
    let told = narrator.paragraph(&Passage { paragraph: &paragraph, section: "", depth: None });
    told.amounts.iter().map(shown).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (line, expected) in cases {
        let found = money(line);
        if found != *expected {
            wrong.push(format!("{line}\n   want {expected:?}\n   got  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What a line says about indicators, as name and target.
fn targets(line: &str) -> Vec<(String, String)> {
    let paragraph = Paragraph::plain(line);
    let told =
        Narrator::new(Some(2021), "").paragraph(&Passage { paragraph: &paragraph, section: "", depth: None });
    assert!(told.amounts.is_empty() || told.indicators.is_empty(), "a figure is told once: {line}");
    told.indicators.into_iter().map(|indicator| (indicator.level3, indicator.value_raw)).collect()
}

#[test]
fn indicators_are_read_from_paragraphs_that_announce_them() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "绩效指标：维修校舍面积≥23500平方米，受益学生数不低于1.6万人，师生满意度不低于95%。",
            &[("维修校舍面积", "≥23500平方米"), ("受益学生数", "不低于1.6万人"), ("师生满意度", "不低于95%")],
        ),
        (
            "绩效指标：落实用水政策，完善协调机制。使用水户投诉办结率90%以上，管网漏损率不超过9%。",
            &[("用水户投诉办结率", "90%以上"), ("管网漏损率", "不超过9%")],
        ),
        (
            "绩效指标：提供招聘岗位，服务毕业生数量（人）≥100人，资金按规定使用率=100%。",
            &[("服务毕业生数量（人）", "≥100人"), ("资金按规定使用率", "=100%")],
        ),
        (
            "绩效指标: 待遇发放率100%，待遇核定率。参保对象满意度90%。",
            &[("待遇发放率", "100%"), ("待遇核定率", ""), ("参保对象满意度", "90%")],
        ),
        (
            "产出指标：数量指标：培训人数≥300人；质量指标：培训合格率≥95%。",
            &[("培训人数", "≥300人"), ("培训合格率", "≥95%")],
        ),
        (
            "绩效指标：九年义务教育巩固率达到98%以上；完成时限：2021年12月底前；管理水平明显提高。",
            &[
                ("九年义务教育巩固率", "达到98%以上"),
                ("完成时限", "2021年12月底前"),
                ("管理水平", "明显提高"),
            ],
        ),
        (
            "绩效指标：为60周岁以上老年人发放养老金，发放率100%；培训合格率控制在95%以上。",
            &[("发放率", "100%"), ("培训合格率", "95%以上")],
        ),
        ("占比60.0%，增长0.4%，完成年初预算的113.9%。", &[]),
        ("绩效目标：完成堤防加固，确保度汛安全。", &[]),
        ("组织对7个项目开展绩效自评，覆盖率达到100%。", &[]),
    ];
    for (line, expected) in cases {
        let expected: Vec<_> =
            expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(targets(line), expected, "{line}");
    }
}

#[test]
fn a_list_under_its_own_line_is_read_to_the_next_heading() {
    let mut narrator = Narrator::new(Some(2021), "");
    let mut told = Vec::new();
    for line in ["绩效指标：", "（1）新增灌溉面积≥2万亩", "（2）农户满意度≥90%", "绩效目标：节水3万元。"]
    {
        let paragraph = Paragraph::plain(line);
        let depth = crate::extract::context::heading(&paragraph);
        told.extend(narrator.paragraph(&Passage { paragraph: &paragraph, section: "", depth }).indicators);
    }
    let names: Vec<_> = told.iter().map(|indicator| indicator.level3.as_str()).collect();
    assert_eq!(names, ["新增灌溉面积", "农户满意度"]);
}

#[test]
fn the_year_of_a_heading_rules_its_section() {
    let mut narrator = Narrator::new(Some(2021), "");
    let mut years = Vec::new();
    for line in [
        "一、2020年预算执行情况",
        "（一）一般公共预算",
        "税收收入3亿元，比上年增加1亿元。",
        "二、2021年预算草案",
        "税收收入3.5亿元。",
    ] {
        let paragraph = Paragraph::plain(line);
        let depth = crate::extract::context::heading(&paragraph);
        let told = narrator.paragraph(&Passage { paragraph: &paragraph, section: "", depth });
        years.extend(told.amounts.iter().map(|amount| (amount.year, amount.base_year)));
    }
    assert_eq!(years, [(Some(2020), None), (Some(2020), Some(2019)), (Some(2021), None)]);
}

#[test]
fn a_sentence_cut_by_a_page_goes_on() {
    let mut narrator = Narrator::new(Some(2021), "");
    let mut told = Vec::new();
    for line in ["机动经费预算数为50万元，与上年相比增加", "17.5万元，增长53.8%。"] {
        let paragraph = Paragraph::plain(line);
        told.extend(narrator.paragraph(&Passage { paragraph: &paragraph, section: "", depth: None }).amounts);
    }
    assert_eq!(
        told.iter().map(shown).collect::<Vec<_>>(),
        ["机动经费预算数 50万元", "机动经费预算数 17.5万元 +2020"]
    );
}

#[test]
fn the_context_is_the_sentence() {
    let paragraph = Paragraph::plain("反映全部收入。2021年收入100万元（含结转。）；支出90万元。其他无。");
    let told = Narrator::new(None, "").paragraph(&Passage {
        paragraph: &paragraph,
        section: "收入说明",
        depth: None,
    });
    assert_eq!(&*told.amounts[0].context, "2021年收入100万元（含结转。）；支出90万元。");
    assert_eq!(&*told.amounts[0].section, "收入说明");
}

/// Pieces of which sentences, and what is no sentence, are put together.
const PIECES: &[&str] = &[
    "2020年",
    "收入",
    "支出预算",
    "（",
    "）",
    "其中：",
    "。",
    "，",
    "；",
    "、",
    "100万元",
    "0.5亿元",
    "分别为",
    "较上年",
    "增加",
    "减少了",
    "与2019年",
    "相比",
    "（项）",
    "为",
    "5",
    "%",
    "“",
    "”",
    "以上",
    "每人每月30元",
    "绩效指标：",
    "满意度≥",
    "90%",
    "由",
    "提高到",
    "人均",
    "\n",
    "1.",
    "Ａ",
    "－３",
];

proptest::proptest! {
    #[test]
    fn any_line_is_read_in_printed_order(picks in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let line: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        let paragraph = Paragraph::plain(line.as_str());
        let mut narrator = Narrator::new(Some(2021), "收入");
        for _ in 0..2 {
            let told = narrator.paragraph(&Passage { paragraph: &paragraph, section: "", depth: None });
            for amount in &told.amounts {
                proptest::prop_assert!(amount.context.contains(&amount.value_raw), "{line}");
                proptest::prop_assert!(amount.value.is_some() || amount.value_yuan.is_none(), "{line}");
            }
        }
    }
}
