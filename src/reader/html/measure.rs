//! How much text each element of a page holds, counted once for all decisions about it.

use super::style;
use super::tree::{Data, Id, Step, Tree};
use crate::document::visible_chars;

/// What stands in an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    /// Visible characters.
    pub(super) text: u32,
    /// Visible characters in links.
    pub(super) linked: u32,
    /// Links.
    pub(super) links: u32,
    /// Tables that hold figures in rows of several cells.
    pub(super) figures: u32,
}

impl Size {
    /// Visible characters outside of links.
    pub(super) fn plain(self) -> u32 {
        self.text.saturating_sub(self.linked)
    }

    fn add(&mut self, other: Size) {
        self.text = self.text.saturating_add(other.text);
        self.linked = self.linked.saturating_add(other.linked);
        self.links = self.links.saturating_add(other.links);
        self.figures = self.figures.saturating_add(other.figures);
    }
}

/// The sizes of all nodes. Hidden elements have a size of their own but add nothing to what they stand in.
pub(super) fn sizes(tree: &Tree) -> Vec<Size> {
    let mut sizes = vec![Size::default(); tree.len()];
    let mut step = Some(Step::Enter(Tree::root()));
    while let Some(now) = step {
        let descend = match now {
            Step::Enter(id) => tree.element(id).is_none_or(|element| !style::is_unshown(element)),
            Step::Leave(id) => {
                leave(tree, id, &mut sizes);
                true
            }
        };
        step = tree.after(now, Tree::root(), descend);
    }
    sizes
}

fn leave(tree: &Tree, id: Id, sizes: &mut [Size]) {
    let mut hidden = false;
    let mut own = sizes[id as usize];
    match tree.data(id) {
        Data::Text(text) => own.text = u32::try_from(visible_chars(text)).unwrap_or(u32::MAX),
        Data::Element(element) => {
            hidden = style::is_hidden(element);
            if element.name() == "a" && element.attribute("href").is_some() {
                own.linked = own.text;
                own.links += 1;
            }
            if element.name() == "tr" && tells_figures(tree, id) {
                own.figures += 1;
            }
        }
        Data::Other => {}
    }
    sizes[id as usize] = own;
    if let Some(parent) = tree.parent(id).filter(|_| !hidden) {
        sizes[parent as usize].add(own);
    }
}

/// Whether a row has several cells of which one holds nothing but a figure.
fn tells_figures(tree: &Tree, row: Id) -> bool {
    let cells = tree.children(row).filter(|id| tree.element(*id).is_some_and(|cell| cell.name() == "td"));
    let (mut all, mut figures) = (0, 0);
    for cell in cells {
        all += 1;
        figures += usize::from(first_text(tree, cell).is_some_and(is_figure));
    }
    all > 1 && figures > 0
}

/// The first text in an element.
fn first_text(tree: &Tree, root: Id) -> Option<&str> {
    let mut step = Some(Step::Enter(root));
    // A cell that opens with so many elements without text holds no figure.
    for _ in 0..40 {
        if let Step::Enter(id) = step?
            && let Data::Text(text) = tree.data(id)
            && !text.trim().is_empty()
        {
            return Some(text.trim());
        }
        step = tree.after(step?, root, true);
    }
    None
}

fn is_figure(text: &str) -> bool {
    text.len() < 40
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | ' '))
}
