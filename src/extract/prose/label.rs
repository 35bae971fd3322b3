//! The noun phrase a figure is for, out of the words in front of it.

use super::year;
use crate::wording;
use regex::Regex;
use std::sync::LazyLock;

/// Words that only say which reading of a thing a figure is: 年初预算, 支出决算. Alone they name nothing.
const MEASURES: &[&str] = &[
    "年初预算",
    "年初预算数",
    "支出年初预算",
    "年初预算安排数",
    "全年预算",
    "全年预算数",
    "调整预算",
    "调整预算数",
    "预算调整数",
    "调整后预算",
    "调整后预算数",
    "当年预算",
    "本年预算",
    "本年预算数",
    "上年预算数",
    "预算",
    "预算数",
    "预算执行数",
    "当年预算执行数",
    "执行数",
    "全年执行数",
    "支出决算",
    "支出决算数",
    "决算",
    "决算数",
    "实际执行数",
    "本年决算数",
    "上年决算数",
    "人均",
    "人均支出",
];

/// Endings of nouns that name money.
const MONEY_NOUNS: &[&str] = &[
    "费",
    "费用",
    "支出",
    "收入",
    "经费",
    "资金",
    "总计",
    "合计",
    "（项）",
    "（款）",
    "（类）",
    "(项)",
    "(款)",
    "(类)",
    "预算",
    "补助",
    "补贴",
    "拨款",
    "基金",
    "债券",
    "公积金",
    "（项）”",
    "（款）”",
    "收支",
];
/// What is left of a clause that names nothing.
const NO_NOUNS: &[&str] = &["本年", "当年", "今年", "年内", "其中", "每年", "全年", "当前", "目前", "平均"];

/// Words in front of a noun phrase that are no part of it.
static LEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"^(?:[，、；：。,;:）)\-—\s]+|(?:机关)?(?:本级)?及其?(?:所属|下属)(?:各|[0-9一二三四五六七八九十]+[个家])?\p{Han}{0,8}?单位的?|其中的?|包括|包含|主要(?:变动|增减|变化)?(?:原因)?(?:是|为|包括|用于|系|由于|因)?|",
        r"原因(?:是|为|系)?|分别(?:是|为)|另外?有?|此外|同时|具体(?:为|是|包括)?|以及|及|并|且|和|与|即|系|由|从|因|",
        r"[一二三四五六七八九]是|占|加上?|增加|减少|提高|降低|提升|严格|控制在|年中|\d{3,7}|\d{1,2}(?:[-－—~～至]\d{1,2})?月份?(?:[末底])?|(?:本|当)年度|今年|全年|年内|",
        r"(?:本|我|全|各|该)(?:部门|单位|省|市|县|区|州|盟|旗|镇|乡|街道|局|院|厅|委|办|校|所|中心|站|馆|队|系统|机关|处)",
        r"(?:机关本级|本级)?(?:及所属(?:事业)?单位)?(?:的|[，,])?|",
        r"(?:(?:年初)?(?:预算)?(?:共计|共|合计|总计|累计|已|将|统一|统筹|另行|继续|计划|预计|实际|新))?",
        r"(?:安排|下达|拨付|落实|投入|设立|列支|用于|筹集|使用|发放|兑现|完成|实现|取得|收到|争取(?:到位|到)?|达到|支付|发生)(?:了|的)?|",
        r"(?:共计|累计|共|已|计划|预计)有?|的|含|[0-9０-９]+(?:个|项|名|人|辆|台|套|批次|人次|户|家|所|件|次))"
    );
    Regex::new(pattern).ok()
});

/// Words behind a noun phrase that are no part of it.
static TRAILING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"(?:[，、：；。,:;（(\s]+|为|是|由|从|达到?|共计|合计(?:安排|为|达|完成)|总计(?:为|达|安排)|共有?|累计|均|各|分别|约|仅|大约|",
        r"预计|拟|实际|将|已|中|安排|完成|实现|下达|拨付|落实|投入|列支|发放|使用|支付|发生|核定|确定|",
        r"(?:调整|增加|提高|增长|上升|上涨|下降|减少|降低|压减|降|增|减|扩大|提升)(?:到|至|为)|调整|控制在?|按照?(?:[^，、]{1,10}(?:[%％]|比例|标准))?|了|等|",
        r"(?:每人|人均|户均)每[年月]|(?:[，、（(]?[0-9０-９][0-9０-９,.]*(?:余|多|万)?(?:批次|人次|批|个|人|次|台|辆|套|户|项|所|名|家|亩|公里|千米|米|平方米|立方米|吨|天|期|场|本|份|张|株|盏|座|处|条|间|栋|眼)[，、）)]?)+)$"
    );
    Regex::new(pattern).ok()
});

/// The name of a body, and the first word of what it receives or spends.
static BODY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"^(?:[\p{Han}（）、]{0,10}(?:省|市|县|区|州|旗|镇|乡))?[\p{Han}（）、]{1,24}?",
        r"(?:局|厅|委员会|法院|检察院|研究院|医院|委|党校|办公室|办公厅|办事处|中心|学校|学院|中学|小学|幼儿园|人民政府|",
        r"管理处|联合会|妇联|总工会|大队|支队|图书馆|档案馆|部)(?:机关|本级)?的?",
        r"(本年|收入|支出|收支|财政拨款|一般公共|政府性基金|政府采购|机关运行|“三公”|三公|部门|基本支出|项目支出|预算收|上年)"
    );
    Regex::new(pattern).ok()
});

/// Verbs that hand out money: what follows is what the money is for (财政拨款安排“三公”经费).
const SPENDING: &[&str] = &["安排的", "安排", "下达", "拨付", "投入", "用于", "设立", "列支"];

/// The noun phrase in the words before a figure; empty where they hold none. `department` is the name of who speaks.
#[must_use]
pub fn noun_phrase(fragment: &str, department: &str) -> String {
    let mut text = fragment;
    // Looking whether words occur at all is cheap; looking for the last place is not.
    if !department.is_empty() && text.contains(department) {
        text = text.rsplit_once(department).map_or(text, |(_, rest)| rest);
    }
    if text.contains("原因") {
        for opening in ["原因是", "原因为", "原因系", "原因在于"] {
            text = text.rsplit_once(opening).map_or(text, |(_, rest)| rest);
        }
    }
    if let Some(reading) = reading_of_a_year(text, department) {
        return reading;
    }
    if text.contains("涉及") {
        text = text.rfind("、涉及").map_or(text, |at| &text[at + "、".len()..]);
    }
    text = without_year(text);
    text = after_organisation(text);
    text = peel(text);
    text = peel(without_year(text));
    text = object_of_spending(text);
    let text = text.strip_suffix("科目").filter(|rest| rest.ends_with('”')).unwrap_or(text);
    if NO_NOUNS.contains(&text) { String::new() } else { unquoted(text).to_owned() }
}

/// Whether the noun is one for money: 公务接待费, 基本支出, 行政运行（项）.
#[must_use]
pub fn names_money(noun: &str) -> bool {
    MONEY_NOUNS.iter().any(|ending| noun.ends_with(ending)) || ends_in_a_code(noun)
}

/// `教育支出（205）普通教育（02）`: a class with its code printed behind it.
fn ends_in_a_code(noun: &str) -> bool {
    let inner = noun.strip_suffix(['）', ')']).and_then(|rest| rest.rsplit_once(['（', '(']));
    inner.is_some_and(|(name, code)| {
        let digits = code.trim_end_matches(['类', '款', '项']);
        !name.is_empty() && (2..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether the label names only a reading (年初预算) of a thing named before it.
#[must_use]
pub fn is_measure(label: &str) -> bool {
    MEASURES.contains(&label)
}

/// The thing without its reading: `“三公”经费财政拨款支出预算` → `“三公”经费财政拨款支出`.
#[must_use]
pub fn thing(label: &str) -> &str {
    const LONG: &[&str] =
        &["年初预算数", "年初预算", "全年预算数", "全年预算", "预算执行数", "执行数", "决算数", "预算数"];
    const SHORT: &[&str] = &["决算", "预算"];
    let cut = |endings: &[&str], least: usize| {
        let rest = endings.iter().find_map(|ending| label.strip_suffix(*ending))?;
        // 一般公共预算 is a name in itself, as is 部门预算.
        (rest.chars().count() >= least && !rest.ends_with(['共', '性'])).then_some(rest)
    };
    cut(LONG, 2).or_else(|| cut(SHORT, 3)).unwrap_or(label)
}

/// Puts a thing and its reading together, saying 支出 once.
#[must_use]
pub fn join(thing: &str, measure: &str) -> String {
    let overlap =
        ["支出", "收入", "预算"].iter().find(|word| thing.ends_with(**word) && measure.starts_with(**word));
    format!("{thing}{}", overlap.map_or(measure, |word| &measure[word.len()..]))
}

/// The parts of a list joined by 、 和 及 (`基本支出、项目支出和经营支出`).
#[must_use]
pub fn parts(list: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut depth = 0_usize;
    for c in list.chars() {
        match c {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let splits = depth == 0 && matches!(c, '、' | '，' | '和' | '与' | '及');
        match found.last_mut() {
            Some(current) if !splits => current.push(c),
            _ => found.push(String::new()),
        }
    }
    found.retain(|part| !part.trim_matches('以').is_empty());
    found
}

/// `水利工程建设（项）2020年预算执行数为`: the thing stands before the year, its reading behind it.
fn reading_of_a_year(text: &str, department: &str) -> Option<String> {
    let named = year::last_named(text).filter(|named| named.start > 0)?;
    let reading = peel(&text[named.end..]);
    if !is_measure(reading) {
        return None;
    }
    let thing = noun_phrase(&text[..named.start], department);
    (names_money(&thing) || thing.ends_with(['）', ')'])).then(|| join(&thing, reading))
}

/// Drops everything up to the last year named, when words follow it, and the year itself else.
fn without_year(text: &str) -> &str {
    let named = year::last_named(text).or_else(|| year::year_before(text, Some(0)));
    let Some(named) = named else { return text };
    let after = &text[named.end..];
    let empty = after.trim_matches(['，', '、', '的', '为', '：', ' ']).is_empty();
    if empty { &text[..named.start] } else { after }
}

/// `江苏省高级人民法院本年收入预算合计` → `本年收入预算合计`: the name of a body in front of what it spends.
fn after_organisation(text: &str) -> &str {
    let found = BODY.as_ref().and_then(|pattern| pattern.captures(text)).and_then(|found| found.get(1));
    found.map_or(text, |rest| &text[rest.start()..])
}

fn peel(text: &str) -> &str {
    let mut text = text.trim();
    // Each round shortens the text, so the number of rounds is bounded by its length.
    loop {
        let before = text;
        text = wording::split_numbering(text).1;
        text = strip_leading(text);
        text = without_leading_bracket(strip_trailing(text)).trim();
        if text == before {
            return text;
        }
    }
}

/// `（处室）购置固定资产` → `购置固定资产`: a remark on words that are gone.
fn without_leading_bracket(text: &str) -> &str {
    let Some(rest) = text.strip_prefix(['（', '(']) else { return text };
    rest.split_once(['）', ')']).map_or(text, |(_, rest)| if rest.is_empty() { text } else { rest })
}

/// What follows 共 where it begins a name: 共同富裕, 共享, 共建, 共青团, 共产党, 共有.
const COMMON: [char; 6] = ['同', '享', '建', '青', '产', '济'];

fn strip_leading(text: &str) -> &str {
    let Some(found) = LEADING.as_ref().and_then(|pattern| pattern.find(text)) else { return text };
    let rest = &text[found.end()..];
    let word = found.as_str();
    let part_of_a_name = match word {
        "和" => rest.starts_with('谐'),
        "与" => rest.starts_with('会'),
        "并" => rest.starts_with(['购', '网']),
        "及" => rest.starts_with('时'),
        "因" => rest.starts_with('公'),
        "由" | "从" | "即" | "主要" => rest.is_empty(),
        "累计" => rest.starts_with("折旧") || rest.starts_with("结"),
        "提高" | "降低" | "提升" => !rest.contains("标准"),
        "加上" | "加" => rest.starts_with(['快', '强', '大', '班', '工']),
        "增加" | "减少" => rest.is_empty() || rest.starts_with(['值', '到', '至', '为']),
        "占" => rest.starts_with(['用', '地', '道']),
        "全年" => rest.starts_with("预算") || rest.starts_with("执行"),
        "发放" => rest.starts_with("标准"),
        "使用" | "实现" => rest.starts_with(['权', '费']) || rest.starts_with("非财政"),
        "系" => rest.starts_with('统'),
        "共" => rest.starts_with(COMMON),
        "将" => rest.starts_with('军'),
        _ => false,
    };
    if part_of_a_name {
        text
    } else if word.ends_with('共') && rest.starts_with(COMMON) {
        // 安排共同富裕资金: 共 belongs to the name.
        &text[word.len() - "共".len()..]
    } else if word == "加上" && rest.starts_with(['级', '解', '年', '划', '缴']) {
        // 加上级补助收入: only the first character is the verb.
        &text["加".len()..]
    } else {
        rest
    }
}

fn strip_trailing(text: &str) -> &str {
    let Some(found) = TRAILING.as_ref().and_then(|pattern| pattern.find(text)) else { return text };
    let rest = &text[..found.start()];
    let part_of_a_name = match found.as_str() {
        "安排" => rest.ends_with("收支"),
        "支付" => rest.ends_with("转移"),
        "约" => rest.ends_with('节'),
        // 从会议费预算中调减, but 集中 and 政府集中采购 are names.
        "中" => !rest.ends_with(['费', '算', '出', '金', '入', '款']),
        "均" => rest.ends_with(['人', '户', '平']),
        "共" => rest.ends_with('公'),
        _ => false,
    };
    let total = ["总计", "合计"].iter().find(|word| found.as_str().starts_with(**word));
    match total.filter(|_| ["收入", "支出", "收支", "收、支"].iter().any(|noun| rest.ends_with(noun)))
    {
        // 收入总计为900万元: the total is the name.
        Some(word) => &text[..found.start() + word.len()],
        None if part_of_a_name => text,
        None => rest,
    }
}

fn object_of_spending(text: &str) -> &str {
    for verb in SPENDING.iter().filter(|verb| text.contains(**verb)) {
        let Some((before, object)) = text.rsplit_once(verb) else { continue };
        let of_the_verb = ["情况", "数", "金额", "总额", "的"].iter().any(|word| object.starts_with(word));
        let bare = ["支出", "收入", "资金", "经费", "预算", "拨款", "项目"].contains(&object);
        let before = peel(before).trim_end_matches("计划");
        // 公务接待费用于执行公务的交通费、住宿费等: a list of uses does not name the sum.
        let uses = object.contains('、') && object.chars().count() > 15 && names_money(before);
        if uses {
            return before;
        }
        if object.chars().count() >= 2 && !of_the_verb && !bare {
            return peel(object);
        }
    }
    text
}

/// Drops quotation marks around the whole label; those inside (“三公”经费) stay.
fn unquoted(text: &str) -> &str {
    let inner = text.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    inner.filter(|inner| !inner.contains(['“', '”']) && inner.chars().count() > 4).unwrap_or(text)
}
