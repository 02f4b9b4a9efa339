//! The one way in which agents are run: claim, load, work, one transaction.

use crate::{Agent, AgentError, Context, Turn, conclude, refused, subject::Subject};
use async_trait::async_trait;
use domain::{Digest, task::Wake};
use runtime::{
    Call, Env, Failure, Function,
    batch::{self, Message},
};
use serde_json::{Value, json};
use std::sync::Arc;
use store::{
    CommitError, StoreError,
    run::{Claim, Run},
};
use time::{Duration, OffsetDateTime};
use tracing::Instrument as _;

/// Deliveries after which an agent's failing work is given up. Queues allow one more, so that giving up
/// is recorded before the message goes to the dead-letter queue.
const LAST_DELIVERY: u32 = 4;
/// How often a run that is cut off each time is begun. Not deliveries: a message that comes while the run of a
/// dead process still holds its lease has begun nothing.
const ATTEMPTS: u64 = 4;
/// How often work is done again at once when another writer was first.
const CONFLICTS: u32 = 4;
/// How long a run is held beyond the invocation's deadline.
const GRACE: Duration = Duration::seconds(1);

/// An agent as a function.
pub struct AgentFunction<A> {
    agent: A,
    env: Env,
}

impl<A: Agent> AgentFunction<A> {
    /// The agent with what it runs in.
    pub fn of(agent: A, env: &Env) -> Arc<dyn Function> {
        Arc::new(Self { agent, env: env.clone() })
    }

    async fn message(&self, message: Message, call: &Call) -> Result<(), Failure> {
        let wake: Wake = serde_json::from_str(&message.body)
            .map_err(|error| Failure::Reject(format!("the message is no wake: {error}")))?;
        let span = tracing::info_span!("run", agent = A::NAME, message.id = message.message_id);
        for round in 0..CONFLICTS {
            match self.run(wake.clone(), &message, call).instrument(span.clone()).await {
                Err(Stumble::Conflict(row)) => {
                    tracing::debug!(row, "another writer was first");
                    runtime::retry::give_way(round).await;
                }
                Err(Stumble::Fail(failure)) => return Err(failure),
                Err(Stumble::Never(why)) => return Err(Failure::Reject(why)),
                Ok(()) => return Ok(()),
            }
        }
        Err(Failure::Retry("other writers were first every time".to_owned()))
    }

    async fn run(&self, wake: Wake, message: &Message, call: &Call) -> Result<(), Stumble> {
        let now = self.env.clock().now();
        let Some(subject) = Subject::load(self.env.store(), A::NAME, wake).await? else {
            return Ok(());
        };
        if subject.is_refusal(A::NAME) {
            return conclude::remember(self.env.store(), &subject, now).await;
        }
        if conclude::is_stopped(self.env.store(), &subject, now).await? {
            return Ok(());
        }
        let Some(run) = self.claim(&subject, message, call, now).await? else {
            return Ok(());
        };
        // A run that was cut off every time is not tried again: that it is given up is written instead.
        let done = if run.attempts() > ATTEMPTS {
            Err(AgentError::Reject(format!("given up after {ATTEMPTS} runs that did not end")))
        } else {
            self.work(&subject, now).await
        };
        self.conclude(&subject, &run, done, message.receives()).await
    }

    async fn claim(
        &self,
        subject: &Subject,
        message: &Message,
        call: &Call,
        now: OffsetDateTime,
    ) -> Result<Option<Run>, Stumble> {
        let payload = Digest::of_bytes(subject.key.as_bytes());
        let nonce = format!("{}#{}", call.request_id, message.message_id);
        let until = call.deadline.max(now) + GRACE;
        let store = self.env.store();
        match store.claim((A::NAME, &subject.key), (payload.as_str(), &nonce), (now, until)).await? {
            Claim::Ours(run) => Ok(Some(run)),
            Claim::Completed => Ok(None),
            Claim::Busy => Err(Stumble::retry("another invocation is at it")),
            Claim::OtherPayload => {
                Err(Stumble::Fail(Failure::Reject("the same key came with another payload".to_owned())))
            }
        }
    }

    async fn work(&self, subject: &Subject, now: OffsetDateTime) -> Result<Turn, AgentError> {
        let input = json!({ "kind": subject.kind, "input": subject.input });
        let input = serde_json::from_value(input)
            .map_err(|error| AgentError::Reject(format!("`{}` cannot be understood: {error}", subject.kind)))?;
        let policy = self.env.policy().in_force(now).await.map_err(|error| AgentError::Retry(error.to_string()))?;
        let context = Context {
            now,
            agent: &subject.agent,
            task: subject.task.as_ref().map(|row| &row.value),
            action: subject.action.as_ref(),
            policy,
            reads: self.env.store(),
        };
        let mut turn = self.agent.handle(&context, input).await?;
        refused::leave_out(&context, &mut turn).await?;
        Ok(turn)
    }

    async fn conclude(
        &self,
        subject: &Subject,
        run: &Run,
        done: Result<Turn, AgentError>,
        receives: u32,
    ) -> Result<(), Stumble> {
        let (store, now) = (self.env.store(), self.env.clock().now());
        let done = match done {
            Ok(turn) => match turn.excess::<A>() {
                Some(why) => Err(AgentError::Reject(why.to_owned())),
                None => Ok(turn),
            },
            Err(AgentError::Retry(why)) if receives >= LAST_DELIVERY => {
                Err(AgentError::Reject(format!("given up after {receives} deliveries: {why}")))
            }
            other => other,
        };
        let outcome = if done.is_ok() { "succeeded" } else { "failed" };
        let gauges = done.as_ref().map(|turn| turn.gauges.clone()).unwrap_or_default();
        let written = match done {
            Ok(turn) => conclude::succeed(store, subject, run, turn, now).await,
            Err(AgentError::Reject(why)) => conclude::fail(store, subject, run, &why, now).await,
            Err(AgentError::Retry(why)) => {
                self.give_back(subject, run, now).await;
                return Err(Stumble::retry(&why));
            }
        };
        self.env.metrics().count("agent_runs_total", 1, &[("agent", A::NAME), ("outcome", outcome)]);
        let written = match written {
            Err(Stumble::Never(why)) => conclude::fail(store, subject, run, &why, now).await,
            other => other,
        };
        match &written {
            Ok(()) => gauges.iter().for_each(|(name, value)| self.env.metrics().gauge(name, *value, &[])),
            Err(_) => self.give_back(subject, run, now).await,
        }
        written
    }

    /// Lets the next delivery have the run at once. When the table does not answer, the lease ends by itself.
    async fn give_back(&self, subject: &Subject, run: &Run, now: OffsetDateTime) {
        let released = self.env.store().release(run).await;
        let counted = self.env.store().beat_failed(subject.agent.as_str(), now).await;
        for error in released.err().into_iter().chain(counted.err()) {
            tracing::warn!(%error, "a failed run could not be given back");
        }
    }
}

#[async_trait]
impl<A: Agent> Function for AgentFunction<A> {
    fn name(&self) -> &'static str {
        A::NAME
    }

    async fn invoke(&self, event: Value, call: &Call) -> Result<Value, Failure> {
        batch::each(event, |message| self.message(message, call)).await
    }
}

/// Why a run came to nothing.
pub(crate) enum Stumble {
    /// Another writer was first: do it again on what is there now.
    Conflict(String),
    /// It failed.
    Fail(Failure),
    /// What it came to can never be written.
    Never(String),
}

impl Stumble {
    fn retry(why: &str) -> Self {
        Self::Fail(Failure::Retry(why.to_owned()))
    }
}

impl From<StoreError> for Stumble {
    fn from(error: StoreError) -> Self {
        AgentError::from(error).into()
    }
}

impl From<AgentError> for Stumble {
    fn from(error: AgentError) -> Self {
        Self::Fail(match error {
            AgentError::Retry(why) => Failure::Retry(why),
            AgentError::Reject(why) => Failure::Reject(why),
        })
    }
}

impl From<CommitError> for Stumble {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict(row) => Self::Conflict(row),
            CommitError::Retry(why) => Self::Fail(Failure::Retry(why)),
            CommitError::Invalid(why) => Self::Never(why),
        }
    }
}

impl From<store::AdvanceError> for Stumble {
    fn from(error: store::AdvanceError) -> Self {
        match error {
            store::AdvanceError::Store(error) => error.into(),
            store::AdvanceError::Commit(error) => error.into(),
        }
    }
}
