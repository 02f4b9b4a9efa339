//! What an edit would have made of the latest decisions: enough for a card. A whole quarter is `royal policy backtest`.

use crate::auth::Permit;
use domain::{Tier, audit::EventV1};
use policy::Policy;
use store::{StoreError, page::Cut};
use time::Duration;

/// Days that are looked at, from today back.
const DAYS: i64 = 7;
/// Audit records that one request takes, and how many requests there are at most.
const ROWS: usize = 100;
const ROUNDS: usize = 10;
/// The most decisions that are made again.
const MOST: u32 = 200;

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Past {
    compared: u32,
    stricter: u32,
    /// Decisions that would have needed less consent.
    pub(super) looser: Vec<String>,
    broken_off: bool,
}

/// Makes the latest decisions again by both.
pub(super) async fn of(permit: &Permit, policies: (&Policy, &Policy)) -> Past {
    let mut past = Past::default();
    if let Err(error) = compare(permit, policies, &mut past).await {
        tracing::warn!(%error, "past decisions could not be read");
        past.broken_off = true;
    }
    past
}

async fn compare(permit: &Permit, policies: (&Policy, &Policy), past: &mut Past) -> Result<(), StoreError> {
    let (mut back, mut cut) = (0, Cut::latest(ROWS));
    for _ in 0..ROUNDS {
        let page = permit.store().decisions(permit.now() - Duration::days(back), &cut).await?;
        for event in &page.items {
            past.add(event, policies);
            if past.compared >= MOST {
                return Ok(());
            }
        }
        match page.next {
            Some(next) => cut.cursor = Some(next),
            None if back + 1 < DAYS => (back, cut) = (back + 1, Cut::latest(ROWS)),
            None => break,
        }
    }
    Ok(())
}

impl Past {
    fn add(&mut self, event: &EventV1, (now, edited): (&Policy, &Policy)) {
        let Some(input) = &event.input else { return };
        let seen = input.to_string();
        let tier = |policy: &Policy| policy.judge_seen(&seen, event.timestamp).tier;
        let (from, to): (Tier, Tier) = (tier(now), tier(edited));
        self.compared += 1;
        self.stricter += u32::from(to > from);
        if to < from {
            let kind = input.pointer("/action/type").and_then(serde_json::Value::as_str).unwrap_or_default();
            self.looser.push(format!("decision {} ({kind}): {to} instead of {from}", event.decision_id));
        }
    }

    /// All of it in one line.
    pub(super) fn told(&self) -> String {
        let Self { compared, stricter, looser, broken_off } = self;
        let end = if *broken_off { "; the record could not be read to its end" } else { "" };
        let looser = looser.len();
        format!("backtest: of the latest {compared} decisions of {DAYS} days {looser} looser, {stricter} stricter{end}")
    }
}
