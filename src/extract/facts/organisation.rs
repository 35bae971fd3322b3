//! Tells the names of public bodies (霸州市教育局, 江苏省高级人民法院, 东岳镇) from regions and other words.

use crate::reference::region_names;
use regex::Regex;
use std::sync::LazyLock;

/// How the names of public bodies end. 镇, 乡 and 街道 budget as departments.
const ENDINGS: &[&str] = &[
    "局",
    "委",
    "办",
    "院",
    "厅",
    "部",
    "处",
    "室",
    "会",
    "站",
    "所",
    "校",
    "学",
    "园",
    "馆",
    "队",
    "社",
    "团",
    "联",
    "台",
    "厂",
    "场",
    "库",
    "中心",
    "政府",
    "街道",
    "镇",
    "乡",
    "苏木",
    "公司",
    "集团",
    "组",
    "基地",
    "署",
    "庭",
    "政协",
    "人大",
    "银行",
    "社区",
    "开发区",
    "示范区",
    "管理区",
    "高新区",
    "园区",
    "服务区",
    "保护区",
    "度假区",
    "景区",
    "科协",
    "作协",
    "记协",
    "机关",
    "报",
    "营",
    "监狱",
    "支行",
    "科",
    "苗圃",
    "班",
    "司",
    "一中",
    "二中",
    "三中",
    "四中",
    "五中",
    "一小",
    "二小",
    "附中",
    "附小",
    "完小",
    "实验小",
    "职高",
    "职专",
    "技校",
    "电大",
    "陵",
    "院区",
];

/// Words that end with an ending above but name no body.
const NO_BODIES: &[&str] = &[
    "部门",
    "全部",
    "内部",
    "一部",
    "本部",
    "其他社会",
    "单位",
    "本单位",
    "本部门",
    "我局",
    "我委",
    "我办",
    "我院",
    "我部",
    "该局",
    "本局",
    "本级",
    "社会",
    "机会",
    "委员会",
    "办公室",
    "第一部",
    "教学",
    "科学",
    "小学",
    "中学",
    "人民政府",
    "政府",
    "党委",
    "机关",
    "合作社",
    "主管部",
    "财政部",
    "县委",
    "市委",
    "区委",
    "省委",
    "科目",
    "职能科",
    "归口处",
    "业务处",
    "业务科",
    "财政国库处",
    "归口科",
    "上年",
    "主管处",
    "主管科",
];

/// Where the subject of a title ends: a year, or a word of the disclosure itself.
static CUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(?:19|20)\d\d|[12]\d|[二2][〇○零ОO0o][一二三四五六七八九〇○零]{2})(?:[-—–－~～至](?:20)?\d\d)?(?:年度?|(?:部门|单位|财政)?[预决]算)",
        r"|关于|(?:部门(?:单位|[（(]单位[）)])?|单位)[预决]算?(?:信息|公开|草案|编制|说明|情况|报表|报告|执行|表)*|部门整体|单位(?:整体|收支)|整体支出|[预决]算(?:信息|公开|草案|编制|说明|情况|报表|报告|执行|表|及|收|支|绩效|$)",
        r"|项目(?:支出|绩效|资金|自评|预算)|支出绩效|绩效(?:目标|自评|评价|信息)|政府(?:预|决|性基金)|财政(?:预|决|收支|总|拨款|支出|专项)|一般公共|",
        r#"[“"‘]?三公|收支[预决总]|(?:区|省|市|县|本|州|旗)级(?:部门|单位|财政|项目|政府|一般|汇总|[预决])|信息公开|公开(?:说明|报告|表|$)"#,
    ))
    .ok()
});
/// Remarks in brackets that are no part of a name.
static REMARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[（(](?:本级|汇总|部门|单位|机关|草案|本部|盖章|公章|含[^）)]*|部门汇总|部门本级|机关本级|[^）)]*[预决]算[^）)]*)[）)]").ok()
});

/// Whether a text without white space names a public body.
#[must_use]
pub fn is_body(name: &str) -> bool {
    let count = name.chars().count();
    if !(3..=45).contains(&count) || NO_BODIES.contains(&name) {
        return false;
    }
    if name.contains(['，', '。', '；', '：', ':', '、', '《', '》', '…', '％', '%', '=', '？'])
        || ["单位性质", "职能", "归口", "处室", "科室"].iter().any(|word| name.contains(word))
    {
        return false;
    }
    let bare = name.trim_end_matches(['）', ')']);
    let bracketed = bare.len() < name.len();
    let ends = |text: &str| ENDINGS.iter().any(|ending| text.ends_with(ending));
    let outer = name.split(['（', '(']).next().unwrap_or(name);
    ends(bare) && (!bracketed || ends(outer) || outer.chars().count() > 2) && !is_region(name)
}

/// Whether a text names one or more regions and nothing else: 上海市普陀区, 河北霸州市.
#[must_use]
pub fn is_region(text: &str) -> bool {
    let covered: usize = region_names::mentions(text).iter().map(|mention| mention.end - mention.start).sum();
    !text.is_empty() && covered == text.len()
}

/// The body that a title speaks of: 泉州市晋江市民政局 in 泉州市晋江市民政局2023年度部门预算公开. The title has no white space.
#[must_use]
pub fn subject(title: &str) -> Option<String> {
    let cut = CUT.as_ref()?;
    let mut pieces = Vec::new();
    let mut start = 0;
    for found in cut.find_iter(title) {
        let people = title[..found.start()].ends_with("人民") && found.as_str().starts_with("政府");
        let end = found.start() + if people { "政府".len() } else { 0 };
        pieces.push(&title[start..end]);
        start = found.end();
    }
    pieces.push(&title[start..]);
    pieces.into_iter().map(clean).find(|piece| is_body(piece))
}

/// The name without remarks in brackets and surrounding marks.
#[must_use]
pub fn clean(name: &str) -> String {
    let plain = match REMARK.as_ref() {
        Some(remark) => remark.replace_all(name, ""),
        None => name.into(),
    };
    let marks =
        ['-', '—', '_', '－', '–', ':', '：', '《', '》', '“', '”', '"', '、', '，', '.', '·', '*', '+', ' '];
    let mut text = plain.trim_matches(marks);
    for lead in ["附件", "附：", "现将", "公开", "对", "将"] {
        text = text
            .strip_prefix(lead)
            .unwrap_or(text)
            .trim_start_matches(|c: char| c.is_ascii_digit() || marks.contains(&c));
    }
    let mut text = unbalanced(text);
    for tail in ["部门", "单位"] {
        text = text.strip_suffix(tail).filter(|body| is_body(body)).unwrap_or(text);
    }
    text.strip_suffix('的').unwrap_or(text).trim_matches(marks).to_owned()
}

/// A name in brackets of its own, or with one bracket cut off, without them.
fn unbalanced(text: &str) -> &str {
    let opening = text.matches(['（', '(']).count();
    let closing = text.matches(['）', ')']).count();
    let text = if opening != closing || text.starts_with(['（', '(']) && text.ends_with(['）', ')']) {
        text.trim_matches(['（', '(', '）', ')'])
    } else {
        text
    };
    text.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_of_a_title_is_the_body_it_names() {
        let cases = [
            ("霸州市人力资源和社会保障局2021年部门预算信息公开", "霸州市人力资源和社会保障局"),
            ("涿州市教育体育局关于2020年部门预算信息公开的说明", "涿州市教育体育局"),
            ("关于涿州市教育体育局2020年部门预算信息公开的说明", "涿州市教育体育局"),
            ("2020年义乌市交通运输局项目支出绩效目标表", "义乌市交通运输局"),
            ("2017年度江苏省高级人民法院部门预算公开", "江苏省高级人民法院"),
            ("二〇二一年度霸州市财政局部门预算", "霸州市财政局"),
            ("2022年黄陂区木兰乡人民政府(汇总)部门预算及“三公”经费公开", "黄陂区木兰乡人民政府"),
            (
                "杭州市钱塘区综合行政执法局(杭州市钱塘区城市管理局)2021年度部门决算",
                "杭州市钱塘区综合行政执法局(杭州市钱塘区城市管理局)",
            ),
            ("达州市通川区东岳镇2022年部门预算", "达州市通川区东岳镇"),
            ("随州市曾都区河道堤防建设管理处2021年度决算公开说明", "随州市曾都区河道堤防建设管理处"),
            ("中共上海市普陀区委社会工作部2024年度部门决算", "中共上海市普陀区委社会工作部"),
            ("中共江苏省委办公厅2019年度部门预算公开表", "中共江苏省委办公厅"),
            ("2021年部门预算公开-霸州市教育局", "霸州市教育局"),
            ("2021年部门预算公开（霸州市教育局）", "霸州市教育局"),
            ("霸州市财政局部门25年预算", "霸州市财政局"),
            ("霸州市煎茶铺镇人民政府预算公开", "霸州市煎茶铺镇人民政府"),
        ];
        for (title, expected) in cases {
            assert_eq!(subject(title).as_deref(), Some(expected), "{title}");
        }
    }

    #[test]
    fn a_title_that_only_names_a_region_has_no_body() {
        for title in [
            "关于宁乡市2020年财政预算执行情况和2021年财政预算草案的报告",
            "上海市普陀区2025年区级单位预算",
            "江苏省2018年度省级部门预算公开报表",
            "2021年华容县政府决算公开",
            "浦东新区2022年预算",
            "2021年部门预算公开",
        ] {
            assert_eq!(subject(title), None, "{title}");
        }
    }
}
