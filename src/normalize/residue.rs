//! Typing residue in the cells around a target.

use crate::flag::Flag;
use crate::quantity;
use crate::record::Indicator;

/// Flags a row in which a name, description or basis ends in a stray key stroke (`计划标准v`).
pub(super) fn flag(indicator: &mut Indicator) {
    let cells = [&indicator.level3, &indicator.description, &indicator.basis];
    if cells.iter().any(|text| quantity::stray(text).is_some()) {
        indicator.flags.insert(Flag::StrayCharacter);
    }
}
