//! What becomes urgent because time passes: deadlines that come near, and requests that were passed on.

use crate::{Notify, later, told};
use domain::{Record, Status};
use runtime::Failure;
use store::page::Cut;
use time::Duration;

/// How far ahead deadlines are looked at: no request may be given more than four times as long.
const AHEAD: Duration = Duration::hours(48);
/// Requests on one page, and the most pages of one sweep. What it leaves, the next one takes.
const PAGE: usize = 100;
const PAGES: usize = 20;

impl Notify {
    /// Tells of every request that has become urgent. It stops at the first that cannot be told: what is wrong with
    /// one is likely wrong with all, and the next sweep comes soon.
    pub(crate) async fn due(&self, turn: &str) -> Result<(), Failure> {
        self.outbox.look().await;
        let mut cut = Cut { until: Some(self.env.clock().now() + AHEAD), ..Cut::first(PAGE) };
        for _ in 0..PAGES {
            let page = self.store().sweep::<Record>(Status::Pending.name(), &cut).await.map_err(later)?;
            for row in &page.items {
                self.urgent(&row.value, turn).await?;
            }
            match page.next {
                Some(next) => cut.cursor = Some(next),
                None => break,
            }
        }
        Ok(())
    }

    /// Tells of one request; the list may be behind, so it is read again before anything is sent.
    async fn urgent(&self, listed: &Record, turn: &str) -> Result<(), Failure> {
        let now = self.env.clock().now();
        let due = |record: &Record| told::urgent(record, self.page(), now);
        if due(listed).is_none_or(|notice| self.outbox.knows(&notice)) {
            return Ok(());
        }
        let row = self.store().get::<Record>(&listed.proposal.id.to_string()).await.map_err(later)?;
        match row.and_then(|row| due(&row.value)) {
            Some(notice) => self.outbox.send(&notice, turn).await,
            None => Ok(()),
        }
    }
}
