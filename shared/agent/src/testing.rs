//! What agents' own tests stand on: known things to read, the house's policies, and the way the pipeline asks.
//!
//! It stands in for the table's reads only. What an agent writes is tested through the real pipeline and the
//! real transactions.
#![allow(clippy::expect_used, reason = "a test that cannot be set up must fail at once")]

use crate::{Agent, AgentError, Context, ExecuteError, Guard, Order as Asked, Reads, Turn};
use async_trait::async_trait;
use domain::{
    Action, ActionId, AgentName, Contact, Decision, Digest, JourneyId, Money, Order, Proposal, Record, Status, TaskId,
    Tier,
    action::{Image, ProductKey},
    books::{self, Entry},
    decision::Consent,
    journey::{Candidate, Journey, Offer, Scored, Stage},
    proposal::Case,
    task::{Task, Wake},
};
use policy::Policy;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, OnceLock},
};
use store::{
    Row, StoreError,
    books::{Found, Span},
    fact::Fact,
    view::AgentView,
};
use time::OffsetDateTime;

/// When tests happen: 20 November 2026, 12:00 UTC.
pub const NOW: OffsetDateTime = time::macros::datetime!(2026-11-20 12:00 UTC);

/// What the table says, given by hand.
#[derive(Debug, Default)]
pub struct Known {
    /// Journeys, each at its first version.
    pub journeys: Vec<Journey>,
    /// Tasks that were given before.
    pub tasks: Vec<TaskId>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Orders, each at its first version.
    pub orders: Vec<Order>,
    /// Who orders are for.
    pub contacts: Vec<Contact>,
    /// Ids of messages from outside that were kept.
    pub heard: Vec<String>,
    /// Entries in the books.
    pub entries: Vec<Entry>,
    /// Number of actions by status.
    pub actions: BTreeMap<String, usize>,
    /// Agents that have run.
    pub agents: BTreeMap<String, AgentView>,
}

#[async_trait]
impl Reads for Known {
    async fn journey(&self, id: JourneyId) -> Result<Option<Row<Journey>>, StoreError> {
        Ok(self.journeys.iter().find(|journey| journey.id == id).cloned().map(row))
    }

    async fn task_exists(&self, id: TaskId) -> Result<bool, StoreError> {
        Ok(self.tasks.contains(&id))
    }

    async fn fact(&self, source: &str) -> Result<Option<Fact>, StoreError> {
        Ok(self.facts.iter().find(|fact| fact.source == source).cloned())
    }

    async fn order(&self, id: &str) -> Result<Option<Row<Order>>, StoreError> {
        Ok(self.orders.iter().find(|order| order.id() == id).cloned().map(row))
    }

    async fn contact(&self, customer: &str, order: &str) -> Result<Option<Contact>, StoreError> {
        let is = |contact: &&Contact| contact.customer == customer && contact.order == order;
        Ok(self.contacts.iter().find(is).cloned())
    }

    async fn heard(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.heard.iter().any(|known| known == id))
    }

    async fn entry(&self, key: &str) -> Result<Option<Entry>, StoreError> {
        Ok(self.entries.iter().find(|entry| entry.key() == key).cloned())
    }

    async fn sums(&self, span: &Span) -> Result<Found, StoreError> {
        let mut found = Found { whole: true, ..Found::default() };
        for (slot, sums) in self.entries.iter().flat_map(books::slots).filter(|(slot, _)| span.has(slot)) {
            found.sums.entry((slot.period, slot.name)).or_default().add(&sums);
        }
        Ok(found)
    }

    async fn journeys_in(&self, stage: &str, _most: usize) -> Result<usize, StoreError> {
        Ok(self.journeys.iter().filter(|journey| journey.stage.name() == stage).count())
    }

    async fn actions_in(&self, status: &str, _most: usize) -> Result<usize, StoreError> {
        Ok(self.actions.get(status).copied().unwrap_or_default())
    }

    async fn agent(&self, name: &str) -> Result<AgentView, StoreError> {
        Ok(self.agents.get(name).cloned().unwrap_or_default())
    }
}

/// What surrounds the runs of one test.
pub struct Bench {
    /// When they happen.
    pub now: OffsetDateTime,
    /// Who is at work.
    pub agent: AgentName,
    /// The task that woke it.
    pub task: Option<Task>,
    /// The action that woke it.
    pub action: Option<Row<Record>>,
    /// The policies of the house.
    pub policy: Arc<Policy>,
    /// What the table says.
    pub known: Known,
}

impl Bench {
    /// An agent at work on an empty table under the real policies.
    #[must_use]
    pub fn of<A: Agent>() -> Self {
        Self {
            now: NOW,
            agent: A::NAME.parse().expect("a name"),
            task: None,
            action: None,
            policy: policies(),
            known: Known::default(),
        }
    }

    /// Wakes the agent as the pipeline does.
    ///
    /// # Errors
    /// As [`Agent::handle`].
    pub async fn ask<A: Agent>(&self, agent: &A, kind: &str, input: Value) -> Result<Turn, AgentError> {
        let input = serde_json::from_value(json!({ "kind": kind, "input": input }))
            .map_err(|error| AgentError::Reject(error.to_string()))?;
        let context = Context {
            now: self.now,
            agent: &self.agent,
            task: self.task.as_ref(),
            action: self.action.as_ref(),
            policy: Arc::clone(&self.policy),
            reads: &self.known,
        };
        agent.handle(&context, input).await
    }
}

/// The policies of the house.
#[must_use]
pub fn policies() -> Arc<Policy> {
    static POLICIES: OnceLock<Arc<Policy>> = OnceLock::new();
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    let load = || Arc::new(Policy::load(Path::new(dir)).expect("the policies of the house"));
    Arc::clone(POLICIES.get_or_init(load))
}

/// A thing at its first version.
#[must_use]
pub fn row<T>(value: T) -> Row<T> {
    Row { value, seq: 1, head: Digest::of_bytes(b"first") }
}

/// The wakes in a sample SQS event, read by AWS's own types.
#[must_use]
pub fn wakes(event: &str) -> Vec<Wake> {
    let event: aws_lambda_events::sqs::SqsEvent = serde_json::from_str(event).expect("an SQS event");
    let bodies = event.records.into_iter().map(|message| message.body.expect("a body"));
    bodies.map(|body| serde_json::from_str(&body).expect("a wake")).collect()
}

/// A lamp in two sizes: costs EUR 10.00, sells for EUR 20.00, ten of each.
#[must_use]
pub fn candidate() -> Candidate {
    let offer = |size: &str| Offer {
        sku: format!("lamp-{size}"),
        options: vec![("Size".to_owned(), size.to_owned())],
        cost: Money::eur_cents(1000),
        suggested: Money::eur_cents(2000),
        stock: 10,
    };
    Candidate {
        product: ProductKey { supplier: "Acme".to_owned(), sku: "lamp".to_owned() },
        title: "Desk lamp".to_owned(),
        description: "<p>A lamp for every desk.</p><ul><li>Warm light</li><li>Steel foot</li></ul>".to_owned(),
        category: "Home & Garden > Lighting".to_owned(),
        tags: vec!["lamp".to_owned(), "desk".to_owned()],
        images: vec![Image { url: "https://cdn.example/lamp.jpg".to_owned(), alt: String::new() }],
        offers: vec![offer("S"), offer("L")],
        fingerprint: Digest::of_bytes(b"lamp").to_string(),
        source: "feed.csv row 2".to_owned(),
    }
}

/// What the scout found of the lamp.
#[must_use]
pub fn scored() -> Scored {
    let terms = [("margin", 100), ("viability", 100), ("rating", 90)];
    Scored {
        score: 95,
        terms: terms.map(|(name, points)| (name.to_owned(), points)).into(),
        missing: vec!["trend".to_owned()],
        confidence: 90,
    }
}

/// The lamp's journey in this stage.
#[must_use]
pub fn journey(stage: Stage) -> Journey {
    let candidate = candidate();
    Journey {
        id: Journey::id_of(&candidate.product),
        stage,
        candidate,
        scored: scored(),
        vetted: None,
        priced: None,
        reviewed: None,
        action: None,
        ending: None,
        round: 1,
        created: NOW,
        updated: NOW,
    }
}

/// The record of an action that policy left to tier CEO and that is now in `status`.
#[must_use]
pub fn record(action: Action, status: Status) -> Record {
    let case = Case { title: "Try it".to_owned(), ..Case::default() };
    let (id, agent) = (ActionId::of("a proposal"), "product-publisher".parse().expect("a name"));
    let proposal = Proposal::new(id, agent, action, case, NOW);
    let consent = Consent::of(Vec::new(), 1, 24);
    let (revision, input) = (String::new(), String::new());
    let decision =
        Decision { tier: Tier::Ceo, reasons: Vec::new(), consent, undo_minutes: 0, revision, input, at: NOW };
    Record::judged(proposal, decision, status).expect("an action has a canonical form")
}

/// A guard that no stop ever answers.
#[derive(Debug)]
pub struct Free;

#[async_trait]
impl Guard for Free {
    async fn check(&self) -> Result<(), ExecuteError> {
        Ok(())
    }
}

/// An order to carry out `action`, allowed by policy at the epoch and stopped by nobody.
#[must_use]
pub fn order(id: ActionId, action: &Action) -> Asked<'_> {
    let now = OffsetDateTime::UNIX_EPOCH;
    Asked { id, action, attempt: 1, undoes: None, by: &[], allowed: now, guard: Arc::new(Free), now }
}
