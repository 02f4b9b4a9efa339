//! Codes become sentences.

use crate::Policy;
use domain::{Reason, Tier};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The tier that it asks for, where it is about a tier.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tier: Option<Tier>,
    /// What was found.
    pub code: String,
    /// Path of the limit in `thresholds.rego`, where one was compared with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<String>,
    /// The value found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<Value>,
    /// The fact that it was compared with, where that is no limit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub than: Option<Value>,
}

/// The reason that people read.
pub(crate) fn reason(_policy: &Policy, finding: &Finding, tier: Tier) -> Reason {
    Reason {
        code: finding.code.clone(),
        tier,
        limit: finding.limit.clone(),
        threshold: None,
        line: None,
        value: None,
        en: finding.code.clone(),
        nl: finding.code.clone(),
    }
}

/// The reason given when policy itself gave none.
pub(crate) fn policy_error(cause: &str) -> Reason {
    Reason {
        code: "policy_error".to_owned(),
        tier: Tier::High,
        limit: None,
        threshold: None,
        line: None,
        value: None,
        en: cause.to_owned(),
        nl: cause.to_owned(),
    }
}
