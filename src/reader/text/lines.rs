//! Lines → runs: neighbouring lines without a blank line between them, cut into cells at the TABs.

use super::cells::is_prose;
use super::sheet::{self, Lines};

/// The most cells a row of a flattened table may have; longer runs are lines of indented text.
const MAX_WIDTH: usize = 64;
/// Of the cells of a run this share, in percent, must read like prose for an indented text.
const PROSE_PERCENT: usize = 70;

/// A run of lines in a flattened dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run<'a> {
    /// Blank lines before it.
    pub gap: usize,
    /// Its lines before the first TAB: a paragraph, or the rest of a cell that holds blank lines.
    pub lead: &'a str,
    /// The cells that begin in it, without their TABs.
    pub cells: Vec<&'a str>,
}

/// A piece of the text whose form is clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chunk<'a> {
    /// A run of a flattened dump, or lines of text.
    Run(Run<'a>),
    /// Lines that are rows of a table with TABs between their cells.
    Sheet(Vec<&'a str>),
}

/// Cuts the text into chunks.
pub(super) fn chunks(text: &str) -> Chunks<'_> {
    Chunks { text, at: 0, gap: 0, looked: 0 }
}

/// The iterator over the chunks of a text.
pub(super) struct Chunks<'a> {
    text: &'a str,
    at: usize,
    gap: usize,
    /// Up to this byte no line is a row of a sheet.
    looked: usize,
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        while let Some(line) = self.line(self.at) {
            if !is_blank(line) {
                break;
            }
            self.gap += 1;
            self.at += line.len() + 1;
        }
        self.line(self.at)?;
        if let Some(rows) = self.sheet() {
            self.at += rows.iter().map(|row| row.len() + 1).sum::<usize>();
            self.gap = 0;
            return Some(Chunk::Sheet(rows));
        }
        Some(Chunk::Run(self.run()))
    }
}

impl<'a> Chunks<'a> {
    /// The line that begins at this byte; `None` behind the end.
    fn line(&self, at: usize) -> Option<&'a str> {
        let rest = self.text.get(at..).filter(|rest| !rest.is_empty())?;
        Some(rest.split_once('\n').map_or(rest, |(line, _)| line))
    }

    /// The rows of a sheet that begin here. Every line is looked at once only.
    fn sheet(&mut self) -> Option<Vec<&'a str>> {
        if self.at < self.looked {
            return None;
        }
        match sheet::look(&self.text[self.at..]) {
            Lines::Rows(rows) => Some(rows),
            Lines::Other(bytes) => {
                self.looked = self.at + bytes;
                None
            }
        }
    }

    /// Reads lines up to the next blank one.
    fn run(&mut self) -> Run<'a> {
        let (start, gap) = (self.at, std::mem::take(&mut self.gap));
        let mut cells: Vec<(usize, usize)> = Vec::new();
        let (mut count, mut lead_end, mut end) = (0_usize, start, start);
        while let Some(line) = self.line(self.at) {
            let starts_cell = begins_cell(line);
            // White space that is no TAB, straight after a cell's line, is an empty paragraph in that cell.
            let filler = count > 0 && !line.is_empty() && !starts_cell;
            if is_blank(line) && !filler || self.at > start && self.sheet().is_some() {
                break;
            }
            let line_end = self.at + line.len();
            if starts_cell {
                count += 1;
                if count <= MAX_WIDTH {
                    cells.push((self.at + 1, line_end));
                }
            } else if let Some(cell) = cells.last_mut() {
                cell.1 = line_end;
            } else {
                lead_end = line_end;
            }
            end = line_end;
            self.at = line_end + 1;
        }
        let cells: Vec<&str> = cells.into_iter().map(|(from, to)| &self.text[from..to]).collect();
        if count > MAX_WIDTH || is_indented_text(&cells) {
            return Run { gap, lead: &self.text[start..end], cells: Vec::new() };
        }
        Run { gap, lead: &self.text[start..lead_end], cells }
    }
}

/// White space only, and no TAB that would make it an empty cell.
fn is_blank(line: &str) -> bool {
    line.trim().is_empty() && !line.starts_with('\t')
}

/// One TAB begins a cell; several before a text are an indent.
fn begins_cell(line: &str) -> bool {
    line.strip_prefix('\t').is_some_and(|rest| !rest.starts_with('\t') || rest.trim().is_empty())
}

/// Whether the "cells" are paragraphs of a text that is indented by TABs.
fn is_indented_text(cells: &[&str]) -> bool {
    if cells.iter().any(|cell| cell.trim().is_empty()) {
        return false;
    }
    let prose = cells.iter().filter(|cell| is_prose(cell)).count();
    let all = cells.len() >= 2 && prose == cells.len();
    all || prose >= 3 && prose * 100 >= cells.len() * PROSE_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<'a>(gap: usize, lead: &'a str, cells: &[&'a str]) -> Chunk<'a> {
        Chunk::Run(Run { gap, lead, cells: cells.to_vec() })
    }

    #[test]
    fn cells_begin_at_tabs_and_runs_end_at_blank_lines() {
        let found: Vec<Chunk> = chunks("标题\n\t甲\n续\n\t\n\n\n\t乙\n 　\n\t丙\n").collect();
        assert_eq!(found, [run(0, "标题", &["甲\n续", ""]), run(2, "", &["乙\n 　", "丙"])]);
    }

    #[test]
    fn text_indented_by_tabs_is_no_row() {
        let found: Vec<Chunk> = chunks("\t一、部门职责\n\t负责全县工作。\n\t完成其他任务。\n").collect();
        assert_eq!(found, [run(0, "\t一、部门职责\n\t负责全县工作。\n\t完成其他任务。", &[])]);
        let found: Vec<Chunk> = chunks("\t\t某县财政局\n\t\t2021年3月\n").collect();
        assert_eq!(found, [run(0, "\t\t某县财政局\n\t\t2021年3月", &[])]);
    }

    #[test]
    fn a_run_wider_than_any_table_is_text() {
        let text = "\t甲\n".repeat(MAX_WIDTH + 1);
        let found: Vec<Chunk> = chunks(&text).collect();
        assert_eq!(found, [run(0, text.trim_end_matches('\n'), &[])]);
    }
}
