//! Reads China's budget disclosures (部门预算公开, 部门决算公开) and yields their indicators, projects, money figures
//! and tables as exact, tidy records. See `ARCHITECTURE.md` for the one line that all data takes.

pub mod batch;
pub mod check;
mod code;
pub mod document;
pub mod extract;
pub mod flag;
pub mod normalize;
pub mod pipeline;
pub mod quantity;
pub mod reader;
pub mod record;
pub mod reference;
pub mod table;
pub mod wording;
pub mod writer;

pub use pipeline::{Extraction, Options, extract};
pub use record::Status;
