//! A schedule as it is described and stored.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::expr::Timetable;
use crate::env::arn_resource;
use crate::http::ApiError;

/// The body of `CreateSchedule` and `UpdateSchedule`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Spec {
    pub(super) schedule_expression: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schedule_expression_timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) group_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_date: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_date: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action_after_completion: Option<String>,
    pub(super) flexible_time_window: Value,
    pub(super) target: Target,
}

/// Where a schedule sends.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Target {
    pub(super) arn: String,
    pub(super) role_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sqs_parameters: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event_bridge_parameters: Option<EventBridge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dead_letter_config: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retry_policy: Option<Value>,
}

/// What an event bus is told about the event.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct EventBridge {
    pub(super) detail_type: String,
    pub(super) source: String,
}

impl Spec {
    pub(super) fn group(&self) -> &str {
        self.group_name.as_deref().unwrap_or("default")
    }

    pub(super) fn is_enabled(&self) -> bool {
        self.state.as_deref() != Some("DISABLED")
    }

    /// Whether the schedule is deleted after its last run.
    pub(super) fn ends_deleted(&self) -> bool {
        self.action_after_completion.as_deref() == Some("DELETE")
    }

    /// When it runs; a rate without a start date counts from `anchor_ms`.
    pub(super) fn timetable(&self, anchor_ms: i64) -> Result<Timetable, ApiError> {
        let limits = (millis(self.start_date.as_ref()), millis(self.end_date.as_ref()));
        let zone = self.schedule_expression_timezone.as_deref();
        let table = Timetable::new(&self.schedule_expression, zone, anchor_ms, limits);
        table.map_err(|e| ApiError::invalid(format!("Invalid Schedule Expression: {e}.")))
    }

    /// Refuses what AWS refuses, and targets that are not emulated.
    pub(super) fn check(&self) -> Result<(), ApiError> {
        let state = self.state.as_deref().unwrap_or("ENABLED");
        if !matches!(state, "ENABLED" | "DISABLED") {
            return Err(ApiError::invalid(format!("State `{state}` is not valid.")));
        }
        let target = &self.target;
        let is_bus = arn_resource(&target.arn, "events").is_some_and(|r| r.starts_with("event-bus/"));
        if arn_resource(&target.arn, "sqs").is_none() && !is_bus {
            return Err(ApiError::invalid(format!(
                "Target `{}` is not emulated by the local stack: only SQS queues and event buses are.",
                target.arn
            )));
        }
        if is_bus && target.event_bridge_parameters.is_none() {
            return Err(ApiError::invalid("EventBridgeParameters is required for an event bus."));
        }
        self.timetable(0).map(drop)
    }
}

/// Milliseconds of a JSON number of seconds, without the fraction.
fn millis(date: Option<&Value>) -> Option<i64> {
    let date = date?;
    let seconds = date.as_i64().or_else(|| date.as_f64().map(|s| s as i64))?;
    Some(seconds.saturating_mul(1000))
}
