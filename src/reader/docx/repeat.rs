//! Run properties that are printed again: most runs of a document have the very same, so that their elements are read
//! once and known by their text after that.

use crate::reader::container::Xml;
use crate::reader::word::story::Run;

/// The longest text that is kept: compared with every run, it has to stay short.
const MAX_BYTES: usize = 2_000;

/// The run properties read last and what they make of a run.
#[derive(Default)]
pub(super) struct Repeat {
    text: String,
    run: Run,
    /// Whether the ones being read hold more than properties of the run.
    spoilt: bool,
}

impl Repeat {
    /// Run properties begin: what they make of the run, if they are those read last. Their elements are left out then.
    pub(super) fn begin(&mut self, xml: &mut Xml<'_>) -> Option<Run> {
        self.spoilt = false;
        (!self.text.is_empty() && xml.skip_same(&self.text)).then_some(self.run)
    }

    /// Something else stands among them, which has to be read every time.
    pub(super) fn spoil(&mut self) {
        self.spoilt = true;
    }

    /// Run properties that began at this place end, and made this of the run.
    pub(super) fn end(&mut self, xml: &Xml<'_>, from: usize, run: Run) {
        let text = xml.content_since(from).filter(|text| !self.spoilt && text.len() <= MAX_BYTES);
        if let Some(text) = text.filter(|text| *text != self.text) {
            text.clone_into(&mut self.text);
            self.run = run;
        }
    }
}
