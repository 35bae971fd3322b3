//! The elements of a Word part that mean something to the reader.

use crate::reader::container::{Element, Namespace};

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
            /// `mc:AlternateContent`.
            Alternate,
            /// `mc:Choice`.
            Choice,
            /// `mc:Fallback`.
            Fallback,
            /// A chart or a diagram in a drawing, or the text of a drawing inside a drawing.
            Graphic,
            /// Anything else: its content is read as if it were not there.
            Other,
        }

        fn word_tag(local: &str) -> Tag {
            match local {
                $($local => Tag::$name,)*
                _ => Tag::Other,
            }
        }
    };
}

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
    FooterReference = "footerReference",
    Footnote = "footnote",
    FootnoteReference = "footnoteReference",
    FieldCharacter = "fldChar",
    FieldCode = "instrText",
    DeletedFieldCode = "delInstrText",
    GridAfter = "gridAfter",
    GridBefore = "gridBefore",
    GridSpan = "gridSpan",
    HeaderReference = "headerReference",
    Hidden = "hidden",
    HorizontalMerge = "hMerge",
    IsLegal = "isLgl",
    Justification = "jc",
    Level = "lvl",
    LevelIndex = "ilvl",
    LevelOverride = "lvlOverride",
    LevelRestart = "lvlRestart",
    LevelText = "lvlText",
    MovedFrom = "moveFrom",
    Name = "name",
    NoBreakHyphen = "noBreakHyphen",
    Num = "num",
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
    Symbol = "sym",
    Tab = "tab",
    Tabs = "tabs",
    Table = "tbl",
    TableGrid = "tblGrid",
    TableProperties = "tblPr",
    TableExceptions = "tblPrEx",
    TableStyleProperties = "tblStylePr",
    Text = "t",
    TextBox = "txbxContent",
    Vanish = "vanish",
    VerticalAlign = "vertAlign",
    VerticalMerge = "vMerge",
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
        Namespace::Chart if matches!(element.local(), "chart") => Tag::Graphic,
        Namespace::Diagram if element.local() == "relIds" => Tag::Graphic,
        _ => Tag::Other,
    }
}
