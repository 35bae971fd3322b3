//! Reference data: facts of the field with their sources beside them.

pub mod taxonomy;
