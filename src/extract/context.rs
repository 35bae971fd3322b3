//! What stands around a block: the headings above it, whether they speak of carried-over projects, and the lines
//! between the last table and the next one, which hold its caption.

use crate::document::Paragraph;
use crate::wording::{self, fold};

/// The longest line that is taken for a heading, in characters.
const HEADING_CHARS: usize = 45;
/// How many lines above a table are searched for its caption.
const CAPTION_LINES: usize = 8;

/// How deep a heading stands. Smaller is higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// 第一部分
    Part,
    /// 一、
    Chapter,
    /// （一）
    Section,
    /// 1、 and deeper
    Item,
}

/// The headings and lines above the current block.
#[derive(Debug, Default)]
pub struct Surroundings {
    section: String,
    contents: Option<Contents>,
    carried_over: bool,
    lines: Vec<String>,
}

/// A list of contents: its entries look like headings and head nothing.
#[derive(Debug, Default)]
struct Contents {
    entries: Vec<String>,
    last: String,
}

impl Contents {
    /// The most entries that are looked at.
    const MOST: usize = 300;

    /// The name of the heading that the text behind the list begins with: an entry that comes again, a heading by its
    /// style, or the last numbered line above a sentence. `None` while the list goes on.
    fn end(&mut self, line: &str, name: &str, depth: Option<Depth>, outline: Option<u8>) -> Option<String> {
        const LEADERS: &[char] = &['.', '．', '…', '·', '\t', ' ', '　'];
        if depth.is_none() {
            let sentence = line.contains('。') || line.chars().count() > HEADING_CHARS;
            return sentence.then(|| std::mem::take(&mut self.last));
        }
        let entry = line.trim_end_matches(|c: char| c.is_ascii_digit() || LEADERS.contains(&c));
        let entry = fold(entry).into_owned();
        if outline.is_some() || self.entries.contains(&entry) || self.entries.len() == Self::MOST {
            return Some(name.to_owned());
        }
        self.entries.push(entry);
        name.clone_into(&mut self.last);
        None
    }
}

impl Surroundings {
    /// Takes note of a paragraph and tells how deep a heading it is, if it is one.
    pub fn paragraph(&mut self, paragraph: &Paragraph) -> Option<Depth> {
        let printed = paragraph.printed();
        let line = printed.trim();
        if wording::blank(line) {
            return None;
        }
        let depth = heading(paragraph);
        let name = wording::split_numbering(line).1;
        if matches!(&*fold(line), "目录" | "目次") {
            self.contents = Some(Contents::default());
        } else if let Some(contents) = &mut self.contents {
            if let Some(section) = contents.end(line, name, depth, paragraph.outline) {
                self.section = section;
                self.contents = None;
            }
        } else if depth.is_some() {
            name.clone_into(&mut self.section);
        }
        self.note_carried_over(line, depth);
        self.lines.push(line.to_owned());
        depth
    }

    /// Forgets the lines above: a table has used them.
    pub fn table(&mut self) {
        self.lines.clear();
        self.contents = None;
    }

    /// The nearest heading above, without its numbering.
    #[must_use]
    pub fn section(&self) -> &str {
        &self.section
    }

    /// Whether the projects that follow are listed under 上年结转.
    #[must_use]
    pub fn carried_over(&self) -> bool {
        self.carried_over
    }

    /// The lines since the last table, the nearest last.
    #[must_use]
    pub fn caption_lines(&self) -> &[String] {
        &self.lines[self.lines.len().saturating_sub(CAPTION_LINES)..]
    }

    fn note_carried_over(&mut self, line: &str, depth: Option<Depth>) {
        if is_carry_over_heading(line) {
            self.carried_over = true;
        } else if matches!(depth, Some(Depth::Part | Depth::Chapter)) || is_current_year_heading(line) {
            self.carried_over = false;
        }
    }
}

/// `上年结转：`, `上年结转资金项目绩效目标`: a line that opens the list of carried-over projects.
fn is_carry_over_heading(line: &str) -> bool {
    let folded = fold(line);
    let names = ["上年结转", "以前年度结转", "结转项目", "结转资金项目"];
    folded.chars().count() <= 30
        && names.iter().any(|name| folded.contains(name))
        && !folded.contains("万元")
        && !folded.contains(['。', ';', '；'])
        && (folded.ends_with(':') || ["项目", "绩效", "目标"].iter().any(|word| folded.contains(word)))
        && !folded.ends_with('表')
}

/// `本年预算项目绩效目标`: a line that closes it.
fn is_current_year_heading(line: &str) -> bool {
    let folded = fold(line);
    folded.chars().count() <= 30
        && ["本年预算", "当年预算", "本年度项目", "年初预算项目"].iter().any(|name| folded.contains(name))
        && folded.contains("项目")
        && !folded.contains(['。', ';', '；'])
}

/// Whether the paragraph is a heading, and how deep: by its outline level, else by its numbering and length.
#[must_use]
pub fn heading(paragraph: &Paragraph) -> Option<Depth> {
    let printed = paragraph.printed();
    let line = printed.trim();
    let length = line.chars().count();
    if length == 0 || length > HEADING_CHARS * 2 {
        return None;
    }
    let by_numbering = numbered_depth(line);
    if let Some(outline) = paragraph.outline {
        return Some(by_numbering.unwrap_or(match outline {
            1 => Depth::Part,
            2 => Depth::Chapter,
            3 => Depth::Section,
            _ => Depth::Item,
        }));
    }
    let depth = by_numbering?;
    let sentence = line.contains(['。', '；', '，', ',', ';']) || line.ends_with(['：', ':']);
    (length <= HEADING_CHARS && !(sentence && depth != Depth::Part)).then_some(depth)
}

fn numbered_depth(line: &str) -> Option<Depth> {
    if is_part_heading(line) {
        return Some(Depth::Part);
    }
    let (number, rest) = wording::split_numbering(line);
    let first = number.chars().next()?;
    if rest.is_empty() {
        return None;
    }
    if wording::is_chinese_digit(first) {
        Some(Depth::Chapter)
    } else if matches!(first, '（' | '(') && number.chars().any(wording::is_chinese_digit) {
        Some(Depth::Section)
    } else {
        Some(Depth::Item)
    }
}

/// `第二部分  预算项目绩效目标`, `第一章 …`.
fn is_part_heading(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('第') else { return false };
    let digits = rest.chars().take_while(|c| wording::is_chinese_digit(*c) || c.is_ascii_digit()).count();
    let tail: String = rest.chars().skip(digits).take(2).collect();
    (1..=3).contains(&digits)
        && (tail.starts_with("部分") || tail.starts_with('章') || tail.starts_with('篇'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_tells_the_depth_of_a_heading() {
        for (line, depth) in [
            ("第二部分  预算项目绩效目标", Some(Depth::Part)),
            ("一、部门职责及机构设置情况", Some(Depth::Chapter)),
            ("（一）收入说明", Some(Depth::Section)),
            ("3、比上年增减情况", Some(Depth::Item)),
            ("（二）统筹推进社会保障，落实政策。", None),
            ("2021年预算收入34908.37万元", None),
        ] {
            assert_eq!(heading(&Paragraph::plain(line)), depth, "{line}");
        }
    }

    #[test]
    fn the_entries_of_the_contents_head_nothing() {
        let sections = |lines: &[&str]| {
            let mut surroundings = Surroundings::default();
            let sections = lines.iter().map(|line| {
                surroundings.paragraph(&Paragraph::plain(*line));
                surroundings.section().to_owned()
            });
            sections.collect::<Vec<_>>()
        };
        let list = ["目  录", "一、部门概况......1", "十二、政府采购支出预算表......9"];
        assert_eq!(sections(&[&list[..], &["收支预算总表", "部门：某某厅"]].concat()), [""; 5]);
        assert_eq!(sections(&[&list[..], &["一、部门概况"]].concat())[3], "部门概况");
        let other = ["一、部门职责", "负责全省预算管理工作。"];
        assert_eq!(sections(&[&list[..], &other].concat())[4], "部门职责");
    }

    #[test]
    fn carried_over_ends_with_the_chapter() {
        let mut surroundings = Surroundings::default();
        surroundings.paragraph(&Paragraph::plain("上年结转："));
        surroundings.paragraph(&Paragraph::plain("1、公共就业项目绩效目标表"));
        assert!(surroundings.carried_over());
        surroundings.paragraph(&Paragraph::plain("六、政府采购预算情况"));
        assert!(!surroundings.carried_over());
    }
}
