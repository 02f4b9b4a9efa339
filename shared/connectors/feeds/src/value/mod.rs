//! One field of one row, and what can be made of it.
//!
//! Every reader turns its cells, attributes and JSON scalars into [`Value`]s, so that "missing", "wrong" and
//! the wording of a fix are decided once for all formats.

mod amount;
mod date;
mod number;
mod text;

use crate::problem::{Fault, shown};

/// Texts that people and programs write where they have no value.
const PLACEHOLDERS: [&str; 13] =
    ["n/a", "na", "#n/a", "n.a.", "none", "null", "nil", "-", "--", "—", "?", "unknown", "tbd"];

/// A field by its name in the file, with its trimmed text if it has any.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a> {
    field: &'a str,
    text: Option<&'a str>,
}

impl<'a> Value<'a> {
    /// A field with this text; white space around it is dropped, and nothing else is nothing.
    pub(crate) fn new(field: &'a str, text: &'a str) -> Self {
        let text = text.trim();
        Self { field, text: (!text.is_empty()).then_some(text) }
    }

    /// A field that the row does not have.
    pub(crate) const fn missing(field: &'a str) -> Self {
        Self { field, text: None }
    }

    /// The same field with the text that stands inside its text.
    pub(crate) fn replaced<'b>(self, text: &'b str) -> Value<'b>
    where
        'a: 'b,
    {
        Value::new(self.field, text)
    }

    /// A field from bytes that must be UTF-8.
    pub(crate) fn from_bytes(field: &'a str, bytes: &'a [u8]) -> Result<Self, Fault> {
        let wrong = |_| Fault::of(field, "the text is not UTF-8", "save the file as UTF-8");
        std::str::from_utf8(bytes).map(|text| Self::new(field, text)).map_err(wrong)
    }

    /// The field's name in the file.
    pub(crate) const fn field(self) -> &'a str {
        self.field
    }

    /// Whether there is no text at all.
    pub(crate) const fn is_empty(self) -> bool {
        self.text.is_none()
    }

    /// The text, placeholders left out.
    pub(crate) fn given(self) -> Option<&'a str> {
        self.text.filter(|text| !PLACEHOLDERS.iter().any(|none| none.eq_ignore_ascii_case(text)))
    }

    /// A fault of this field: `reason` follows the quoted text.
    pub(crate) fn wrong(self, reason: &str, fix: impl Into<String>) -> Fault {
        let text = shown(self.text.unwrap_or_default());
        Fault::of(self.field, format!("`{text}` {reason}"), fix)
    }
}

#[cfg(test)]
mod tests;
