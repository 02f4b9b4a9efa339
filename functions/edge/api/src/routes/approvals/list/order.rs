//! In which order requests come.

use super::gist::Gist;
use serde::Deserialize;

/// In which order requests come. With `-`, the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Sort {
    #[serde(rename = "deadline")]
    Deadline,
    #[serde(rename = "-deadline")]
    DeadlineLast,
    #[serde(rename = "amount")]
    Amount,
    #[serde(rename = "-amount")]
    AmountLargest,
    #[serde(rename = "created")]
    Created,
    #[serde(rename = "-created")]
    CreatedLatest,
}

impl Sort {
    /// What a request is sorted by; the id makes it one of its own.
    pub(super) fn key(sort: Option<Self>, gist: &Gist) -> String {
        let by = match sort {
            None => gist.due.clone(),
            Some(Self::Deadline | Self::DeadlineLast) => gist.deadline.clone(),
            Some(Self::Amount | Self::AmountLargest) => format!("{:016}", gist.cents),
            Some(Self::Created | Self::CreatedLatest) => gist.created.clone(),
        };
        format!("{by}#{}", gist.id)
    }

    /// Whether the largest comes first.
    pub(super) fn falls(sort: Option<Self>) -> bool {
        matches!(sort, Some(Self::DeadlineLast | Self::AmountLargest | Self::CreatedLatest))
    }
}

/// The same requests in this order, each with what it is sorted by.
pub(super) fn sorted(gists: impl Iterator<Item = Gist>, sort: Option<Sort>) -> Vec<(String, Gist)> {
    let mut keyed: Vec<(String, Gist)> = gists.map(|gist| (Sort::key(sort, &gist), gist)).collect();
    keyed.sort_by(|(a, _), (b, _)| if Sort::falls(sort) { b.cmp(a) } else { a.cmp(b) });
    keyed
}

/// Those that come behind the one with the key `last`.
pub(super) fn behind(keyed: Vec<(String, Gist)>, sort: Option<Sort>, last: Option<&str>) -> Vec<(String, Gist)> {
    let Some(last) = last else { return keyed };
    let is_behind = |key: &str| if Sort::falls(sort) { key < last } else { key > last };
    keyed.into_iter().filter(|(key, _)| is_behind(key)).collect()
}
