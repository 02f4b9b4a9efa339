//! What a decision rests on, read again right before it is carried out.
//!
//! Most premises are facts: what agents learned of a product, a supplier, a campaign. Two are kept by the house
//! itself and are read where they are kept: what is left of a budget, and since when a stop is on.

use domain::{Premise, Record};
use judge::ledger::Limited;
use policy::Policy;
use store::{Store, StoreError, budget::Window};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Premises as they are found now, and what no longer holds, in words.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) present: Vec<Premise>,
    pub(super) differences: Vec<String>,
}

/// Reads everything again that the action rests on.
pub(super) async fn look(
    store: &Store,
    policy: &Policy,
    record: &Record,
    now: OffsetDateTime,
) -> Result<Looked, StoreError> {
    let mut looked = Looked::default();
    for premise in &record.proposal.premises {
        let found = match premise.source.split_once(':') {
            Some(("budget", name)) => left(store, policy, record, (name, &premise.field), now).await?,
            Some(("control", scope)) if premise.field == "since" => stopped_since(store, scope).await?,
            _ => fact(store, premise).await?,
        };
        looked.add(premise, found.as_deref());
    }
    Ok(looked)
}

impl Looked {
    fn add(&mut self, premise: &Premise, found: Option<&str>) {
        if premise.holds_for(found) {
            self.present.push(premise.clone());
            return;
        }
        let Premise { source, field, holds } = premise;
        let now = found.unwrap_or("unknown");
        self.differences.push(format!("{field} of {source} is now {now}, decided on {holds}"));
        self.present.push(found.map_or_else(|| premise.clone(), |found| premise.as_found(found)));
    }
}

async fn fact(store: &Store, premise: &Premise) -> Result<Option<String>, StoreError> {
    let fact = store.fact(&premise.source).await?;
    Ok(fact.and_then(|mut fact| fact.fields.remove(&premise.field)))
}

/// Cents left in a window of the budget `name`, its own reservation not counted against itself; nothing where policy
/// sets no limit.
async fn left(
    store: &Store,
    policy: &Policy,
    record: &Record,
    (name, field): (&str, &str),
    now: OffsetDateTime,
) -> Result<Option<String>, StoreError> {
    let window = match field {
        "hour_left_cents" => Window::Hour,
        "day_left_cents" => Window::Day,
        "week_left_cents" => Window::Week,
        _ => return Ok(None),
    };
    let limit = Limited::of(policy).and_then(|all| all.limits(name).windows().find(|(of, _)| *of == window));
    let Some((_, limit)) = limit else { return Ok(None) };
    let budget = store.budget(name).await?;
    let budget = match record.reserved.iter().any(|own| own == name) {
        true => budget.without(own_cents(record), record.reserved_at.unwrap_or(record.decision.at), now),
        false => budget,
    };
    Ok(Some(limit.saturating_sub(budget.used(window, now)).to_string()))
}

fn own_cents(record: &Record) -> i64 {
    record.proposal.action.amount().and_then(|money| money.cents()).unwrap_or_default()
}

/// Since when the stop of `scope` is on.
async fn stopped_since(store: &Store, scope: &str) -> Result<Option<String>, StoreError> {
    let row = store.control().await?;
    let stop = row.and_then(|mut row| row.value.stops.remove(&scope.parse().ok()?));
    Ok(stop.and_then(|stop| stop.at.format(&Rfc3339).ok()))
}
