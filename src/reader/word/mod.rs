//! What all of Word's formats share: stories put together from paragraphs and tables, styles, automatic numbering,
//! symbol fonts, notes.

pub(super) mod codepage;
pub(super) mod counts;
pub(super) mod equation;
pub(super) mod flow;
pub(super) mod notes;
pub(super) mod numbering;
pub(super) mod numeral;
pub(super) mod rows;
pub(super) mod story;
pub(super) mod style;
pub(super) mod symbol;
