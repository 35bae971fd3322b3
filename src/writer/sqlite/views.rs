//! Views for the questions people ask first.

use rusqlite::Connection;

/// Name and query. None of them adds up rows of different levels: a total is one that is printed.
const VIEWS: &[(&str, &str)] = &[
    (
        "indicators_by_place",
        "SELECT d.province_name, d.city_name, i.region_name, i.department_name, i.fiscal_year, d.kind,
           i.scope, i.project_name, i.level1_code, i.level2_code, i.level3, i.value_raw, i.comparator,
           i.value_base, i.value_base_number, i.unit_base, i.value_annual, i.flags, i.path, i.page, i.\"table\", i.row
         FROM indicators i JOIN documents d USING (path)",
    ),
    (
        "budget_totals",
        "SELECT l.region_code, l.region_name, l.department_name, l.fiscal_year, d.kind, l.table_kind, l.name,
           l.measure, l.year, l.value_yuan, l.value_yuan_number, l.path, l.page, l.\"table\", l.row
         FROM line_items l JOIN documents d USING (path)
         WHERE l.level IS NULL AND l.value_yuan IS NOT NULL",
    ),
    (
        "money_by_region",
        "SELECT region_code, region_name, fiscal_year, kind, table_kind, name, measure, year,
           COUNT(DISTINCT path) AS documents, COUNT(*) AS figures, SUM(value_yuan_number) AS yuan
         FROM budget_totals
         GROUP BY region_code, region_name, fiscal_year, kind, table_kind, name, measure, year",
    ),
    (
        "failed_checks",
        "SELECT d.region_name, d.department_name, d.fiscal_year, c.rule, c.left_label, c.left_yuan,
           c.right_label, c.right_yuan, c.difference, c.message, c.path, c.page, c.\"table\", c.row
         FROM checks c JOIN documents d USING (path) WHERE c.status = 'fail'",
    ),
    (
        "documents_not_read_in_full",
        "SELECT path, format, size_bytes, status, error_code, error, coverage, warnings
         FROM documents WHERE status <> 'ok'",
    ),
];

/// Creates all views.
pub(super) fn create(database: &Connection) -> rusqlite::Result<()> {
    let create = |(name, query): &(&str, &str)| format!("CREATE VIEW {name} AS {query};\n");
    database.execute_batch(&VIEWS.iter().map(create).collect::<String>())
}
