//! What waits while policy changes is judged again by the revision in force.
//!
//! A person who agreed under the earlier revision agreed to something else: their word stays on record and is
//! asked for anew. What a person was asked about for a reason of its own (the CEO function passed it on, the world
//! had changed) stays with people, whatever the new revision would let run alone.

use crate::{
    decide::{Undecided, by_tier, entry, told},
    shadow,
};
use domain::{Record, Status, Tier};
use policy::Policy;
use runtime::Env;
use store::{CommitError, Row, page::Cut};
use time::OffsetDateTime;
use tokio::sync::Mutex;

/// States in which an action waits under a decision.
const WAITING: [Status; 3] = [Status::Pending, Status::CeoReview, Status::Granted];
/// Rows that one request lists.
const PAGE: usize = 100;
/// Actions that one pass judges again; the next pass takes the rest.
const MOST: usize = 500;

/// Judges everything again that waits under another revision than the one in force. One that cannot be judged holds up
/// no other; the last failure is returned at the end, so that the pass is tried again.
pub(crate) async fn sweep(env: &Env, spending: &Mutex<()>) -> Result<(), Undecided> {
    let now = env.clock().now();
    env.policy().renew(now).await;
    let policy = env.policy().in_force(now).await?;
    env.policy().keep(&policy, "gate", now).await;
    let (mut left, mut last) = (MOST, Ok(()));
    for status in WAITING {
        let mut cut = Cut::first(PAGE);
        while left > 0 {
            let page = env.store().sweep::<Record>(status.name(), &cut).await?;
            for listed in page.items.iter().filter(|row| is_stale(&row.value, &policy)) {
                left = left.saturating_sub(1);
                if let Err(error) = again(env, &policy, spending, listed).await {
                    tracing::error!(%error, action.id = %listed.value.proposal.id, "an action was not judged again");
                    last = Err(error);
                }
            }
            cut.cursor = page.next;
            if cut.cursor.is_none() {
                break;
            }
        }
    }
    last
}

fn is_stale(record: &Record, policy: &Policy) -> bool {
    record.decision.revision != policy.revision()
}

/// Judges one action again, as it is now; whoever changed it meanwhile was first, and the next pass looks again.
async fn again(env: &Env, policy: &Policy, spending: &Mutex<()>, listed: &Row<Record>) -> Result<(), Undecided> {
    let (store, now, id) = (env.store(), env.clock().now(), listed.value.proposal.id);
    let row = store.get::<Record>(&id.to_string()).await?;
    let Some(row) = row.filter(|row| WAITING.contains(&row.value.status) && is_stale(&row.value, policy)) else {
        return Ok(());
    };
    let _turn = if row.value.proposal.action.amount().is_some() { Some(spending.lock().await) } else { None };
    let weighed = judge::weigh_again(store, policy, &row.value, now).await?;
    let undo = weighed.undo.clone();
    let next = Record { undo, ..judged(&row.value, weighed.decision, now)? };
    let mut tx = store.tx(now);
    shadow::judge(env, &mut tx, &next, &weighed.input)?;
    store.advance(&mut tx, &row, next.clone(), entry("judged again", &next)).await?;
    match tx.commit().await {
        Ok(()) => told(env, &next),
        Err(CommitError::Conflict(first)) => tracing::debug!(first, "another writer was first"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// What an action becomes that is judged again.
fn judged(record: &Record, decision: domain::Decision, now: OffsetDateTime) -> Result<Record, Undecided> {
    let for_a_reason = record.decision.tier != Tier::High || record.note.is_some();
    let asked_for_itself = record.status == Status::Pending && for_a_reason;
    let tier = decision.tier;
    let next = record.clone().judged_anew(decision, now)?;
    if asked_for_itself && tier != Tier::Denied {
        return Ok(next);
    }
    by_tier(next, now)
}
