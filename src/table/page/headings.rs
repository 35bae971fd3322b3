//! Headings that only their type shows: larger than the running text, or bold and centred, and above running text.

use crate::document::{Block, Paragraph, visible_chars};

/// From how many times the size of the running text on a line is a heading's.
const LARGER: f32 = 1.12;
/// How far the size of running text may be off, in parts of the usual size.
const SAME: f32 = 0.08;
/// The longest heading, in characters.
const LONGEST: u64 = 40;
/// The shortest title of a table, in characters: 支出总表; 附表3 and 表二 are numbers of forms.
const SHORTEST: usize = 4;
/// How far below a heading the running text begins at most, in paragraphs: further headings may stand between.
const NEAR: usize = 3;
/// What sentences and the lines of captions hold, and headings do not.
const NO_HEADING: &[char] = &['。', '；', '，', '：', ':', ';', ',', '…', '．', '|'];

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Face {
    /// The font size (points).
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// Gives outline levels to the paragraphs that their type shows to be headings. Numbered ones show by their wording; a
/// line in display type before any running text is the document's title, and one above a table is the table's.
pub(super) fn mark(blocks: &mut [Block], faces: &[(usize, Face)]) {
    let Some(usual) = usual_size(blocks, faces) else { return };
    let running = |(index, face): (usize, Face)| {
        paragraph(blocks, index).is_some_and(|paragraph| {
            (face.size - usual).abs() <= SAME * usual && !paragraph.centred && !is_unit_line(&paragraph.text)
        })
    };
    let Some(first) = faces.iter().position(|item| running(*item)) else { return };
    let mut levels = Vec::new();
    for (at, (index, face)) in faces.iter().enumerate().skip(first) {
        let heads_tables = || heads_tables(blocks, faces[at], *faces.get(at + 1)?).then_some(1);
        let Some(level) = paragraph(blocks, *index).and_then(|paragraph| level(paragraph, *face, usual))
        else {
            levels.extend(heads_tables().map(|level| (*index, level)));
            continue;
        };
        let next = faces[at + 1..].iter().take(NEAR).position(|item| running(*item));
        // Nothing but paragraphs stands between: the blocks are numbered through.
        let above_text = next.is_some_and(|next| faces[at + 1 + next].0 == index + 1 + next);
        if above_text {
            levels.push((*index, level));
        }
    }
    for (index, level) in levels {
        if let Some(Block::Paragraph(paragraph)) = blocks.get_mut(index) {
            paragraph.outline = Some(level);
        }
    }
}

fn paragraph(blocks: &[Block], index: usize) -> Option<&Paragraph> {
    match blocks.get(index) {
        Some(Block::Paragraph(paragraph)) => Some(paragraph),
        _ => None,
    }
}

fn is_unit_line(text: &str) -> bool {
    ["单位：", "单位:"].iter().any(|mark| text.contains(mark))
}

/// Whether a title of tables (部门决算表) heads several of them: the title of the first stands right below in smaller
/// type.
fn heads_tables(blocks: &[Block], this: (usize, Face), next: (usize, Face)) -> bool {
    let titles = [this.0, next.0].map(|index| paragraph(blocks, index).map(|p| squeezed(&p.text)));
    let [Some(title), Some(below)] = titles else { return false };
    // 公开01表 is the number of a form.
    let form = below.contains("公开") || below.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST;
    next.0 == this.0 + 1
        && !form
        && this.1.size >= LARGER * next.1.size
        && [&title, &below].iter().all(|text| text.ends_with('表') && !text.contains(NO_HEADING))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The level of a heading by its type; `None` for any other paragraph.
fn level(paragraph: &Paragraph, face: Face, usual: f32) -> Option<u8> {
    let text = paragraph.text.trim();
    let names = text.chars().filter(|c| c.is_alphabetic()).count() > 1 && visible_chars(text) <= LONGEST;
    let squeezed = squeezed(text);
    let titles_table = squeezed.ends_with('表') || squeezed.contains("表（") || squeezed.contains("表(");
    if !names || text.contains(NO_HEADING) || titles_table || squeezed == "目录" {
        return None;
    }
    match (face.size >= LARGER * usual, face.bold && paragraph.centred) {
        (true, _) => Some(1),
        (false, true) if face.size >= usual * (1.0 - SAME) => Some(2),
        _ => None,
    }
}

/// The size of most text outside tables.
fn usual_size(blocks: &[Block], faces: &[(usize, Face)]) -> Option<f32> {
    let mut sizes: Vec<(f32, u64)> = faces
        .iter()
        .filter_map(|(index, face)| Some((face.size, visible_chars(&paragraph(blocks, *index)?.text))))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, chars)| chars).sum::<u64>() / 2;
    let mut below = 0;
    sizes.into_iter().find_map(|(size, chars)| {
        below += chars;
        (below > half).then_some(size)
    })
}
