//! The readers of spreadsheets: a workbook → [`Document`], each sheet as it is printed.
//!
//! Every format is read into a `book` with the texts its cells show (`number`, `date`); `flow` and `grid` tell title
//! lines, tables and notes apart.

mod book;
mod date;
mod flow;
mod grid;
mod number;
mod ods;
mod style;
mod xls;
mod xlsx;
mod xml2003;

pub(super) use ods::READER as ODS;
pub(super) use xls::READER as XLS;
pub(super) use xlsx::READER as XLSX;
pub(super) use xml2003::READER as EXCEL_XML;

use self::book::Book;
use super::{Limits, ReadError};
use crate::document::{Body, Document, Format, Properties, Warning};

/// The document that a workbook makes.
fn document(book: Book, format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let flow = flow::flow(&book, limits)?;
    if flow.visible == 0 && book.uncomputed == 0 {
        return Err(ReadError::Empty { what: "no visible cell in the workbook".to_owned() });
    }
    let mut warnings = book.warnings;
    let counted = [
        (flow.hidden, Warning::HiddenText(flow.hidden)),
        (flow.repaired, Warning::SpansRepaired(flow.repaired)),
        (book.objects, Warning::ObjectNotRead(book.objects)),
        (
            book.uncomputed,
            Warning::PartUnreadable(format!(
                "the results of {} formulas, which the file lacks,",
                book.uncomputed
            )),
        ),
    ];
    warnings.extend(counted.into_iter().filter(|(n, _)| *n > 0).map(|(_, warning)| warning));
    Ok(Document {
        format,
        pages: None,
        properties: Properties::default(),
        body: Body::Flow(flow.blocks),
        furniture: Vec::new(),
        warnings,
        visible: flow.visible,
    })
}
