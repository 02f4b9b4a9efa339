//! Giving an agent work.

use super::view::TaskView;
use crate::{
    Roster,
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, Label},
    problem::{Kind, Problem, ProblemView},
    routes::BASE,
    view::who,
};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    AgentName, Digest, TaskId,
    audit::Entry,
    task::{Task, TaskStatus},
};
use serde::Deserialize;
use serde_json::Value;
use store::CommitError;
use utoipa::ToSchema;

/// Kinds by which the pipeline tells an agent what happened: from a person they would be forged.
const RESERVED: [&str; 4] = ["action", "news", "reported", "stopped"];
/// Work that is a person's decision, and the right that it takes beside the one to give work.
const DECISIONS: [(&str, &str, Verb); 1] = [("finance-tax", "decide", Verb::DecideTax)];

/// Work for an agent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct NewTask {
    /// Whose work it is.
    #[schema(value_type = String, example = "product-scout")]
    agent: AgentName,
    /// What kind of work, in the agent's own words.
    #[schema(example = "scan")]
    kind: Label,
    /// The work itself, in the shape that the agent takes for this kind.
    #[serde(default)]
    input: Value,
}

/// Gives an agent work. The answer comes at once; `Location` shows what becomes of it.
///
/// With an `Idempotency-Key`, sending the same request again gives the same task.
#[utoipa::path(post, path = "/orchestrator/tasks", operation_id = "createTask", tag = "Tasks",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Makes a repeated request the same request.")),
    request_body = NewTask,
    responses((status = 202, description = "The task waits for its agent.", body = TaskView,
        headers(("Location" = String, description = "Where the task is."))),
        (status = 409, description = "The idempotency key belongs to another task of yours.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn create(caller: Caller, key: IdempotencyKey, Body(new): Body<NewTask>) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadAgents, About::Nothing)?;
    check(&new, permit.roster())?;
    let mut permit = permit.also(Verb::CreateTask, About::Agent(new.agent.clone()))?;
    let decides = |(agent, kind, _): &&(&str, &str, Verb)| *agent == new.agent.function() && *kind == new.kind.as_str();
    if let Some((.., verb)) = DECISIONS.iter().find(decides) {
        permit = permit.also(*verb, About::Nothing)?;
    }
    let task = give(&permit, task_of(new, key, &permit)?).await?;
    let place = format!("{BASE}/orchestrator/tasks/{}", task.id);
    let answer = Json(TaskView::from(&task));
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], answer).into_response())
}

fn check(new: &NewTask, roster: &Roster) -> Result<(), Problem> {
    if roster.find(&new.agent).is_none() {
        return Err(Problem::field(
            Kind::Field,
            "agent",
            format!("there is no agent `{}`", new.agent),
            format!("use one of: {}", roster.names()),
        ));
    }
    if RESERVED.contains(&new.kind.as_str()) {
        return Err(Problem::field(
            Kind::Field,
            "kind",
            format!("`{}` is how agents are told what happened", new.kind.as_str()),
            "use a kind of work that the agent takes",
        ));
    }
    Ok(())
}

fn task_of(new: NewTask, key: IdempotencyKey, permit: &Permit) -> Result<Task, Problem> {
    let (now, by) = (permit.now(), permit.person().account.clone());
    let id = match key.0 {
        Some(key) => TaskId::of(&format!("api\n{by}\n{key}")),
        None => {
            let work = Digest::of(&(new.agent.as_str(), new.kind.as_str(), &new.input));
            let work = work.map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
            TaskId::at(now, &format!("api\n{by}\n{work}"), 0)
        }
    };
    Ok(Task {
        id,
        agent: new.agent,
        kind: new.kind.into_string(),
        input: new.input,
        reply_to: None,
        journey: None,
        status: TaskStatus::Ready,
        report: Value::Null,
        error: None,
        by,
        created: now,
        updated: now,
    })
}

/// Writes the task, or finds that it was given before.
async fn give(permit: &Permit, task: Task) -> Result<Task, Problem> {
    let mut tx = permit.store().tx(permit.now());
    tx.create(&task, Entry::new(who(&task.by), "asked", task.status.name()))?;
    match tx.commit().await {
        Ok(()) => Ok(task),
        Err(CommitError::Conflict(_)) => given_before(permit, &task).await,
        Err(error) => Err(error.into()),
    }
}

async fn given_before(permit: &Permit, task: &Task) -> Result<Task, Problem> {
    let found = permit.store().get::<Task>(&task.id.to_string()).await?;
    let found = found.ok_or_else(|| Problem::not_found("task", &task.id.to_string()))?.value;
    let same = |t: &Task| (t.agent.clone(), t.kind.clone(), t.input.clone());
    if same(&found) == same(task) {
        return Ok(found);
    }
    Err(Problem::field(
        Kind::KeyReused,
        "Idempotency-Key",
        "it came before with another task",
        "use a new key for a new task",
    ))
}
