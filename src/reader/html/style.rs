//! What the attributes of an element say about how it is shown.

use super::tree::Element;

/// Elements whose text is never shown as part of the page.
const UNSHOWN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "object", "applet",
    "embed", "select", "datalist", "audio", "video", "canvas", "svg", "math", "noframes", "xml", "param",
];
/// Elements that stand in lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether the element holds code or the content of another program, never text of the page.
pub(super) fn is_unshown(element: &Element) -> bool {
    UNSHOWN.contains(&element.name())
}

/// Whether the element stands in lines of its own.
pub(super) fn is_block(element: &Element) -> bool {
    BLOCKS.contains(&element.name())
}

/// Whether the element is there but not shown.
pub(super) fn is_hidden(element: &Element) -> bool {
    element.attribute("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || element.name() == "input"
        || declared(element, "display").as_deref() == Some("none")
        || matches!(declared(element, "visibility").as_deref(), Some("hidden" | "collapse"))
        || declared(element, "mso-hide").as_deref() == Some("all")
}

/// Whether the element centres its lines; `None` where it says nothing.
pub(super) fn centres(element: &Element) -> Option<bool> {
    if element.name() == "center" {
        return Some(true);
    }
    let stated = declared(element, "text-align");
    let stated = stated.or_else(|| element.attribute("align").map(str::to_ascii_lowercase));
    // `align` of a table places the table, not its text.
    let stated = stated.filter(|_| element.name() != "table");
    stated.map(|value| value == "center" || value == "middle")
}

/// Whether white space counts.
pub(super) fn keeps_space(element: &Element) -> bool {
    matches!(element.name(), "pre" | "textarea" | "listing" | "xmp")
        || declared(element, "white-space").is_some_and(|value| value.starts_with("pre"))
}

/// The level of a heading.
pub(super) fn heading(element: &Element) -> Option<u8> {
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

/// The value of a property in the element's `style`, in lower case; the last one counts, as in browsers.
pub(super) fn declared(element: &Element, property: &str) -> Option<String> {
    let style = element.attribute("style")?;
    let found = style.rsplit(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case(property).then_some(value)
    })?;
    Some(found.replace("!important", "").trim().to_ascii_lowercase())
}
