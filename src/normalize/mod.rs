//! Stage 4, records → records in base units, with the flags that only a whole table shows.

mod duplicate;
mod residue;

use crate::quantity::{self, Context, Kind};
use crate::record::{Indicator, Records};

/// Reads every printed value into base units. Normalising twice is the same as once.
#[must_use]
pub fn normalize(mut records: Records) -> Records {
    let year = records.document.fiscal_year;
    for indicator in &mut records.indicators {
        read_values(indicator, year);
        residue::flag(indicator);
    }
    duplicate::flag(&mut records.indicators);
    records
}

fn read_values(indicator: &mut Indicator, year: Option<i32>) {
    let level2 = if indicator.level2.is_empty() { &indicator.level1 } else { &indicator.level2 };
    let context = Context { level2, name: &indicator.level3, description: &indicator.description, year };
    let target = quantity::parse(&indicator.value_raw, &context);
    indicator.flags = indicator.flags.union(target.flags);
    indicator.target = Some(target);
    if !indicator.actual_raw.is_empty() {
        let actual = quantity::parse(&indicator.actual_raw, &context);
        indicator.actual = (actual.kind != Kind::Missing).then_some(actual);
    }
}
