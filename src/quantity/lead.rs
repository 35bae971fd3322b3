//! What stands before a number: comparators, currency signs, 每人每月.

use super::Comparator;
use super::comparator;
use super::glyph::{after, skip_blanks};
use super::lexicon::Lexicon;
use super::rate::{self, Measure, Mode, Part};
use super::unit;
use std::sync::LazyLock;

/// Words between 每人每月 and the number.
const FILLERS: &[&str] = &[
    "补助",
    "补贴",
    "奖励",
    "奖补",
    "发放",
    "缴纳",
    "缴费",
    "收取",
    "收费",
    "领取",
    "增加",
    "提高",
    "提高到",
    "提高至",
    "标准",
    "标准为",
    "按",
    "为",
    "发",
    "补",
    "给予",
    "支付",
    "资助",
    "救助",
    "成本",
    "费用",
    "定额",
    "平均",
    "共",
    "需",
    "交",
];

/// Signs and words of a currency before the number, with its row.
const SYMBOLS: &[(&str, &str)] = &[
    ("人民币¥", "元"),
    ("人民币", "元"),
    ("RMB¥", "元"),
    ("RMB", "元"),
    ("CNY", "元"),
    ("CN¥", "元"),
    ("¥", "元"),
    ("US$", "美元"),
    ("USD", "美元"),
    ("HK$", "港元"),
    ("HKD", "港元"),
    ("港币", "港元"),
    ("港元", "港元"),
    ("美金", "美元"),
    ("美元", "美元"),
    ("欧元", "欧元"),
    ("英镑", "英镑"),
    ("日元", "日元"),
    ("新台币", "新台币"),
    ("澳门币", "澳门元"),
    ("$", "美元"),
    ("€", "欧元"),
    ("EUR", "欧元"),
    ("£", "英镑"),
    ("GBP", "英镑"),
    ("JPY", "日元"),
];

static FILLER_WORDS: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(FILLERS.iter().map(|word| (*word, ()))));
static SYMBOL_WORDS: LazyLock<Lexicon<&str>> = LazyLock::new(|| Lexicon::new(SYMBOLS.iter().copied()));

/// What stands before the number.
#[derive(Debug, Default)]
pub(super) struct Lead {
    pub(super) comparator: Option<Comparator>,
    /// Whether it is a sign and not a word.
    pub(super) sign: bool,
    /// Whether 控制在 announces a closing 以内.
    pub(super) within: bool,
    currency: Option<Part>,
    per: [Option<Part>; 3],
}

impl Lead {
    /// Reads comparators, 每人每月 and currency signs in any order; gives the place of the number.
    pub(super) fn read(&mut self, chars: &[char], at: usize, mode: Mode) -> usize {
        let mut pos = at;
        for _ in 0..6 {
            pos = skip_blanks(chars, pos);
            if let Some(next) = self.each(chars, pos, mode) {
                pos = next;
            } else if let Some(printed) = comparator::before(chars, pos) {
                self.within |= after(chars, pos, "控制在").is_some();
                self.comparator = Some(printed.comparator);
                self.sign = printed.sign;
                pos = printed.end;
            } else if let Some((next, currency)) = symbol(chars, pos) {
                self.currency = Some(currency);
                pos = next;
            } else if let Some(next) = self.filler(chars, pos) {
                pos = next;
            } else if let Some(next) = after(chars, pos, "从").or_else(|| after(chars, pos, "介于")) {
                pos = next;
            } else {
                break;
            }
        }
        pos
    }

    /// 每人, 每月, 每平方米, 人均: what the number is counted per.
    fn each(&mut self, chars: &[char], at: usize, mode: Mode) -> Option<usize> {
        if let Some(next) = after(chars, at, "人均")
            && self.per[0].is_none()
        {
            self.per[0] = Some(Part::Known(unit::named("人")?));
            return Some(next);
        }
        let start = after(chars, at, "每")?;
        let (part, end) = rate::per(chars, start, mode)?;
        let slot = self.per.iter_mut().find(|slot| slot.is_none())?;
        *slot = Some(part);
        Some(end)
    }

    fn filler(&self, chars: &[char], at: usize) -> Option<usize> {
        self.per[0]?;
        FILLER_WORDS.longest(chars, at).map(|((), end)| end)
    }

    /// Adds to the measure what the words before the number say about it; whether a currency sign gave the unit.
    pub(super) fn apply(&self, measure: &mut Measure) -> bool {
        let stated = measure.head.is_some();
        let yuan = measure.unit().is_some_and(|unit| unit.standard == "元");
        if let Some(currency) = self.currency
            && (measure.head.is_none() || yuan)
        {
            measure.head = Some(currency);
        }
        if measure.is_rate() || measure.head.is_none() {
            return false;
        }
        for part in self.per.iter().flatten() {
            measure.push(*part);
        }
        if measure.is_rate() {
            measure.order();
        }
        !stated
    }
}

fn symbol(chars: &[char], at: usize) -> Option<(usize, Part)> {
    let (standard, end) = SYMBOL_WORDS.longest(chars, at)?;
    unit::named(standard).map(|unit| (end, Part::Known(unit)))
}
