//! Attempts to decide that were refused, on a record of their own.
//!
//! They are kept beside the action and not on it: a refused attempt changes nothing about the action,
//! and whoever is refused must not be able to get in the way of those who may decide. The same attempt
//! is written once, and only so many, so that nobody fills the table by knocking.

use crate::{auth::Permit, problem::Problem, view::who};
use domain::{ActionId, Role, audit::Entry};
use serde::{Deserialize, Serialize};
use store::{Chained, CommitError, Row, StoreError};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The most attempts that are kept of one action.
const MOST: usize = 50;

/// How often it is tried to write one down when others are refused at the same moment.
const ATTEMPTS: u32 = 6;

/// The refused attempts on one action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refusals {
    action: ActionId,
    attempts: Vec<AttemptView>,
}

/// One refused attempt to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RefusedAttempt)]
pub(crate) struct AttemptView {
    /// Who tried.
    person: String,
    /// The roles of whoever tried.
    #[schema(value_type = Vec<String>)]
    roles: Vec<Role>,
    /// `approve` or `reject`.
    verb: String,
    /// The kind of refusal, as in a problem's type.
    #[schema(example = "forbidden")]
    refusal: String,
    /// The action's status then.
    #[schema(example = "PENDING")]
    status: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl Chained for Refusals {
    const KIND: &'static str = store::chain::REFUSALS;

    fn id(&self) -> String {
        self.action.to_string()
    }

    fn status(&self) -> &'static str {
        "KEPT"
    }

    fn sort(&self) -> OffsetDateTime {
        let last = self.attempts.last();
        last.map_or(OffsetDateTime::UNIX_EPOCH, |attempt| attempt.at)
    }
}

/// The refused attempts on an action.
pub(crate) async fn of(permit: &Permit, action: ActionId) -> Result<Vec<AttemptView>, StoreError> {
    let row = permit.store().get::<Refusals>(&action.to_string()).await?;
    Ok(row.map_or_else(Vec::new, |row| row.value.attempts))
}

/// Writes down that `permit`'s person was refused. What goes wrong here changes nothing for the caller.
pub(crate) async fn keep(permit: &Permit, (action, status): (ActionId, &str), verb: &str, problem: &Problem) {
    let attempt = AttemptView {
        person: permit.person().account.clone(),
        roles: permit.person().roles.iter().copied().collect(),
        verb: verb.to_owned(),
        refusal: problem.kind().slug().to_owned(),
        status: status.to_owned(),
        at: permit.now(),
    };
    let mut written = write(permit, action, &attempt).await;
    for _ in 1..ATTEMPTS {
        if written.is_ok() {
            break;
        }
        written = write(permit, action, &attempt).await;
    }
    if let Err(problem) = written {
        tracing::error!(action.id = %action, cause = problem.cause(), "a refused attempt is not on the record");
    }
}

async fn write(permit: &Permit, action: ActionId, attempt: &AttemptView) -> Result<(), Problem> {
    let row = permit.store().get::<Refusals>(&action.to_string()).await?;
    let mut next = match &row {
        Some(row) => row.value.clone(),
        None => Refusals { action, attempts: Vec::new() },
    };
    if next.attempts.len() >= MOST || next.attempts.iter().any(|kept| kept.is_like(attempt)) {
        return Ok(());
    }
    next.attempts.push(attempt.clone());
    Ok(commit(permit, row.as_ref(), &next, attempt).await?)
}

async fn commit(
    permit: &Permit,
    row: Option<&Row<Refusals>>,
    next: &Refusals,
    attempt: &AttemptView,
) -> Result<(), CommitError> {
    let what = format!("refused to {}", attempt.verb);
    let entry = Entry::new(who(&attempt.person), &what, &attempt.status);
    let entry = entry.because([attempt.refusal.clone()]);
    let mut tx = permit.store().tx(permit.now());
    match row {
        Some(row) => tx.update(row, next, entry)?,
        None => tx.create(next, entry)?,
    }
    tx.commit().await
}

impl AttemptView {
    fn is_like(&self, other: &Self) -> bool {
        let parts = |a: &Self| (a.person.clone(), a.verb.clone(), a.refusal.clone(), a.status.clone());
        parts(self) == parts(other)
    }
}
