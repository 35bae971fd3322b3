//! The reader of web pages, also those that Word and Excel save: the article of the page → [`Document`].
//!
//! `tree` (parsed as browsers do) → `measure` (how much text is where) → `article` (which element holds the
//! disclosure) → `walk` (paragraphs, tables, and the rest of the page as furniture).

mod article;
mod charset;
mod layout;
mod line;
mod list;
mod measure;
mod style;
mod tree;
mod walk;

use self::tree::{Data, Step, Tree};
use self::walk::{Walk, Walked};
use super::encoding::decode;
use super::{Limits, Read, ReadError, Reader};
use crate::document::{
    Block, Body, Document, Format, Furniture, FurnitureKind, Paragraph, Properties, Warning, visible_chars,
};

/// The reader of web pages.
pub(super) const READER: Reader =
    Reader { format: Format::Html, name: "web page", read: Read::Borrowed(read) };

/// The shortest line before an article that can be its title, in visible characters.
const MIN_TITLE: u64 = 6;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    page(bytes, charset::declared(bytes).as_deref(), Format::Html, limits)
}

/// Reads a page whose encoding is stated around it, as in a MIME message.
///
/// # Errors
/// `Empty` for a page without visible text, `TooLarge` for one over the limits.
pub(in crate::reader) fn page(
    bytes: &[u8],
    charset: Option<&str>,
    format: Format,
    limits: &Limits,
) -> Result<Document, ReadError> {
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::TooLarge { what: "the page".to_owned(), limit: limits.unpacked_bytes });
    }
    let decoded = decode(bytes, charset);
    let tree = Tree::parse(&decoded.text, limits)?;
    let replaced = decoded.replaced;
    drop(decoded);
    let sizes = measure::sizes(&tree);
    let article = article::container(&tree, &sizes);
    let mut walked = Walk::new(&tree, &sizes, article, limits).run()?;
    if walked.visible == 0 {
        return Err(ReadError::Empty { what: "no visible text on the page".to_owned() });
    }
    let stated = title(&tree);
    if let Some(title) = &stated {
        take_title(&mut walked, title);
    }
    let mut warnings = warnings(&walked, limits);
    if replaced > 0 {
        warnings.push(Warning::UndecodableText(replaced));
    }
    let properties = Properties { title: stated.map(|title| without_site(&title).to_owned()) };
    let furniture = [(FurnitureKind::Header, walked.before), (FurnitureKind::Footer, walked.after)];
    let furniture = furniture.into_iter().filter(|(_, lines)| !lines.is_empty());
    Ok(Document {
        format,
        pages: None,
        properties,
        body: Body::Flow(walked.blocks),
        furniture: furniture.map(|(kind, lines)| Furniture { kind, text: lines.join("\n") }).collect(),
        warnings,
        visible: walked.visible,
    })
}

fn warnings(walked: &Walked, limits: &Limits) -> Vec<Warning> {
    let counted = [
        (walked.hidden, Warning::HiddenText(walked.hidden)),
        (walked.repaired, Warning::SpansRepaired(walked.repaired)),
        (walked.pictures, Warning::ObjectNotRead(walked.pictures)),
        (walked.flattened, Warning::LimitReached("levels of nested tables".into(), limits.depth as u64)),
    ];
    counted.into_iter().filter(|(n, _)| *n > 0).map(|(_, warning)| warning).collect()
}

/// The title the page states: of the article where the content system says so, else of the window.
fn title(tree: &Tree) -> Option<String> {
    let (mut window, mut article) = (None, None);
    let mut step = Some(Step::Enter(Tree::root()));
    while let Some(now) = step {
        if let Step::Enter(id) = now
            && let Some(element) = tree.element(id)
        {
            if element.name() == "title" && window.is_none() {
                let texts = tree.children(id).filter_map(|child| match tree.data(child) {
                    Data::Text(text) => Some(text.as_str()),
                    _ => None,
                });
                window = Some(texts.collect::<String>());
            }
            if element.name() == "meta"
                && element.attribute("name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle"))
            {
                article = element.attribute("content").map(str::to_owned);
            }
        }
        step = tree.after(now, Tree::root(), true);
    }
    let filled = |title: Option<String>| title.filter(|title| !title.trim().is_empty());
    let title = filled(article).or_else(|| filled(window))?;
    Some(title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The title without the name of the site, which follows a low line or a dash.
fn without_site(title: &str) -> &str {
    let first = title.split(['_', '|']).next().unwrap_or(title).trim();
    let first = first.split(" - ").next().unwrap_or(first).trim();
    if visible_chars(first) < MIN_TITLE { title } else { first }
}

/// Moves the article's title into the article where the page prints it above the container.
fn take_title(walked: &mut Walked, title: &str) {
    let squash = |text: &str| text.split_whitespace().collect::<String>();
    let title = squash(title);
    let is_title = |line: &String| {
        let line = squash(line);
        visible_chars(&line) >= MIN_TITLE && title.starts_with(&line)
    };
    let Some(at) = walked.before.iter().rposition(is_title) else { return };
    let line = squash(&walked.before[at]);
    let repeats = |block: &Block| matches!(block, Block::Paragraph(p) if squash(&p.text) == line);
    if walked.blocks.iter().take(3).any(repeats) {
        return;
    }
    let text = walked.before.remove(at);
    walked.blocks.insert(0, Block::Paragraph(Paragraph { centred: true, ..Paragraph::plain(text) }));
}
