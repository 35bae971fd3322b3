//! One line of a page while it is put together: white space folded as browsers do.

/// Text between two breaks.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    gap: Gap,
}

/// White space that waits for what follows it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    /// A space or a tab is among it.
    Space,
    /// Nothing but the end of a line in the source.
    SourceBreak,
}

impl Line {
    /// Adds text. `kept` is true where white space counts as it stands.
    pub(super) fn push(&mut self, text: &str, kept: bool) {
        for c in text.chars() {
            match c {
                '\r' => {}
                '\n' | '\t' | ' ' | '\u{c}' if kept => {
                    self.settle(c);
                    self.text.push(if c == '\u{c}' { '\n' } else { c });
                }
                '\n' => self.gap = if self.gap == Gap::Space { Gap::Space } else { Gap::SourceBreak },
                '\t' | ' ' | '\u{c}' => self.gap = Gap::Space,
                '\u{a0}' => {
                    self.settle(' ');
                    self.text.push(' ');
                }
                c => {
                    self.settle(c);
                    self.text.push(c);
                }
            }
        }
    }

    /// Adds a line break.
    pub(super) fn line_break(&mut self) {
        self.gap = Gap::None;
        self.text.push('\n');
    }

    /// The finished line; an empty one begins.
    pub(super) fn take(&mut self) -> String {
        self.gap = Gap::None;
        std::mem::take(&mut self.text)
    }

    /// Turns waiting white space into one space, if it shows: between Chinese characters the end of a source line
    /// does not (CSS Text 3, 4.1.3).
    fn settle(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        let Some(last) = self.text.chars().next_back().filter(|last| *last != '\n') else { return };
        let shows = match gap {
            Gap::None => false,
            Gap::Space => true,
            Gap::SourceBreak => !(is_wide(last) && is_wide(next)),
        };
        if shows {
            self.text.push(' ');
        }
    }
}

/// Characters of Chinese print, punctuation included.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(pieces: &[&str]) -> String {
        let mut line = Line::default();
        for piece in pieces {
            line.push(piece, false);
        }
        line.take()
    }

    #[test]
    fn source_line_ends_do_not_show_between_chinese_characters() {
        assert_eq!(line(&["\n  ", "一般公共\n预算"]), "一般公共预算");
        assert_eq!(line(&["收入\r\n", "支出"]), "收入支出");
        assert_eq!(line(&["a\nb", " ", " c"]), "a b c");
        assert_eq!(line(&["收入 支出"]), "收入 支出");
        assert_eq!(line(&["\u{a0}\u{a0}增值税"]), "  增值税");
    }
}
