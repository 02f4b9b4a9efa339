//! What an agent asks for, and why.

use crate::{Action, ActionId, AgentName, Digest, JourneyId, Money, Premise, TaskId, digest::NotCanonical};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Confidence of an agent in its own proposal, in whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Confidence(u8);

impl Confidence {
    /// From 0 to 100.
    ///
    /// # Errors
    /// When it is above 100.
    pub fn percent(percent: u8) -> Result<Self, String> {
        Self::try_from(percent)
    }
}

impl TryFrom<u8> for Confidence {
    type Error = String;

    fn try_from(percent: u8) -> Result<Self, String> {
        if percent > 100 {
            return Err(format!("confidence `{percent}` is not a whole percentage from 0 to 100"));
        }
        Ok(Self(percent))
    }
}

impl From<Confidence> for u8 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

/// What an agent expects of its action. A figure that it cannot know stays absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Impact {
    /// Revenue over 30 days.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revenue: Option<Money>,
    /// Cost over 30 days.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cost: Option<Money>,
    /// Margin of one sale, in whole percent of its price.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub margin_percent: Option<i64>,
}

/// Another way to reach the same end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Alternative {
    /// What it is.
    pub description: String,
    /// What speaks for it.
    pub pros: Vec<String>,
    /// What speaks against it.
    pub cons: Vec<String>,
    /// What it would bring over 30 days, where that is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub estimated_impact: Option<Money>,
}

/// The agent's words about its proposal: shown to people, never read by a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Case {
    /// One line.
    pub title: String,
    /// What and for whom.
    pub description: String,
    /// Why.
    pub reasoning: String,
    /// Where the figures come from.
    pub data_sources: Vec<String>,
    /// What could go wrong.
    pub risk_factors: Vec<String>,
    /// What was not known and was left out.
    pub missing: Vec<String>,
    /// Expected effect.
    pub impact: Impact,
    /// Other ways.
    pub alternatives: Vec<Alternative>,
}

/// A person who asked for an action, or changed it: somebody else has to agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Author {
    /// The account.
    pub account: String,
    /// Who that is: one person may have several accounts.
    pub human: String,
}

/// One proposed action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Proposal {
    /// Its id, kept to the end of its life.
    pub id: ActionId,
    /// Who proposes.
    pub agent: AgentName,
    /// The task it came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub task: Option<TaskId>,
    /// The journey it is part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub journey: Option<JourneyId>,
    /// The people who asked for it or changed it, in order; none where an agent did.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub authors: Vec<Author>,
    /// The action that this one takes the place of, as a person changed it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub supersedes: Option<ActionId>,
    /// The executed action that this one undoes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undoes: Option<ActionId>,
    /// What will happen.
    pub action: Action,
    /// Facts it rests on.
    pub premises: Vec<Premise>,
    /// How sure the agent is. Never lowers a tier.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confidence: Option<Confidence>,
    /// Why.
    pub case: Case,
    /// When it was proposed.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Random text that makes every digest of it that is put on record say nothing about a customer, once it is gone;
    /// the gate's, for an action that names one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub salt: Option<String>,
}

/// What consent is bound to.
#[derive(Serialize)]
struct Bound<'a> {
    action: &'a Action,
    premises: &'a [Premise],
    policy: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<&'a str>,
}

impl Proposal {
    /// A proposal of `agent` that rests on nothing and belongs to nothing yet.
    #[must_use]
    pub fn new(id: ActionId, agent: AgentName, action: Action, case: Case, at: OffsetDateTime) -> Self {
        Self {
            id,
            agent,
            task: None,
            journey: None,
            authors: Vec::new(),
            supersedes: None,
            undoes: None,
            action,
            premises: Vec::new(),
            confidence: None,
            case,
            at,
            salt: None,
        }
    }

    /// The digest of the action alone: two proposals of the same effect share it.
    ///
    /// # Errors
    /// When the action has no canonical form.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        Digest::of(&self.action)
    }

    /// The digest that a decision under policy revision `policy` binds: action, premises and revision.
    ///
    /// # Errors
    /// When the action has no canonical form.
    pub fn bound(&self, policy: &str) -> Result<Digest, NotCanonical> {
        Digest::of(&Bound { action: &self.action, premises: &self.premises, policy, salt: self.salt.as_deref() })
    }
}
