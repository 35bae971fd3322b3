//! Into archives and archives in them: one input, from its bytes to the outcomes of all documents in it.

use super::file::{one_line, read_document, sha256, unopened};
use crate::document::Format;
use crate::pipeline;
use crate::reader::archive::{Archive, Budget, is_archive};
use crate::reader::{Limits, ReadError};
use crate::record::{Outcome, Records, Status};
use rust_decimal::Decimal;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Stands between an archive and its member in a path.
const INSIDE: &str = "!/";
/// Refused members that the row of an archive names; each has a row of its own too.
const NAMED: usize = 5;

/// The way through one input.
pub(super) struct Walk<'a> {
    limits: &'a Limits,
    budget: Budget,
    emit: &'a mut dyn FnMut(Outcome) -> ControlFlow<()>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(limits: &'a Limits, emit: &'a mut dyn FnMut(Outcome) -> ControlFlow<()>) -> Self {
        Self { limits, budget: Budget::new(limits), emit }
    }

    /// Hands on the outcome of a document, or those of an archive and its members.
    pub(super) fn file(&mut self, path: &str, bytes: &[u8]) -> ControlFlow<()> {
        let format = pipeline::detect(bytes);
        if !is_archive(format) {
            return (self.emit)(read_document(path, bytes, format, self.limits));
        }
        match self.open(path, bytes, format) {
            Ok(archive) => self.members(path, bytes, archive),
            Err(error) => (self.emit)(Outcome {
                format,
                sha256: sha256(bytes),
                ..unopened(path, bytes.len() as u64, &error)
            }),
        }
    }

    fn open<'b>(&mut self, path: &str, bytes: &'b [u8], format: Format) -> Result<Archive<'b>, ReadError> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let run = || Archive::open(bytes, format, name, &mut self.budget);
        let crashed = |_| {
            Err(ReadError::Crashed { message: "the archive broke the program that unpacks it".to_owned() })
        };
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(crashed)
    }

    fn members(&mut self, path: &str, bytes: &[u8], mut archive: Archive<'_>) -> ControlFlow<()> {
        (self.emit)(own_outcome(path, bytes, &archive))?;
        let held = archive.held_bytes();
        self.budget.held = self.budget.held.saturating_sub(held);
        self.budget.depth -= 1;
        for position in 0..archive.members.len() {
            let member = &archive.members[position];
            let (inside, size) = (format!("{path}{INSIDE}{}", member.path), member.size);
            match archive.read(position) {
                Ok(bytes) => self.held_file(&inside, &bytes)?,
                Err(error) => (self.emit)(unopened(&inside, size, &error))?,
            }
        }
        self.budget.depth += 1;
        self.budget.held += held;
        ControlFlow::Continue(())
    }

    /// A file whose bytes count as held while it is read.
    fn held_file(&mut self, path: &str, bytes: &[u8]) -> ControlFlow<()> {
        let held = bytes.len() as u64;
        let before = self.budget.held;
        self.budget.held = before.saturating_sub(held);
        let flow = self.file(path, bytes);
        self.budget.held = before;
        flow
    }
}

/// The row of an archive itself: read in part where members are refused.
fn own_outcome(path: &str, bytes: &[u8], archive: &Archive<'_>) -> Outcome {
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
        path: path.to_owned(),
        format: archive.format,
        sha256: sha256(bytes),
        size_bytes: bytes.len() as u64,
        pages: None,
        status: if lines.is_empty() { Status::Ok } else { Status::Partial },
        error_code: error_code.to_owned(),
        error: one_line(&lines.join("; ")),
        coverage: Some(Decimal::ONE),
        warnings: Vec::new(),
        records: Records::default(),
    }
}
