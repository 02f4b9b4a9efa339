//! Going through a day's record for what is wanted of it.

use crate::{
    extract::Wanted,
    problem::{Kind, Problem},
};
use domain::AuditRecord;
use store::{Page, Store, page::Cut};
use time::{Date, OffsetDateTime, format_description::FormatItem, macros::format_description};

/// How a day is written.
pub(in crate::routes) const DAY: &[FormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Records that are looked through at once for a filter, and how often for one page of an answer.
const ROWS: usize = 200;
const ROUNDS: usize = 5;

/// What is wanted of the record; everything, where nothing is said.
#[derive(Debug, Clone, Default)]
pub(in crate::routes) struct Only {
    /// Only what this person or function did.
    pub(in crate::routes) by: Option<String>,
    /// Only this, such as `approved`.
    pub(in crate::routes) what: Option<String>,
    /// Only about things of this kind, such as `action`.
    pub(in crate::routes) kind: Option<String>,
}

impl Only {
    const fn is_all(&self) -> bool {
        self.by.is_none() && self.what.is_none() && self.kind.is_none()
    }

    fn wants(&self, record: &AuditRecord) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
        let kind = record.subject.split('#').next().unwrap_or_default().to_lowercase();
        is(&self.by, &record.entry.actor.to_string()) && is(&self.what, &record.entry.what) && is(&self.kind, &kind)
    }
}

/// A page of the day's record, latest first. It can be short or empty while more pages follow.
///
/// # Errors
/// When the table does not answer, or the cursor is not one of this list.
pub(in crate::routes) async fn of_day(
    store: &Store,
    day: Date,
    wanted: &Wanted,
    only: &Only,
) -> Result<Page<AuditRecord>, Problem> {
    let at = day.midnight().assume_utc();
    let rows = if only.is_all() { wanted.limit } else { ROWS };
    let mut found = Page { items: Vec::new(), next: wanted.cursor.clone() };
    for _ in 0..ROUNDS {
        let page = store.day(at, &Cut { cursor: found.next, ..Cut::latest(rows) }).await?;
        found.items.extend(page.items.into_iter().filter(|record| only.wants(record)));
        found.next = page.next;
        if found.next.is_none() || found.items.len() >= wanted.limit {
            break;
        }
    }
    if found.items.len() > wanted.limit {
        found.items.truncate(wanted.limit);
        found.next = found.items.last().map(store::page::behind);
    }
    Ok(found)
}

/// The day that the parameter `name` says; `today` where it says nothing.
///
/// # Errors
/// When it is no day.
pub(in crate::routes) fn day_of(name: &str, text: Option<&str>, today: OffsetDateTime) -> Result<Date, Problem> {
    let Some(text) = text else {
        return Ok(today.to_offset(time::UtcOffset::UTC).date());
    };
    Date::parse(text, DAY)
        .map_err(|_| Problem::field(Kind::Query, name, "it is no day", "send a day such as `2026-11-20`"))
}

/// The longest name of a thing.
const LONGEST: usize = 600;

/// The subject as it was asked for.
///
/// # Errors
/// When no thing can have that name.
pub(super) fn subject_of(text: String) -> Result<String, Problem> {
    if (1..=LONGEST).contains(&text.len()) {
        return Ok(text);
    }
    let told = format!("no thing has a name of {} bytes", text.len());
    Err(Problem::field(Kind::Query, "subject", told, "send a kind and an id, such as `CONTROL#switch`"))
}
