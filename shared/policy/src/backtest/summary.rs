//! What a comparison finds.

use domain::{Tier, audit::EventV1};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// The most affected decisions that are named in a summary.
const NAMED: usize = 1_000;
/// The most action types, and the most agents, that are told apart in a summary.
const APART: usize = 1_000;
/// Where all further ones are counted.
const OTHERS: &str = "others";

/// What an edit would have made of decisions, compared with the policy that it is an edit of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The revision that is tried.
    pub revision: String,
    /// The revision that it is compared with.
    pub replaces: String,
    /// Decisions that were compared: `unchanged`, `stricter` and `looser` together, and also `evaluated`, `reused` and
    /// `skipped` together.
    pub compared: u64,
    /// Decisions whose facts are not kept any more: nothing is said of them.
    pub without_facts: u64,
    /// Those of which both say the same tier.
    pub unchanged: u64,
    /// Those that would need more consent.
    pub stricter: u64,
    /// Those that would need less.
    pub looser: u64,
    /// Those that both policies judged again.
    pub evaluated: u64,
    /// Those whose answer was known from equal facts.
    pub reused: u64,
    /// Those whose rules are the same, with all numbers that they read.
    pub skipped: u64,
    /// Euro cents that would have moved without anybody being asked, and were asked about.
    pub newly_unattended_cents: i64,
    /// Euro cents that people would have been asked about, and that moved without it.
    pub newly_attended_cents: i64,
    /// Requests to people that there would not have been.
    pub approvals_fallen_away: u64,
    /// Requests to people that there would have been besides.
    pub approvals_added: u64,
    /// The same by action type; those beyond the first thousand together as `others`.
    pub by_type: BTreeMap<String, Counts>,
    /// The same by agent, likewise.
    pub by_agent: BTreeMap<String, Counts>,
    /// The first thousand decisions of which the two say different things.
    pub affected: Vec<Affected>,
}

/// Counts of one action type or agent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Decisions of which both say the same tier.
    pub unchanged: u64,
    /// Those that would need more consent.
    pub stricter: u64,
    /// Those that would need less.
    pub looser: u64,
    /// Euro cents that would have moved without anybody being asked.
    pub newly_unattended_cents: i64,
    /// Euro cents that people would have been asked about.
    pub newly_attended_cents: i64,
}

/// A decision of which the two policies say different things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// Id of the action, and number of the record that holds the decision.
    pub decision: String,
    /// The action's type.
    pub action_type: String,
    /// The agent that asked.
    pub agent: String,
    /// When it was judged.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// The tier under the policy that is compared with.
    pub from: Tier,
    /// The tier under the one that is tried.
    pub to: Tier,
    /// What becomes of the request to a person, where there is one on one side only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approval: Option<Approval>,
    /// Euro cents that it moves, where it does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount_cents: Option<i64>,
}

/// What becomes of a request to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Nobody would have been asked.
    FallsAway,
    /// Somebody would have been asked.
    Added,
}

impl Summary {
    /// Decisions that came by, with facts and without.
    #[must_use]
    pub const fn seen(&self) -> u64 {
        self.compared + self.without_facts
    }

    /// Affected decisions that are not named.
    #[must_use]
    pub fn unnamed(&self) -> u64 {
        (self.stricter + self.looser).saturating_sub(u64::try_from(self.affected.len()).unwrap_or(u64::MAX))
    }

    /// Adds what was found on further decisions by the same two policies.
    pub fn extend(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.compared, other.compared),
            (&mut self.without_facts, other.without_facts),
            (&mut self.unchanged, other.unchanged),
            (&mut self.stricter, other.stricter),
            (&mut self.looser, other.looser),
            (&mut self.evaluated, other.evaluated),
            (&mut self.reused, other.reused),
            (&mut self.skipped, other.skipped),
            (&mut self.approvals_fallen_away, other.approvals_fallen_away),
            (&mut self.approvals_added, other.approvals_added),
        ] {
            *sum += more;
        }
        add(&mut self.newly_unattended_cents, other.newly_unattended_cents);
        add(&mut self.newly_attended_cents, other.newly_attended_cents);
        for (kind, counts) in other.by_type {
            named(&mut self.by_type, &kind).extend(&counts);
        }
        for (agent, counts) in other.by_agent {
            named(&mut self.by_agent, &agent).extend(&counts);
        }
        let room = NAMED.saturating_sub(self.affected.len());
        self.affected.extend(other.affected.into_iter().take(room));
    }

    pub(super) fn count(&mut self, event: &EventV1, input: &Value, affected: Option<&Affected>) {
        let one = Counts::of(affected);
        self.unchanged += one.unchanged;
        self.stricter += one.stricter;
        self.looser += one.looser;
        add(&mut self.newly_unattended_cents, one.newly_unattended_cents);
        add(&mut self.newly_attended_cents, one.newly_attended_cents);
        named(&mut self.by_type, kind(input)).extend(&one);
        named(&mut self.by_agent, &event.requested_by).extend(&one);
        let Some(affected) = affected else { return };
        match affected.approval {
            Some(Approval::FallsAway) => self.approvals_fallen_away += 1,
            Some(Approval::Added) => self.approvals_added += 1,
            None => {}
        }
        if self.affected.len() < NAMED {
            self.affected.push(affected.clone());
        }
    }
}

/// The counts of a name, or of all that there is no room for.
fn named<'a>(counts: &'a mut BTreeMap<String, Counts>, name: &str) -> &'a mut Counts {
    let room = counts.len() < APART || counts.contains_key(name);
    counts.entry(if room { name.to_owned() } else { OTHERS.to_owned() }).or_default()
}

impl Counts {
    fn of(affected: Option<&Affected>) -> Self {
        let Some(Affected { from, to, amount_cents, .. }) = affected else {
            return Self { unchanged: 1, ..Self::default() };
        };
        let cents = amount_cents.unwrap_or_default();
        let moves = |holds: bool| if holds { cents } else { 0 };
        Self {
            unchanged: 0,
            stricter: u64::from(to > from),
            looser: u64::from(to < from),
            newly_unattended_cents: moves(runs(*to) && !runs(*from)),
            newly_attended_cents: moves(runs(*from) && !runs(*to)),
        }
    }

    fn extend(&mut self, other: &Self) {
        self.unchanged += other.unchanged;
        self.stricter += other.stricter;
        self.looser += other.looser;
        add(&mut self.newly_unattended_cents, other.newly_unattended_cents);
        add(&mut self.newly_attended_cents, other.newly_attended_cents);
    }
}

impl Affected {
    pub(super) fn new(event: &EventV1, input: &Value, (from, to): (Tier, Tier)) -> Self {
        let approval = match (from == Tier::High, to == Tier::High) {
            (true, false) => Some(Approval::FallsAway),
            (false, true) => Some(Approval::Added),
            _ => None,
        };
        Self {
            decision: event.decision_id.clone(),
            action_type: kind(input).to_owned(),
            agent: event.requested_by.clone(),
            at: event.timestamp,
            from,
            to,
            approval,
            amount_cents: euro_cents(input),
        }
    }
}

fn kind(input: &Value) -> &str {
    input.pointer("/action/type").and_then(Value::as_str).unwrap_or_default()
}

/// Whether an action of this tier runs without anybody being asked.
const fn runs(tier: Tier) -> bool {
    matches!(tier, Tier::Low | Tier::Medium)
}

/// What the action moves, where that is euro.
fn euro_cents(input: &Value) -> Option<i64> {
    let currency = input.pointer("/action/currency").and_then(Value::as_str);
    input.pointer("/action/amount_cents")?.as_i64().filter(|_| currency == Some("EUR"))
}

/// No sum wraps around: a log may say anything.
fn add(sum: &mut i64, more: i64) {
    *sum = sum.saturating_add(more);
}
