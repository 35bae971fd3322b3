//! The facts a document states about itself: title, kind, fiscal year, department and region.
//!
//! Each fact is weighed from several places in a fixed order: the title, the lines that name the department, the body,
//! and, where the text is silent, the names of the file and its folders. What nothing decides stays empty.

mod department;
mod evidence;
mod kind;
mod naming;
mod organisation;
mod place;
mod region;
mod title;
mod year;

#[cfg(test)]
mod tests;

use crate::document::{Blocks, Warning};
use crate::record::DocumentFacts;
use crate::reference::region::Region;
use evidence::Evidence;

/// Reads the facts of one document. `path` is the file's path below the input root, `/` between folders.
#[must_use]
pub fn read(blocks: &Blocks, path: &str) -> (DocumentFacts, Vec<Warning>) {
    let evidence = Evidence::new(blocks, path);
    let title = title::read(&evidence);
    let kind = kind::read(&title, &evidence);
    let fiscal_year = year::read(&title, kind, &evidence);
    let department = department::read(&title, kind, &evidence);
    let (region, warning) = region::read(&title, &department.name, fiscal_year, &evidence);
    let name =
        |region: Option<&'static Region>| region.map(|region| region.name.to_owned()).unwrap_or_default();
    let facts = DocumentFacts {
        kind,
        fiscal_year,
        region_code: region.map(|region| region.code.to_owned()).unwrap_or_default(),
        region_name: name(region),
        province_name: name(region.and_then(Region::province)),
        city_name: name(region.and_then(Region::city)),
        department_code: department.code,
        department_name: department.name,
        title,
    };
    (facts, warning.into_iter().collect())
}
