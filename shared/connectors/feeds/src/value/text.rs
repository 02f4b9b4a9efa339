//! Text fields: bounded, and free of characters that no shop accepts.

use super::Value;
use crate::problem::Fault;
use reqwest::Url;

impl Value<'_> {
    /// A name, key or code of at most `longest` characters; placeholders are missing.
    pub(crate) fn name(self, longest: usize) -> Result<Option<String>, Fault> {
        self.bounded(self.given(), longest)
    }

    /// Prose of at most `longest` characters; only emptiness is missing, as a book may be called `None`.
    pub(crate) fn prose(self, longest: usize) -> Result<Option<String>, Fault> {
        self.bounded(self.text, longest)
    }

    /// A web address, http or https.
    pub(crate) fn address(self) -> Result<Option<String>, Fault> {
        let Some(text) = self.name(crate::limits::ADDRESS)? else { return Ok(None) };
        let web = Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        let fix = "write a whole address that starts with `https://`";
        if web { Ok(Some(text)) } else { Err(self.wrong("is not a web address", fix)) }
    }

    /// Comma-separated parts, each at most `longest` characters and once.
    pub(crate) fn parts(self, longest: usize) -> Result<Vec<String>, Fault> {
        let mut parts = Vec::new();
        for part in self.given().unwrap_or_default().split(',') {
            let part = Value::new(self.field, part).prose(longest)?;
            parts.extend(part.filter(|part| !parts.contains(part)));
        }
        Ok(parts)
    }

    /// Whether a listing's status takes it off sale.
    pub(crate) fn withdrawn(self) -> Result<bool, Fault> {
        match self.given().map(str::to_lowercase).as_deref() {
            None | Some("active") => Ok(false),
            Some("draft" | "archived" | "unlisted") => Ok(true),
            Some(_) => Err(self.wrong("is no status", "write `active`, `draft`, `archived` or `unlisted`")),
        }
    }

    fn bounded(self, text: Option<&str>, longest: usize) -> Result<Option<String>, Fault> {
        let Some(text) = text else { return Ok(None) };
        if text.chars().nth(longest).is_some() {
            let reason = format!("is too long: {} characters", text.chars().count());
            return Err(self.wrong(&reason, format!("shorten it to {longest} characters")));
        }
        if text.contains('\u{fffd}') {
            return Err(self.wrong("has lost characters", "save the file as UTF-8 where it is made"));
        }
        if text.chars().any(|c| c.is_control() && !c.is_ascii_whitespace() && c != '\u{b}') {
            return Err(self.wrong("has control characters", "remove them"));
        }
        Ok(Some(text.to_owned()))
    }
}
