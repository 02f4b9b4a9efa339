//! What an edit would have made of the latest decisions: enough for a card. A whole quarter is `royal policy backtest`.

use crate::auth::Permit;
use policy::{
    Policy,
    backtest::{Affected, Backtest, Summary},
};
use rust_decimal::Decimal;
use store::{StoreError, page::Cut};
use time::Duration;

/// Days that are looked at, from today back.
const DAYS: i64 = 7;
/// Audit records that one request takes, and how many requests there are at most.
const ROWS: usize = 100;
const ROUNDS: usize = 10;
/// The most decisions that are tried.
const MOST: usize = 200;

/// What came of it.
#[derive(Debug)]
pub(super) struct Past {
    /// All of it in one line.
    pub(super) told: String,
    /// Decisions that would have needed less consent.
    pub(super) looser: Vec<String>,
}

/// Tries the edit on the latest decisions.
pub(super) async fn of(permit: &Permit, (now, edited): (&Policy, &Policy)) -> Past {
    let mut backtest = Backtest::new(now, edited);
    let read = compare(permit, &mut backtest).await;
    let end = match read {
        Ok(()) => "",
        Err(error) => {
            tracing::warn!(%error, "past decisions could not be read");
            "; the record could not be read to its end"
        }
    };
    let summary = backtest.summary();
    let looser = summary.affected.iter().filter(|one| one.to < one.from).map(named).collect();
    Past { told: format!("{}{end}", told(&summary)), looser }
}

async fn compare(permit: &Permit, backtest: &mut Backtest<'_>) -> Result<(), StoreError> {
    let (mut back, mut left, mut cut) = (0, MOST, Cut::latest(ROWS));
    for _ in 0..ROUNDS {
        let page = permit.store().decisions(permit.now() - Duration::days(back), &cut).await?;
        for event in page.items.iter().take(left) {
            backtest.add(event);
        }
        left = left.saturating_sub(page.items.len());
        match page.next {
            _ if left == 0 => break,
            Some(next) => cut.cursor = Some(next),
            None if back + 1 < DAYS => (back, cut) = (back + 1, Cut::latest(ROWS)),
            None => break,
        }
    }
    Ok(())
}

fn told(summary: &Summary) -> String {
    let Summary { compared, looser, stricter, newly_unattended_cents, approvals_fallen_away, approvals_added, .. } =
        summary;
    let euros = Decimal::new(*newly_unattended_cents, 2);
    format!(
        "backtest: of the latest {compared} decisions of {DAYS} days {looser} looser, {stricter} stricter; \
         EUR {euros} would have moved without anybody being asked; {approvals_fallen_away} requests to people fewer, \
         {approvals_added} more"
    )
}

fn named(one: &Affected) -> String {
    let Affected { decision, action_type, agent, from, to, .. } = one;
    format!("decision {decision} ({action_type} of {agent}): {to} instead of {from}")
}
