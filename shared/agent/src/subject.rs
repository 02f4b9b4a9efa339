//! What a message is about, as it stands in the table now.

use crate::{AgentError, Refusal};
use domain::{AgentName, Record, journey::Journey, task::Task, task::TaskStatus, task::Wake};
use serde::Serialize;
use serde_json::Value;
use store::{Row, Store};
use time::OffsetDateTime;

/// Kinds of wakes that no task can pose as.
pub(crate) const RESERVED: [&str; 4] = ["reported", "action", "stopped", "news"];

/// The thing that an agent is woken for.
pub(crate) struct Subject {
    /// Who is to work.
    pub(crate) agent: AgentName,
    /// The tag of the agent's input.
    pub(crate) kind: String,
    /// The content of the agent's input.
    pub(crate) input: Value,
    /// The same for every delivery of this wake.
    pub(crate) key: String,
    /// When it came up: the time part of ids made from it.
    pub(crate) at: OffsetDateTime,
    /// The task, if it is one.
    pub(crate) task: Option<Row<Task>>,
    /// The action, if it is one.
    pub(crate) action: Option<Row<Record>>,
}

impl Subject {
    /// Loads what `wake` is about; nothing where there is nothing left to do.
    pub(crate) async fn load(store: &Store, function: &str, wake: Wake) -> Result<Option<Self>, AgentError> {
        match wake {
            Wake::Task { task } => Ok(store.get::<Task>(&task.to_string()).await?.and_then(Self::of_task)),
            Wake::Reported { task } => {
                store.get(&task.to_string()).await?.map(|row| Self::reported(function, &row)).transpose()
            }
            Wake::Action { action, status } => {
                let row = store.get::<Record>(&action.to_string()).await?;
                row.filter(|row| row.value.status == status).map(|row| Self::of_action(function, row)).transpose()
            }
            Wake::Stopped { journey } => {
                let row = store.get::<Journey>(&journey.to_string()).await?;
                row.map(|row| Self::stopped(function, &row)).transpose()
            }
            Wake::News { news } => {
                let said = store.news(&news).await?;
                said.map(|said| Self::about(function, "news", &said, format!("news#{news}"), said.received)).transpose()
            }
            Wake::Schedule { schedule, at, input } => Self::scheduled(function, &schedule, at, input).map(Some),
            Wake::Proposed { .. } => Err(AgentError::Reject("proposals are judged by the gate".to_owned())),
        }
    }

    /// Whether it is how an action ended badly that `function` itself proposed. What is part of a journey is the
    /// manager's all the same, who is woken for it too.
    pub(crate) fn is_refusal(&self, function: &str) -> bool {
        let own = |record: &Record| record.proposal.agent.function() == function;
        let manages = |record: &Record| {
            record.proposal.journey.is_some() && format!("{}-manager", record.proposal.agent.cluster()) == function
        };
        let refused = |record: &Record| Refusal::is(record.status) && own(record) && !manages(record);
        self.action.as_ref().is_some_and(|row| refused(&row.value))
    }

    fn of_task(row: Row<Task>) -> Option<Self> {
        if row.value.status != TaskStatus::Ready {
            return None;
        }
        // Only a committed report, action or journey speaks under these names; a task never does.
        let kind =
            if RESERVED.contains(&row.value.kind.as_str()) { "a task of a reserved kind" } else { &row.value.kind };
        let kind = kind.to_owned();
        let task = row.value.clone();
        Some(Self {
            key: format!("task#{}#{}", task.id, row.seq),
            agent: task.agent,
            kind,
            input: task.input,
            at: task.created,
            action: None,
            task: Some(row),
        })
    }

    fn reported(function: &str, row: &Row<Task>) -> Result<Self, AgentError> {
        Self::about(
            function,
            "reported",
            &row.value,
            format!("reported#{}#{}", row.value.id, row.seq),
            row.value.updated,
        )
    }

    fn of_action(function: &str, row: Row<Record>) -> Result<Self, AgentError> {
        let record = &row.value;
        let key = format!("action#{}#{}", record.proposal.id, row.seq);
        let subject = Self::about(function, "action", record, key, record.updated)?;
        Ok(Self { action: Some(row), ..subject })
    }

    fn stopped(function: &str, row: &Row<Journey>) -> Result<Self, AgentError> {
        let journey = &row.value;
        Self::about(function, "stopped", journey, format!("stopped#{}#{}", journey.id, journey.round), journey.updated)
    }

    fn scheduled(function: &str, schedule: &str, at: OffsetDateTime, input: Value) -> Result<Self, AgentError> {
        let (agent, kind) = schedule.rsplit_once('.').unwrap_or((function, schedule));
        let key = format!("schedule#{schedule}#{}", at.unix_timestamp());
        Ok(Self { agent: name(agent)?, ..Self::about(function, kind, &input, key, at)? })
    }

    fn about<T: Serialize>(
        function: &str,
        kind: &str,
        of: &T,
        key: String,
        at: OffsetDateTime,
    ) -> Result<Self, AgentError> {
        let input = serde_json::to_value(of).map_err(|error| AgentError::Reject(error.to_string()))?;
        Ok(Self { agent: name(function)?, kind: kind.to_owned(), input, key, at, task: None, action: None })
    }
}

fn name(text: &str) -> Result<AgentName, AgentError> {
    text.parse().map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))
}
