//! Who asks, and what they may: what a page has to know to offer people what they can do and nothing else.

use crate::{
    auth::{Able, App, Caller},
    problem::Problem,
};
use axum::Json;
use serde::Serialize;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(me))
}

/// Whose token it is, and what they may.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Me)]
struct MeView {
    /// The account: what the record names.
    #[schema(example = "olivia")]
    account: String,
    /// The natural person behind it: one vote, whatever the number of accounts.
    #[schema(example = "olivia")]
    person: String,
    /// What they are called, where the token says. It comes from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Olivia Owner")]
    name: Option<String>,
    /// Their roles.
    roles: Vec<&'static str>,
    /// The verbs that the policy in force gives them, where there is anything at all that they may do it to. A
    /// request of its own is still judged by itself.
    #[schema(example = json!(["approvals.decide", "approvals.read"]))]
    may: BTreeSet<&'static str>,
    /// Live topics that they are told of, for the subscription at `/live`.
    #[schema(example = json!(["approval:required"]))]
    topics: BTreeSet<String>,
    /// Whether it is a machine's account, which decides nothing.
    machine: bool,
    /// When the token ends.
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    /// Whether the outside world is a sandbox.
    sandbox: bool,
}

/// Says whose token it is and what they may, as the policy in force has it.
#[utoipa::path(get, path = "/me", operation_id = "showMe", tag = "System",
    responses((status = 200, description = "You.", body = MeView)))]
async fn me(caller: Caller) -> Result<Json<MeView>, Problem> {
    let Able { person, human, verbs, topics, sandbox } = caller.able();
    Ok(Json(MeView {
        machine: person.is_machine(),
        roles: person.roles.iter().map(|role| role.name()).collect(),
        account: person.account,
        person: human,
        name: person.name,
        may: verbs,
        topics,
        until: person.until,
        sandbox,
    }))
}
