//! A MIME message: its headers, and the parts it is made of.

use super::code;
use crate::reader::ReadError;

/// The most parts of a message: a page with many pictures has some hundreds.
const MAX_PARTS: usize = 10_000;
/// The deepest nesting of multipart bodies.
const MAX_DEPTH: usize = 16;
/// The most bytes of headers before a body.
const MAX_HEADERS: usize = 1 << 16;

/// A message taken apart.
#[derive(Default)]
pub(super) struct Message<'a> {
    /// The parts that are no multipart themselves, in order.
    pub(super) parts: Vec<Part<'a>>,
    /// The id of the part that the others belong to, where stated.
    pub(super) start: Option<String>,
}

/// One part, still encoded.
pub(super) struct Part<'a> {
    /// `text/html` and the like, in lower case.
    kind: String,
    /// The character encoding that its header states.
    pub(super) charset: Option<String>,
    pub(super) id: String,
    location: String,
    encoding: String,
    body: &'a [u8],
}

impl Part<'_> {
    pub(super) fn is_page(&self) -> bool {
        matches!(self.kind.as_str(), "text/html" | "application/xhtml+xml")
    }

    /// Whether it draws the tabs of a workbook's sheets.
    pub(super) fn is_tab_strip(&self) -> bool {
        self.location.to_ascii_lowercase().ends_with("tabstrip.htm")
    }

    /// Its bytes as they were before they were packed into the message.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self.encoding.as_str() {
            "base64" => code::base64(self.body),
            "quoted-printable" => code::quoted_printable(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// Takes a message apart.
///
/// # Errors
/// `TooLarge` for more parts or levels than any page has.
pub(super) fn read(bytes: &[u8]) -> Result<Message<'_>, ReadError> {
    let mut message = Message::default();
    // Entities to be looked at, the next one last, with their depth.
    let mut waiting = vec![(bytes, 0_usize)];
    while let Some((entity, depth)) = waiting.pop() {
        let (headers, body) = split(entity);
        let content = headers.value("content-type");
        let kind = content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let boundary = parameter(&content, "boundary").filter(|_| kind.starts_with("multipart/"));
        if let Some(boundary) = boundary {
            if depth >= MAX_DEPTH {
                return Err(too_large("the nesting of parts", MAX_DEPTH));
            }
            if message.start.is_none() {
                message.start = parameter(&content, "start").map(|start| bare(&start));
            }
            let inner = entities(body, &boundary)?;
            waiting.extend(inner.into_iter().rev().map(|inner| (inner, depth + 1)));
        } else {
            message.parts.push(Part {
                kind,
                charset: parameter(&content, "charset"),
                id: bare(&headers.value("content-id")),
                location: headers.value("content-location"),
                encoding: headers.value("content-transfer-encoding").trim().to_ascii_lowercase(),
                body,
            });
        }
        if message.parts.len().max(waiting.len()) > MAX_PARTS {
            return Err(too_large("the number of parts", MAX_PARTS));
        }
    }
    Ok(message)
}

fn too_large(what: &str, limit: usize) -> ReadError {
    ReadError::TooLarge { what: what.to_owned(), limit: limit as u64 }
}

/// The header fields of an entity, unfolded.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn value(&self, name: &str) -> String {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The header fields of an entity, and its body behind the first empty line.
fn split(entity: &[u8]) -> (Headers, &[u8]) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    while at < entity.len().min(MAX_HEADERS) {
        let line = line(entity, at);
        at += line.len();
        let text = String::from_utf8_lossy(line);
        if text.trim().is_empty() {
            // Some programs write empty lines before the headers.
            if fields.is_empty() {
                continue;
            }
            break;
        }
        match (text.starts_with([' ', '\t']), fields.last_mut(), text.split_once(':')) {
            (true, Some((_, value)), _) => value.extend([" ", text.trim()]),
            (_, _, Some((name, value))) => {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            _ => {}
        }
    }
    (Headers(fields), &entity[at.min(entity.len())..])
}

/// A line with its end.
fn line(bytes: &[u8], at: usize) -> &[u8] {
    let rest = &bytes[at..];
    let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
    &rest[..end]
}

/// The entities between the boundary lines of a multipart body. The last one may lack its end.
fn entities<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<&'a [u8]>, ReadError> {
    let mark = format!("--{boundary}").into_bytes();
    let mut found = Vec::new();
    let (mut at, mut start) = (0, None);
    while at < body.len() {
        let line = line(body, at);
        if let Some(rest) = line.strip_prefix(mark.as_slice()) {
            let rest = rest.trim_ascii();
            if rest.is_empty() || rest == b"--" {
                found.extend(start.map(|start| &body[start..at]));
                start = rest.is_empty().then_some(at + line.len());
            }
            if found.len() > MAX_PARTS {
                return Err(too_large("the number of parts", MAX_PARTS));
            }
        }
        at += line.len();
    }
    found.extend(start.map(|start| &body[start..]));
    Ok(found)
}

/// A parameter of a header field: `charset="gb2312"`.
fn parameter(field: &str, name: &str) -> Option<String> {
    field.split(';').skip(1).find_map(|parameter| {
        let (own, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (own.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// An id without the angle brackets around it.
fn bare(id: &str) -> String {
    id.trim().trim_start_matches('<').trim_end_matches('>').to_owned()
}
