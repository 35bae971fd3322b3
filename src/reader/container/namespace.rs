//! The namespaces of XML formats, and which of them are one.

/// The namespaces that readers tell apart. Transitional and Strict spellings are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reader) enum Namespace {
    /// No namespace: unprefixed attributes.
    None,
    /// WordprocessingML.
    Word,
    /// Office Math.
    Math,
    /// Markup compatibility (AlternateContent).
    Compatibility,
    /// Relationship references inside parts (`r:id`).
    Reference,
    /// Package relationships.
    Relationships,
    /// Content types.
    ContentTypes,
    /// DrawingML charts.
    Chart,
    /// DrawingML diagrams (SmartArt).
    Diagram,
    /// DrawingML's main namespace.
    Drawing,
    /// The `xml` prefix (`xml:space`).
    Xml,
    /// VML shapes.
    Vml,
    /// Dublin Core elements.
    Dublin,
    /// Annotations of Word 2003 XML: tracked changes and comments.
    Annotation,
    /// Properties and shapes that Office programs share (`o:Title`).
    Office,
    /// Excel 2003 XML.
    Sheet,
    /// What Excel 2003 XML says about windows and printing.
    SheetOptions,
    /// A package in one XML file.
    FlatPackage,
    /// What OpenDocument files have in common.
    OdfOffice,
    /// OpenDocument tables.
    OdfTable,
    /// OpenDocument text.
    OdfText,
    /// OpenDocument styles.
    OdfStyle,
    /// OpenDocument drawings.
    OdfDrawing,
    /// What OpenDocument styles take from XSL (`fo:border`).
    OdfFormat,
    /// Everything else.
    Other,
}

/// Source: ECMA-376 parts 1 and 4 (Transitional and Strict spellings), part 2 (packages), [MS-ODRAWXML], the
/// schemas of Office 2003, OpenDocument 1.3 part 3.
pub(super) const NAMESPACES: &[(&str, Namespace)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Namespace::Word),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", Namespace::Word),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", Namespace::Math),
    ("http://purl.oclc.org/ooxml/officeDocument/math", Namespace::Math),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", Namespace::Compatibility),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", Namespace::Reference),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", Namespace::Reference),
    ("http://schemas.openxmlformats.org/package/2006/relationships", Namespace::Relationships),
    ("http://schemas.openxmlformats.org/package/2006/content-types", Namespace::ContentTypes),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", Namespace::Chart),
    ("http://purl.oclc.org/ooxml/drawingml/chart", Namespace::Chart),
    ("http://schemas.microsoft.com/office/drawing/2014/chartex", Namespace::Chart),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", Namespace::Diagram),
    ("http://purl.oclc.org/ooxml/drawingml/diagram", Namespace::Diagram),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", Namespace::Drawing),
    ("http://purl.oclc.org/ooxml/drawingml/main", Namespace::Drawing),
    ("urn:schemas-microsoft-com:vml", Namespace::Vml),
    ("http://purl.org/dc/elements/1.1/", Namespace::Dublin),
    ("http://schemas.microsoft.com/office/word/2003/wordml", Namespace::Word),
    ("http://schemas.microsoft.com/aml/2001/core", Namespace::Annotation),
    ("urn:schemas-microsoft-com:office:office", Namespace::Office),
    ("urn:schemas-microsoft-com:office:spreadsheet", Namespace::Sheet),
    ("urn:schemas-microsoft-com:office:excel", Namespace::SheetOptions),
    ("http://schemas.microsoft.com/office/2006/xmlPackage", Namespace::FlatPackage),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", Namespace::OdfOffice),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", Namespace::OdfTable),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", Namespace::OdfText),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", Namespace::OdfStyle),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", Namespace::OdfDrawing),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", Namespace::OdfFormat),
];
