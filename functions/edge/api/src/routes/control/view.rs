//! What is shown of the stop switch.

use domain::{
    Control,
    control::{Scope, Stop},
};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The stop switch.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Control)]
pub(super) struct ControlView {
    /// Whether nothing at all is stopped.
    running: bool,
    /// The stops that are on.
    stops: Vec<StopView>,
    /// When somebody who may decide was last here, to about ten minutes; absent while nobody was yet, and in the answer
    /// to a change. Where nobody is for long (`dead_man` in the policy), agents may do less alone.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    approvers_seen: Option<OffsetDateTime>,
}

/// One stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Stop)]
pub(crate) struct StopView {
    /// What it covers: `all`, `spend`, `cluster:<name>`, `agent:<name>` or `action:<type>`.
    #[schema(example = "cluster:marketing")]
    scope: String,
    /// Who stopped it.
    by: String,
    /// Why.
    reason: String,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl StopView {
    pub(crate) fn new(scope: &Scope, stop: &Stop) -> Self {
        Self { scope: scope.to_string(), by: stop.by.clone(), reason: stop.reason.clone(), at: stop.at }
    }
}

impl ControlView {
    /// The same with when an approver was last here.
    pub(super) fn watched(self, approvers_seen: Option<OffsetDateTime>) -> Self {
        Self { approvers_seen, ..self }
    }
}

impl From<&Control> for ControlView {
    fn from(control: &Control) -> Self {
        let stops = control.stops.iter();
        Self {
            running: control.stops.is_empty(),
            stops: stops.map(|(scope, stop)| StopView::new(scope, stop)).collect(),
            approvers_seen: None,
        }
    }
}
