//! The columns that several records share: the document a row comes from, and its place there.

use super::{Column, Row};
use crate::record::{Amount, Check, Indicator, LineItem, Ordinal, Project, Provenance};
use crate::writer::Value;

impl<T> Column<T> {
    /// The file a row comes from: every record begins with it.
    pub(super) const FILE: &'static [Self] = &[Self::DOCUMENT_ID, Self::PATH];
    /// What the document says it is, repeated on the rows that are analysed on their own.
    pub(super) const DISCLOSURE: &'static [Self] =
        &[Self::REGION_CODE, Self::REGION_NAME, Self::DEPARTMENT_NAME, Self::FISCAL_YEAR];

    pub(super) const DOCUMENT_ID: Self = Self::text("document_id", "文档编号", "Document ID", |row| {
        Value::text(row.outcome.document_id())
    })
    .about("First 16 hex digits of the SHA-256 of the file's bytes; empty where it could not be opened.");
    pub(super) const PATH: Self = Self::text("path", "路径", "Path", |row| Value::text(&row.outcome.path)).about("Path below the input root, / between folders; archive.zip!/inner.docx for a member of an archive.").required();
    pub(super) const REGION_CODE: Self =
        Self::text("region_code", "行政区划代码", "Region code (GB/T 2260)", |row| {
            Value::text(&row.outcome.records.document.region_code)
        })
        .about("GB/T 2260 code of the county, city or province, six digits.");
    pub(super) const REGION_NAME: Self = Self::text("region_name", "行政区划名称", "Region", |row| {
        Value::text(&row.outcome.records.document.region_name)
    })
    .about("Full name of the county, city or province.");
    pub(super) const DEPARTMENT_NAME: Self =
        Self::text("department_name", "部门名称", "Department", |row| {
            Value::text(&row.outcome.records.document.department_name)
        })
        .about("The department as disclosed.");
    pub(super) const FISCAL_YEAR: Self = Self::integer("fiscal_year", "预算年度", "Fiscal year", |row| {
        Value::maybe_integer(row.outcome.records.document.fiscal_year)
    })
    .about("The year the document speaks of.");
}

/// A record that knows where it stands.
pub trait Placed {
    /// Where it stands.
    fn provenance(&self) -> &Provenance;
}

impl Placed for Project {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}

impl Placed for Indicator {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}

impl Placed for Amount {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}

impl Placed for LineItem {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}

impl Placed for Check {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}

impl<T: Placed> Column<T> {
    pub(super) const PAGE: Self =
        Self::integer("page", "页码", "Page", |row| Value::maybe_integer(place(row).page))
            .about("Page, from 1, where there are pages.");
    pub(super) const TABLE: Self = Self::integer("table", "表号", "Table", |row| {
        Value::maybe_count(place(row).table.map(Ordinal::get))
    })
    .about("Table within the document, from 1.");
    pub(super) const ROW: Self =
        Self::integer("row", "行号", "Row", |row| Value::maybe_count(place(row).row.map(Ordinal::get)))
            .about("Row within the table, from 1.");
    pub(super) const COLUMN: Self = Self::integer("column", "列号", "Column", |row| {
        Value::maybe_count(place(row).column.map(Ordinal::get))
    })
    .about("Column within the table, from 1.");
    pub(super) const BBOX: Self =
        Self::text("bbox", "页面位置", "Box on the page (points)", |row| Value::bbox(place(row).bbox))
            .about("x0 y0 x1 y1 of the row on the page, from the top left, where known.")
            .unit("pt");
}

fn place<'a, T: Placed>(row: &Row<'a, T>) -> &'a Provenance {
    row.item.provenance()
}
