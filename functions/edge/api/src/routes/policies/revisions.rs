//! Revisions that are kept, and the one that decides.

use crate::{
    auth::{About, Caller, Verb},
    extract::{Params, Wanted},
    problem::Problem,
    view::{Order, walk},
};
use axum::Json;
use domain::{
    InForce, Revision,
    revision::{Kept, Reign},
};
use serde::{Deserialize, Serialize};
use store::Row;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

/// Which revisions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// `PUBLISHED`: those that were allowed to decide, and can be rolled back to; `DRAFT`: the others. Both if not given.
    #[param(inline, required = false)]
    status: Option<Status>,
    /// Most rows of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Published,
    Draft,
}

/// Revisions, latest first, and which one decides.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyRevisions)]
pub(super) struct RevisionsView {
    /// What decides; absent while nothing was ever published, and the files that the system was delivered with decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force: Option<InForceView>,
    /// The revisions.
    items: Vec<RevisionView>,
    /// `cursor` of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// One revision.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyRevision)]
struct RevisionView {
    /// SHA-256 over its files.
    revision: String,
    /// SHA-256 over all that functions load of it.
    bundle: String,
    /// `PUBLISHED` or `DRAFT`.
    #[schema(example = "PUBLISHED")]
    status: &'static str,
    /// Whose draft it was; `gate` where the system was delivered with it.
    by: String,
    /// Since when it is kept.
    #[serde(with = "time::serde::rfc3339")]
    kept: OffsetDateTime,
    /// When it was first allowed to decide.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    published: Option<OffsetDateTime>,
    /// The action by which it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
}

/// Which revision decides.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyInForce)]
pub(super) struct InForceView {
    /// The one that decides.
    live: ReignView,
    /// The one that decides from its time on.
    #[serde(skip_serializing_if = "Option::is_none")]
    coming: Option<ReignView>,
    /// The one that decided before.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

/// A revision for as long as it decides.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyReign)]
struct ReignView {
    /// The revision.
    revision: String,
    /// From when on.
    #[serde(with = "time::serde::rfc3339")]
    from: OffsetDateTime,
    /// Who agreed to it, or rolled back to it.
    by: Vec<String>,
    /// The action by which it was published; absent after a roll-back.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    /// Why it was rolled back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Lists the revisions that are kept, latest first, and says which one decides.
#[utoipa::path(get, path = "/policies/revisions", operation_id = "listRevisions", tag = "Policies",
    params(Which), responses((status = 200, description = "A page of revisions.", body = RevisionsView)))]
pub(super) async fn list(caller: Caller, Params(which): Params<Which>) -> Result<Json<RevisionsView>, Problem> {
    let permit = caller.may(Verb::ReadPolicy, About::Nothing)?;
    let wanted = Wanted::new(which.limit, which.cursor)?;
    let statuses: &[&str] = match which.status {
        Some(Status::Published) => &[Revision::PUBLISHED],
        Some(Status::Draft) => &[Revision::DRAFT],
        None => &[Revision::PUBLISHED, Revision::DRAFT],
    };
    let page = walk::<Revision>(permit.store(), statuses, (&wanted, Order::Latest), |_| true).await?;
    let pointers = permit.store().pointers().await?;
    Ok(Json(RevisionsView {
        in_force: pointers.in_force.map(|row| InForceView::of(row.value, permit.now())),
        items: page.items.into_iter().map(RevisionView::from).collect(),
        next: page.next,
    }))
}

impl InForceView {
    /// What decides at `now`.
    pub(super) fn of(pointer: InForce, now: OffsetDateTime) -> Self {
        let InForce { live, next, before, .. } = pointer.settled(now);
        Self {
            live: ReignView::from(live),
            coming: next.map(ReignView::from),
            before: before.map(|Kept { revision, .. }| revision.to_string()),
        }
    }
}

impl From<Row<Revision>> for RevisionView {
    fn from(row: Row<Revision>) -> Self {
        let status = row.value.status();
        let Revision { revision, bundle, by, kept, published, action, .. } = row.value;
        let action = action.map(|action| action.to_string());
        Self { revision: revision.to_string(), bundle: bundle.to_string(), status, by, kept, published, action }
    }
}

impl From<Reign> for ReignView {
    fn from(reign: Reign) -> Self {
        let Reign { revision, from, by, action, reason, .. } = reign;
        Self { revision: revision.to_string(), from, by, action: action.map(|action| action.to_string()), reason }
    }
}
