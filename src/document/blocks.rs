//! What table recognition yields: one flow of paragraphs and finished tables.

use super::{Block, Furniture, Properties, Warning, visible_chars};

/// A document whose tables are recognised: one flow of paragraphs and tables.
#[derive(Debug, Clone)]
pub struct Blocks {
    /// The content in reading order.
    pub blocks: Vec<Block>,
    /// Headers and footers.
    pub furniture: Vec<Furniture>,
    /// What the file says about itself.
    pub properties: Properties,
    /// What was left out or looked odd so far.
    pub warnings: Vec<Warning>,
}

impl Blocks {
    /// Visible characters held by all blocks and the page furniture.
    #[must_use]
    pub fn visible(&self) -> u64 {
        let furniture = self.furniture.iter().map(|item| visible_chars(&item.text)).sum::<u64>();
        self.blocks.iter().map(Block::visible).sum::<u64>() + furniture
    }
}
