//! The feed as RSS 2.0 or Atom.
//!
//! The parser is given at most [`limits::RECORD`] bytes from one entry to the next, so that neither an element
//! without end nor endless nesting fills memory; what is larger ends the file with a problem.

mod bounded;
mod draft;
mod lossy;
mod step;

use self::{bounded::Bounded, draft::Draft, lossy::Lossy, step::Step};
use super::{attribute, entry::Entry, shipping};
use crate::{
    input::Input,
    limits,
    problem::{Fault, FeedError, shown},
    row::{Rejected, Row, Rows},
    table::Class,
    value::Value,
};
use domain::Currency;
use quick_xml::reader::NsReader;

/// Reads the entries of an XML feed.
pub(crate) struct Xml {
    file: String,
    reader: NsReader<Bounded<Lossy<Input>>>,
    buffer: Vec<u8>,
    currency: Option<Currency>,
    entries: u64,
    depth: usize,
    unknown: Vec<String>,
    held: usize,
    ended: bool,
}

impl Xml {
    /// Reads up to the root element, which must be that of RSS or Atom.
    pub(crate) fn open(file: &str, input: Input, currency: Option<Currency>) -> Result<Self, FeedError> {
        let mut reader = NsReader::from_reader(Bounded::new(Lossy::new(input)));
        reader.config_mut().expand_empty_elements = true;
        // A bare `&` in an address is common, has one reading, and would cost the rest of the file.
        reader.config_mut().allow_dangling_amp = true;
        let file = file.to_owned();
        let (buffer, unknown) = (Vec::new(), Vec::new());
        let mut xml = Self { file, reader, buffer, currency, entries: 0, depth: 0, unknown, held: 0, ended: false };
        xml.root().map_err(|Fault { reason, fix, .. }| FeedError::NotAFeed { file: xml.file.clone(), reason, fix })?;
        Ok(xml)
    }

    fn root(&mut self) -> Result<(), Fault> {
        loop {
            match self.step() {
                Step::Open(tag) if tag.is_root() => return Ok(()),
                Step::Open(tag) => return Err(not_a_root(&tag.raw)),
                Step::Wrong(fault) | Step::Broken(fault) => return Err(fault),
                Step::End => return Err(not_a_root("")),
                Step::Close | Step::Text(_) | Step::Other => {}
            }
        }
    }

    /// Reads one event, keeping count of open elements.
    fn step(&mut self) -> Step {
        self.buffer.clear();
        let step = step::read(&mut self.reader, &mut self.buffer);
        match &step {
            Step::Open(_) => self.depth += 1,
            Step::Close => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        step
    }

    fn read(&mut self) -> Result<Option<Row>, Rejected> {
        let mut draft: Option<Draft> = None;
        loop {
            match (self.step(), &mut draft) {
                (Step::Open(tag), None) if tag.is_entry() => draft = Some(Draft::default()),
                (Step::Open(tag), Some(draft)) => draft.enter(tag),
                (Step::Text(text), Some(draft)) => draft.text(&text),
                (Step::Wrong(fault), Some(draft)) => draft.blame(fault),
                (Step::Close, draft) => {
                    let Some(whole) = Draft::leave(draft) else { continue };
                    return self.finish(whole).map(Some);
                }
                (Step::Broken(fault), _) => return Err(self.end(fault)),
                (Step::End, _) if self.depth > 0 => return Err(self.end(cut_off())),
                (Step::End, _) => return Ok(None),
                _ => {}
            }
        }
    }

    /// The rest of the file is lost, from the entry behind the last whole one.
    fn end(&mut self, fault: Fault) -> Rejected {
        self.ended = true;
        Rejected::rest(&self.file, self.entries.saturating_add(1), fault)
    }

    fn finish(&mut self, draft: Draft) -> Result<Row, Rejected> {
        self.entries = self.entries.saturating_add(1);
        self.held = draft.held();
        self.reader.get_mut().renew();
        let entry = self.entry(&draft);
        let (key, name) = (entry.key(), entry.name());
        let row = draft.fault.clone().map_or_else(|| entry.row(self.currency), Err);
        let row = row.map(|row| Row { number: self.entries, ..row });
        row.map_err(|fault| Rejected::row(&self.file, self.entries, key, fault).named(name))
    }

    fn entry<'a>(&mut self, draft: &'a Draft) -> Entry<'a> {
        let mut entry = Entry::default();
        for element in &draft.elements {
            match attribute::classify(&element.name) {
                Class::Used(attribute::Attribute::Shipping) if element.parts.is_empty() => {
                    entry.shipping.extend(shipping::split("shipping", &element.text));
                }
                Class::Used(attribute::Attribute::Shipping) => entry.shipping.push(element.parts.clone()),
                Class::Used(attribute) => entry.values.push((attribute, Value::new(&element.name, &element.text))),
                Class::Unknown => self.note_unknown(&element.name),
                Class::Known => {}
            }
        }
        entry
    }

    fn note_unknown(&mut self, name: &str) {
        let name = shown(name);
        if self.unknown.len() < limits::UNKNOWN_FIELDS && !self.unknown.contains(&name) {
            self.unknown.push(name);
        }
    }
}

impl Rows for Xml {
    fn next_row(&mut self) -> Option<Result<Row, Rejected>> {
        if self.ended {
            return None;
        }
        let read = self.read().transpose();
        self.ended |= read.is_none();
        read
    }

    fn held(&self) -> usize {
        self.buffer.capacity() + self.held
    }

    fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

fn not_a_root(name: &str) -> Fault {
    let reason = format!("its XML begins with `{}`, not with `rss` or `feed`", shown(name));
    Fault::row(reason, "give a Google product feed in RSS 2.0 or Atom")
}

fn cut_off() -> Fault {
    Fault::row("the file ends before its last element is closed", "read the feed again, it may be cut off")
}
