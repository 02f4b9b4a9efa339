//! Turning one stop on or off.

use super::{
    switch::{Turned, resume, stop},
    view::ControlView,
};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Body, IfMatch, Said},
    problem::{Kind, Problem},
    view::versioned,
};
use axum::response::Response;
use domain::control::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

/// One stop, on or off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Switch {
    /// What it covers: `all`, `spend`, `cluster:<name>`, `agent:<name>` or `action:<type>`.
    #[schema(value_type = String, example = "all")]
    scope: Scope,
    /// `true` stops, `false` lets it run again.
    stopped: bool,
    /// Why; required to stop.
    #[schema(required = false)]
    reason: Option<Said>,
}

/// Stops something, or lets it run again. What is as asked already stays as it is.
///
/// A stop holds before the answer is sent: whatever claims an action after it is refused.
#[utoipa::path(put, path = "/control", operation_id = "putControl", tag = "Control",
    params(("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}")$"#, description = "`ETag` of the switch as you saw it; refused if it has changed.")),
    request_body = Switch,
    responses((status = 200, description = "The stop switch as it is now.", body = ControlView)))]
pub(super) async fn put(
    caller: Caller,
    IfMatch(seen): IfMatch,
    Body(switch): Body<Switch>,
) -> Result<Response, Problem> {
    let verb = if switch.stopped { Verb::Stop } else { Verb::Resume };
    let permit = caller.may(verb, About::Nothing)?;
    if switch.stopped && !permit.roster().covers(&switch.scope) {
        return Err(unknown(&switch.scope));
    }
    let Turned { control, seq } = match (switch.stopped, switch.reason) {
        (true, Some(reason)) => stop(&permit, switch.scope, reason, seen).await?,
        (true, None) => {
            return Err(Problem::field(Kind::Field, "reason", "whoever finds it stopped must know why", "add it"));
        }
        (false, _) => resume(&permit, switch.scope, seen, |_| Ok(())).await?,
    };
    Ok(versioned(ControlView::from(&control), seq))
}

/// A stop of nothing would only seem to be one.
fn unknown(scope: &Scope) -> Problem {
    let reason = format!("there is nothing here that `{scope}` would stop");
    Problem::field(Kind::Field, "scope", reason, "use a cluster or an agent that `GET /api/v1/agents` lists")
}
