//! Pages with tables per second, on ruled pages made in code, and on `../shared/corpus` where it is present.
//!
//! `cargo bench --bench pdf`. `scripts/peer_pdfplumber.py` runs the peer on the same files and prints the ratio.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark stops where its input can't be made")]

#[path = "../tests/pdf_fixture/mod.rs"]
mod pdf_fixture;

use divan::counter::ItemsCount;
use gongkai::pipeline;
use gongkai::reader::Limits;
use gongkai::table;
use pdf_fixture::Sheet;
use std::sync::LazyLock;

const PAGES: u16 = 30;

static RULED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut sheet = Sheet::new();
    let row = ["2080101", "人力资源和社会保障管理事务", "1,234.56", "1,000.00", "234.56"];
    for page in 0..PAGES {
        if page > 0 {
            sheet.page();
        }
        sheet.table(40.0, 760.0, &[60.0, 200.0, 80.0, 80.0, 80.0], 18.0, &[&row[..]; 38]);
    }
    sheet.pdf()
});

static BASE: LazyLock<Option<Vec<u8>>> =
    LazyLock::new(|| std::fs::read("../shared/corpus/pdf-variants/base.pdf").ok());

fn main() {
    divan::main();
}

#[divan::bench]
fn ruled(bencher: divan::Bencher<'_, '_>) {
    let bytes = &*RULED;
    bencher.counter(ItemsCount::new(PAGES)).bench(|| recognise(bytes));
}

#[divan::bench]
fn shared_base(bencher: divan::Bencher<'_, '_>) {
    let Some(bytes) = &*BASE else { return println!("skipped: ../shared is not here") };
    bencher.counter(ItemsCount::new(PAGES)).bench(|| recognise(bytes));
}

fn recognise(bytes: &[u8]) -> gongkai::document::Blocks {
    table::recognize(pipeline::read(bytes, &Limits::default()).unwrap())
}
