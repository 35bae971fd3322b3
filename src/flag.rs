//! The closed list of flags a row can carry: what a careful reader would want to know about it.

use crate::code::codes;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One warning on a row. The spelling of each is fixed by the output contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Flag {
    /// No comparator is printed; `eq` is assumed.
    ComparatorImplied,
    /// The unit is not printed in full (`<=5万` in a money indicator).
    UnitImplied,
    /// The parts of a rate stand in the wrong order (`人/元/月` for `元/人/月`).
    UnitReordered,
    /// The printed unit contradicts the row's own words (`30人/月` where the text says 元).
    UnitSuspect,
    /// A comparator and a unit without a number (`>=%`).
    NumberMissing,
    /// `≤1月`: a month of the year, or a duration.
    MonthAmbiguous,
    /// A typing residue such as a trailing `v`.
    StrayCharacter,
    /// Header cells and body columns are exchanged.
    ColumnsSwapped,
    /// The same row stands more than once in its table.
    DuplicateRow,
    /// The value slipped into a neighbouring column.
    ValueInOtherColumn,
    /// The reading is doubtful.
    LowConfidence,
    /// The text comes from optical character recognition.
    Ocr,
}

/// Every flag, in the order in which they are written.
pub const FLAGS: [Flag; 12] = [
    Flag::ComparatorImplied,
    Flag::UnitImplied,
    Flag::UnitReordered,
    Flag::UnitSuspect,
    Flag::NumberMissing,
    Flag::MonthAmbiguous,
    Flag::StrayCharacter,
    Flag::ColumnsSwapped,
    Flag::DuplicateRow,
    Flag::ValueInOtherColumn,
    Flag::LowConfidence,
    Flag::Ocr,
];

codes!(Flag {
    ComparatorImplied => "comparator_implied",
    UnitImplied => "unit_implied",
    UnitReordered => "unit_reordered",
    UnitSuspect => "unit_suspect",
    NumberMissing => "number_missing",
    MonthAmbiguous => "month_ambiguous",
    StrayCharacter => "stray_character",
    ColumnsSwapped => "columns_swapped",
    DuplicateRow => "duplicate_row",
    ValueInOtherColumn => "value_in_other_column",
    LowConfidence => "low_confidence",
    Ocr => "ocr",
});

/// A set of flags, kept in the order of [`FLAGS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Flags(u16);

impl Flags {
    /// The empty set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one flag.
    pub fn insert(&mut self, flag: Flag) {
        self.0 |= 1 << flag as u16;
    }

    /// The union of both sets.
    #[must_use]
    pub fn union(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Whether the flag is in the set.
    #[must_use]
    pub fn contains(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u16) != 0
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The flags in the set, in the order of [`FLAGS`].
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        FLAGS.into_iter().filter(move |flag| self.contains(*flag))
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        let mut set = Flags::new();
        for flag in flags {
            set.insert(flag);
        }
        set
    }
}

impl fmt::Display for Flags {
    /// The codes joined by `;`, as a CSV cell holds them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, flag) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(";")?;
            }
            f.write_str(flag.code())?;
        }
        Ok(())
    }
}
