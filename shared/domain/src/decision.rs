//! What policy said of a proposal.

use crate::approval::Role;
use serde::{Deserialize, Serialize};
use std::fmt;
use time::OffsetDateTime;

/// How much consent an action needs, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Tier {
    /// Executed and logged.
    Low,
    /// Executed, people are told, and it can be undone for a while.
    Medium,
    /// The CEO function decides within its mandate.
    Ceo,
    /// A person decides.
    High,
    /// Never executed.
    Denied,
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::Ceo => "CEO",
            Self::High => "HIGH",
            Self::Denied => "DENIED",
        })
    }
}

/// One finding of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// What was found, such as `amount_above_limit`.
    pub code: String,
    /// The tier that this finding alone asks for.
    pub tier: Tier,
    /// The threshold it was compared with, such as `amount.expense.pay.high_over`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<String>,
    /// That threshold's value.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub threshold: Option<String>,
    /// The line in `thresholds.rego` where it stands.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// The value found in the proposal or the facts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    /// The finding in English.
    pub en: String,
    /// The finding in Dutch.
    pub nl: String,
}

/// Who has to agree, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// Roles that may decide.
    pub roles: Vec<Role>,
    /// Distinct people who must agree.
    pub quorum: u32,
    /// Hours until it expires.
    pub hours: u32,
    /// Roles that are asked as well when the deadline comes near.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub escalation: Vec<Role>,
    /// Hours before the deadline at which they are.
    #[serde(default)]
    pub escalate_before_hours: u32,
}

impl Consent {
    /// That `quorum` people in these roles agree within `hours`, and nobody else is asked later.
    #[must_use]
    pub const fn of(roles: Vec<Role>, quorum: u32, hours: u32) -> Self {
        Self { roles, quorum, hours, escalation: Vec::new(), escalate_before_hours: 0 }
    }
}

/// The judgement of one policy revision over one proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The tier.
    pub tier: Tier,
    /// Why: every finding that asks for this tier, and all that ask for more than LOW.
    pub reasons: Vec<Reason>,
    /// Who must agree, where a person decides (also after the CEO function passes it on).
    pub consent: Consent,
    /// Minutes in which an executed action can be undone.
    pub undo_minutes: u32,
    /// SHA-256 of the policy sources that judged.
    pub revision: String,
    /// SHA-256 of the input that was judged.
    pub input: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}
