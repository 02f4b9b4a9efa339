//! Decisions under the names of Open Policy Agent's decision log, so that what reads those logs reads ours.
//!
//! The names are those of `EventV1` in OPA's `plugins/logs`. What we do not have is left out.

use super::AuditRecord;
use crate::Record;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// The rule that judges, as OPA writes a path.
const PATH: &str = "royal/risk/decision";
/// Our one bundle.
const BUNDLE: &str = "royal";
/// What the gate puts on record when it judges.
const JUDGED: &str = "judged";

/// A bundle that took part in a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleInfoV1 {
    /// Revision of the policy.
    pub revision: String,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventV1 {
    /// What decided: `app` and `version`.
    pub labels: BTreeMap<String, String>,
    /// Id of the action, and number of the record that holds the decision.
    pub decision_id: String,
    /// The policy, by name.
    pub bundles: BTreeMap<String, BundleInfoV1>,
    /// The rule that was asked.
    pub path: String,
    /// What it was asked about, where that is kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub input: Option<Value>,
    /// What it answered.
    pub result: Value,
    /// What a draft made of it, where one judged beside the policy.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shadow: Option<Value>,
    /// Pointers to what is no longer there.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub erased: Vec<String>,
    /// The agent that asked.
    pub requested_by: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub timestamp: OffsetDateTime,
    /// Number of the record that holds the decision.
    pub req_id: u64,
}

/// A decision as it was put on record, with what it is about and what policy was asked.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The action, as it is now.
    pub action: &'a Record,
    /// The record of the judgement.
    pub link: &'a AuditRecord,
    /// What was judged.
    pub input: Option<&'a Value>,
    /// What a draft made of it.
    pub shadow: Option<&'a Value>,
}

impl AuditRecord {
    /// Whether it holds a decision of policy.
    #[must_use]
    pub fn is_judgement(&self) -> bool {
        self.entry.what.starts_with(JUDGED)
    }
}

impl EventV1 {
    /// The decision under OPA's names; `version` is that of the program.
    #[must_use]
    pub fn of(judged: Judged<'_>, version: &str) -> Self {
        let Judged { action, link, input, shadow } = judged;
        let revision = link.entry.revision.clone().unwrap_or_default();
        let labels = [("app", BUNDLE), ("version", version)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            labels: labels.into(),
            decision_id: format!("{}/{}", action.proposal.id, link.seq),
            bundles: [(BUNDLE.to_owned(), BundleInfoV1 { revision })].into(),
            path: PATH.to_owned(),
            input: input.cloned(),
            result: result(action, link),
            shadow: shadow.cloned(),
            erased: input.is_none().then(|| "/input".to_owned()).into_iter().collect(),
            requested_by: action.proposal.agent.to_string(),
            timestamp: link.at,
            req_id: link.seq,
        }
    }
}

/// The whole decision where it is still the action's; of an earlier one, what the record says.
fn result(action: &Record, link: &AuditRecord) -> Value {
    let decision = &action.decision;
    let present =
        Some(&decision.revision) == link.entry.revision.as_ref() && Some(&decision.input) == link.entry.input.as_ref();
    if !present {
        return json!({ "reasons": link.entry.reasons, "status": link.entry.result });
    }
    json!({
        "tier": decision.tier,
        "reasons": decision.reasons,
        "consent": decision.consent,
        "undo_minutes": decision.undo_minutes,
        "status": link.entry.result,
    })
}
