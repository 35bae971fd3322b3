//! Reference data: facts of the field with their sources beside them.

pub mod measure;
pub mod region;
pub mod region_names;
pub mod taxonomy;
