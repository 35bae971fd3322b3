//! Writes the sample disclosures: `cargo run --example make_samples` renews the files in `samples/`.
#![allow(clippy::expect_used, reason = "this program stops where a sample can't be made")]

mod samples;

use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for (name, bytes) in samples::all() {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("the samples folder is writable");
        println!("{}", path.display());
    }
}
