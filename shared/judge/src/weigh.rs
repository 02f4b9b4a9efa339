//! One proposal on the scales.

use crate::{
    facts,
    ledger::{Ledger, Names},
};
use domain::{
    Action, Control, Decision, Proposal, Record, Tier, action::Reversibility, digest::NotCanonical, life::Undo,
};
use policy::{AgentFacts, Context, Input, Policy};
use store::{
    Row, Store, StoreError,
    digest::Effect,
    fact::Fact,
    seen::{Seen, Wanted},
};
use time::OffsetDateTime;

/// A proposal that could not be weighed.
#[derive(Debug, thiserror::Error)]
pub enum Unweighed {
    /// A fact could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The action has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

/// What policy says of a proposal, and everything that it was read from.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// What policy says.
    pub decision: Decision,
    /// What policy was asked, as JSON; its digest is the decision's `input`.
    pub input: String,
    /// The budgets that the amount counts in.
    pub ledger: Ledger,
    /// The stop switch; absent while nobody ever used it.
    pub control: Option<Row<Control>>,
    /// Whether the same effect is under way, and how it ended last.
    pub effect: Effect,
    /// The way back, where there is one.
    pub undo: Option<Undo>,
    /// Whether it says that it undoes something, and does not.
    pub false_undo: bool,
    /// A fact that is to be written with the decision, because nobody knew it yet.
    pub first: Option<Fact>,
}

impl Weighed {
    /// Why the stop switch holds the action back, where it does.
    #[must_use]
    pub fn stopped(&self, proposal: &Proposal) -> Option<String> {
        let (scope, stop) = self.control.as_ref()?.value.stops_action(&proposal.agent, &proposal.action)?;
        Some(format!("stopped ({scope}) by {}: {}", stop.by, stop.reason))
    }
}

/// Weighs a proposal that was not decided yet.
///
/// # Errors
/// When a fact cannot be read, or the action has no canonical form.
pub async fn weigh(
    store: &Store,
    policy: &Policy,
    proposal: &Proposal,
    now: OffsetDateTime,
) -> Result<Weighed, Unweighed> {
    on_the_scales(store, policy, (proposal, None), now).await
}

/// Weighs an action again that waits: what it has reserved does not count against itself.
///
/// # Errors
/// As [`weigh`].
pub async fn weigh_again(
    store: &Store,
    policy: &Policy,
    record: &Record,
    now: OffsetDateTime,
) -> Result<Weighed, Unweighed> {
    on_the_scales(store, policy, (&record.proposal, Some(record)), now).await
}

/// Weighs a proposal that would take the place of an action that waits: what that one has reserved does not count.
///
/// # Errors
/// As [`weigh`].
pub async fn weigh_instead(
    store: &Store,
    policy: &Policy,
    (proposal, instead_of): (&Proposal, &Record),
    now: OffsetDateTime,
) -> Result<Weighed, Unweighed> {
    on_the_scales(store, policy, (proposal, Some(instead_of)), now).await
}

async fn on_the_scales(
    store: &Store,
    policy: &Policy,
    (proposal, held): (&Proposal, Option<&Record>),
    now: OffsetDateTime,
) -> Result<Weighed, Unweighed> {
    let (digest, names) = (proposal.digest()?, Names::of(policy, proposal));
    let rows = names.wanted(facts::wanted(Wanted::default().control().effect(&digest), proposal));
    let seen = store.see(rows).await?;
    let (control, effect) = (seen.control()?, seen.effect(&digest)?);
    let ledger = Ledger::read((policy, &names), &seen, held, now)?;
    let stops = |row: &Row<Control>| row.value.stops_action(&proposal.agent, &proposal.action).is_some();
    let context = Context {
        budget_overflow: ledger.overflow(now),
        similar_24h_cents: Some(ledger.similar(now)),
        stopped: Some(control.as_ref().is_some_and(stops)),
        ..facts::gather(&seen, proposal, &effect, now)?
    };
    let false_undo = context.undo == Some(false);
    let input = input(proposal, context, &seen)?;
    let (decision, input, undo) = judge(policy, proposal, input, now);
    let first = seen.fact(facts::APPROVERS)?.is_none().then(|| facts::watched_since(now));
    Ok(Weighed { decision, input, ledger, control, effect, undo, false_undo, first })
}

fn input(proposal: &Proposal, context: Context, seen: &Seen) -> Result<Input, StoreError> {
    Ok(Input {
        action: proposal.action.facts(),
        agent: AgentFacts {
            name: proposal.agent.function().to_owned(),
            cluster: proposal.agent.cluster().to_owned(),
            probation: facts::on_probation(seen, proposal)?,
        },
        context,
        confidence: proposal.confidence.map(u8::from),
    })
}

/// What policy says, what it was asked, and the way back. An action that could be undone for a while is judged as one
/// only if its inverse is there and is not forbidden itself.
fn judge(
    policy: &Policy,
    proposal: &Proposal,
    mut input: Input,
    now: OffsetDateTime,
) -> (Decision, String, Option<Undo>) {
    let reversible = proposal.action.reversibility() == Reversibility::Reversible;
    let inverse = proposal.action.inverse().filter(|_| reversible);
    input.context.inverse_valid = reversible.then_some(inverse.is_some());
    let mut decision = policy.judge(&input, now);
    let runs = matches!(decision.tier, Tier::Low | Tier::Medium | Tier::Ceo);
    if runs && inverse.as_ref().is_some_and(|inverse| is_forbidden(policy, inverse, &input, now)) {
        input.context.inverse_valid = Some(false);
        decision = policy.judge(&input, now);
    }
    let valid = input.context.inverse_valid == Some(true) && decision.undo_minutes > 0;
    let minutes = decision.undo_minutes;
    let undo = inverse.filter(|_| valid).map(|action| Undo { action: Box::new(action), minutes, until: None });
    (decision, input.seen(), undo)
}

fn is_forbidden(policy: &Policy, inverse: &Action, input: &Input, now: OffsetDateTime) -> bool {
    let context =
        Context { undo: Some(true), inverse_valid: None, rejected_minutes_ago: None, ..input.context.clone() };
    let input = Input { action: inverse.facts(), context, ..input.clone() };
    policy.judge(&input, now).tier == Tier::Denied
}
