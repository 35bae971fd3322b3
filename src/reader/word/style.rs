//! What a style amounts to for the reading of a document.

/// The longest chain of styles that is followed; Word itself allows 11.
pub(in crate::reader) const MAX_CHAIN: usize = 32;

/// What one style states itself, or what it amounts to with the styles it is based on.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::reader) struct Style {
    /// Outline level from 0 as Word counts; 9 is body text.
    pub(in crate::reader) outline: Option<u8>,
    /// Whether the paragraph is centred.
    pub(in crate::reader) centred: Option<bool>,
    /// The list it belongs to; 0 is none.
    pub(in crate::reader) number: Option<u32>,
    /// The level in the list.
    pub(in crate::reader) level: Option<u32>,
    /// Whether its text is hidden.
    pub(in crate::reader) hidden: Option<bool>,
}

impl Style {
    /// This style with what it leaves open taken from the one it is based on.
    pub(in crate::reader) fn over(self, base: &Style) -> Style {
        Style {
            outline: self.outline.or(base.outline),
            centred: self.centred.or(base.centred),
            number: self.number.or(base.number),
            level: self.level.or(base.level),
            hidden: self.hidden.or(base.hidden),
        }
    }
}

/// The outline level, from 0, of a style named like Word's built-in headings: `heading 1`, `Heading1`, `标题 1`.
pub(in crate::reader) fn heading_level(name: &str) -> Option<u8> {
    let lower = name.trim().to_lowercase();
    let rest = lower.strip_prefix("heading").or_else(|| lower.strip_prefix("标题"))?;
    match rest.trim().as_bytes() {
        [digit @ b'1'..=b'9'] => Some(digit - b'1'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_name_in_both_languages() {
        assert_eq!(heading_level("heading 1"), Some(0));
        assert_eq!(heading_level("标题 3"), Some(2));
        assert_eq!(heading_level("Heading9"), Some(8));
        assert_eq!(heading_level("标题"), None);
        assert_eq!(heading_level("heading 10"), None);
    }
}
