//! Stage 2, [`Document`] → [`Blocks`]: tables as a reader would see them.

use crate::document::{Blocks, Body, Document};

/// Recognises the tables of a document.
#[must_use]
pub fn recognize(document: Document) -> Blocks {
    let Body::Flow(blocks) = document.body;
    Blocks {
        blocks,
        furniture: document.furniture,
        properties: document.properties,
        warnings: document.warnings,
    }
}
