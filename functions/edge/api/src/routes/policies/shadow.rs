//! A draft that judges beside the policy in force, without a say.

use super::{
    edit::{CheckView, Edited, EditedFile},
    in_force,
    keep::keep,
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, Params, Wanted},
    problem::Problem,
    turns::{Turn, until_written},
    view::{MoneyView, who},
};
use axum::{Json, http::StatusCode};
use domain::{
    Shadow,
    audit::Entry,
    revision::{Disagreement, Judgement, Kept},
};
use futures::FutureExt as _;
use serde::{Deserialize, Serialize};
use store::page::Cut;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

/// A draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
#[schema(as = NewShadow)]
pub(super) struct Draft {
    /// The files that differ from those in force.
    #[schema(min_items = 1, max_items = 50)]
    files: Vec<EditedFile>,
}

/// Which of its disagreements.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

/// A draft that judges beside the policy from now on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShadowStarted {
    /// What a look at it found.
    check: CheckView,
}

/// The draft that judges beside the policy, and where the two did not agree.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Shadow)]
pub(super) struct ShadowView {
    /// Revision of the draft; absent while none judges.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
    /// Who let it, or ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Since when.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    since: Option<OffsetDateTime>,
    /// Decisions on which they did not agree, latest first; kept for 90 days.
    items: Vec<DisagreementView>,
    /// `cursor` of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A decision on which they did not agree.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Disagreement)]
struct DisagreementView {
    /// The action.
    action: String,
    /// Its type.
    #[schema(example = "expense.pay")]
    action_type: String,
    /// The agent that asked.
    agent: String,
    /// When it was judged.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// The money that it moves, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<MoneyView>,
    /// What decided.
    live: JudgementView,
    /// What the draft would have decided.
    draft: JudgementView,
}

/// What one revision made of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Judgement)]
struct JudgementView {
    /// The revision.
    revision: String,
    /// The tier.
    #[schema(example = "HIGH")]
    tier: String,
    /// Who would be asked.
    roles: Vec<&'static str>,
    /// How many of them.
    quorum: u32,
    /// Codes of what it found.
    reasons: Vec<String>,
}

/// Has a draft judge beside the policy in force: both verdicts are kept, only the policy's counts. It takes the place of
/// another draft.
#[utoipa::path(post, path = "/policies/shadow", operation_id = "startShadow", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Accepted; doing it twice is doing it once.")),
    request_body = Draft,
    responses((status = 200, description = "It judges from now on.", body = ShadowStarted)))]
pub(super) async fn start(
    caller: Caller,
    _: IdempotencyKey,
    Body(draft): Body<Draft>,
) -> Result<Json<ShadowStarted>, Problem> {
    let permit = caller.may(Verb::ShadowPolicy, About::Nothing)?;
    let (check, policy) = Edited::of(&*in_force(&permit)?, &draft.files)?.sound()?;
    let kept = keep(&permit, &policy).await?.value.kept();
    until_written(|| turn(&permit, Some(&kept)).boxed()).await?;
    permit.policies().renew(permit.now()).await;
    Ok(Json(ShadowStarted { check }))
}

/// Ends it; what it disagreed on stays.
#[utoipa::path(delete, path = "/policies/shadow", operation_id = "endShadow", tag = "Policies",
    responses((status = 204, description = "No draft judges any more.")))]
pub(super) async fn end(caller: Caller) -> Result<StatusCode, Problem> {
    let permit = caller.may(Verb::ShadowPolicy, About::Nothing)?;
    until_written(|| turn(&permit, None).boxed()).await?;
    permit.policies().renew(permit.now()).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows the draft that judges beside the policy, and where the two did not agree.
#[utoipa::path(get, path = "/policies/shadow", operation_id = "showShadow", tag = "Policies",
    params(Which), responses((status = 200, description = "The draft.", body = ShadowView)))]
pub(super) async fn show(caller: Caller, Params(which): Params<Which>) -> Result<Json<ShadowView>, Problem> {
    let permit = caller.may(Verb::ReadPolicy, About::Nothing)?;
    let wanted = Wanted::new(which.limit, which.cursor)?;
    let cut = Cut { cursor: wanted.cursor, ..Cut::latest(wanted.limit) };
    let shadow = permit.store().pointers().await?.shadow.map(|row| row.value);
    let draft = shadow.as_ref().and_then(|shadow| shadow.draft.as_ref());
    let (items, next) = match draft {
        Some(draft) => {
            let page = permit.store().disagreements(&draft.revision, &cut).await?;
            (page.items.into_iter().map(DisagreementView::from).collect(), page.next)
        }
        None => (Vec::new(), None),
    };
    Ok(Json(ShadowView {
        revision: draft.map(|draft| draft.revision.to_string()),
        by: shadow.as_ref().map(|shadow| shadow.by.clone()),
        since: shadow.as_ref().map(|shadow| shadow.since),
        items,
        next,
    }))
}

async fn turn(permit: &Permit, draft: Option<&Kept>) -> Result<Turn<()>, Problem> {
    let row = permit.store().pointers().await?.shadow;
    let now = row.as_ref().and_then(|row| row.value.draft.as_ref());
    if now == draft {
        return Ok(Turn::Done(()));
    }
    let account = permit.person().account.clone();
    let next = Shadow { draft: draft.cloned(), by: account.clone(), since: permit.now() };
    let what = if draft.is_some() { "shadow started" } else { "shadow ended" };
    let entry = Entry::new(who(&account), what, next.status());
    let entry = Entry { revision: draft.or(now).map(|kept| kept.revision.to_string()), ..entry };
    let mut tx = permit.store().tx(permit.now());
    match &row {
        Some(row) => tx.update(row, &next, entry)?,
        None => tx.create(&next, entry)?,
    }
    Turn::of(tx.commit().await, ())
}

impl From<Disagreement> for DisagreementView {
    fn from(one: Disagreement) -> Self {
        let Disagreement { action, action_type, agent, at, amount, live, draft } = one;
        Self {
            action: action.to_string(),
            action_type,
            agent: agent.to_string(),
            at,
            amount: amount.map(MoneyView::from),
            live: live.into(),
            draft: draft.into(),
        }
    }
}

impl From<Judgement> for JudgementView {
    fn from(judgement: Judgement) -> Self {
        let Judgement { revision, tier, roles, quorum, reasons } = judgement;
        let roles = roles.into_iter().map(domain::Role::name).collect();
        Self { revision: revision.to_string(), tier: tier.to_string(), roles, quorum, reasons }
    }
}
