//! A web page as a tree of nodes in one flat list, so that no depth of nesting costs stack.

use crate::reader::{Limits, ReadError};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Text handed to the parser between two looks at what it has built, in bytes.
const CHUNK: usize = 1 << 13;
/// The most nodes of a page: a table of half a million cells has some two million.
const MAX_NODES: usize = 3_000_000;
/// The deepest nesting of elements. Browsers stop at 512; pages with unclosed tags come near it.
const MAX_DEPTH: u32 = 2_048;
/// How often the parser may look at the name of an open element: it does so for each level at each tag.
const MAX_LOOKS: u64 = 100_000_000;
/// The attributes that are kept.
const KEPT: &[&str] = &[
    "align",
    "charset",
    "class",
    "colspan",
    "content",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "name",
    "role",
    "rowspan",
    "start",
    "style",
    "type",
    "value",
    "width",
    "height",
];

/// The number of a node in its tree.
pub(super) type Id = u32;

const NONE: Id = Id::MAX;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// The document, a comment, an instruction.
    Other,
    /// An element with its name in lower case and the attributes that are kept.
    Element(Box<Element>),
    /// Character data.
    Text(String),
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    name: LocalName,
    namespace: Namespace,
    attributes: Vec<(LocalName, StrTendril)>,
}

impl Element {
    /// Its name in lower case.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }
}

#[derive(Debug)]
struct Node {
    parent: Id,
    first: Id,
    last: Id,
    previous: Id,
    next: Id,
    depth: u32,
    data: Data,
}

/// A step of the way through a tree: every node is entered, then left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A node begins.
    Enter(Id),
    /// A node ends.
    Leave(Id),
}

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Parses a page the way browsers do, whatever is wrong with it.
    ///
    /// # Errors
    /// `TooLarge` for absurd nesting or an absurd number of nodes.
    pub(super) fn parse(text: &str, limits: &Limits) -> Result<Self, ReadError> {
        if text.len() as u64 > limits.unpacked_bytes {
            return Err(ReadError::TooLarge { what: "the page".to_owned(), limit: limits.unpacked_bytes });
        }
        let mut parser = parse_document(Sink::new(), ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let mut end = rest.len().min(CHUNK);
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            let (chunk, after) = rest.split_at(end);
            parser.process(StrTendril::from_slice(chunk));
            parser.tokenizer.sink.sink.check()?;
            rest = after;
        }
        let tree = parser.finish();
        Ok(tree)
    }

    /// The node everything is in.
    pub(super) fn root() -> Id {
        0
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What the node is.
    pub(super) fn data(&self, id: Id) -> &Data {
        &self.nodes[id as usize].data
    }

    /// The node as an element.
    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match self.data(id) {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The node around this one.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        some(self.nodes[id as usize].parent)
    }

    /// The nodes in this one.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let first = some(self.nodes[id as usize].first);
        std::iter::successors(first, |child| some(self.nodes[*child as usize].next))
    }

    /// The step after this one on the way through `root`; `descend` is false to leave out what is in a node just
    /// entered.
    pub(super) fn after(&self, step: Step, root: Id, descend: bool) -> Option<Step> {
        match step {
            Step::Enter(id) => {
                let first = some(self.nodes[id as usize].first).filter(|_| descend);
                Some(first.map_or(Step::Leave(id), Step::Enter))
            }
            Step::Leave(id) if id == root => None,
            Step::Leave(id) => {
                let node = &self.nodes[id as usize];
                some(node.next).map(Step::Enter).or(some(node.parent).map(Step::Leave))
            }
        }
    }

    fn add(&mut self, data: Data) -> Id {
        let id = Id::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(Node {
            parent: NONE,
            first: NONE,
            last: NONE,
            previous: NONE,
            next: NONE,
            depth: 0,
            data,
        });
        id
    }

    /// Takes a node out of where it is.
    fn detach(&mut self, id: Id) {
        let Node { parent, previous, next, .. } = self.nodes[id as usize];
        if parent == NONE {
            return;
        }
        match some(previous) {
            Some(previous) => self.nodes[previous as usize].next = next,
            None => self.nodes[parent as usize].first = next,
        }
        match some(next) {
            Some(next) => self.nodes[next as usize].previous = previous,
            None => self.nodes[parent as usize].last = previous,
        }
        let node = &mut self.nodes[id as usize];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts a detached node into `parent`, before `next` or at the end.
    fn insert(&mut self, parent: Id, id: Id, next: Id) {
        let previous = match some(next) {
            Some(next) => self.nodes[next as usize].previous,
            None => self.nodes[parent as usize].last,
        };
        match some(previous) {
            Some(previous) => self.nodes[previous as usize].next = id,
            None => self.nodes[parent as usize].first = id,
        }
        match some(next) {
            Some(next) => self.nodes[next as usize].previous = id,
            None => self.nodes[parent as usize].last = id,
        }
        let depth = self.nodes[parent as usize].depth + 1;
        let node = &mut self.nodes[id as usize];
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
    }

    /// Puts a node or text into `parent`, before `next` or at the end. Text joins the text before it.
    fn place(&mut self, parent: Id, child: NodeOrText<Id>, next: Id) -> Id {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let previous = match some(next) {
                    Some(next) => self.nodes[next as usize].previous,
                    None => self.nodes[parent as usize].last,
                };
                if let Some(Data::Text(before)) = some(previous).map(|id| &mut self.nodes[id as usize].data) {
                    before.push_str(&text);
                    return previous;
                }
                self.add(Data::Text(text.to_string()))
            }
        };
        self.insert(parent, id, next);
        id
    }
}

fn some(id: Id) -> Option<Id> {
    (id != NONE).then_some(id)
}

/// The name of an element, as the parser asks for it.
#[derive(Debug)]
struct Name(Namespace, LocalName);

impl html5ever::interface::ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0
    }

    fn local_name(&self) -> &LocalName {
        &self.1
    }
}

/// What the parser builds into.
struct Sink {
    tree: RefCell<Tree>,
    deepest: Cell<u32>,
    looks: Cell<u64>,
}

impl Sink {
    fn new() -> Self {
        let mut tree = Tree { nodes: Vec::new() };
        tree.add(Data::Other);
        Self { tree: RefCell::new(tree), deepest: Cell::new(0), looks: Cell::new(0) }
    }

    fn check(&self) -> Result<(), ReadError> {
        let checks = [
            (self.tree.borrow().len() as u64, MAX_NODES as u64, "the number of elements and texts"),
            (u64::from(self.deepest.get()), u64::from(MAX_DEPTH), "the nesting of elements"),
            (self.looks.get(), MAX_LOOKS, "the work that unclosed elements make"),
        ];
        match checks.into_iter().find(|(is, most, _)| is > most) {
            Some((_, limit, what)) => Err(ReadError::TooLarge { what: what.to_owned(), limit }),
            None => Ok(()),
        }
    }

    fn place(&self, parent: Id, child: NodeOrText<Id>, next: Id) {
        let mut tree = self.tree.borrow_mut();
        let id = tree.place(parent, child, next);
        self.deepest.set(self.deepest.get().max(tree.nodes[id as usize].depth));
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        Tree::root()
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        self.looks.set(self.looks.get() + 1);
        match self.tree.borrow().element(*target) {
            Some(element) => Name(element.namespace.clone(), element.name.clone()),
            None => Name(Namespace::default(), LocalName::default()),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        let kept = |attribute: &Attribute| KEPT.contains(&&*attribute.name.local);
        let attributes = attributes.into_iter().filter(kept).map(|a| (a.name.local, a.value)).collect();
        let element = Element { name: name.local, namespace: name.ns, attributes };
        self.tree.borrow_mut().add(Data::Element(Box::new(element)))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.tree.borrow_mut().add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.tree.borrow_mut().add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.place(*parent, child, NONE);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        if self.tree.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        self.looks.set(self.looks.get() + 1);
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let parent = self.tree.borrow().parent(*sibling);
        if let Some(parent) = parent {
            self.place(parent, child, *sibling);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Data::Element(element) = &mut tree.nodes[*target as usize].data else { return };
        for attribute in attributes {
            let name = attribute.name.local;
            if KEPT.contains(&&*name) && element.attribute(&name).is_none() {
                element.attributes.push((name, attribute.value));
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut tree = self.tree.borrow_mut();
        let children: Vec<Id> = tree.children(*node).collect();
        for child in children {
            tree.detach(child);
            tree.insert(*new_parent, child, NONE);
        }
    }
}
