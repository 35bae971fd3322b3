//! How fast target cells and running text are read, beside a plain scan of the same bytes.

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use gongkai::quantity::{Context, find, parse};

/// Target cells as disclosures print them, in about the mix they print them.
const CELLS: [&str; 24] = [
    "=100%",
    "≥95%",
    ">=98%",
    ">=300人",
    "<=82万元",
    "=93.00元/人/月",
    "≥360元/月·人",
    "<=10个工作日",
    "显著提高",
    "=1次/月",
    ">=9.5万人",
    "≤60天",
    "不少于 151.6公里",
    "3,580元/人/月",
    ">=1900人/元/月",
    "2020年8月31日前",
    "每季度末",
    ">=200件",
    "=13920元",
    "95%以上",
    "≥20490㎡",
    "五千万元",
    "12000-13000元",
    "<=3.6万",
];

const TEXT: &str = "2021年预算收入34908.37万元，其中：一般公共预算收入28908.37万元，政府性基金预算收入6000万元，国有资本经营预算收入\
    0万元，财政专户管理资金收入0万元。较2020年增加3890.85万元，增长12.5%，主要原因是就业补助资金增加。";

fn main() {
    divan::main();
}

fn bytes() -> usize {
    CELLS.iter().map(|cell| cell.len()).sum()
}

#[divan::bench]
fn parse_cells(bencher: Bencher) {
    let context =
        Context {
            level2: "成本指标", name: "补贴发放标准", description: "每人每月补贴", year: Some(2021)
        };
    bencher.counter(ItemsCount::new(CELLS.len())).counter(BytesCount::new(bytes())).bench(|| {
        for cell in CELLS {
            divan::black_box(parse(divan::black_box(cell), &context));
        }
    });
}

#[divan::bench]
fn scan_the_bytes_of_the_cells(bencher: Bencher) {
    bencher.counter(ItemsCount::new(CELLS.len())).counter(BytesCount::new(bytes())).bench(|| {
        for cell in CELLS {
            divan::black_box(digits(divan::black_box(cell)));
        }
    });
}

#[divan::bench]
fn find_in_text(bencher: Bencher) {
    bencher.counter(BytesCount::new(TEXT.len())).bench(|| find(divan::black_box(TEXT)));
}

#[divan::bench]
fn scan_the_bytes_of_the_text(bencher: Bencher) {
    bencher.counter(BytesCount::new(TEXT.len())).bench(|| digits(divan::black_box(TEXT)));
}

/// The least any reader must do: look at every byte once.
fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}
