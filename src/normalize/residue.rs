//! Typing residue in the cells around a target.

use crate::flag::Flag;
use crate::record::Indicator;

/// Flags a row in which a name, description or basis ends in a stray key stroke (`计划标准v`).
pub(super) fn flag(indicator: &mut Indicator) {
    let cells = [&indicator.level3, &indicator.description, &indicator.basis];
    if cells.iter().any(|text| ends_in_residue(text)) {
        indicator.flags.insert(Flag::StrayCharacter);
    }
}

/// Whether a Chinese text ends in one lone lower-case letter: the `v` of a paste that missed its control key.
fn ends_in_residue(text: &str) -> bool {
    let mut last = text.trim_end().chars().rev();
    let (Some(letter), Some(before)) = (last.next(), last.next()) else { return false };
    letter.is_ascii_lowercase() && !before.is_ascii() && before.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::ends_in_residue;

    #[test]
    fn a_lone_letter_after_chinese_is_residue() {
        assert!(ends_in_residue("计划标准v") && ends_in_residue("每平方米维修造价v"));
        assert!(
            !ends_in_residue("计划标准")
                && !ends_in_residue("使用app")
                && !ends_in_residue("v")
                && !ends_in_residue("建设5g")
        );
    }
}
