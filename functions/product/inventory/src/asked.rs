//! Whether a variant was asked to be ordered before, and what became of it.
//!
//! A proposal is noted with its digest. What became of it is read where the house keeps what became of every effect:
//! so nobody has to be told, and nothing is asked for twice while a person thinks about it or a supplier is at it.

use crate::Inventory;
use agent::{AgentError, Context};
use domain::{Action, Digest, Status};
use std::collections::BTreeMap;
use store::fact::Fact;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// When it was asked for: what the proposal rests on, so that one that a later one has taken the place of is not
/// carried out.
pub(crate) const AT: &str = "asked";
const DIGEST: &str = "digest";
/// What a person said who ordered it by hand.
pub(crate) const SAID: &str = "said";

/// Where the last proposal for a variant is noted.
pub(crate) fn source(sku: &str) -> String {
    format!("inventory:restock/{sku}")
}

/// The note of a proposal that is made now.
pub(crate) fn note(sku: &str, action: &Action, now: OffsetDateTime) -> Option<Fact> {
    let fields = [(DIGEST, Digest::of(action).ok()?.to_string()), (AT, crate::case::stamp(now))];
    let fields: BTreeMap<String, String> = fields.map(|(name, value)| (name.to_owned(), value)).into();
    Some(Fact { source: source(sku), fields, at: now })
}

/// Whether a note is of the action with this digest.
pub(crate) fn is_of(note: &Fact, digest: &Digest) -> bool {
    note.fields.get(DIGEST).is_some_and(|noted| noted == digest.as_str())
}

/// Whether nothing stands in the way of asking for the variant: no proposal is open, none was refused lately, and none
/// is with a person who orders by hand. `wait` is how long an order takes at most, `rest` how long a refusal holds.
pub(crate) async fn is_free(
    agent: &Inventory,
    ctx: &Context<'_>,
    sku: &str,
    (wait, rest): (Duration, Duration),
) -> Result<bool, AgentError> {
    let Some(fact) = ctx.reads.fact(&source(sku)).await? else { return Ok(true) };
    let asked = fact.fields.get(AT).and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok()).unwrap_or(fact.at);
    let Some(digest) = fact.fields.get(DIGEST).and_then(|text| Digest::try_from(text.clone()).ok()) else {
        return Ok(true);
    };
    let effect = agent.settled.effect(&digest).await?;
    if effect.open.is_some() {
        return Ok(false);
    }
    // The same may have been asked before: how that ended says nothing of this one.
    let Some(last) = effect.last.filter(|last| last.at >= asked) else { return Ok(ctx.now - asked >= rest) };
    Ok(match last.status {
        // From then on it is in the books.
        Status::Executed | Status::Undone => true,
        Status::Simulated => fact.fields.contains_key(SAID) || ctx.now - asked > wait,
        _ => ctx.now - last.at >= rest,
    })
}
