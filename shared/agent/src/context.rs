//! What an agent can see while it works: values and reading ports, nothing that writes.

use crate::Refusal;
use async_trait::async_trait;
use domain::{
    Action, AgentName, Contact, JourneyId, Order, Record, TaskId, books::Entry, journey::Journey, task::Task,
};
use policy::Policy;
use std::sync::Arc;
use store::{
    Row, Store, StoreError,
    books::{Found, Span},
    fact::Fact,
    view::AgentView,
};
use time::OffsetDateTime;

/// The table, for reading.
#[async_trait]
pub trait Reads: Send + Sync {
    /// A journey.
    async fn journey(&self, id: JourneyId) -> Result<Option<Row<Journey>>, StoreError>;
    /// Whether a task was ever given.
    async fn task_exists(&self, id: TaskId) -> Result<bool, StoreError>;
    /// What is known about a thing.
    async fn fact(&self, source: &str) -> Result<Option<Fact>, StoreError>;
    /// An order, by the shop's id of it.
    async fn order(&self, id: &str) -> Result<Option<Row<Order>>, StoreError>;
    /// Who an order of this customer is for; nothing where that was forgotten.
    async fn contact(&self, customer: &str, order: &str) -> Result<Option<Contact>, StoreError>;
    /// Whether a message from outside was kept, by the sender's id of it.
    async fn heard(&self, id: &str) -> Result<bool, StoreError>;
    /// An entry of the books, by its key.
    async fn entry(&self, key: &str) -> Result<Option<Entry>, StoreError>;
    /// Sums of the books.
    async fn sums(&self, span: &Span) -> Result<Found, StoreError>;
    /// How many journeys are in this stage, counted up to `most` per index partition.
    async fn journeys_in(&self, stage: &str, most: usize) -> Result<usize, StoreError>;
    /// How many actions have this status, counted up to `most` per index partition.
    async fn actions_in(&self, status: &str, most: usize) -> Result<usize, StoreError>;
    /// Heartbeat and counts of an agent.
    async fn agent(&self, name: &str) -> Result<AgentView, StoreError>;
}

#[async_trait]
impl Reads for Store {
    async fn journey(&self, id: JourneyId) -> Result<Option<Row<Journey>>, StoreError> {
        self.get(&id.to_string()).await
    }

    async fn task_exists(&self, id: TaskId) -> Result<bool, StoreError> {
        Ok(self.get::<Task>(&id.to_string()).await?.is_some())
    }

    async fn fact(&self, source: &str) -> Result<Option<Fact>, StoreError> {
        Store::fact(self, source).await
    }

    async fn order(&self, id: &str) -> Result<Option<Row<Order>>, StoreError> {
        self.get(id).await
    }

    async fn contact(&self, customer: &str, order: &str) -> Result<Option<Contact>, StoreError> {
        Store::contact(self, customer, order).await
    }

    async fn heard(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.news(id).await?.is_some())
    }

    async fn entry(&self, key: &str) -> Result<Option<Entry>, StoreError> {
        Store::entry(self, key).await
    }

    async fn sums(&self, span: &Span) -> Result<Found, StoreError> {
        Store::sums(self, span).await
    }

    async fn journeys_in(&self, stage: &str, most: usize) -> Result<usize, StoreError> {
        self.count::<Journey>(stage, most).await
    }

    async fn actions_in(&self, status: &str, most: usize) -> Result<usize, StoreError> {
        self.count::<Record>(status, most).await
    }

    async fn agent(&self, name: &str) -> Result<AgentView, StoreError> {
        Store::agent(self, name).await
    }
}

/// What surrounds one run.
pub struct Context<'a> {
    /// Now.
    pub now: OffsetDateTime,
    /// Who is at work, with its specialist if it is one.
    pub agent: &'a AgentName,
    /// The task, if one woke it.
    pub task: Option<&'a Task>,
    /// The action, if one woke it, as it was read.
    pub action: Option<&'a Row<Record>>,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// The table, for reading.
    pub reads: &'a dyn Reads,
}

impl Context<'_> {
    /// How the last action of this type about this target that the agent proposed was refused, or failed; nothing
    /// where that never happened.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn refused(&self, action: &Action) -> Result<Option<Refusal>, StoreError> {
        Ok(self.reads.fact(&Refusal::source(self.agent, action)).await?.and_then(Refusal::read))
    }
}
