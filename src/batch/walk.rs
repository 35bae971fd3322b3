//! Into archives and archives in them: one input, from its bytes to the outcomes of all documents in it.

use super::file::{one_line, read_document, sha256, unfinished, unopened};
use crate::document::Format;
use crate::pipeline;
use crate::reader::archive::{Archive, Budget, INSIDE, is_archive};
use crate::reader::{Limits, ReadError};
use crate::record::{Outcome, Status};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Refused members that the row of an archive names; each has a row of its own too.
const NAMED: usize = 5;

/// Takes the outcomes of one input, one after the other.
pub trait Receiver {
    /// A document is about to be opened. `unfinished` is the outcome it has should its reading never end.
    fn begins(&mut self, _unfinished: Outcome) -> Wish {
        Wish::Read
    }

    /// The document that began last is open and about to be read: more is known of it.
    fn opens(&mut self, _unfinished: Outcome) {}

    /// A document is read. `Break` ends the reading of the input.
    fn receive(&mut self, outcome: Outcome) -> ControlFlow<()>;
}

/// What is wanted of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Its outcome.
    Read,
    /// Nothing of itself, but its members where it is an archive: its own outcome was handed on before.
    Settled,
    /// Nothing at all: it can't be read.
    Lost,
}

impl<F: FnMut(Outcome) -> ControlFlow<()>> Receiver for F {
    fn receive(&mut self, outcome: Outcome) -> ControlFlow<()> {
        self(outcome)
    }
}

/// The way through one input.
pub(super) struct Walk<'a> {
    limits: &'a Limits,
    budget: Budget,
    receiver: &'a mut dyn Receiver,
}

impl<'a> Walk<'a> {
    pub(super) fn new(limits: &'a Limits, receiver: &'a mut dyn Receiver) -> Self {
        Self { limits, budget: Budget::new(limits), receiver }
    }

    /// Hands on the outcome of a document that has begun, or those of an archive and its members.
    pub(super) fn file(&mut self, path: &str, bytes: Cow<'_, [u8]>, wish: Wish) -> ControlFlow<()> {
        let format = pipeline::detect(&bytes);
        let own = (wish == Wish::Read).then(|| Outcome {
            format,
            sha256: sha256(&bytes),
            ..unfinished(path, bytes.len() as u64)
        });
        if let Some(own) = &own {
            self.receiver.opens(own.clone());
        }
        if !is_archive(format) {
            let read = own.map(|own| read_document(bytes, own, self.limits));
            return self.receive(read);
        }
        match self.open(path, &bytes, format) {
            Ok(archive) => {
                let own = own.map(|own| own_outcome(own, &archive));
                self.receive(own)?;
                self.members(path, archive)
            }
            Err(error) => self.receive(own.map(|own| Outcome {
                format,
                sha256: own.sha256,
                ..unopened(path, own.size_bytes, &error)
            })),
        }
    }

    fn receive(&mut self, outcome: Option<Outcome>) -> ControlFlow<()> {
        outcome.map_or(ControlFlow::Continue(()), |outcome| self.receiver.receive(outcome))
    }

    fn open<'b>(&mut self, path: &str, bytes: &'b [u8], format: Format) -> Result<Archive<'b>, ReadError> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let run = || Archive::open(bytes, format, name, &mut self.budget);
        let crashed = |_| {
            Err(ReadError::Crashed { message: "the archive broke the program that unpacks it".to_owned() })
        };
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(crashed)
    }

    fn members(&mut self, path: &str, mut archive: Archive<'_>) -> ControlFlow<()> {
        let held = archive.held_bytes();
        self.budget.held = self.budget.held.saturating_sub(held);
        self.budget.depth -= 1;
        for position in 0..archive.members.len() {
            let member = &archive.members[position];
            let (inside, size) = (format!("{path}{INSIDE}{}", member.path), member.size);
            let wish = self.receiver.begins(unfinished(&inside, size));
            if wish == Wish::Lost {
                continue;
            }
            match archive.read(position) {
                Ok(bytes) => self.held_file(&inside, bytes, wish)?,
                Err(error) if wish == Wish::Read => {
                    self.receiver.receive(unopened(&inside, size, &error))?;
                }
                Err(_) => {}
            }
        }
        self.budget.depth += 1;
        self.budget.held += held;
        ControlFlow::Continue(())
    }

    /// A file whose bytes count as held while it is read.
    fn held_file(&mut self, path: &str, bytes: Cow<'_, [u8]>, wish: Wish) -> ControlFlow<()> {
        let held = bytes.len() as u64;
        let before = self.budget.held;
        self.budget.held = before.saturating_sub(held);
        let flow = self.file(path, bytes, wish);
        self.budget.held = before;
        flow
    }
}

/// The row of an archive itself: read in part where members are refused.
fn own_outcome(own: Outcome, archive: &Archive<'_>) -> Outcome {
    let refused = archive.members.iter().filter_map(|member| Some((member, member.refusal.as_ref()?)));
    let codes: Vec<(&str, &str)> =
        refused.map(|(member, error)| (member.path.as_str(), error.code())).collect();
    let mut error_code = codes.first().map_or("", |(_, code)| *code);
    let mut lines = Vec::new();
    if !codes.is_empty() {
        let named = codes.iter().take(NAMED).map(|(path, code)| format!("{path} [{code}]"));
        let more = if codes.len() > NAMED { ", …" } else { "" };
        let list = named.collect::<Vec<_>>().join(", ");
        lines.push(format!("{} of {} files in it refused: {list}{more}", codes.len(), archive.members.len()));
    }
    if let Some(cut) = &archive.cut {
        error_code = cut.code();
        lines.insert(0, format!("not all files in it could be listed: {cut}"));
    }
    Outcome {
        format: archive.format,
        status: if lines.is_empty() { Status::Ok } else { Status::Partial },
        error_code: error_code.to_owned(),
        error: one_line(&lines.join("; ")),
        coverage: Some(Decimal::ONE),
        ..own
    }
}
