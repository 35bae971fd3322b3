//! Units and rates as printed after a number: 万元, 元/人/月, 元/月·人, 元每人每月, 人/元/月.

use super::comparator;
use super::context;
use super::glyph::{after, is_han, skip_blanks};
use super::numeral::{self, Amount, Power};
use super::unit::{self, Dimension, Unit};
use rust_decimal::Decimal;
use std::fmt::Write;

/// Whether a whole target cell is read, where any word may be a unit, or running text, where only known ones are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Cell,
    Text,
}

/// One part of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    /// A row of the table.
    Known(&'static Unit),
    /// A word that is no row of the table, by its place in the text.
    Word { start: usize, end: usize },
}

/// The most denominators a rate has; a fourth is left unread.
const MAX_DENOMINATORS: usize = 3;

/// The longest word taken for an unknown counter, in characters.
const MAX_COUNTER: usize = 6;

/// The longest unknown counter after 万 or 亿, in characters.
const MAX_AFTER_POWER: usize = 2;

/// The unit of a quantity: a power, a head and what it is counted per.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Measure {
    pub(super) power: Power,
    pub(super) head: Option<Part>,
    pub(super) per: [Option<Part>; MAX_DENOMINATORS],
    /// Whether 元 was printed among the denominators.
    pub(super) reordered: bool,
}

/// Denominators that stand first: whom a rate is paid to.
const PERSONS: &[&str] = &["人", "名", "位", "户", "生", "师", "学生", "教师", "职工", "老人", "儿童"];

/// Denominators that stand last, as time does: on what occasion.
const OCCASIONS: &[&str] = &["次", "学期", "学年", "场", "期", "课时", "学时"];

impl Part {
    fn dimension(self) -> Dimension {
        match self {
            Part::Known(unit) => unit.dimension,
            Part::Word { .. } => Dimension::Count,
        }
    }

    fn write(self, chars: &[char], out: &mut String) {
        match self {
            Part::Known(unit) => out.push_str(unit.standard),
            Part::Word { start, end } => {
                out.extend(chars.iter().take(end).skip(start).filter(|glyph| !glyph.is_whitespace()));
            }
        }
    }

    fn write_code(self, chars: &[char], out: &mut String) {
        if let Part::Known(unit) = self {
            out.push_str(unit.code);
        } else {
            out.push('{');
            self.write(chars, out);
            out.push('}');
        }
    }
}

impl Measure {
    /// A measure of one known unit.
    pub(super) fn of(unit: &'static Unit, power: Power) -> Self {
        Measure { power, head: Some(Part::Known(unit)), ..Measure::default() }
    }

    /// The row of the head.
    pub(super) fn unit(&self) -> Option<&'static Unit> {
        match self.head {
            Some(Part::Known(unit)) => Some(unit),
            _ => None,
        }
    }

    /// What the head measures.
    pub(super) fn dimension(&self) -> Option<Dimension> {
        self.head.map(Part::dimension)
    }

    /// Whether it counts something per something.
    pub(super) fn is_rate(&self) -> bool {
        self.per[0].is_some()
    }

    /// How many base units one of it is, the power included.
    pub(super) fn factor(&self) -> Option<Decimal> {
        let own =
            self.unit().map_or(Some(Decimal::ONE), |unit| Some(unit.factor().unwrap_or(Decimal::ONE)))?;
        own.checked_mul(self.power.factor())
    }

    /// The standard spelling, `None` where there is no unit at all.
    pub(super) fn spelling(&self, chars: &[char]) -> Option<String> {
        let mut out = String::with_capacity(24);
        out.push_str(self.power.printed());
        if let Some(head) = self.head {
            head.write(chars, &mut out);
        }
        self.write_per(chars, &mut out);
        (!out.is_empty()).then_some(out)
    }

    /// The base unit.
    pub(super) fn base(&self, chars: &[char]) -> Option<String> {
        let mut out = String::with_capacity(24);
        match self.head {
            Some(Part::Known(unit)) => out.push_str(unit.base()),
            Some(word) => word.write(chars, &mut out),
            None => {}
        }
        self.write_per(chars, &mut out);
        (!out.is_empty()).then_some(out)
    }

    /// The code of the base unit.
    pub(super) fn code(&self, chars: &[char]) -> String {
        let mut out = String::with_capacity(24);
        match self.head {
            Some(Part::Known(unit)) => out.push_str(unit.base_code()),
            Some(word) => word.write_code(chars, &mut out),
            None => out.push('1'),
        }
        for part in self.per.iter().flatten() {
            out.push('/');
            part.write_code(chars, &mut out);
        }
        out
    }

    /// The denominator in its standard spelling.
    pub(super) fn denominator(&self, chars: &[char]) -> Option<String> {
        let mut out = String::new();
        self.write_per(chars, &mut out);
        out.strip_prefix('/').map(str::to_owned)
    }

    fn write_per(&self, chars: &[char], out: &mut String) {
        for part in self.per.iter().flatten() {
            let _ = out.write_char('/');
            part.write(chars, out);
        }
    }

    /// How often the rate's time unit fits into a year; `None` for none, several, or one that does not fit evenly.
    pub(super) fn per_year(&self) -> Option<Decimal> {
        let mut times = self.per.iter().flatten().filter(|part| part.dimension() == Dimension::Time);
        let (Some(Part::Known(unit)), None) = (times.next(), times.next()) else { return None };
        match unit.standard {
            "月" => Some(Decimal::from(12)),
            "季度" => Some(Decimal::from(4)),
            "半年" => Some(Decimal::from(2)),
            "年" => Some(Decimal::ONE),
            _ => None,
        }
    }

    /// Adds a denominator; `false` where there is no more room.
    pub(super) fn push(&mut self, part: Part) -> bool {
        let Some(free) = self.per.iter_mut().find(|slot| slot.is_none()) else { return false };
        *free = Some(part);
        true
    }

    /// Brings money to the front and time to the end: 人/元/月 and 元/月·人 are 元/人/月.
    pub(super) fn order(&mut self) {
        let money = |part: &Part| part.dimension() == Dimension::Money;
        if self.head.is_some_and(|head| !money(&head))
            && let Some(slot) = self.per.iter_mut().find(|slot| slot.as_ref().is_some_and(money))
        {
            std::mem::swap(&mut self.head, slot);
            self.reordered = true;
        }
        let rank = |slot: &Option<Part>| match slot {
            Some(Part::Known(unit)) if unit.dimension == Dimension::Time => 3,
            Some(Part::Known(unit)) if OCCASIONS.contains(&unit.standard) => 2,
            Some(Part::Known(unit)) if PERSONS.contains(&unit.standard) => 0,
            Some(_) => 1,
            None => 4,
        };
        self.per.sort_by_key(rank);
    }
}

/// Reads the unit that stands at `at`, after a number with this power. Gives the measure and the place after it.
pub(super) fn read(chars: &[char], at: usize, power: Power, mode: Mode) -> Option<(Measure, usize)> {
    let start = skip_blanks(chars, at);
    let mut measure = Measure { power, ..Measure::default() };
    let (head, mut end) = head(chars, start, mode)?;
    // After a bare 万 a long word is the thing counted (9.7万待遇领取人员) and no counter.
    let word = matches!(head, Part::Word { .. });
    let counted = chars.get(start..end).unwrap_or_default();
    if word && power != Power::One && (counted.len() > MAX_AFTER_POWER || context::is_money(counted)) {
        return None;
    }
    measure.head = Some(head);
    while let Some((part, next)) = denominator(chars, end, mode) {
        if !measure.push(part) {
            break;
        }
        end = next;
    }
    let opened = chars.iter().take(end).skip(start).any(|&glyph| glyph == '(');
    if opened && measure.is_rate() && chars.get(end) == Some(&')') {
        end += 1;
    }
    measure.order();
    Some((measure, end))
}

fn head(chars: &[char], at: usize, mode: Mode) -> Option<(Part, usize)> {
    if let Some((unit, end)) = unit::longest(chars, at)
        && fits(chars, at, end, mode)
    {
        return Some((Part::Known(unit), end));
    }
    if mode == Mode::Text {
        return None;
    }
    if matches!(
        chars.get(at),
        Some(
            '的' | '之'
                | '以'
                | '及'
                | '和'
                | '由'
                | '被'
                | '按'
                | '为'
                | '在'
                | '是'
                | '等'
                | '后'
                | '前'
                | '内'
        )
    ) {
        return None;
    }
    let end = word_end(chars, at);
    (end > at).then_some((Part::Word { start: at, end }, end))
}

/// Letters after which a one-letter unit is part of a longer word: 3成套设备, 一方面, 十分重要.
const LONGER_WORDS: &[(char, &str)] = &[
    ('成', "套员果本立交功人效品长绩"),
    ('折', "算合旧线叠"),
    ('角', "形债星大洲度色落"),
    ('次', "性要"),
    ('方', "面案式法向针便米位程"),
    ('面', "积向临对"),
    ('道', "路理"),
    ('分', "之别析类布为局配重明"),
    ('年', "级"),
    ('米', "饭面"),
    ('里', "程面"),
    ('台', "河湾风北州阶"),
    ('户', "口籍"),
    ('度', "假过"),
    ('升', "级"),
    ('元', "旦素"),
    ('天', "然津"),
    ('周', "边期"),
    ('时', "期"),
];

/// Nouns of one letter that begin too many words to be read in running text.
const CELL_ONLY: &str = "车机市区证房县乡站票案栏屏树井灯桩";

/// Whether a spelling that was found is the whole word: `5m` but not `5mol`, 3成 but not 3成套设备.
fn fits(chars: &[char], at: usize, end: usize, mode: Mode) -> bool {
    let next = chars.get(end).copied().unwrap_or(' ');
    let last = chars.get(end - 1).copied().unwrap_or(' ');
    if last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() {
        return false;
    }
    let longer = LONGER_WORDS.iter().any(|(unit, letters)| *unit == last && letters.contains(next));
    let noun = end - at == 1 && mode == Mode::Text && CELL_ONLY.contains(last);
    !(noun || (longer && end - at == 1))
}

/// The end of a word of Chinese letters that may be a counter.
fn word_end(chars: &[char], at: usize) -> usize {
    let mut end = at;
    while let Some(&glyph) = chars.get(end) {
        let inner = end > at && end - at < MAX_COUNTER;
        let counter =
            is_han(glyph) && !numeral::is_numeric(glyph) && glyph != '每' && glyph != '至' && glyph != '到';
        if !counter || (end > at && !inner) || comparator::following(chars, end).is_some() {
            break;
        }
        end += 1;
    }
    end
}

/// Reads one denominator with its separator: `/人`, `·月`, `每年`, `/每人`, `/100平方米`.
pub(super) fn denominator(chars: &[char], at: usize, mode: Mode) -> Option<(Part, usize)> {
    let at = skip_blanks(chars, at);
    let mut start = at;
    // In running text a list mark joins amounts: 基本支出80万元、人员经费60万元.
    let divides = match mode {
        Mode::Text => matches!(chars.get(start), Some('/' | '·' | '\\')),
        Mode::Cell => matches!(chars.get(start), Some('/' | '·' | '*' | '×' | '.' | '、' | '\\' | '|')),
    };
    if divides {
        start = skip_blanks(chars, start + 1);
    }
    let separated = start > at;
    if separated && chars.get(start) == Some(&'(') {
        start += 1;
    }
    if let Some(next) = after(chars, start, "每") {
        start = next;
    } else if !separated {
        return None;
    }
    if separated && chars.get(at) != Some(&'/') {
        // Signs that also part other things (3000本×7元, 12元、5人) join only parts of units that are known.
        let number = chars.get(start).is_some_and(|&glyph| numeral::is_numeric(glyph));
        return if number { None } else { per(chars, start, Mode::Text) };
    }
    per(chars, start, mode)
}

/// Reads what something is counted per: 人, 个月, 100平方米.
pub(super) fn per(chars: &[char], at: usize, mode: Mode) -> Option<(Part, usize)> {
    let mut start = skip_blanks(chars, at);
    if let Some(number) = numeral::read(chars, start) {
        if number.amount != Amount::Exact(Decimal::ONE) || number.power != Power::One {
            let (_, end) = head(chars, number.end, mode)?;
            return Some((Part::Word { start, end }, end));
        }
        // 每1人 and 每一人 are 每人.
        start = number.end;
    }
    let end = match after(chars, start, "个月").or_else(|| after(chars, start, "个季度")) {
        Some(end) => end,
        None => start,
    };
    if end > start {
        return unit::longest(chars, start + 1).map(|(unit, end)| (Part::Known(unit), end));
    }
    match unit::longest(chars, start) {
        Some((unit, end)) if !has_slash(chars, start, end) => Some((Part::Known(unit), year_end(chars, end))),
        Some((_, end)) => {
            // `人/次` is a counter of its own after a number and two denominators inside a rate.
            let slash = (start..end).find(|&place| chars.get(place) == Some(&'/'))?;
            let (unit, single) = unit::longest(chars.get(..slash)?, start)?;
            Some((Part::Known(unit), single))
        }
        None if mode == Mode::Cell => {
            let end = word_end(chars, start);
            (end > start).then_some((Part::Word { start, end }, end))
        }
        None => None,
    }
}

fn has_slash(chars: &[char], start: usize, end: usize) -> bool {
    chars.iter().take(end).skip(start).any(|&glyph| glyph == '/')
}

/// 年度 is 年.
fn year_end(chars: &[char], end: usize) -> usize {
    let year = chars.get(end.wrapping_sub(1)) == Some(&'年');
    if year && chars.get(end) == Some(&'度') { end + 1 } else { end }
}
