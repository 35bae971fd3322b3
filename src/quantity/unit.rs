//! Units and counters: how they are spelled, what they measure and how they convert exactly.

use super::lexicon::Lexicon;
pub use super::unit_table::UNITS;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Money of one currency.
    Money,
    /// A share of a whole: %, ‰, 成, 折.
    Share,
    /// A difference of two shares: 个百分点, BP.
    Points,
    /// A counter: a label that converts to nothing else.
    Count,
    /// A noun that stands where a counter would (元/校, 3个乡镇): read after digits and in rates only.
    Noun,
    /// An area.
    Area,
    /// A length.
    Length,
    /// A mass.
    Mass,
    /// A volume.
    Volume,
    /// Energy.
    Energy,
    /// Power.
    Power,
    /// Data volume or rate.
    Data,
    /// Calendar or clock time.
    Time,
    /// Working days, which no number of days equals.
    Workday,
}

impl Dimension {
    /// One word for a table or a message.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Dimension::Money => "money",
            Dimension::Share => "share",
            Dimension::Points => "points",
            Dimension::Count => "count",
            Dimension::Noun => "noun",
            Dimension::Area => "area",
            Dimension::Length => "length",
            Dimension::Mass => "mass",
            Dimension::Volume => "volume",
            Dimension::Energy => "energy",
            Dimension::Power => "power",
            Dimension::Data => "data",
            Dimension::Time => "time",
            Dimension::Workday => "workday",
        }
    }
}

/// Where a row's ratio or code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// 国务院《关于在我国统一实行法定计量单位的命令》 (1984) with 国家标准 GB 3100/3101/3102.
    LegalUnits,
    /// 国务院令第180号《人民币管理条例》 §4: 元, 角, 分.
    Renminbi,
    /// ISO 4217 currency codes.
    Iso4217,
    /// UCUM 2.1, the Unified Code for Units of Measure.
    Ucum,
    /// The market system (市制) of 1959: 1亩 = 1/15公顷, 1里 = 500米, 1斤 = 500克.
    MarketSystem,
    /// Usage in disclosures; a counter has no ratio.
    Usage,
}

impl Source {
    /// A short name for the table of units.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Source::LegalUnits => "法定计量单位, GB 3100–3102",
            Source::Renminbi => "人民币管理条例 §4",
            Source::Iso4217 => "ISO 4217",
            Source::Ucum => "UCUM 2.1",
            Source::MarketSystem => "市制 (1959)",
            Source::Usage => "usage in disclosures",
        }
    }
}

/// One unit or counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The standard spelling, which is also one of the ways it is read.
    pub standard: &'static str,
    /// Other printed forms, after folding full-width and traditional characters.
    pub spellings: &'static [&'static str],
    /// What it measures.
    pub dimension: Dimension,
    /// How many of [`Unit::related`] it is, as an exact ratio of integers.
    pub ratio: (u64, u64),
    /// The unit the ratio leads to.
    pub related: &'static str,
    /// The UCUM-style code of the unit itself.
    pub code: &'static str,
    /// Where ratio and code come from.
    pub source: Source,
}

impl Unit {
    /// The unit that `value_base` is given in: [`Unit::related`], or the unit itself where the ratio has no finite
    /// decimal (1亩 is 2000/3 平方米).
    #[must_use]
    pub fn base(&self) -> &'static str {
        if self.factor().is_some() { self.related } else { self.standard }
    }

    /// How many base units it is, where a decimal holds that exactly.
    #[must_use]
    pub fn factor(&self) -> Option<Decimal> {
        let (numerator, denominator) = self.ratio;
        // A quotient ends when nothing but twos and fives is left below the line.
        let mut rest = denominator / gcd(numerator, denominator);
        while rest.is_multiple_of(2) {
            rest /= 2;
        }
        while rest.is_multiple_of(5) {
            rest /= 5;
        }
        (rest == 1).then_some(())?;
        Decimal::from(numerator).checked_div(Decimal::from(denominator))
    }

    /// The code of the base unit.
    #[must_use]
    pub fn base_code(&self) -> &'static str {
        if self.base() == self.standard {
            return self.code;
        }
        named(self.base()).map_or("1", |base| base.code)
    }
}

fn gcd(left: u64, right: u64) -> u64 {
    if right == 0 { left.max(1) } else { gcd(right, left % right) }
}

/// The row whose standard spelling this is.
#[must_use]
pub fn named(standard: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.standard == standard)
}

/// Every spelling with its row.
static SPELLINGS: LazyLock<Lexicon<&Unit>> = LazyLock::new(|| {
    let spelled = |unit: &'static Unit| {
        std::iter::once(&unit.standard).chain(unit.spellings).map(move |spelling| (*spelling, unit))
    };
    Lexicon::new(UNITS.iter().flat_map(spelled))
});

/// The longest spelling that stands at this place, with the place after it.
pub(super) fn longest(chars: &[char], at: usize) -> Option<(&'static Unit, usize)> {
    SPELLINGS.longest(chars, at)
}

/// The table of units as rows of text: a header, then one row each of standard spelling, other spellings, dimension,
/// exact ratio, base unit, code and source.
#[must_use]
pub fn units_table() -> Vec<[String; 7]> {
    let header = ["unit", "spellings", "dimension", "ratio", "base", "code", "source"].map(str::to_owned);
    let rows = UNITS.iter().map(|unit| {
        let ratio = match unit.ratio {
            (1, 1) => String::new(),
            (numerator, 1) => format!("{numerator} {}", unit.related),
            (numerator, denominator) => format!("{numerator}/{denominator} {}", unit.related),
        };
        [
            unit.standard.to_owned(),
            unit.spellings.join(" "),
            unit.dimension.code().to_owned(),
            ratio,
            unit.base().to_owned(),
            unit.code.to_owned(),
            unit.source.name().to_owned(),
        ]
    });
    std::iter::once(header).chain(rows).collect()
}
