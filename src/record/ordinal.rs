//! Numbers that are counted from 1.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;

/// A number counted from 1, of a table, a row or a column. It takes four bytes, as an `Option` too: a document has tens
/// of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ordinal(NonZeroU32);

impl Ordinal {
    /// The number; `None` for 0, and from 2³² on, where no table has rows.
    #[must_use]
    pub fn new(number: usize) -> Option<Self> {
        u32::try_from(number).ok().and_then(NonZeroU32::new).map(Self)
    }

    /// The number of what stands at this index, which is counted from 0.
    #[must_use]
    pub fn of_index(index: usize) -> Option<Self> {
        Self::new(index.checked_add(1)?)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        self.0.get() as usize
    }
}

impl fmt::Display for Ordinal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
