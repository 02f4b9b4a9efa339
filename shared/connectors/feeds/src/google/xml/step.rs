//! One event of the parser, in terms of a feed.

use super::{Bounded, Lossy};
use crate::{
    input::Input,
    problem::{Fault, shown},
};
use quick_xml::{
    Error,
    escape::resolve_xml_entity,
    events::{BytesDecl, BytesRef, BytesStart, Event},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

/// What the parser came upon.
pub(super) enum Step {
    /// An element begins.
    Open(Tag),
    /// An element ends.
    Close,
    /// Text, or a piece of it.
    Text(String),
    /// Something that costs the entry, but not the rest.
    Wrong(Fault),
    /// Something behind which nothing can be read.
    Broken(Fault),
    /// The end of the file.
    End,
    /// Comments and the like.
    Other,
}

/// The begin of an element.
pub(super) struct Tag {
    /// Local name in lower case; `None` in a foreign namespace.
    pub(super) name: Option<String>,
    /// The name as it stands.
    pub(super) raw: String,
    /// Where an Atom link leads.
    pub(super) href: Option<String>,
}

impl Tag {
    pub(super) fn is_root(&self) -> bool {
        matches!(self.name.as_deref(), Some("rss" | "feed"))
    }

    pub(super) fn is_entry(&self) -> bool {
        matches!(self.name.as_deref(), Some("item" | "entry"))
    }
}

/// Reads one event.
pub(super) fn read(reader: &mut NsReader<Bounded<Lossy<Input>>>, buffer: &mut Vec<u8>) -> Step {
    let error = match reader.read_resolved_event_into(buffer) {
        Ok((namespace, event)) => return step(&namespace, event),
        Err(error) => error,
    };
    if let Error::Io(cause) = error {
        return Step::Broken(Fault::row(cause.to_string(), "correct the file and read the feed again"));
    }
    let reason = format!("the XML is broken near byte {}: {error}", reader.error_position());
    Step::Broken(Fault::row(reason, "correct the XML at that place"))
}

fn step(namespace: &ResolveResult<'_>, event: Event<'_>) -> Step {
    match event {
        Event::Start(start) | Event::Empty(start) => Step::Open(tag(namespace, &start)),
        Event::End(_) => Step::Close,
        Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
        Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
        Event::GeneralRef(reference) => character(&reference),
        Event::Decl(declaration) => encoding(&declaration),
        Event::Eof => Step::End,
        Event::Comment(_) | Event::PI(_) | Event::DocType(_) => Step::Other,
    }
}

fn tag(namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> Tag {
    let raw = start.name().into_inner().to_owned();
    let name = is_ours(namespace).then(|| start.local_name().into_inner().to_lowercase());
    let attribute = |name| {
        let found = start.try_get_attribute(name).ok().flatten()?;
        Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    };
    let leads_to_product = attribute("rel").is_none_or(|rel| rel == "alternate");
    let href = attribute("href").filter(|_| leads_to_product);
    Tag { name, raw, href }
}

/// Google's namespace, RSS (which has none) and Atom; the prefix `g` even where nobody declared it.
fn is_ours(namespace: &ResolveResult<'_>) -> bool {
    match namespace {
        ResolveResult::Unbound => true,
        ResolveResult::Unknown(prefix) => prefix == "g",
        ResolveResult::Bound(Namespace(name)) => {
            name.contains("base.google.com/ns/1.0") || *name == "http://www.w3.org/2005/Atom"
        }
    }
}

fn character(reference: &BytesRef<'_>) -> Step {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Step::Text(character.to_string());
    }
    let fix = "write the character itself, or its number such as `&#160;`";
    let unknown = || Step::Wrong(Fault::row(format!("`&{};` is not known in XML", shown(reference)), fix));
    resolve_xml_entity(reference).map_or_else(unknown, |text| Step::Text(text.to_owned()))
}

fn encoding(declaration: &BytesDecl<'_>) -> Step {
    match declaration.encoding() {
        Some(Ok(name)) if !matches!(name.to_ascii_lowercase().as_str(), "utf-8" | "utf8" | "us-ascii") => {
            Step::Broken(Fault::row(format!("its encoding is `{}`", shown(&name)), "save the file as UTF-8"))
        }
        _ => Step::Other,
    }
}
