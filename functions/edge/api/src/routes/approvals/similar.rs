//! What became of the last actions of the same type.

use crate::{auth::Permit, problem::Problem};
use domain::{Record, Status, text::Lang};
use futures::future::try_join_all;
use serde::Serialize;
use store::page::Cut;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// How many are shown.
const SHOWN: usize = 5;
/// How many of each outcome are looked at.
const LOOKED_AT: usize = 50;

/// An earlier action of the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SimilarAction)]
pub(super) struct SimilarView {
    /// Its id.
    id: String,
    /// What was to happen.
    would_happen: String,
    /// What became of it.
    #[schema(example = "EXECUTED")]
    status: &'static str,
    /// Who decided, where somebody did.
    decided_by: Vec<String>,
    /// When it settled.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

/// The latest actions of the same type as the one in `record`, among the latest of each outcome.
pub(super) async fn to(permit: &Permit, record: &Record, lang: Lang) -> Result<Vec<SimilarView>, Problem> {
    let outcomes = [Status::Executed, Status::Failed, Status::Rejected, Status::Expired];
    let cut = Cut::latest(LOOKED_AT);
    let pages = outcomes.map(|status| permit.store().list::<Record>(status.name(), &cut));
    let pages = try_join_all(pages).await?;
    let mut found: Vec<Record> = pages
        .into_iter()
        .flat_map(|page| page.items)
        .map(|row| row.value)
        .filter(|other| other.proposal.action.kind() == record.proposal.action.kind())
        .filter(|other| other.proposal.id != record.proposal.id)
        .collect();
    found.sort_by_key(|other| std::cmp::Reverse(other.updated));
    Ok(found.iter().take(SHOWN).map(|other| view(other, lang)).collect())
}

fn view(record: &Record, lang: Lang) -> SimilarView {
    SimilarView {
        id: record.proposal.id.to_string(),
        would_happen: record.proposal.action.sentence(lang),
        status: record.status.name(),
        decided_by: super::decide::deciders(record),
        at: record.updated,
    }
}
