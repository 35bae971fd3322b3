//! Stage 4, records → records in base units, with the flags that only a whole table shows.

mod duplicate;
mod residue;

use crate::record::Records;

/// Reads every printed value into base units. Normalising twice is the same as once.
#[must_use]
pub fn normalize(mut records: Records) -> Records {
    for indicator in &mut records.indicators {
        residue::flag(indicator);
    }
    duplicate::flag(&mut records.indicators);
    records
}
