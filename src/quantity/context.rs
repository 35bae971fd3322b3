//! Readings that the number alone leaves open: 5万 of what, 1月 as a month or a length of time, 30人/月 or 30元.

use super::glyph::{fold_all, is_han};
use super::numeral::Power;
use super::rate::{self, Measure, Mode, Part};
use super::reading::Reading;
use super::unit::{self, Dimension};
use super::{Comparator, Context, Kind, Quantity};
use crate::flag::Flag;
use rust_decimal::Decimal;

/// Words of a row that speaks of money.
const MONEY_WORDS: &[&str] = &[
    "成本",
    "资金",
    "费",
    "金额",
    "投资",
    "预算",
    "经费",
    "支出",
    "收入",
    "拨款",
    "补助",
    "补贴",
    "周转金",
    "贷款",
    "债券",
    "税",
    "造价",
    "工资",
    "薪",
    "投入",
    "总额",
    "产值",
    "款",
    "奖金",
    "基金",
    "价",
];

/// Words of a row that counts, whatever else it speaks of.
const COUNT_WORDS: &[&str] = &[
    "人数",
    "人次",
    "数量",
    "户数",
    "次数",
    "件数",
    "面积",
    "里程",
    "个数",
    "规模（人）",
    "车次",
    "覆盖人口",
    "受益人口",
];

/// The last words of people counted without 人.
const PEOPLE: &[&str] = &[
    "人员",
    "人",
    "职工",
    "群众",
    "学生",
    "农民",
    "居民",
    "老人",
    "劳动力",
    "儿童",
    "教师",
    "干部",
    "党员",
    "患者",
    "村民",
    "对象",
    "幼儿",
    "妇女",
    "者",
    "师生",
    "工人",
    "牧民",
    "人口",
    "毕业生",
    "青年",
    "军人",
    "市民",
];

/// The farthest that the noun after a bare 万 may reach, in characters.
const NOUN_REACH: usize = 14;

/// The people that the words after a bare 万 count: 9.7万待遇领取人员.
pub(super) fn people(rest: &[char]) -> Option<Part> {
    let length = rest.iter().take(NOUN_REACH).take_while(|&&glyph| is_han(glyph)).count();
    let noun: String = rest.iter().take(length).collect();
    let noun = noun.strip_prefix("余").or_else(|| noun.strip_prefix("多")).unwrap_or(&noun);
    PEOPLE.iter().any(|word| noun.ends_with(word)).then_some(())?;
    unit::named("人").map(Part::Known)
}

/// Whether a word speaks of money and so is no counter: 3.1亿资金.
pub(super) fn is_money(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    MONEY_WORDS.iter().any(|money| word.contains(money))
}

/// Whether the row's words or the words after the number say that it is a sum of money.
pub(super) fn speaks_of_money(context: &Context, rest: &[char]) -> bool {
    let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let following: String = rest.iter().take(NOUN_REACH).take_while(|glyph| is_han(**glyph)).collect();
    if says(&following, MONEY_WORDS) {
        return true;
    }
    if says(context.name, COUNT_WORDS) || context.name.ends_with('数') || context.name.ends_with('率') {
        return false;
    }
    says(context.level2, MONEY_WORDS)
        || says(context.name, MONEY_WORDS)
        || says(context.description, MONEY_WORDS)
}

/// Things that are counted in 块.
const PIECES: &[char] = &['牌', '板', '屏', '匾', '砖', '地', '田', '石', '玻', '电', '表', '碑', '展', '块'];

/// Whether 30块 is thirty yuan in speech: no row's words, no noun behind it and none that is counted in 块 before it.
pub(super) fn is_spoken_yuan(chars: &[char], reading: &Reading, context: &Context) -> bool {
    if reading.measure.unit().is_none_or(|unit| unit.standard != "块") || reading.measure.is_rate() {
        return false;
    }
    let noun = chars.get(reading.end).is_some_and(|&glyph| is_han(glyph));
    let from = reading.start.saturating_sub(NOUN_REACH);
    let piece = chars
        .get(from..reading.start)
        .is_some_and(|before| before.iter().any(|glyph| PIECES.contains(glyph)));
    let alone = context.name.is_empty() && context.description.is_empty();
    !noun && !piece && (alone || speaks_of_money(context, &[]))
}

/// The unit that a name carries in brackets: 聘用人数（人）, 结案率(%).
pub(super) fn unit_in_name(context: &Context) -> Option<Measure> {
    let name = context.name.trim_end();
    let inner = name.strip_suffix('）').or_else(|| name.strip_suffix(')'))?;
    let open = inner.rfind(['（', '('])?;
    let unit = inner.get(open..)?.trim_start_matches(['（', '(']);
    let unit = unit.trim_start_matches("单位：").trim_start_matches("单位:").trim();
    let chars = fold_all(unit);
    let (power, start) = match chars.first()? {
        '万' => (Power::Wan, 1),
        '亿' => (Power::Yi, 1),
        _ => (Power::One, 0),
    };
    let (measure, end) = rate::read(&chars, start, power, Mode::Text)?;
    // A word that is no row of the table would point into another text.
    let known = measure.per.iter().flatten().all(|part| matches!(part, Part::Known(_)));
    (end == chars.len() && known).then_some(measure)
}

/// Words that speak of a day or month by which something is done.
const DEADLINE_WORDS: &[&str] = &[
    "完成时间",
    "完成的月份",
    "举办",
    "召开",
    "开始",
    "结束",
    "截止",
    "启动",
    "时间",
    "日期",
    "时点",
    "时效",
    "完工",
    "竣工",
    "节点",
    "进度",
    "及时",
    "月份前",
    "完成时限",
];

/// Words that speak of a month of the year and of nothing else.
const MONTH_WORDS: &[&str] =
    &["完成的月份", "完工的月份", "交付的月份", "到位的月份", "完成月份", "完工月份"];

/// Words that speak of how long something lasts.
const DURATION_WORDS: &[&str] = &[
    "周期",
    "月份数",
    "补助月份",
    "补贴月份",
    "发放月份",
    "享受月份",
    "月数",
    "时长",
    "工期",
    "每次",
    "间隔",
    "持续",
    "期限",
    "后",
    "服务期",
    "历时",
    "提前",
    "缩短",
    "试用期",
    "个月",
    "时限",
    "质保",
];

/// Decides between a month of the year and a number of months.
///
/// Running text prints a length of time with 个 (3个月), so that 3月 is March there.
pub(super) fn month_or_duration(quantity: &mut Quantity, value: Decimal, context: &Context, mode: Mode) {
    let months = quantity.value_max.is_none_or(|max| max <= Decimal::from(12)) && value.is_integer();
    if !months || value < Decimal::ONE || value > Decimal::from(12) {
        return;
    }
    let says = |words: &[&str]| {
        words.iter().any(|word| context.name.contains(word) || context.description.contains(word))
    };
    let deadline = says(DEADLINE_WORDS);
    // 完工的月份 names a month of the year, whatever the name beside it suggests.
    let lasts = says(DURATION_WORDS) && !says(MONTH_WORDS);
    let month = match (deadline, lasts) {
        _ if mode == Mode::Text => true,
        (true, false) => true,
        (false, true) => false,
        (true, true) => {
            quantity.flags.insert(Flag::MonthAmbiguous);
            false
        }
        (false, false) => {
            quantity.flags.insert(Flag::MonthAmbiguous);
            context.level2.contains("时效")
        }
    };
    if !month {
        return;
    }
    quantity.kind = Kind::Month;
    quantity.value_base = None;
    quantity.unit_base = None;
    quantity.unit_code = None;
    let month = |year: i32, value: Decimal| format!("{year:04}-{:02}", value.normalize().mantissa());
    quantity.period = context.year.map(|year| match quantity.value_max {
        Some(max) => format!("{}/{}", month(year, value), month(year, max)),
        None => month(year, value),
    });
    let doubtful = quantity.comparator == Some(Comparator::Ge) && quantity.comparator_printed;
    if doubtful {
        quantity.flags.insert(Flag::LowConfidence);
    }
}

/// Flags 30人/月 where the row's own words print the same number with 元.
pub(super) fn doubt_unit(quantity: &mut Quantity, measure: &Measure, context: &Context) {
    let people = measure.is_rate() && measure.unit().is_some_and(|unit| unit.standard == "人");
    let money = measure
        .per
        .iter()
        .flatten()
        .any(|part| matches!(part, Part::Known(unit) if unit.dimension == Dimension::Money));
    if !people || money {
        return;
    }
    let Some(value) = quantity.value else { return };
    let printed = format!("{value}元");
    if context.name.contains(&printed) || context.description.contains(&printed) {
        quantity.flags.insert(Flag::UnitSuspect);
    }
}
