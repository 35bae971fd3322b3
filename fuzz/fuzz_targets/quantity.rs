//! `parse` and `find` on arbitrary text: no panic, spans inside the text, base values exact.
//!
//! `cargo +nightly fuzz run quantity`

#![no_main]

use gongkai::quantity::{Context, Quantity, find, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (name, cell) = text.split_once('\n').unwrap_or(("", text));
    exact(&parse(cell, &Context { level2: "成本指标", name, description: "", year: Some(2021) }));
    let length = text.chars().count();
    let mut last = 0;
    for found in find(text) {
        assert!(last <= found.start && found.start < found.end && found.end <= length);
        let slice: String = text.chars().skip(found.start).take(found.end - found.start).collect();
        assert_eq!(slice, found.quantity.text);
        exact(&found.quantity);
        last = found.end;
    }
});

/// A base value that was rounded would not lead back to the value it came from.
fn exact(quantity: &Quantity) {
    let (Some(value), Some(base)) = (quantity.value, quantity.value_base) else { return };
    if value.is_zero() {
        assert!(base.is_zero());
    } else if let Some(factor) = base.checked_div(value).filter(|factor| factor.scale() < 12) {
        assert_eq!(value.checked_mul(factor).map(|product| product.normalize()), Some(base.normalize()));
    }
}
