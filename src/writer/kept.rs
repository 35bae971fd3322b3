//! What an earlier run left in its folder, for a run that would write the same.

use super::folder::RUN;
use super::part::hex;
use super::{Format, OutputFolder, Settings, WriteError, Written};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The result of a run as its `run.json` states it. Whether the files still hold what is stated is not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of `run.json`, 64 hex digits.
    pub run: String,
    /// The files of the run.
    pub files: Vec<Written>,
}

impl Kept {
    /// The result in a folder, where a run of this version with these options over this root would write the same
    /// files and leave no other of its kind. `None` where anything is in doubt.
    ///
    /// # Errors
    /// What the file system said, with the file.
    pub fn find(
        out: &Path,
        formats: &[&Format],
        settings: Settings,
        input_root: &str,
    ) -> Result<Option<Self>, WriteError> {
        let Ok(text) = fs::read(out.join(RUN)) else { return Ok(None) };
        let Ok(run) = serde_json::from_slice::<Json>(&text) else { return Ok(None) };
        let names: Vec<Json> = formats.iter().map(|format| format.name.into()).collect();
        let expected: [(&str, Json); 6] = [
            ("tool", env!("CARGO_PKG_NAME").into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("input_root", input_root.into()),
            ("formats", names.into()),
            ("tables", settings.tables.name().into()),
            ("excel", settings.excel.into()),
        ];
        let Some(files) = files(&run) else { return Ok(None) };
        let stated: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let is_same = expected.iter().all(|(name, value)| run.get(name) == Some(value));
        if !is_same || OutputFolder::open(out)?.names()?.iter().map(String::as_str).ne(stated) {
            return Ok(None);
        }
        Ok(Some(Self { run: hex(&Sha256::digest(&text)), files }))
    }
}

/// The files that `run.json` lists; `None` where it is not as this program writes it.
fn files(run: &Json) -> Option<Vec<Written>> {
    let file = |(name, facts): (&String, &Json)| {
        let bytes = facts.get("bytes")?.as_u64()?;
        let sha256 = facts.get("sha256")?.as_str()?.to_owned();
        Some(Written { name: name.clone(), bytes, sha256, notes: Vec::new() })
    };
    run.get("files")?.as_object()?.iter().map(file).collect()
}
