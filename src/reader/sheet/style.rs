//! Cell styles, as far as they decide what a cell shows: what every spreadsheet format's style sheet is read into.

use super::book::Look;

/// A cell style.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// The code of its number format; empty for General.
    pub(super) code: String,
    pub(super) look: Look,
}

/// The cell styles of a workbook, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles(pub(super) Vec<Style>);

impl Styles {
    /// The style of this number; the default one where there is none.
    pub(super) fn get(&self, index: usize) -> Style {
        self.0.get(index).cloned().unwrap_or_default()
    }
}
