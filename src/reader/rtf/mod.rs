//! The .rtf reader: a file of Rich Text Format → [`Document`], as Word shows it with all changes accepted.
//!
//! The file is one row of tokens ([`token`]); the walk keeps the state of the open groups and hands text, cells and
//! rows on as they come. Source: Rich Text Format Specification 1.9.1.

mod control;
mod fonts;
mod row;
mod shown;
mod state;
mod styles;
mod token;
mod walk;

use self::walk::Walk;
use super::word::numbering::Numbering;
use super::word::story::{Content, Story};
use super::{Limits, Read, ReadError, Reader};
use crate::document::{Body, Document, Format, Properties, Role};

/// The reader of Rich Text Format.
pub(super) const READER: Reader =
    Reader { format: Format::Rtf, name: "Rich Text Format", read: Read::Borrowed(read) };

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    // Labels are written out in the text, so that no list needs to be known.
    let numbering = Numbering::default();
    let mut walk = Walk::new(Story::flow(Role::Body), &numbering, limits);
    walk.read(bytes)?;
    let title = walk.title.trim();
    let properties = Properties { title: (!title.is_empty()).then(|| title.to_owned()) };
    let furniture = std::mem::take(&mut walk.furniture);
    let (content, counts) = walk.flow.finish()?;
    let blocks = match content {
        Content::Flow(_, blocks) => blocks,
        Content::Lines(..) => Vec::new(),
    };
    let mut warnings = Vec::new();
    counts.warnings(limits, &mut warnings);
    Ok(Document {
        format: Format::Rtf,
        pages: None,
        properties,
        body: Body::Flow(blocks),
        furniture,
        warnings,
        visible: counts.visible,
    })
}
