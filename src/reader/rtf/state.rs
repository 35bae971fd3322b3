//! What holds inside a group and is restored at its end.

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// The innermost text: the body, a note, a header, a text box.
    Text,
    /// Nowhere.
    Skipped,
    /// The names of the fonts.
    Fonts,
    /// The names of the styles.
    Styles,
    /// The label of a numbered paragraph.
    Label,
    /// The code of a field.
    Code,
    /// What the file says about itself.
    Information,
    /// The stated title.
    Title,
}

/// The properties of the paragraph being read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paragraph {
    pub(super) style: i32,
    pub(super) outline: Option<u8>,
    pub(super) centred: Option<bool>,
    pub(super) in_table: bool,
    /// The stated depth of tables around it.
    pub(super) depth: Option<usize>,
}

/// The properties of characters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Character {
    pub(super) font: Option<i32>,
    pub(super) hidden: Option<bool>,
    pub(super) deleted: bool,
    pub(super) superscript: bool,
    /// The number of its style.
    pub(super) style: Option<i32>,
}

/// The state of a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) destination: Destination,
    /// Where text went outside a group whose older form is skipped.
    pub(super) around: Destination,
    /// How many characters in an older encoding follow each Unicode character.
    pub(super) fallback: u32,
    pub(super) character: Character,
    pub(super) paragraph: Paragraph,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            destination: Destination::Text,
            around: Destination::Text,
            fallback: 1,
            character: Character::default(),
            paragraph: Paragraph::default(),
        }
    }
}
