//! The look at a file before anything in it is drawn: is it a PDF, is it locked, what would it unpack to, which fonts
//! say their characters.

use crate::reader::{Limits, ReadError};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::panic::catch_unwind;

/// Most bytes one stream may unpack to: page contents, fonts, object streams. The largest seen has 20 MB, a font.
const STREAM: usize = 64 << 20;
/// Most bytes all streams but pictures may unpack to.
const STREAMS: u64 = 192 << 20;
/// Largest file: the bytes are held while the pages are drawn. The largest disclosure seen has 80 MB.
const FILE: u64 = 160 << 20;
/// Codes a font can have.
const CODES: f32 = 65_536.0;
/// Depth to which an object is searched for fonts: a font inside a composite one lies at three.
const DEPTH: usize = 8;
/// Most objects: 20 times the largest file seen.
const OBJECTS: usize = 2_000_000;

/// What the pre-flight found.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// The stated title.
    pub(super) title: Option<String>,
    /// What the fonts state.
    pub(super) fonts: FontFacts,
}

/// What the file's fonts state about their characters, by name without the subset prefix.
pub(super) type FontFacts = BTreeMap<String, FontFact>;

/// What one font states. Fonts of one name count as one that has what any of them has not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FontFact {
    /// Whether it maps its codes to Unicode.
    pub(super) to_unicode: bool,
    /// The name of its encoding; empty where it is a map of its own.
    pub(super) encoding: Vec<u8>,
    /// Whether it has an encoding of any kind.
    pub(super) encoded: bool,
    /// The ordering of its character collection: `GB1`, `Identity`; empty for simple fonts.
    pub(super) ordering: Vec<u8>,
}

/// Looks a file over.
///
/// # Errors
/// A file that needs a password, unpacks to too much, or is no PDF at all.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Checked, ReadError> {
    let most = limits.file_bytes.min(FILE);
    if bytes.len() as u64 > most {
        return Err(too_large("the file", most));
    }
    let document = match load(bytes, options()) {
        Some(Ok(document)) => document,
        Some(Err(error)) => return unloadable(bytes, &error),
        None => return check_raw(bytes).map(|()| Checked::default()),
    };
    if document.is_encrypted() {
        return Err(ReadError::Encrypted { what: "a password is needed".to_owned() });
    }
    if document.objects.len() > OBJECTS {
        return Err(too_large("the number of objects", OBJECTS as u64));
    }
    check_streams(&document, limits)?;
    if document.objects.values().any(|object| claims_widths(&document, object, 0)) {
        return Err(damaged("a table of glyph widths within 65,536 codes"));
    }
    Ok(Checked { title: title(&document), fonts: fonts(&document) })
}

/// The file as lopdf understands it, written anew: the second try on a file whose own index leads nowhere.
pub(super) fn repair(bytes: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let whole = LoadOptions { filter: None, force_reconstruct: true, ..options() };
    let mut document = load(bytes, whole)?.ok()?;
    check_streams(&document, limits).ok()?;
    let mut repaired = Vec::new();
    document.save_to(&mut repaired).ok()?;
    Some(repaired)
}

/// Loads a file; `None` where lopdf panics over it.
fn load(bytes: &[u8], options: LoadOptions) -> Option<lopdf::Result<Document>> {
    catch_unwind(|| Document::load_mem_with_options(bytes, options)).ok()
}

/// Whether an object holds a font that claims more glyph widths than there are codes: hayro would write every one of
/// them into a table.
fn claims_widths(document: &Document, object: &Object, depth: usize) -> bool {
    if depth > DEPTH {
        return false;
    }
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        Object::Array(items) => return items.iter().any(|item| claims_widths(document, item, depth + 1)),
        _ => return false,
    };
    dictionary.iter().any(|(key, value)| match key.as_slice() {
        b"FirstChar" | b"LastChar" => is_far(document, value),
        b"W" | b"W2" => match resolve(document, value) {
            Some(Object::Array(items)) => items.iter().any(|item| is_far(document, item)),
            _ => false,
        },
        _ => claims_widths(document, value, depth + 1),
    })
}

fn is_far(document: &Document, object: &Object) -> bool {
    resolve(document, object).and_then(|number| number.as_float().ok()).is_some_and(|code| code.abs() > CODES)
}

fn damaged(expected: &str) -> ReadError {
    ReadError::Damaged { part: "file".to_owned(), offset: 0, expected: expected.to_owned() }
}

/// Pictures are never looked at, and dropping them while loading keeps a large scan from being held twice.
fn options() -> LoadOptions {
    LoadOptions {
        filter: Some(without_pictures),
        max_decompressed_size: Some(STREAM),
        ..LoadOptions::default()
    }
}

/// lopdf keeps the object it lends for an object of its own, and the returned one for a member of an object stream,
/// which is never a stream itself.
#[expect(clippy::unnecessary_wraps, reason = "the type of lopdf's filter")]
fn without_pictures(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Object::Stream(stream) = &*object else { return Some((id, object.clone())) };
    if is_picture(stream) {
        *object = Object::Dictionary(Dictionary::new());
    }
    Some((id, Object::Null))
}

fn is_picture(stream: &Stream) -> bool {
    stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
}

/// A file lopdf can't load may still be one hayro can: only what would be dangerous ends here.
fn unloadable(bytes: &[u8], error: &lopdf::Error) -> Result<Checked, ReadError> {
    match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            Err(too_large("an unpacked part", STREAM as u64))
        }
        lopdf::Error::InvalidPassword => {
            Err(ReadError::Encrypted { what: "a password is needed".to_owned() })
        }
        _ if !has_header(bytes) => Err(damaged("a PDF header")),
        _ => {
            check_raw(bytes)?;
            Ok(Checked::default())
        }
    }
}

fn has_header(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// Bounds what a file without a readable structure may unpack to: every place where a stream may begin is unpacked and
/// thrown away.
fn check_raw(bytes: &[u8]) -> Result<(), ReadError> {
    const MARK: &[u8] = b"stream";
    let mut total = 0_u64;
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(MARK.len()).position(|window| window == MARK) {
        at += found + MARK.len();
        let blanks = bytes[at..].iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let data = &bytes[at + blanks..];
        let mut unpacked = flate2::read::ZlibDecoder::new(data).take(STREAM as u64 + 1);
        // Whatever is no deflate data ends at once with an error and what it gave so far.
        let _ = std::io::copy(&mut unpacked, &mut CountOnly(&mut total));
        if total > STREAM as u64 {
            return Err(too_large("an unpacked part", STREAM as u64));
        }
    }
    Ok(())
}

/// A writer that counts and forgets.
struct CountOnly<'c>(&'c mut u64);

impl Write for CountOnly<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        *self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn check_streams(document: &Document, limits: &Limits) -> Result<(), ReadError> {
    let mut total = 0_u64;
    let most = STREAMS.min(limits.unpacked_bytes);
    for object in document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        if is_picture(stream) || stream.dict.get(b"Filter").is_err() {
            total += stream.content.len() as u64;
            continue;
        }
        let error = match stream.decompressed_content_with_limit(STREAM) {
            Ok(content) => {
                total += content.len() as u64;
                None
            }
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                Some(too_large("an unpacked part", STREAM as u64))
            }
            // A broken or unknown filter yields nothing when the page is drawn either.
            Err(_) => None,
        };
        if let Some(error) = error {
            return Err(error);
        }
        if total > most {
            return Err(too_large("the unpacked file", most));
        }
    }
    Ok(())
}

fn too_large(what: &str, limit: u64) -> ReadError {
    ReadError::TooLarge { what: what.to_owned(), limit }
}

fn title(document: &Document) -> Option<String> {
    let info = resolve(document, document.trailer.get(b"Info").ok()?)?.as_dict().ok()?;
    let title = resolve(document, info.get(b"Title").ok()?)?;
    let title = lopdf::decode_text_string(title).ok()?;
    let title = title.trim().to_owned();
    (!title.is_empty()).then_some(title)
}

fn resolve<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn fonts(document: &Document) -> FontFacts {
    let mut facts = FontFacts::new();
    for object in document.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        if !font.has_type(b"Font") || is_descendant(font) {
            continue;
        }
        let Some(name) = font.get(b"BaseFont").ok().and_then(|name| resolve(document, name)?.as_name().ok())
        else {
            continue;
        };
        let fact = fact(document, font);
        let entry =
            facts.entry(without_prefix(&String::from_utf8_lossy(name))).or_insert_with(|| fact.clone());
        entry.to_unicode &= fact.to_unicode;
    }
    facts
}

/// The inner font of a composite one, which repeats its name and never maps to Unicode.
fn is_descendant(font: &Dictionary) -> bool {
    font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name.starts_with(b"CIDFont"))
}

fn fact(document: &Document, font: &Dictionary) -> FontFact {
    let encoding = font.get(b"Encoding").ok().and_then(|object| resolve(document, object)?.as_name().ok());
    FontFact {
        to_unicode: font.has(b"ToUnicode"),
        encoded: font.has(b"Encoding"),
        encoding: encoding.unwrap_or_default().to_vec(),
        ordering: ordering(document, font).unwrap_or_default(),
    }
}

fn ordering(document: &Document, font: &Dictionary) -> Option<Vec<u8>> {
    let descendants = resolve(document, font.get(b"DescendantFonts").ok()?)?.as_array().ok()?;
    let descendant = resolve(document, descendants.first()?)?.as_dict().ok()?;
    let info = resolve(document, descendant.get(b"CIDSystemInfo").ok()?)?.as_dict().ok()?;
    Some(resolve(document, info.get(b"Ordering").ok()?)?.as_str().ok()?.to_vec())
}

/// A font's name without the six letters that mark a subset.
fn without_prefix(name: &str) -> String {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest.to_owned(),
        _ => name.to_owned(),
    }
}
