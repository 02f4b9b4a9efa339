//! Standing in for somebody: explicit, dated and on record.

use crate::{ActionId, Role};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// One person's word that another may decide in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delegation {
    /// Account of the person who is stood in for.
    pub from: String,
    /// Who that is.
    pub human: String,
    /// The roles that the person held when delegating; the delegate decides in these.
    pub roles: Vec<Role>,
    /// The one request that it is about; all of them, where absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request: Option<ActionId>,
    /// From when it holds.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// Until when it holds.
    #[serde(with = "time::serde::rfc3339")]
    pub until: OffsetDateTime,
    /// Why.
    pub reason: String,
}

impl Delegation {
    /// Whether it holds at `now` for the request `id`.
    #[must_use]
    pub fn covers(&self, id: ActionId, now: OffsetDateTime) -> bool {
        self.since <= now && now < self.until && self.request.is_none_or(|request| request == id)
    }
}

/// All that one account may decide in place of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delegations {
    /// The account that stands in.
    pub to: String,
    /// For whom, and until when.
    pub held: Vec<Delegation>,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Delegations {
    /// None yet.
    #[must_use]
    pub fn none(to: &str, now: OffsetDateTime) -> Self {
        Self { to: to.to_owned(), held: Vec::new(), updated: now }
    }

    /// Those that hold at `now` for the request `id`.
    pub fn covering(&self, id: ActionId, now: OffsetDateTime) -> impl Iterator<Item = &Delegation> {
        self.held.iter().filter(move |delegation| delegation.covers(id, now))
    }

    /// The same with one more; what is over at `now` is dropped (it stays in the chain), and a newer word of
    /// the same person about the same request takes the place of the earlier one.
    #[must_use]
    pub fn with(mut self, new: Delegation, now: OffsetDateTime) -> Self {
        self.held.retain(|held| held.until > now && (held.human != new.human || held.request != new.request));
        self.held.push(new);
        Self { updated: now, ..self }
    }

    /// The same without what `human` delegated for `request`.
    #[must_use]
    pub fn without(mut self, human: &str, request: Option<ActionId>, now: OffsetDateTime) -> Self {
        self.held.retain(|held| held.until > now && (held.human != human || held.request != request));
        Self { updated: now, ..self }
    }
}
