//! One gate, as a client goes through it.

use crate::{
    observer::{Observer, Stage},
    times::Times,
    world::{self, World},
};
use anyhow::{Context as _, Result, bail};
use domain::{Action, ActionId, Money, Proposal, Role, action::PriceChange, proposal::Case};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use time::OffsetDateTime;

/// A gate that takes longer never ends.
const PATIENCE: Duration = Duration::from_secs(120);
/// Who proposes.
const AGENT: &str = "product-pricing";

/// How long the stages of gates took.
#[derive(Debug, Clone, Default)]
pub struct Stages {
    /// Until the proposal was acknowledged.
    pub proposed: Times,
    /// From there until the decision was.
    pub decided: Times,
    /// From the person's click until the answer.
    pub approved: Times,
    /// From there until the effect was confirmed and on record.
    pub executed: Times,
    /// All of it.
    pub whole: Times,
}

impl Stages {
    /// Adds those of another client.
    pub fn extend(&mut self, other: &Self) {
        self.proposed.extend(&other.proposed);
        self.decided.extend(&other.decided);
        self.approved.extend(&other.approved);
        self.executed.extend(&other.executed);
        self.whole.extend(&other.whole);
    }
}

/// One client: an agent that proposes and a person who agrees.
pub struct Client<'a> {
    world: &'a World,
    observer: &'a Observer,
    agent: String,
    person: String,
    number: usize,
    price: i32,
}

impl<'a> Client<'a> {
    /// The client with this number, whose product has the price `price` now.
    ///
    /// # Errors
    /// When no token can be had.
    pub fn new(world: &'a World, observer: &'a Observer, number: usize, price: i32) -> Result<Self> {
        let (agent, person) = (world.token(AGENT, Role::Agent)?, world.token("owner@sandbox.example", Role::Owner)?);
        Ok(Self { world, observer, agent, person, number, price })
    }

    /// The price of its product now.
    #[must_use]
    pub const fn price(&self) -> i32 {
        self.price
    }

    /// Goes through one gate, and says which action that was.
    ///
    /// # Errors
    /// When it ends anywhere but with a confirmed effect.
    pub async fn pass(&mut self, stages: &mut Stages) -> Result<String> {
        let began = Instant::now();
        let (id, action) = self.propose(self.price + 1).await?;
        let proposed = Instant::now();
        let decided = self.seen(&id, Stage::Decided, "PENDING").await?;
        let digest = self.digest(action)?;
        let clicked = Instant::now();
        self.approve(&id, &digest).await?;
        let approved = Instant::now();
        let settled = self.seen(&id, Stage::Settled, "EXECUTED").await?;
        stages.proposed.add(proposed - began);
        stages.decided.add(decided.saturating_duration_since(proposed));
        stages.approved.add(approved - clicked);
        stages.executed.add(settled.saturating_duration_since(approved));
        stages.whole.add(settled - began);
        self.price += 1;
        Ok(id)
    }

    /// Proposes the price `to`, and waits until policy has asked for a person.
    ///
    /// # Errors
    /// When it is decided otherwise.
    pub async fn ask(&self, to: i32) -> Result<String> {
        let (id, _) = self.propose(to).await?;
        self.seen(&id, Stage::Decided, "PENDING").await?;
        Ok(id)
    }

    async fn seen(&self, id: &str, stage: Stage, expected: &str) -> Result<Instant> {
        let seen = tokio::time::timeout(PATIENCE, self.observer.expect(id, stage)).await;
        let seen = seen.with_context(|| format!("{id} never became {expected}"))??;
        if seen.status != expected {
            bail!("{id} was to become {expected}, yet became {}", seen.status);
        }
        Ok(seen.at)
    }

    /// Another price of this client's product: an effect that no other gate has.
    async fn propose(&self, to: i32) -> Result<(String, Action)> {
        let action: Action = PriceChange {
            product: world::product(self.number),
            variant_sku: world::sku(self.number),
            from: Money::eur_cents(self.price),
            to: Money::eur_cents(to),
            cost: Money::eur_cents(world::COST),
        }
        .into();
        let body = json!({ "action": action, "case": case() });
        let answer = self.world.request(&self.agent, Method::POST, "actions").json(&body).send().await?;
        let view = accepted(answer).await?;
        let id = view.get("id").and_then(Value::as_str).context("the answer names no action")?;
        Ok((id.to_owned(), action))
    }

    /// What consent is bound to: what the person's page shows.
    fn digest(&self, action: Action) -> Result<String> {
        let now = OffsetDateTime::now_utc();
        let policy = self.world.stack.env().policy().current(now);
        let shown = Proposal::new(ActionId::of("shown"), AGENT.parse()?, action, case(), now);
        Ok(shown.bound(policy.revision())?.to_string())
    }

    async fn approve(&self, id: &str, digest: &str) -> Result<()> {
        let path = format!("approvals/{id}/approve");
        let request = self.world.request(&self.person, Method::POST, &path);
        accepted(request.json(&json!({ "digest": digest })).send().await?).await.map(drop)
    }
}

/// The body of an answer that is no refusal.
///
/// # Errors
/// With what was refused, and why.
pub async fn accepted(answer: reqwest::Response) -> Result<Value> {
    let (status, path) = (answer.status(), answer.url().path().to_owned());
    let body: Value = answer.json().await.unwrap_or_default();
    if !status.is_success() {
        bail!("{path} was answered {status}: {body}");
    }
    Ok(body)
}

/// As much prose as an agent gives.
fn case() -> Case {
    Case {
        title: "Raise the price by a cent".to_owned(),
        description: "The supplier's list went up and the competitors followed.".to_owned(),
        reasoning: "Demand is not elastic at this price, so the margin grows.".to_owned(),
        data_sources: vec!["supplier:acme".to_owned(), "shop:orders".to_owned()],
        risk_factors: vec!["competitors may not follow".to_owned()],
        ..Case::default()
    }
}
