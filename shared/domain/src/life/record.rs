//! The state of one action, and the steps that change it.

use super::{AskError, NoSuchStep, NotUndoable, Status, Undo};
use crate::{
    Action, ActionId, Approval, Decision, Digest, Grant, Outcome, Premise, Proposal, digest::NotCanonical,
    retry::Earlier,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// What a person said about an action, for whoever decides it or reads of it later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// Account of the person.
    pub account: String,
    /// What was said.
    pub text: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// That somebody was asked to decide an action in another person's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delegated {
    /// Account of the person who is stood in for.
    pub from: String,
    /// Account of who stands in.
    pub to: String,
    /// Until when.
    #[serde(with = "time::serde::rfc3339")]
    pub until: OffsetDateTime,
    /// Why.
    pub reason: String,
    /// When it was said.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
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
    /// The way back, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undo: Option<Undo>,
    /// How the last action of the same effect ended, where there was one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub earlier: Option<Earlier>,
    /// The action that took its place, where a person changed it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub superseded_by: Option<ActionId>,
    /// Who was asked to stand in for somebody, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub delegated: Vec<Delegated>,
    /// What people said about it, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub comments: Vec<Comment>,
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
            undo: None,
            earlier: None,
            superseded_by: None,
            delegated: Vec::new(),
            comments: Vec::new(),
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
        let grant = Grant { bound: self.bound.clone(), by, at, attempt, claimed_until: None, not_before: None };
        Ok(Self { grant: Some(grant), note: None, ..self.becomes(Status::Granted, at)? })
    }

    /// The same action, waiting for people. What is asked of them is what policy said.
    ///
    /// # Errors
    /// When the state machine has no such step.
    pub fn asked(self, note: Option<String>, at: OffsetDateTime) -> Result<Self, NoSuchStep> {
        let approval = Approval::open(&self.decision.consent, at);
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
        next.approval = next.approval.map(|approval| approval.put_forward(held));
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

    /// The same action, judged again by another policy revision: what was said of it under the earlier one no
    /// longer counts, and where people are still to be asked, they are asked anew.
    ///
    /// # Errors
    /// When the state machine has no such step, or the action has no canonical form.
    pub fn judged_anew(self, decision: Decision, at: OffsetDateTime) -> Result<Self, AskError> {
        let bound = self.proposal.bound(&decision.revision)?;
        let next = Self { bound, decision, ..self };
        let note = next.note.clone();
        Ok(if next.status == Status::Pending { next.asked(note, at)? } else { next })
    }

    /// The way back, while it is open.
    ///
    /// # Errors
    /// With the reason why it is not.
    pub fn way_back(&self, now: OffsetDateTime) -> Result<&Action, NotUndoable> {
        if self.status != Status::Executed {
            return Err(NotUndoable::NotExecuted);
        }
        let undo = self.undo.as_ref().ok_or(NotUndoable::NoInverse)?;
        let open = undo.until.is_some_and(|until| now <= until);
        if open { Ok(&undo.action) } else { Err(NotUndoable::TooLate) }
    }

    /// Whether it was taken back while people were asked about it, with nothing in its place.
    #[must_use]
    pub const fn is_withdrawn(&self) -> bool {
        matches!(self.status, Status::Superseded) && self.approval.is_some() && self.superseded_by.is_none()
    }

    /// How the action ended, for whoever tries the same again.
    #[must_use]
    pub fn ended(&self) -> Earlier {
        let against = self.approval.iter().flat_map(|approval| &approval.votes).find(|vote| !vote.agrees);
        Earlier {
            id: self.proposal.id,
            attempt: self.earlier.as_ref().map_or(1, |earlier| earlier.attempt.saturating_add(1)),
            status: self.status,
            note: self.note.clone(),
            by: against.filter(|_| self.status == Status::Rejected).map(|vote| vote.person.clone()),
            at: self.updated,
        }
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
