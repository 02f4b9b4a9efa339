//! Turning one stop on or off.

use super::{
    lift,
    switch::{Turned, read, stop},
    view::ControlView,
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, IfMatch, Language, Said},
    problem::{Kind, Problem},
    propose::{self, ProposedView},
    view::versioned,
};
use axum::response::Response;
use domain::{control::Scope, text::Lang};
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
    /// Why; required to stop. Who agrees to let it run again is shown it.
    #[schema(required = false)]
    reason: Option<Said>,
}

/// Stops something, or asks for it to run again. What is as asked already stays as it is.
///
/// A stop holds before the answer is sent: whatever claims an action after it is refused. Lifting one is an
/// action of its own, `control.resume`: people other than the one who asks agree to it, and then it is lifted.
#[utoipa::path(put, path = "/control", operation_id = "putControl", tag = "Control",
    params(("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}"|[0-9]{1,18})$"#, description = "`ETag` of the switch as you saw it; refused if it has changed."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Makes a repeated request to lift a stop the same request.")),
    request_body = Switch,
    responses((status = 200, description = "The stop switch as it is now.", body = ControlView),
        (status = 202, description = "The stop is on until others agree to lift it.", body = ProposedView,
            headers(("Location" = String, description = "Where the request to lift it is."))),
        (status = 409, description = "The idempotency key belongs to another action of yours.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn put(
    caller: Caller,
    IfMatch(seen): IfMatch,
    key: IdempotencyKey,
    Language(lang): Language,
    Body(switch): Body<Switch>,
) -> Result<Response, Problem> {
    let verb = if switch.stopped { Verb::Stop } else { Verb::Resume };
    let permit = caller.may(verb, About::Nothing)?;
    if !switch.stopped {
        return lifted(&permit, switch, seen, (&key, lang)).await;
    }
    if !permit.roster().covers(&switch.scope) {
        return Err(unknown(&switch.scope));
    }
    let reason = switch
        .reason
        .ok_or_else(|| Problem::field(Kind::Field, "reason", "whoever finds it stopped must know why", "add it"))?;
    let Turned { control, seq } = stop(&permit, switch.scope, reason, seen).await?;
    Ok(versioned(ControlView::from(&control), seq))
}

/// Asks for a stop to be lifted; one that is not on is as asked already.
async fn lifted(
    permit: &Permit,
    switch: Switch,
    seen: Option<u64>,
    (key, lang): (&IdempotencyKey, Lang),
) -> Result<Response, Problem> {
    let (control, seq) = read(permit).await?;
    if seen.is_some_and(|seen| seen != seq) {
        return Err(Problem::new(Kind::Precondition, format!("the switch is at version {seq}")));
    }
    let Some(stop) = control.stops.get(&switch.scope) else {
        let is_here = permit.roster().covers(&switch.scope);
        return if is_here { Ok(versioned(ControlView::from(&control), seq)) } else { Err(unknown(&switch.scope)) };
    };
    let proposal = lift::ask(permit, key, (&switch.scope, stop), switch.reason).await?;
    Ok(propose::accepted(&proposal, lang))
}

/// A stop of nothing would only seem to be one.
fn unknown(scope: &Scope) -> Problem {
    let reason = format!("there is nothing here that `{scope}` would stop");
    Problem::field(Kind::Field, "scope", reason, "use a cluster or an agent that `GET /api/v1/agents` lists")
}
