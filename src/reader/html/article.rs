//! Where on a web page the disclosure stands, among navigation, addresses and lists of links.
//!
//! The containers that the content systems of government sites use are known by name. One is believed only if hardly
//! anything but links stands outside of it; otherwise the element around it is taken, and so on up to the whole page.

use super::measure::Size;
use super::style;
use super::tree::{Element, Id, Step, Tree};

/// Names (`id`, or one of the words of `class`) of the container of the article, in lower case. Sources: the page
/// templates of TRS WCM (`TRS_Editor`, `zoom`, `Custom_UnionStyle`), the State Council's site (`UCAP-CONTENT`,
/// `pages_content`), VisualSiteBuilder (`vsb_content`), WebPlus (`wp_articlecontent`), JCMS and Dreamweaver habits.
const ARTICLE_NAMES: &[&str] = &[
    "trs_editor",
    "trs_ueditor",
    "zoom",
    "zoomcon",
    "ucap-content",
    "pages_content",
    "custom_unionstyle",
    "vsb_content",
    "vsb_content_2",
    "wp_articlecontent",
    "articlecontent",
    "article-content",
    "article_content",
    "article-body",
    "article_body",
    "articlebody",
    "artibody",
    "article",
    "article-con",
    "article_con",
    "news_content",
    "newscontent",
    "news-content",
    "js_content",
    "con_text",
    "content_text",
    "txt_con",
    "conts",
    "content",
    "contents",
    "main-content",
    "main_content",
    "maincontent",
    "detail",
    "detail-content",
    "detail_content",
    "xxgk_content",
    "xl_content",
    "bt_content",
    "info_content",
    "infocontent",
    "text_content",
    "zw",
    "zwcontent",
    "arc_cont",
    "view",
];
/// Names of what is no part of an article even inside its container.
const ASIDE_NAMES: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "crumb",
    "crumbs",
    "breadcrumb",
    "breadcrumbs",
    "position",
    "location",
    "weizhi",
    "footer",
    "foot",
    "copyright",
    "bottom",
    "header",
    "banner",
    "sidebar",
    "share",
    "bdsharebuttonbox",
    "related",
    "relevant",
    "xgxx",
    "xgwz",
    "prev",
    "next",
    "pager",
    "pagination",
    "print",
    "fontsize",
    "search",
    "toolbar",
    "friendlink",
    "links",
    "top-nav",
    "topbar",
    "page-footer",
    "page-header",
];
/// Visible characters outside of links that a page may have around its article: names, addresses, dates, licences.
const SMALL_TALK: u32 = 400;
/// The share of the page's text, in percent, that may stand outside of the article, where that is more.
const SMALL_TALK_PERCENT: u32 = 15;
/// Links a list must have to be navigation.
const MIN_LINKS: u32 = 3;

/// The element that holds the disclosure: the article's container, else the body of the page.
pub(super) fn container(tree: &Tree, sizes: &[Size]) -> Id {
    let mut body = Tree::root();
    let mut best: Option<Id> = None;
    let mut step = Some(Step::Enter(Tree::root()));
    while let Some(now) = step {
        let mut descend = true;
        if let Step::Enter(id) = now
            && let Some(element) = tree.element(id)
        {
            descend = !style::is_unshown(element) && !style::is_hidden(element);
            if element.name() == "body" {
                body = id;
            }
            let better = |best: Option<Id>| {
                best.is_none_or(|best| size(sizes, id).plain() > size(sizes, best).plain())
            };
            if descend && is_article(element) && better(best) {
                best = Some(id);
            }
        }
        step = tree.after(now, Tree::root(), descend);
    }
    let Some(mut id) = best else { return body };
    while !holds_enough(size(sizes, id), size(sizes, body)) {
        match tree.parent(id) {
            Some(parent) if id != body => id = parent,
            _ => return body,
        }
    }
    id
}

/// Whether the element, inside the article, is navigation or another thing around it.
pub(super) fn is_aside(element: &Element, size: Size, article: Size) -> bool {
    let small = size.figures == 0 && size.plain() <= SMALL_TALK.max(share(article.plain()));
    let named =
        matches!(element.name(), "nav" | "footer" | "aside" | "header") || names(element, ASIDE_NAMES);
    let list = matches!(element.name(), "ul" | "ol" | "div" | "table" | "dl");
    let linked = size.links >= MIN_LINKS && size.linked > size.text / 5 * 4;
    small && (named || list && linked) && style::heading(element).is_none()
}

fn is_article(element: &Element) -> bool {
    matches!(element.name(), "article" | "main")
        || element.attribute("itemprop") == Some("articleBody")
        || element.attribute("role") == Some("main")
        || matches!(element.name(), "div" | "td" | "section" | "table" | "ucapcontent")
            && names(element, ARTICLE_NAMES)
}

fn names(element: &Element, known: &[&str]) -> bool {
    let is = |word: &str| known.iter().any(|name| name.eq_ignore_ascii_case(word));
    element.attribute("id").is_some_and(is)
        || element.attribute("class").is_some_and(|class| class.split_ascii_whitespace().any(is))
}

/// Whether so little stands outside of the article that it can't be a part of it.
fn holds_enough(article: Size, page: Size) -> bool {
    let outside = page.plain().saturating_sub(article.plain());
    article.plain() > 0
        && article.figures == page.figures
        && outside <= SMALL_TALK.max(share(article.plain()))
}

fn share(characters: u32) -> u32 {
    characters / 100 * SMALL_TALK_PERCENT
}

fn size(sizes: &[Size], id: Id) -> Size {
    sizes[id as usize]
}
