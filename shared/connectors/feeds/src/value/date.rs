//! Dates as ISO 8601 writes them.

use super::Value;
use crate::problem::Fault;
use time::{Date, macros::format_description};

impl Value<'_> {
    /// A day; of a month its first, and of a moment its day.
    pub(crate) fn date(self) -> Result<Option<Date>, Fault> {
        let Some(text) = self.given() else { return Ok(None) };
        let wrong = || self.wrong("is no date", "write it such as `2026-01-31`");
        let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
        let day = if day.len() == 7 { format!("{day}-01") } else { day.to_owned() };
        if !rest.is_empty() && !rest.starts_with(['T', ' ']) {
            return Err(wrong());
        }
        Date::parse(&day, format_description!("[year]-[month]-[day]")).map(Some).map_err(|_| wrong())
    }
}
