//! What budgets hold back for actions that were not executed yet.

use crate::{auth::Permit, problem::Problem};
use domain::{Record, Status};
use futures::future::try_join_all;
use store::{budget::Window, page::Cut};
use time::{Duration, OffsetDateTime};

/// The most actions of one status that are looked at.
const MOST: usize = 200;
/// Where an action is while money is held back for it.
const OPEN: [Status; 6] =
    [Status::CeoReview, Status::Pending, Status::Granted, Status::Held, Status::Executing, Status::Unknown];

/// One action's amount: the budgets it is held back in, since when, and how much.
struct Held {
    budgets: Vec<String>,
    since: OffsetDateTime,
    cents: i64,
}

/// All of them.
pub(super) struct Reserved(Vec<Held>);

impl Reserved {
    /// Reads them; nothing where there are more than are looked at.
    pub(super) async fn read(permit: &Permit) -> Result<Option<Self>, Problem> {
        let cut = Cut::first(MOST);
        let pages = try_join_all(OPEN.map(|status| permit.store().list::<Record>(status.name(), &cut))).await?;
        if pages.iter().any(|page| page.next.is_some()) {
            return Ok(None);
        }
        let records = pages.into_iter().flat_map(|page| page.items);
        Ok(Some(Self(records.filter_map(|row| held(row.value)).collect())))
    }

    /// Cents that the budget `name` holds back of what counts in this window.
    pub(super) fn cents(&self, name: &str, window: Window, now: OffsetDateTime) -> i64 {
        let from = now - length(window);
        let counts = |held: &&Held| held.since > from && held.budgets.iter().any(|budget| budget == name);
        self.0.iter().filter(counts).fold(0, |sum, held| sum.saturating_add(held.cents))
    }
}

fn held(record: Record) -> Option<Held> {
    let cents = record.proposal.action.amount()?.cents()?;
    let since = record.reserved_at.unwrap_or(record.decision.at);
    (!record.reserved.is_empty()).then_some(Held { budgets: record.reserved, since, cents })
}

const fn length(window: Window) -> Duration {
    match window {
        Window::Hour => Duration::hours(1),
        Window::Day => Duration::days(1),
        Window::Week => Duration::days(7),
    }
}
