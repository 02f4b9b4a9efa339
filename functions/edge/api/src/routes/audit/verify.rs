//! Checking the record.

use super::walk::{day_of, subject_of};
use crate::{
    auth::{About, Caller, Verb},
    extract::Params,
    problem::{Kind, Problem},
};
use axum::Json;
use domain::audit::{Fault, Seal, Verdict};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

/// What is checked: one of the two.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The whole chain of this thing down to what it is now: its kind and id, such as `ACTION#0199…`.
    #[param(min_length = 1, max_length = 600)]
    subject: Option<String>,
    /// All records of this day in UTC against its seal, and that seal against its neighbours; today if nothing is asked.
    #[param(format = Date)]
    day: Option<String>,
}

/// What a check found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Verdict)]
pub(super) struct VerdictView {
    /// Whether everything is as it was written.
    holds: bool,
    /// Records that were checked.
    records: u64,
    /// Chains that they belong to.
    chains: u64,
    /// Records that no seal covers yet: a day is sealed when it is over.
    unsealed: u64,
    /// Seals that were checked, oldest first.
    seals: Vec<SealView>,
    /// What is wrong; at most fifty are named.
    faults: Vec<FaultView>,
}

/// One day under one root.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Seal)]
struct SealView {
    /// The day, in UTC.
    #[schema(example = "2026-11-20")]
    date: String,
    /// Number of its records.
    count: u64,
    /// Merkle root over them.
    root: String,
    /// Hash of the day before's seal; absent in the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    /// When it was sealed.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

/// Something that is not as it was written.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Fault)]
struct FaultView {
    /// The thing whose record it is in, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// Number of the record, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    /// What is wrong.
    why: String,
}

/// Checks the record of a thing, or of a day against its seal. What is wrong is in the answer.
#[utoipa::path(get, path = "/audit/verify", operation_id = "verifyAudit", tag = "Audit",
    params(Asked),
    responses((status = 200, description = "What was found.", body = VerdictView),
        (status = 404, description = "There is no record of such a thing.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn verify(caller: Caller, Params(asked): Params<Asked>) -> Result<Json<VerdictView>, Problem> {
    let permit = caller.may(Verb::VerifyAudit, About::Nothing)?;
    let verdict = match (asked.subject, asked.day) {
        (Some(_), Some(_)) => {
            let told = "a thing or a day is checked, not both at once";
            return Err(Problem::field(Kind::Query, "day", told, "leave one of the two out"));
        }
        (Some(subject), None) => {
            let subject = subject_of(subject)?;
            of_thing(permit.store().verify_subject(&subject).await?, &subject)?
        }
        (None, day) => permit.store().verify_day(day_of("day", day.as_deref(), permit.now())?).await?,
    };
    Ok(Json(VerdictView::from(verdict)))
}

/// A thing that nobody ever heard of has no record that could hold.
fn of_thing(verdict: Verdict, subject: &str) -> Result<Verdict, Problem> {
    let unheard = verdict.records == 0 && verdict.faults.len() <= 1;
    if unheard { Err(Problem::not_found("record of", subject)) } else { Ok(verdict) }
}

impl From<Verdict> for VerdictView {
    fn from(verdict: Verdict) -> Self {
        Self {
            holds: verdict.holds(),
            records: verdict.records,
            chains: verdict.chains,
            unsealed: verdict.unsealed,
            seals: verdict.seals.into_iter().map(SealView::from).collect(),
            faults: verdict.faults.into_iter().map(FaultView::from).collect(),
        }
    }
}

impl From<Seal> for SealView {
    fn from(seal: Seal) -> Self {
        Self {
            date: seal.date.format(super::DAY).unwrap_or_default(),
            count: seal.count,
            root: seal.root.to_string(),
            previous: seal.previous.map(|hash| hash.to_string()),
            at: seal.at,
        }
    }
}

impl From<Fault> for FaultView {
    fn from(fault: Fault) -> Self {
        Self { subject: fault.subject, seq: fault.seq, why: fault.why }
    }
}
