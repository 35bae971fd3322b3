//! Sums of rows whose parts follow from numbering, indentation and order alone.
//!
//! Such a list may leave out parts (其中 …). What does not add up is told where the same row adds up in another column,
//! or where other rows of the table add up and the difference is one that a single wrong digit makes.

use super::Rule;
use super::evidence::{Figure, compare, figures};
use crate::record::{Check, LineItem, Verdict};
use rust_decimal::Decimal;

/// The rule on the numbered rows of tables without codes.
pub(super) const NUMBERED: Rule = Rule {
    code: "numbered_levels",
    chinese: "编号项目＝所列明细之和",
    english: "A numbered row = sum of the rows listed below it",
    source: "算术",
};

/// The sums tried in one table.
#[derive(Default)]
pub(super) struct Outline {
    tried: Vec<Check>,
}

impl Outline {
    /// Adds a sum whose parts are a guess.
    pub fn guess(&mut self, check: Check) {
        self.tried.push(check);
    }

    /// A total further down (收入总计) adds what stands between to the one before it (收入合计).
    pub fn later_totals(&mut self, rule: &Rule, column: &[&LineItem]) {
        let totals: Vec<usize> = (0..column.len()).filter(|at| column[*at].level.is_none()).collect();
        for pair in totals.windows(2) {
            let between = &column[pair[0] + 1..pair[1]];
            let Some(highest) = between.iter().filter_map(|item| item.level).min() else { continue };
            let top = between.iter().copied().filter(|item| item.level == Some(highest));
            let terms: Vec<&LineItem> = std::iter::once(column[pair[0]]).chain(top).collect();
            if let (Some(own), Some(terms)) = (Figure::of(column[pair[1]]), figures(&terms)) {
                self.guess(compare(rule, &own, &Figure::sum("合计与其后各行之和", &terms)));
            }
        }
    }

    /// Rows without codes: each with the rows of the next level that follow it.
    pub fn numbered_levels(&mut self, column: &[&LineItem]) {
        for (at, parent) in column.iter().enumerate().filter(|(_, item)| item.code.is_empty()) {
            let Some(level) = parent.level else { continue };
            let below = column[at + 1..].iter().take_while(|item| item.level.is_some_and(|own| own > level));
            let children: Vec<&LineItem> =
                below.copied().filter(|item| item.level == Some(level + 1)).collect();
            if children.is_empty() || children.iter().any(|item| !item.code.is_empty()) {
                continue;
            }
            if let (Some(own), Some(children)) = (Figure::of(parent), figures(&children)) {
                self.guess(compare(&NUMBERED, &own, &Figure::sum("所列明细之和", &children)));
            }
        }
    }

    /// The sums that hold, and those that fail though the table shows that they should hold.
    pub fn believed(self) -> Vec<Check> {
        let holds = |check: &Check| {
            check.verdict == Verdict::Pass
                && check.places.len() > 2
                && check.left.is_some_and(|left| !left.is_zero())
        };
        let any_holds = self.tried.iter().any(holds);
        let alone = self.tried.len() == 1;
        let told = self.tried.iter().filter(|check| {
            let same_row = |other: &&Check| {
                other.rule == check.rule && other.provenance.row == check.provenance.row && holds(other)
            };
            check.verdict == Verdict::Pass
                || self.tried.iter().any(|other| same_row(&other))
                || (any_holds || alone) && check.places.len() > 2 && is_slip(check)
        });
        told.cloned().collect()
    }
}

/// Whether two figures of many digits differ by one digit and zeros: what one wrong digit does to a sum. Round figures
/// differ so by chance.
fn is_slip(check: &Check) -> bool {
    /// Fewer digits than these make a round figure.
    const MANY: usize = 4;
    let many = |side: Option<Decimal>| side.is_some_and(|figure| digits(figure) >= MANY);
    many(check.left) && many(check.right) && check.difference.is_some_and(|apart| digits(apart) == 1)
}

/// How many digits the figure has without the zeros at its end; none for zero.
fn digits(figure: Decimal) -> usize {
    let mantissa = figure.mantissa().unsigned_abs().to_string();
    mantissa.trim_end_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_digit_makes_a_difference_of_one_digit() {
        assert!(digits(Decimal::new(-4000, 2)) == 1 && digits(Decimal::new(3, 2)) == 1);
        assert!(digits(Decimal::new(4100, 0)) == 2 && digits(Decimal::ZERO) == 0);
    }
}
