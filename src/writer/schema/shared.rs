//! The columns that several records share: the document a row comes from, and its place there.

use super::{Column, Row};
use crate::record::{Amount, Check, Indicator, LineItem, Project, Provenance};
use crate::writer::Value;

impl<T> Column<T> {
    pub(super) const DOCUMENT_ID: Self = Self::text("document_id", "文档编号", "Document ID", |row| {
        Value::text(row.outcome.document_id())
    });
    pub(super) const PATH: Self = Self::text("path", "路径", "Path", |row| Value::text(&row.outcome.path));
    pub(super) const REGION_CODE: Self =
        Self::text("region_code", "行政区划代码", "Region code (GB/T 2260)", |row| {
            Value::text(&row.outcome.records.document.region_code)
        });
    pub(super) const REGION_NAME: Self = Self::text("region_name", "行政区划名称", "Region", |row| {
        Value::text(&row.outcome.records.document.region_name)
    });
    pub(super) const DEPARTMENT_NAME: Self =
        Self::text("department_name", "部门名称", "Department", |row| {
            Value::text(&row.outcome.records.document.department_name)
        });
    pub(super) const FISCAL_YEAR: Self = Self::integer("fiscal_year", "预算年度", "Fiscal year", |row| {
        Value::maybe_integer(row.outcome.records.document.fiscal_year)
    });
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
        Self::integer("page", "页码", "Page", |row| Value::maybe_integer(place(row).page));
    pub(super) const TABLE: Self =
        Self::integer("table", "表号", "Table", |row| Value::maybe_count(place(row).table));
    pub(super) const ROW: Self =
        Self::integer("row", "行号", "Row", |row| Value::maybe_count(place(row).row));
    pub(super) const COLUMN: Self =
        Self::integer("column", "列号", "Column", |row| Value::maybe_count(place(row).column));
    pub(super) const BBOX: Self =
        Self::text("bbox", "页面位置", "Box on the page (points)", |row| Value::bbox(place(row).bbox));
}

fn place<'a, T: Placed>(row: &Row<'a, T>) -> &'a Provenance {
    row.item.provenance()
}
