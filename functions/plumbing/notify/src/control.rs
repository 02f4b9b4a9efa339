//! Telling of the stop switch: who turned it, and why.

use crate::{Notify, later};
use domain::{AuditRecord, Control, Role};
use notices::Notice;
use runtime::Failure;
use store::Chained as _;
use time::{Duration, OffsetDateTime};

/// Changes that are old news when their message arrives.
const STALE: Duration = Duration::hours(1);
/// The most changes that one message tells of.
const MOST: usize = 10;
/// Everybody who works with the system.
pub(crate) const EVERYBODY: [Role; 5] = [Role::Owner, Role::Finance, Role::Operations, Role::Marketing, Role::Support];

impl Notify {
    /// Tells of every recent change: messages of two changes may arrive after both.
    pub(crate) async fn control(&self, turn: &str) -> Result<(), Failure> {
        let history = self.store().history::<Control>(&Control::default().id()).await.map_err(later)?;
        let Some((row, chain)) = history else { return Ok(()) };
        let now = self.env.clock().now();
        let mut result = Ok(());
        for record in chain.iter().rev().take(MOST).filter(|record| is_news(record, now)) {
            let sent = self.outbox.send(&notice(record, &row.value), turn).await;
            result = result.and(sent);
        }
        result
    }
}

fn is_news(record: &AuditRecord, now: OffsetDateTime) -> bool {
    now - record.at <= STALE
}

fn notice(record: &AuditRecord, control: &Control) -> Notice {
    let entry = &record.entry;
    let scope = entry.reasons.first().map_or("", String::as_str);
    let on: Vec<String> = control.stops.keys().map(ToString::to_string).collect();
    let on = if on.is_empty() { "nothing".to_owned() } else { on.join(", ") };
    Notice::new(format!("control/{}", record.seq), &EVERYBODY, "Stop switch", &format!("{} {scope}", entry.what))
        .fact("By", &entry.actor.to_string())
        .fact("Why", &entry.reasons.iter().skip(1).cloned().collect::<Vec<_>>().join("; "))
        .when("At", record.at)
        .fact("Stopped now", &on)
}
