//! Which character a glyph stands for, where the font itself does not say.
//!
//! The chain: the font's ToUnicode map; the predefined encoding by its character collection; the embedded font's own
//! character map read backwards by glyph number; glyph names. What none of them tells stays unknown.

use crate::reader::page::Characters;
use crate::reader::page::font::{is_bold_name, reverse};
use crate::reader::pdf::preflight::{FontFact, FontFacts};
use hayro_interpret::font::{Glyph, OutlineFontData, OutlineGlyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use std::collections::HashMap;

/// A font's index in the book.
pub(super) type FontIndex = usize;

/// What is known of every font met so far.
pub(super) struct FontBook<'f> {
    facts: &'f FontFacts,
    fonts: Vec<Font>,
    by_key: HashMap<(u128, Option<String>), FontIndex>,
    nameless: FontIndex,
}

/// What is known of one font.
#[derive(Default)]
struct Font {
    fact: Option<FontFact>,
    bold: bool,
    data: Option<OutlineFontData>,
    /// Characters by glyph number, read from the embedded font when first needed.
    reversed: Option<HashMap<u32, char>>,
    /// The encoding and the map from its CIDs to Unicode, where both are predefined.
    collection: Option<Collection>,
}

/// The maps code → CID and CID → Unicode, if there are any.
struct Collection(Option<(CMap, CMap)>);

impl<'f> FontBook<'f> {
    pub(super) fn new(facts: &'f FontFacts) -> Self {
        Self { facts, fonts: vec![Font::default()], by_key: HashMap::new(), nameless: 0 }
    }

    /// The font of a run, by its first glyph.
    pub(super) fn font(&mut self, glyph: &PositionedGlyph<'_>) -> FontIndex {
        let Glyph::Outline(outline) = &**glyph else { return self.nameless };
        let Some(data) = outline.font_data() else { return self.nameless };
        let key = (data.cache_key, data.postscript_name.clone());
        if let Some(index) = self.by_key.get(&key) {
            return *index;
        }
        let fact = data.postscript_name.as_ref().and_then(|name| self.facts.get(name)).cloned();
        let named_bold = data.postscript_name.as_deref().is_some_and(is_bold_name);
        let bold = named_bold || data.weight.is_some_and(|weight| weight >= 600);
        self.fonts.push(Font { fact, bold, data: Some(data), ..Font::default() });
        self.by_key.insert(key, self.fonts.len() - 1);
        self.fonts.len() - 1
    }

    /// Whether the font is a bold one.
    pub(super) fn is_bold(&self, font: FontIndex) -> bool {
        self.fonts[font].bold
    }

    /// The characters of a glyph.
    pub(super) fn characters(&mut self, font: FontIndex, glyph: &Glyph<'_>) -> Characters {
        let stated = glyph.as_unicode();
        let Glyph::Outline(outline) = glyph else { return from_bf(stated) };
        let font = &mut self.fonts[font];
        let maps = font.fact.as_ref().is_none_or(|fact| fact.to_unicode);
        if maps && stated.is_some() {
            return from_bf(stated);
        }
        if maps && font.data.is_none() {
            return Characters::UNKNOWN;
        }
        // Without a ToUnicode map the stated character rests on the code's usual name, which a subset font need not
        // follow: what the embedded font says of the glyph goes first.
        let told = font.by_collection(outline).or_else(|| font.by_glyph(outline).map(Characters::one));
        match told {
            Some(characters) => characters,
            // Codes without any encoding number the glyphs of a subset: reading them as letters would be a guess.
            None if font.fact.as_ref().is_some_and(|fact| !fact.encoded) => Characters::UNKNOWN,
            None => from_bf(stated),
        }
    }
}

impl Font {
    fn by_collection(&mut self, glyph: &OutlineGlyph) -> Option<Characters> {
        let fact = self.fact.as_ref()?;
        let maps = self.collection.get_or_insert_with(|| Collection(collection(fact))).0.as_ref()?;
        let code = glyph.char_code();
        let cid = (1..=4).find_map(|length| maps.0.lookup_cid_code(code, length))?;
        maps.1.lookup_bf_string(cid).map(|text| from_bf(Some(text)))
    }

    fn by_glyph(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let data = self.data.as_ref()?;
        let id = glyph.glyph_id().to_u32();
        let reversed = self.reversed.get_or_insert_with(|| reverse((*data.data).as_ref()));
        reversed.get(&id).copied().filter(|_| id != 0)
    }
}

/// The maps code → CID → Unicode of a font with a predefined character collection.
fn collection(fact: &FontFact) -> Option<(CMap, CMap)> {
    let family = CidFamily::from_registry_ordering(b"Adobe", &fact.ordering);
    let by_name = CMapName::from_bytes(&fact.encoding);
    let encoding = match by_name {
        CMapName::IdentityH => CMap::identity_h(),
        CMapName::IdentityV => CMap::identity_v(),
        name => CMap::parse(load_embedded(name)?, load_embedded)?,
    };
    let stated = encoding.metadata().character_collection.clone().map(|collection| collection.family);
    let family = stated.filter(|family| family.ucs2_cmap().is_some()).unwrap_or(family);
    let unicode = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
    Some((encoding, unicode))
}

fn from_bf(text: Option<BfString>) -> Characters {
    match text {
        Some(BfString::Char(character)) => Characters::one(character),
        Some(BfString::String(text)) => Characters::several(&text),
        None => Characters::UNKNOWN,
    }
}
