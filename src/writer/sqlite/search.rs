//! Full-text search over labels and contexts.

use rusqlite::Connection;

/// The columns that are searched, by record. The index is kept beside the record (`amounts_fts` for `amounts`), where
/// Datasette finds it by the quotes around its content.
const SEARCHED: &[(&str, &[&str])] = &[
    ("documents", &["title", "department_name"]),
    ("projects", &["project_name", "goal"]),
    ("indicators", &["project_name", "level3", "description", "value_raw"]),
    ("amounts", &["label", "context"]),
    ("line_items", &["name"]),
    ("tables", &["title"]),
];

/// Bytes of the index that are gathered before they are sorted and written, so that few pieces must be merged.
const GATHERED: usize = 1 << 22;
/// The same for whoever adds rows later: what SQLite does by itself.
const USUAL: usize = 1 << 20;

/// Indexes all rows by groups of three characters: Chinese has no spaces between words. Words of two characters are
/// found with `LIKE`. The lengths of texts are not kept beside them: ranking, which few ask for, counts those it needs.
pub(super) fn create(database: &Connection) -> rusqlite::Result<()> {
    for (table, columns) in SEARCHED {
        let columns = columns.join(", ");
        database.execute_batch(&format!(
            "CREATE VIRTUAL TABLE {table}_fts
                USING fts5({columns}, content=\"{table}\", tokenize='trigram', columnsize=0);
            INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('hashsize', {GATHERED});
            INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild');
            INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('hashsize', {USUAL});"
        ))?;
    }
    Ok(())
}
