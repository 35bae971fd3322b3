//! One page as a drawing: words, rulings and recognised cells, so that a wrong table can be understood at a glance.

use gongkai::document::{Axis, Direction, Page, Rect};
use std::fmt::Write;

/// Draws a page with the boxes of its recognised cells, turned so that its text reads from left to right.
pub fn page(page: &Page, cells: &[Rect]) -> String {
    let mut svg = String::new();
    let (width, height) = (page.width, page.height);
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1}" height="{height:.1}" viewBox="0 0 {width:.1} {height:.1}">"#
    );
    let _ = writeln!(svg, "<title>page {}</title>", page.number);
    rect(&mut svg, Rect { x0: 0.0, y0: 0.0, x1: width, y1: height }, r##"fill="#fff""##);
    for shade in &page.shades {
        rect(&mut svg, *shade, r##"fill="#eee""##);
    }
    for picture in &page.pictures {
        rect(&mut svg, *picture, r##"fill="#dfd" stroke="#6a6" stroke-dasharray="4""##);
    }
    for cell in cells {
        rect(&mut svg, *cell, r##"fill="#36c" fill-opacity="0.08" stroke="#36c" stroke-width="1.5""##);
    }
    for ruling in &page.rulings {
        let (x1, y1, x2, y2) = match ruling.axis {
            Axis::Horizontal => (ruling.from, ruling.at, ruling.to, ruling.at),
            Axis::Vertical => (ruling.at, ruling.from, ruling.at, ruling.to),
        };
        let _ = writeln!(
            svg,
            r##"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="#c33" stroke-width="0.6"/>"##
        );
    }
    for word in &page.words {
        rect(&mut svg, word.bbox, r##"fill="none" stroke="#999" stroke-width="0.2""##);
        let (x, y) = (word.bbox.x0, word.baseline);
        let turn = match word.direction {
            Direction::Right | Direction::Slanted => 0,
            Direction::Down => 90,
            Direction::Left => 180,
            Direction::Up => 270,
        };
        let _ = writeln!(
            svg,
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{:.1}" transform="rotate({turn} {x:.1} {y:.1})">{}</text>"#,
            word.size,
            escaped(&word.text)
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn rect(svg: &mut String, rect: Rect, style: &str) {
    let _ = writeln!(
        svg,
        r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" {style}/>"#,
        rect.x0,
        rect.y0,
        rect.width().max(0.0),
        rect.height().max(0.0)
    );
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // No XML may hold these.
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}
