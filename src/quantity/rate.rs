//! Units and rates as printed after a number: 万元, 元/人/月, 元/月·人, 元每人每月, 人/元/月.

use super::comparator;
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

/// The unit of a quantity: a power, a head and what it is counted per.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Measure {
    pub(super) power: Power,
    pub(super) head: Option<Part>,
    pub(super) per: [Option<Part>; MAX_DENOMINATORS],
    /// Whether 元 was printed among the denominators.
    pub(super) reordered: bool,
}

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
            Some(part) => usize::from(part.dimension() == Dimension::Time),
            None => 2,
        };
        self.per.sort_by_key(rank);
    }
}

/// Reads the unit that stands at `at`, after a number with this power. Gives the measure and the place after it.
pub(super) fn read(chars: &[char], at: usize, power: Power, mode: Mode) -> Option<(Measure, usize)> {
    let start = skip_blanks(chars, at);
    let mut measure = Measure { power, ..Measure::default() };
    let (head, mut end) = head(chars, start, mode)?;
    measure.head = Some(head);
    while let Some((part, next)) = denominator(chars, end, mode) {
        if !measure.push(part) {
            break;
        }
        end = next;
    }
    measure.order();
    Some((measure, end))
}

fn head(chars: &[char], at: usize, mode: Mode) -> Option<(Part, usize)> {
    if let Some((unit, end)) = unit::longest(chars, at)
        && fits(chars, unit, end, mode)
    {
        return Some((Part::Known(unit), end));
    }
    if mode == Mode::Text {
        return None;
    }
    let end = word_end(chars, at);
    (end > at).then_some((Part::Word { start: at, end }, end))
}

/// Whether a spelling that was found is the whole word: `5m` but not `5mol`, 3成 but not 3成套设备.
fn fits(chars: &[char], unit: &Unit, end: usize, mode: Mode) -> bool {
    let next = chars.get(end).copied().unwrap_or(' ');
    let last = chars.get(end - 1).copied().unwrap_or(' ');
    if last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() {
        return false;
    }
    match unit.standard {
        "成" => {
            !matches!(next, '套' | '员' | '果' | '本' | '立' | '交' | '功' | '人' | '效' | '品' | '长' | '绩')
        }
        "折" => !matches!(next, '算' | '合' | '旧' | '线' | '叠'),
        "角" => !matches!(next, '形' | '债' | '星' | '大' | '洲' | '度' | '色' | '落'),
        "次" => !matches!(next, '性' | '要'),
        "方" => !matches!(next, '面' | '案' | '式' | '法' | '向' | '针' | '便' | '米'),
        "面" => !matches!(next, '积' | '向' | '临' | '对'),
        "道" => !matches!(next, '路' | '理'),
        "分" => !matches!(next, '之' | '别' | '析' | '类' | '布' | '为' | '局' | '配'),
        "年" => !matches!(next, '级'),
        "米" => !matches!(next, '饭' | '面'),
        "里" => !matches!(next, '程' | '面'),
        "车" | "机" | "市" | "区" | "证" | "房" => mode == Mode::Cell,
        _ => true,
    }
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
    let each = after(chars, start, "每").or_else(|| after(chars, start, "一"));
    if let Some(next) = each {
        start = next;
    } else if !separated {
        return None;
    }
    let soft = matches!(chars.get(at), Some('、' | '.' | '|'));
    per(chars, start, if soft { Mode::Text } else { mode })
}

/// Reads what something is counted per: 人, 个月, 100平方米.
pub(super) fn per(chars: &[char], at: usize, mode: Mode) -> Option<(Part, usize)> {
    let start = skip_blanks(chars, at);
    if let Some(number) = numeral::read(chars, start)
        && number.amount != Amount::Exact(Decimal::ONE)
    {
        let (_, end) = head(chars, number.end, mode)?;
        return Some((Part::Word { start, end }, end));
    }
    if let Some(next) = after(chars, start, "1").or_else(|| after(chars, start, "一"))
        && !chars.get(next).is_some_and(char::is_ascii_digit)
    {
        return per(chars, next, mode);
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
