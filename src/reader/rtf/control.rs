//! What control words mean.

use super::row::RowDefinition;
use super::shown::Fate;
use super::state::{Character, Destination, Paragraph, State};
use super::walk::{Close, Walk};
use crate::document::{FurnitureKind, Role, Vertical};
use crate::reader::ReadError;
use crate::reader::word::story::Story;

/// Groups whose text is none of the document's. Groups that begin with `\*` and a word not known here are left out
/// as well, as the specification demands.
const SKIPPED: &[&str] = &[
    "annotation",
    "aftncn",
    "aftnsep",
    "aftnsepc",
    "colortbl",
    "filetbl",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "listoverridetable",
    "listtable",
    "nonesttables",
    "nonshppict",
    "pict",
    "revtbl",
    "rsidtbl",
    "rxe",
    "shprslt",
    "sp",
    "tc",
    "tcn",
    "template",
    "txe",
    "xe",
];

/// Words that may follow `\*` and are read all the same.
const OPTIONAL: &[&str] = &[
    "cs",
    "do",
    "dptxbxtext",
    "fldinst",
    "footnote",
    "formfield",
    "moMath",
    "moMathPara",
    "nesttableprops",
    "shpinst",
    "shptxt",
    "ud",
];

/// Words that stand for a character.
const CHARACTERS: &[(&str, &str)] = &[
    ("bullet", "•"),
    ("emdash", "—"),
    ("emspace", "\u{2003}"),
    ("endash", "–"),
    ("enspace", "\u{2002}"),
    ("ldblquote", "“"),
    ("lquote", "‘"),
    ("qmspace", "\u{2005}"),
    ("rdblquote", "”"),
    ("rquote", "’"),
    ("zwbo", "\u{200b}"),
    ("zwj", "\u{200d}"),
    ("zwnbo", "\u{2060}"),
    ("zwnj", "\u{200c}"),
    // The bars of fractions and the marks of powers, as equations are printed on one line.
    ("mden", "/"),
    ("msup", "^"),
];

impl Walk<'_> {
    /// A backslash and a character that is no letter.
    pub(super) fn symbol(&mut self, symbol: u8) -> Result<(), ReadError> {
        match symbol {
            b'*' => {
                self.optional = true;
                return Ok(());
            }
            b'\r' | b'\n' => return self.word("par", None),
            b'\t' => return self.word("tab", None),
            _ => {}
        }
        self.flush()?;
        match symbol {
            b'{' => self.text("{"),
            b'}' => self.text("}"),
            b'\\' => self.text("\\"),
            b'~' => self.text("\u{a0}"),
            b'_' => self.text("-"),
            _ => Ok(()),
        }
    }

    /// A control word and its number.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) -> Result<(), ReadError> {
        if word == "u" {
            return self.unicode(number.unwrap_or(0));
        }
        self.flush()?;
        let optional = std::mem::take(&mut self.optional);
        if self.state.destination == Destination::Skipped {
            if word == "ud" {
                self.state.destination = self.state.around;
            }
            return Ok(());
        }
        if SKIPPED.contains(&word) || (optional && !OPTIONAL.contains(&word)) {
            self.state.destination = Destination::Skipped;
            return Ok(());
        }
        if let Some((_, character)) = CHARACTERS.iter().find(|(name, _)| *name == word) {
            return self.text(character);
        }
        if self.definition(word, number) || self.group(word) || self.property(word, number) {
            return Ok(());
        }
        self.content(word)
    }

    /// `\u20154`: one unit of UTF-16, as a signed number.
    fn unicode(&mut self, number: i32) -> Result<(), ReadError> {
        let unit = u16::from_le_bytes([number.to_le_bytes()[0], number.to_le_bytes()[1]]);
        let before = self.half.take();
        self.flush()?;
        self.leave_out = self.state.fallback;
        let units: &[u16] = match &before {
            Some(high) => &[*high, unit],
            None => &[unit],
        };
        if before.is_none() && (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return Ok(());
        }
        let mut text = String::new();
        for character in char::decode_utf16(units.iter().copied()) {
            if character.is_err() && self.state.destination == Destination::Text {
                self.flow.counts.undecodable += 1;
            }
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            text.extend((character >= ' ').then_some(character));
        }
        self.text(&text)
    }

    /// Words of the tables of fonts and styles, and of the document as a whole.
    fn definition(&mut self, word: &str, number: Option<i32>) -> bool {
        let value = number.unwrap_or(0);
        let positive = u32::try_from(value).unwrap_or(0);
        let font = self.state.character.font.unwrap_or(0);
        let in_fonts = self.state.destination == Destination::Fonts;
        match word {
            "ansicpg" => self.fonts.page = if positive == 0 { self.fonts.page } else { positive },
            "mac" => self.fonts.page = 10_000,
            "deff" => self.fonts.default = value,
            "f" if in_fonts => {
                self.state.character.font = Some(value);
                self.fonts.begin(value);
            }
            "fcharset" => self.fonts.set(font, positive),
            "cpg" if in_fonts => self.fonts.code_page(font, positive),
            "fonttbl" => self.state.destination = Destination::Fonts,
            "stylesheet" => self.state.destination = Destination::Styles,
            "info" => self.state.destination = Destination::Information,
            "title" if self.state.destination == Destination::Information => {
                self.title.clear();
                self.state.destination = Destination::Title;
            }
            "upr" => {
                self.state.around = self.state.destination;
                self.state.destination = Destination::Skipped;
            }
            "uc" => self.state.fallback = positive.min(16),
            _ if self.state.destination == Destination::Styles => self.style(word, value, number != Some(0)),
            _ => return false,
        }
        true
    }

    /// What a style says.
    fn style(&mut self, word: &str, value: i32, on: bool) {
        let entry = self.styles.entry();
        match word {
            "s" => entry.number = Some(value),
            "cs" => (entry.number, entry.of_characters) = (Some(value), true),
            "outlinelevel" => entry.style.outline = u8::try_from(value).ok(),
            "qc" => entry.style.centred = Some(true),
            "ql" | "qr" | "qj" | "qd" | "pard" => entry.style.centred = Some(false),
            "v" => entry.style.hidden = Some(on),
            _ => {}
        }
    }

    /// Words that begin a group with a content of its own.
    fn group(&mut self, word: &str) -> bool {
        match word {
            "listtext" | "pntext" => {
                self.at_close(|_| Close::Label);
                self.state.destination = self.inside(Destination::Label);
            }
            "field" => self.at_close(|walk| Close::Field(walk.begin_field())),
            "fldinst" => self.state.destination = self.inside(Destination::Code),
            "fldrslt" | "formfield" => {}
            "footnote" => self.at_close(|walk| Close::Note(walk.begin_inner(Story::flow(Role::Note)))),
            "shptxt" | "dptxbxtext" => self.at_close(|walk| {
                let story = walk.flow.story().text_box();
                Close::TextBox(walk.begin_inner(story))
            }),
            "header" | "headerl" | "headerr" | "headerf" => self.furniture(FurnitureKind::Header),
            "footer" | "footerl" | "footerr" | "footerf" => self.furniture(FurnitureKind::Footer),
            "nesttableprops" => self.at_close(|walk| Close::InnerRow(std::mem::take(&mut walk.row))),
            "object" if self.fate() == Fate::Shown => self.flow.counts.objects += 1,
            _ => return false,
        }
        true
    }

    fn furniture(&mut self, kind: FurnitureKind) {
        self.at_close(|walk| Close::Furniture(kind, walk.begin_inner(Story::lines())));
    }

    /// A destination for text that would otherwise be shown.
    fn inside(&self, destination: Destination) -> Destination {
        if self.state.destination == Destination::Text { destination } else { self.state.destination }
    }

    /// Words that change paragraphs, characters and rows.
    fn property(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        let State { character, paragraph, .. } = &mut self.state;
        match word {
            "pard" => {
                *paragraph = Paragraph::default();
                self.row_begun = false;
            }
            "plain" => *character = Character::default(),
            "s" => paragraph.style = value,
            "outlinelevel" => paragraph.outline = u8::try_from(value).ok(),
            "qc" => paragraph.centred = Some(true),
            "ql" | "qr" | "qj" | "qd" => paragraph.centred = Some(false),
            "intbl" => paragraph.in_table = true,
            "itap" => paragraph.depth = usize::try_from(value).ok(),
            "f" => character.font = Some(value),
            "v" => character.hidden = Some(on),
            "deleted" => character.deleted = on,
            "super" => character.superscript = on,
            "sub" | "nosupersub" => character.superscript = false,
            "cs" => character.style = Some(value),
            "fftype" => self.field.form.0 = value,
            "ffres" => self.field.form.1 = value,
            "ffdefres" => self.field.form.2 = value,
            _ => return self.row_property(word, value),
        }
        true
    }

    fn row_property(&mut self, word: &str, value: i32) -> bool {
        match word {
            "trowd" => {
                self.row = RowDefinition::default();
                self.row_begun = self.state.paragraph.depth.unwrap_or(0) < 2;
            }
            "trleft" => self.row.left(value),
            "clvmgf" => self.row.vertical(Vertical::Restart),
            "clvmrg" => self.row.vertical(Vertical::Continue),
            "clmrg" => self.row.joins_left(),
            "cellx" => self.row.cell(value),
            _ => return false,
        }
        true
    }

    /// Words that end something or stand for white space.
    fn content(&mut self, word: &str) -> Result<(), ReadError> {
        if self.state.destination != Destination::Text {
            return if word == "tab" { self.text("\t") } else { Ok(()) };
        }
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "lbr" | "page" | "column" | "softline" => self.white("\n"),
            "tab" => self.white("\t"),
            "cell" => self.end_cell(1),
            "row" => {
                self.row_begun = false;
                self.end_row(1)
            }
            "nestcell" => self.end_cell(self.depth().max(2)),
            "nestrow" => self.end_row(self.depth().max(2)),
            _ => Ok(()),
        }
    }
}
