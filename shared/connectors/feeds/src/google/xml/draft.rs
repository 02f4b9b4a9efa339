//! An entry while it is being read.

use super::step::Tag;
use crate::{google::shipping::Parts, problem::Fault};

/// What was read of an entry.
#[derive(Default)]
pub(super) struct Draft {
    /// Its elements, whole ones only.
    pub(super) elements: Vec<Element>,
    /// The first thing that is wrong with it.
    pub(super) fault: Option<Fault>,
    open: Option<Element>,
    /// Elements open inside the entry.
    depth: usize,
}

/// One element of an entry.
#[derive(Default)]
pub(super) struct Element {
    /// Local name; empty in a foreign namespace.
    pub(super) name: String,
    /// Its text, and that of what it holds.
    pub(super) text: String,
    /// What a compound attribute such as `shipping` holds.
    pub(super) parts: Parts,
}

impl Draft {
    /// An element begins inside the entry.
    pub(super) fn enter(&mut self, tag: Tag) {
        self.depth += 1;
        let name = tag.name.unwrap_or_default();
        match (self.depth, &mut self.open) {
            (2, Some(element)) => element.parts.push((name, String::new())),
            (1, open) => *open = Some(Element { name, text: tag.href.unwrap_or_default(), parts: Vec::new() }),
            _ => {}
        }
    }

    /// Text inside the entry.
    pub(super) fn text(&mut self, text: &str) {
        let Some(element) = &mut self.open else { return };
        match element.parts.last_mut() {
            Some((_, part)) if self.depth == 2 => part.push_str(text),
            _ => element.text.push_str(text),
        }
    }

    /// Something is wrong with the entry.
    pub(super) fn blame(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    /// Bytes of text held.
    pub(super) fn held(&self) -> usize {
        let part = |(name, text): &(String, String)| name.len() + text.len();
        let parts = |element: &Element| element.parts.iter().map(part).sum::<usize>();
        self.elements.iter().map(|element| element.text.len() + parts(element)).sum()
    }

    /// An element ends; when that is the entry itself, the draft is handed over.
    pub(super) fn leave(current: &mut Option<Self>) -> Option<Self> {
        let draft = current.as_mut()?;
        if draft.depth == 0 {
            return current.take();
        }
        if draft.depth == 1 {
            let whole = draft.open.take().filter(|element| !element.name.is_empty());
            draft.elements.extend(whole);
        }
        draft.depth -= 1;
        None
    }
}
