//! Why policy asks for what it asks.

use domain::{Decision, Reason, text::Lang};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// What policy said.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Decision)]
pub(crate) struct DecisionView {
    /// The tier.
    tier: String,
    /// Every finding that asks for this tier, and all that ask for more than LOW.
    reasons: Vec<ReasonView>,
    /// Minutes in which it can be undone once executed; 0 if it cannot.
    undo_minutes: u32,
    /// The policy revision that judged.
    revision: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

/// One finding of the rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Reason)]
struct ReasonView {
    /// What was found.
    #[schema(example = "amount_above_limit")]
    code: String,
    /// The tier that this finding alone asks for.
    tier: String,
    /// The finding in words.
    text: String,
    /// The threshold that it was compared with: its path in `thresholds.rego`.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// That threshold's value.
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<String>,
    /// The line in `thresholds.rego`.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    /// The value found.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

impl DecisionView {
    pub(crate) fn new(decision: &Decision, lang: Lang) -> Self {
        let reasons = decision.reasons.iter();
        Self {
            tier: decision.tier.to_string(),
            reasons: reasons.map(|reason| ReasonView::new(reason, lang)).collect(),
            undo_minutes: decision.undo_minutes,
            revision: decision.revision.clone(),
            at: decision.at,
        }
    }
}

impl ReasonView {
    fn new(reason: &Reason, lang: Lang) -> Self {
        let Reason { code, tier, limit, threshold, line, value, en, nl } = reason.clone();
        Self { code, tier: tier.to_string(), text: lang.pick(en, nl), limit, threshold, line, value }
    }
}
