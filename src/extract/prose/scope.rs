//! The words that wait for the next figure, at one depth of brackets.

use super::label;
use super::subject::{self, Subject};

/// The words in front of the next figure, at one depth of brackets.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The words since the last figure or clause mark.
    pub clause: String,
    /// The clause before in the same sentence, when it held no figure.
    pub before: String,
    /// The words before a colon.
    pub heading: String,
    pub spoken: Subject,
    /// What was spoken of before 其中; it is again after the sentence.
    pub whole: Option<Subject>,
    pub figures: usize,
    /// Whether the clause began behind a figure: 8.5万元测算.
    pub behind_figure: bool,
    /// Whether the last figure ends a list such as 办公费5万元、差旅费3万元: a comparison behind it is of the whole.
    pub closes_a_list: bool,
    pub opened_at: usize,
    /// Whether a figure in brackets was named by the words before the bracket: 会议费（5万元）.
    pub named_by_outer: bool,
}

impl Scope {
    pub fn open_parts(&mut self) {
        self.whole.get_or_insert_with(|| self.spoken.clone());
    }

    /// Names the thing that a mere reading (支出决算) is of.
    pub fn complete(&self, noun: String) -> String {
        if !label::is_measure(&noun) {
            return noun;
        }
        let clause =
            subject::named_money(&self.before, "").or_else(|| subject::named_money(&self.heading, ""));
        match clause {
            Some(thing) => label::join(&thing, &noun),
            None => self.spoken.complete(noun),
        }
    }
}
