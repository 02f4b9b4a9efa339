//! An action's life as an explicit state machine.

use crate::{Approval, Decision, Digest, Grant, Outcome, Premise, Proposal, digest::NotCanonical};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use time::{Duration, OffsetDateTime};

/// Where an action is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Waits in the gate's inbox.
    Proposed,
    /// Waits for the CEO function.
    CeoReview,
    /// Waits for people.
    Pending,
    /// May be executed once.
    Granted,
    /// Set aside while a stop is on; goes back to where it was.
    Held,
    /// Claimed by an executor.
    Executing,
    /// The remote system confirmed it.
    Executed,
    /// Not sent: there is no credential, or the system runs in shadow.
    Simulated,
    /// Retries are spent; the reason is kept.
    Failed,
    /// Sent, and nobody knows whether it arrived: the remote is asked before anything else.
    Unknown,
    /// Forbidden by policy.
    Denied,
    /// Refused by the CEO function or a person.
    Rejected,
    /// Nobody decided in time.
    Expired,
    /// Replaced by a changed proposal.
    Superseded,
    /// Its inverse was executed.
    Undone,
}

/// A step that the state machine does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an action that is {from} cannot become {to}")]
pub struct NoSuchStep {
    /// Where it is.
    pub from: Status,
    /// Where it was to go.
    pub to: Status,
}

/// Why an action cannot be asked about again.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The state machine has no such step.
    #[error(transparent)]
    NoSuchStep(#[from] NoSuchStep),
    /// The action has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

impl Status {
    /// All states.
    pub const ALL: [Self; 15] = [
        Self::Proposed,
        Self::CeoReview,
        Self::Pending,
        Self::Granted,
        Self::Held,
        Self::Executing,
        Self::Executed,
        Self::Simulated,
        Self::Failed,
        Self::Unknown,
        Self::Denied,
        Self::Rejected,
        Self::Expired,
        Self::Superseded,
        Self::Undone,
    ];

    /// The states that can follow.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Proposed => {
                &[Self::CeoReview, Self::Pending, Self::Granted, Self::Denied, Self::Held, Self::Superseded]
            }
            Self::CeoReview => &[Self::Granted, Self::Rejected, Self::Pending, Self::Held, Self::CeoReview],
            Self::Pending => {
                &[Self::Granted, Self::Rejected, Self::Expired, Self::Superseded, Self::Held, Self::Pending]
            }
            Self::Granted => {
                &[Self::Executing, Self::Pending, Self::Denied, Self::Held, Self::Simulated, Self::Granted]
            }
            Self::Held => &[Self::CeoReview, Self::Pending, Self::Granted, Self::Rejected],
            Self::Executing => &[Self::Executed, Self::Failed, Self::Unknown, Self::Granted],
            Self::Unknown => &[Self::Executed, Self::Failed, Self::Granted, Self::Unknown],
            Self::Executed => &[Self::Undone],
            Self::Simulated
            | Self::Failed
            | Self::Denied
            | Self::Rejected
            | Self::Expired
            | Self::Superseded
            | Self::Undone => &[],
        }
    }

    /// Whether nothing more will happen by itself.
    #[must_use]
    pub const fn settled(self) -> bool {
        matches!(
            self,
            Self::Executed
                | Self::Simulated
                | Self::Failed
                | Self::Denied
                | Self::Rejected
                | Self::Expired
                | Self::Superseded
                | Self::Undone
        )
    }

    /// Whether money reserved for it must be given back.
    #[must_use]
    pub const fn releases(self) -> bool {
        self.settled() && !matches!(self, Self::Executed)
    }

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "PROPOSED",
            Self::CeoReview => "CEO_REVIEW",
            Self::Pending => "PENDING",
            Self::Granted => "GRANTED",
            Self::Held => "HELD",
            Self::Executing => "EXECUTING",
            Self::Executed => "EXECUTED",
            Self::Simulated => "SIMULATED",
            Self::Failed => "FAILED",
            Self::Unknown => "UNKNOWN",
            Self::Denied => "DENIED",
            Self::Rejected => "REJECTED",
            Self::Expired => "EXPIRED",
            Self::Superseded => "SUPERSEDED",
            Self::Undone => "UNDONE",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| format!("`{name}` is no status: {}", known()))
    }
}

/// The state of one action: everything about it that changes. The proposal itself never does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// What was proposed.
    pub proposal: Proposal,
    /// Digest of the action: two proposals of the same effect share it.
    pub digest: Digest,
    /// Digest that consent is bound to: action, premises and policy revision.
    pub bound: Digest,
    /// Where it is.
    pub status: Status,
    /// Where it goes back to when the stop is lifted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub held_from: Option<Status>,
    /// What policy said.
    pub decision: Decision,
    /// The request to people, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approval: Option<Approval>,
    /// Permission to execute once.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub grant: Option<Grant>,
    /// What happened outside.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outcome: Option<Outcome>,
    /// Budgets in which its amount is reserved or spent.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reserved: Vec<String>,
    /// Since when it counts there, if not since the decision.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub reserved_at: Option<OffsetDateTime>,
    /// Why it is where it is, for people.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Record {
    /// The record of a proposal that policy has judged.
    ///
    /// # Errors
    /// When the action has no canonical form.
    pub fn judged(proposal: Proposal, decision: Decision, status: Status) -> Result<Self, NotCanonical> {
        Ok(Self {
            digest: proposal.digest()?,
            bound: proposal.bound(&decision.revision)?,
            updated: decision.at,
            held_from: None,
            approval: None,
            grant: None,
            outcome: None,
            reserved: Vec::new(),
            reserved_at: None,
            note: None,
            proposal,
            decision,
            status,
        })
    }

    /// The same action, allowed to be executed once, on the word of `by`.
    ///
    /// # Errors
    /// When the state machine has no such step.
    pub fn granted(self, by: Vec<String>, at: OffsetDateTime) -> Result<Self, NoSuchStep> {
        let attempt = self.grant.as_ref().map_or(0, |grant| grant.attempt);
        let grant = Grant { bound: self.bound.clone(), by, at, attempt, claimed_until: None };
        Ok(Self { grant: Some(grant), note: None, ..self.becomes(Status::Granted, at)? })
    }

    /// The same action, waiting for people. What is asked of them is what policy said.
    ///
    /// # Errors
    /// When the state machine has no such step.
    pub fn asked(self, note: Option<String>, at: OffsetDateTime) -> Result<Self, NoSuchStep> {
        let consent = &self.decision.consent;
        let approval = Approval {
            roles: consent.roles.clone(),
            quorum: consent.quorum,
            opened: at,
            deadline: at.checked_add(Duration::hours(i64::from(consent.hours))).unwrap_or(at),
            votes: Vec::new(),
        };
        Ok(Self { approval: Some(approval), grant: None, note, ..self.becomes(Status::Pending, at)? })
    }

    /// The same action back where it was before it was held; the time that it was held does not count
    /// towards its deadline.
    ///
    /// # Errors
    /// When the state machine has no such step.
    pub fn released(self, at: OffsetDateTime) -> Result<Self, NoSuchStep> {
        let (held, back) = (at - self.updated, self.held_from.unwrap_or(Status::Pending));
        let mut next = Self { note: None, ..self.becomes(back, at)? };
        if let Some(approval) = &mut next.approval {
            approval.deadline = approval.deadline.checked_add(held).unwrap_or(approval.deadline);
        }
        Ok(next)
    }

    /// The same action, asked about again because the world is not as it was decided on: whoever agrees
    /// now agrees to `premises`, the world as it was found.
    ///
    /// # Errors
    /// When the state machine has no such step, or the action has no canonical form.
    pub fn asked_anew(self, premises: Vec<Premise>, note: String, at: OffsetDateTime) -> Result<Self, AskError> {
        let mut next = self.asked(Some(note), at)?;
        next.proposal.premises = premises;
        next.bound = next.proposal.bound(&next.decision.revision)?;
        Ok(next)
    }

    /// The same action, settled or moved on for the reason `note`.
    ///
    /// # Errors
    /// When the state machine has no such step.
    pub fn noted(self, to: Status, note: impl Into<String>, at: OffsetDateTime) -> Result<Self, NoSuchStep> {
        Ok(Self { note: Some(note.into()), ..self.becomes(to, at)? })
    }

    /// Whether the grant is bound to exactly this action, these premises and this policy revision.
    #[must_use]
    pub fn grant_holds(&self) -> bool {
        let bound = self.proposal.bound(&self.decision.revision).ok();
        self.grant.as_ref().is_some_and(|grant| Some(&grant.bound) == bound.as_ref() && grant.bound == self.bound)
    }

    /// The same action one step on.
    ///
    /// # Errors
    /// When the state machine has no such step.
    pub fn becomes(mut self, to: Status, at: OffsetDateTime) -> Result<Self, NoSuchStep> {
        let from = self.status;
        if !from.next().contains(&to) {
            return Err(NoSuchStep { from, to });
        }
        self.held_from = (to == Status::Held).then_some(from);
        self.status = to;
        self.updated = at;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_settled_stays_unless_it_is_undone() {
        for status in Status::ALL {
            let only_undo = status.next().iter().all(|next| *next == Status::Undone);
            assert_eq!(status.settled(), only_undo, "{status}");
            assert_eq!(status.name().parse::<Status>(), Ok(status));
        }
    }

    #[test]
    fn nothing_is_executed_that_was_not_granted_and_claimed() {
        let leads_to = |to: Status| Status::ALL.into_iter().filter(move |from| from.next().contains(&to));
        assert!(leads_to(Status::Executed).all(|from| matches!(from, Status::Executing | Status::Unknown)));
        assert_eq!(leads_to(Status::Executing).collect::<Vec<_>>(), [Status::Granted]);
        assert!(leads_to(Status::Granted).all(|from| from != Status::Denied && from != Status::Rejected));
    }
}
