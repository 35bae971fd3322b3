//! The elements of a Word part that mean something to the reader.

use crate::reader::container::{Element, Namespace};
use std::sync::LazyLock;

macro_rules! word_tags {
    ($($(#[$note:meta])* $name:ident = $local:literal),* $(,)?) => {
        /// An element, told by namespace and name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Tag {
            $($(#[$note])* $name,)*
            /// `m:t`, the text of a formula.
            MathText,
            /// `m:r`, a run of a formula.
            MathRun,
            /// `m:f`, a fraction.
            Fraction,
            /// `m:den`, its denominator.
            Denominator,
            /// `m:sup`, an exponent.
            Exponent,
            /// `v:textpath`, text drawn along a line.
            TextPath,
            /// `mc:AlternateContent`.
            Alternate,
            /// `mc:Choice`.
            Choice,
            /// `mc:Fallback`.
            Fallback,
            /// `aml:annotation`, a tracked change or a comment of Word 2003 XML.
            Annotation,
            /// A chart or a diagram in a drawing, or the text of a drawing inside a drawing.
            Graphic,
            /// Anything else: its content is read as if it were not there.
            Other,
        }

        const WORD_TAGS: &[(&str, Tag)] = &[$(($local, Tag::$name)),*];
    };
}

/// What Word 2003 XML calls otherwise.
const WORD_2003_TAGS: &[(&str, Tag)] = &[
    ("hmerge", Tag::HorizontalMerge),
    ("ilfo", Tag::NumberId),
    ("ilst", Tag::AbstractNumId),
    ("list", Tag::Num),
    ("listDef", Tag::AbstractNum),
    ("listPr", Tag::NumberProperties),
    ("listStyleLink", Tag::NumberStyleLink),
    ("vmerge", Tag::VerticalMerge),
];

word_tags! {
    AbstractNum = "abstractNum",
    AbstractNumId = "abstractNumId",
    AltChunk = "altChunk",
    BasedOn = "basedOn",
    Body = "body",
    Break = "br",
    CarriageReturn = "cr",
    Cell = "tc",
    CellDeleted = "cellDel",
    CellMerge = "cellMerge",
    CellProperties = "tcPr",
    CheckBox = "checkBox",
    Checked = "checked",
    CustomXmlProperties = "customXmlPr",
    Default = "default",
    Deleted = "del",
    DeletedText = "delText",
    Endnote = "endnote",
    EndnoteReference = "endnoteReference",
    Fonts = "rFonts",
    Footer = "ftr",
    FooterReference = "footerReference",
    Footnote = "footnote",
    FootnoteReference = "footnoteReference",
    FieldCharacter = "fldChar",
    FieldCode = "instrText",
    DeletedFieldCode = "delInstrText",
    GridAfter = "gridAfter",
    GridBefore = "gridBefore",
    GridSpan = "gridSpan",
    Header = "hdr",
    HeaderReference = "headerReference",
    Hidden = "hidden",
    HorizontalMerge = "hMerge",
    IsLegal = "isLgl",
    Justification = "jc",
    LatentStyles = "latentStyles",
    Level = "lvl",
    LevelIndex = "ilvl",
    LevelOverride = "lvlOverride",
    LevelRestart = "lvlRestart",
    LevelText = "lvlText",
    /// Of Word 2003 XML.
    Lists = "lists",
    MovedFrom = "moveFrom",
    Name = "name",
    NoBreakHyphen = "noBreakHyphen",
    Num = "num",
    /// The format of a number as a code, in Word 2003 XML.
    NumberCode = "nfc",
    NumberFormat = "numFmt",
    NumberId = "numId",
    NumberProperties = "numPr",
    NumberStyleLink = "numStyleLink",
    Object = "object",
    OutlineLevel = "outlineLvl",
    Paragraph = "p",
    ParagraphProperties = "pPr",
    ParagraphStyle = "pStyle",
    PositionTab = "ptab",
    PropertyChange = "pPrChange",
    RunPropertyChange = "rPrChange",
    CellPropertyChange = "tcPrChange",
    RowPropertyChange = "trPrChange",
    TablePropertyChange = "tblPrChange",
    TableExceptionChange = "tblPrExChange",
    SectionPropertyChange = "sectPrChange",
    NumberingChange = "numberingChange",
    ParagraphDefaults = "pPrDefault",
    RunDefaults = "rPrDefault",
    Row = "tr",
    RowProperties = "trPr",
    RubyText = "rt",
    Run = "r",
    RunProperties = "rPr",
    RunStyle = "rStyle",
    SdtEndProperties = "sdtEndPr",
    SdtProperties = "sdtPr",
    SmartTagProperties = "smartTagPr",
    SpecialVanish = "specVanish",
    Start = "start",
    StartOverride = "startOverride",
    Style = "style",
    Styles = "styles",
    Symbol = "sym",
    Tab = "tab",
    Tabs = "tabs",
    Table = "tbl",
    TableGrid = "tblGrid",
    TableProperties = "tblPr",
    TableExceptions = "tblPrEx",
    Text = "t",
    TextBox = "txbxContent",
    Vanish = "vanish",
    VerticalAlign = "vertAlign",
    VerticalMerge = "vMerge",
}

/// Slots of the table below: a power of two, some four for each name, so that most names have a slot of their own.
const SLOTS: usize = 512;

/// Every name at the slot that its length and outer letters give, or at the next free one. A match over all names
/// compares them one after the other, which would be the most expensive step of the whole reader.
static TABLE: LazyLock<Vec<Option<(&'static str, Tag)>>> = LazyLock::new(|| {
    let mut table = vec![None; SLOTS];
    for entry in WORD_TAGS.iter().chain(WORD_2003_TAGS) {
        let mut at = slot(entry.0);
        while table[at].is_some() {
            at = (at + 1) % SLOTS;
        }
        table[at] = Some(*entry);
    }
    table
});

fn slot(name: &str) -> usize {
    let bytes = name.as_bytes();
    let at = |index: usize| usize::from(bytes.get(index).copied().unwrap_or(0));
    let middle = at(bytes.len() / 2);
    let last = at(bytes.len().wrapping_sub(1));
    (bytes.len() * 7 + at(0) * 37 + middle * 11 + last * 101) % SLOTS
}

fn word_tag(local: &str) -> Tag {
    let mut at = slot(local);
    while let Some((name, tag)) = TABLE[at] {
        if name == local {
            return tag;
        }
        at = (at + 1) % SLOTS;
    }
    Tag::Other
}

impl Tag {
    /// Whether among the properties of a run it says something of the run alone, or nothing.
    pub(super) fn is_run_property(self) -> bool {
        matches!(
            self,
            Tag::Fonts
                | Tag::RunStyle
                | Tag::Vanish
                | Tag::SpecialVanish
                | Tag::VerticalAlign
                | Tag::RunPropertyChange
                | Tag::Other
        )
    }

    /// Whether the content is never shown: properties, former properties, codes, readings above the line, and the
    /// definitions that Word 2003 XML states before the body.
    pub(super) fn is_skipped(self) -> bool {
        matches!(
            self,
            Tag::PropertyChange
                | Tag::RunPropertyChange
                | Tag::CellPropertyChange
                | Tag::RowPropertyChange
                | Tag::TablePropertyChange
                | Tag::TableExceptionChange
                | Tag::SectionPropertyChange
                | Tag::NumberingChange
                | Tag::SdtProperties
                | Tag::SdtEndProperties
                | Tag::SmartTagProperties
                | Tag::CustomXmlProperties
                | Tag::DeletedFieldCode
                | Tag::RubyText
                | Tag::Tabs
                | Tag::TableGrid
                | Tag::TableProperties
                | Tag::TableExceptions
                | Tag::Styles
                | Tag::Lists
        )
    }
}

/// What an element is.
pub(super) fn tag(element: &Element<'_>) -> Tag {
    match element.namespace {
        Namespace::Word => word_tag(element.local()),
        Namespace::Math => match element.local() {
            "t" => Tag::MathText,
            "r" => Tag::MathRun,
            "f" => Tag::Fraction,
            "den" => Tag::Denominator,
            "sup" => Tag::Exponent,
            _ => Tag::Other,
        },
        Namespace::Compatibility => match element.local() {
            "AlternateContent" => Tag::Alternate,
            "Choice" => Tag::Choice,
            "Fallback" => Tag::Fallback,
            _ => Tag::Other,
        },
        // Text of shapes inside a drawing canvas: its own paragraphs and runs.
        Namespace::Drawing => match element.local() {
            "txBody" => Tag::TextBox,
            "p" => Tag::Paragraph,
            "r" => Tag::Run,
            "t" => Tag::Text,
            _ => Tag::Other,
        },
        Namespace::Annotation if element.local() == "annotation" => Tag::Annotation,
        Namespace::Vml if element.local() == "textpath" => Tag::TextPath,
        Namespace::Chart if matches!(element.local(), "chart") => Tag::Graphic,
        Namespace::Diagram if element.local() == "relIds" => Tag::Graphic,
        _ => Tag::Other,
    }
}
