//! What the properties of paragraphs, runs, rows and cells change in the walk.

use super::symbol;
use super::tag::Tag;
use super::value::Values;
use super::walk::{Close, Walk};
use crate::document::Vertical;
use crate::reader::container::Xml;
use std::borrow::Cow;

impl Walk<'_> {
    pub(super) fn paragraph_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        let styles = self.context.styles;
        let Some(draft) = self.story().paragraph.as_mut() else { return };
        match tag {
            Tag::ParagraphStyle => {
                draft.style_id = values.text().map(Cow::into_owned);
                draft.style = styles.paragraph(draft.style_id.as_deref());
            }
            Tag::OutlineLevel => draft.outline = values.number().and_then(|level| u8::try_from(level).ok()),
            Tag::Justification => draft.centred = values.text().map(|value| value == "center"),
            Tag::NumberId => draft.number = values.number(),
            Tag::LevelIndex => draft.level = values.number(),
            _ => {}
        }
    }

    pub(super) fn run_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        let styles = self.context.styles;
        let holder = self.open.len().checked_sub(2).map_or(Tag::Other, |at| self.open[at].tag);
        let story = self.story();
        if holder == Tag::ParagraphProperties {
            if let Some(draft) = story.paragraph.as_mut() {
                draft.runs_on |= matches!(tag, Tag::Vanish | Tag::SpecialVanish) && values.on();
            }
            return;
        }
        match tag {
            Tag::Vanish => story.run.hidden = Some(values.on()),
            Tag::RunStyle => {
                let style = values.text().and_then(|id| styles.get(&id));
                story.run.style_hidden = style.and_then(|style| style.hidden).unwrap_or(false);
            }
            Tag::VerticalAlign => story.run.superscript = values.text().as_deref() == Some("superscript"),
            Tag::Fonts => {
                let font = ["ascii", "hAnsi", "h-ansi"].iter().find_map(|name| values.word(name));
                story.run.symbols = font.and_then(|name| symbol::Font::from_name(&name));
            }
            _ => {}
        }
    }

    /// Takes what run properties make of the run from the last ones, if they are the same.
    pub(super) fn begin_run_properties(&mut self, close: Close, xml: &mut Xml<'_>) {
        if let Close::RunProperties(..) = close
            && let Some(run) = self.repeat.begin(xml)
        {
            self.story().run = run;
        }
    }

    pub(super) fn end_run_properties(&mut self, close: Close, xml: &Xml<'_>) {
        if let Close::RunProperties(from, seen) = close {
            if seen != self.seen {
                self.repeat.spoil();
            }
            let run = self.story().run;
            self.repeat.end(xml, from, run);
        }
    }

    pub(super) fn row_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        let Some(row) = self.own_frame().and_then(|frame| frame.row.as_mut()) else { return };
        match tag {
            Tag::GridBefore => row.before = values.number().unwrap_or(0) as usize,
            Tag::Hidden if values.on() && !row.dropped => {
                row.dropped = true;
                self.dropped_rows += 1;
            }
            _ => {}
        }
    }

    pub(super) fn cell_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        // The cell's own story is open, so its frame belongs to the story before.
        let stories = self.stories.len();
        let Some(story) = self.stories.last_mut() else { return };
        let Some(frame) = self.frames.last_mut().filter(|frame| frame.stories + 1 == stories) else { return };
        let cell = &mut frame.cell;
        let merge = |value: Option<Cow<'_, str>>| match value.as_deref() {
            Some("restart" | "rest") => Vertical::Restart,
            _ => Vertical::Continue,
        };
        match tag {
            Tag::GridSpan => cell.span = values.number().unwrap_or(1) as usize,
            Tag::VerticalMerge => cell.vertical = merge(values.text()),
            Tag::CellMerge => {
                if let Some(value) = values.word("vMerge") {
                    cell.vertical = merge(Some(value));
                }
            }
            Tag::HorizontalMerge => cell.joins_left = values.text().as_deref() != Some("restart"),
            Tag::CellDeleted if !cell.dropped => {
                cell.dropped = true;
                self.deletions += 1;
            }
            _ => {}
        }
        story.covered = cell.vertical == Vertical::Continue;
    }
}
