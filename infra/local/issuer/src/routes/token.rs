//! Tokens for whoever works with `curl`.

use crate::{Issuer, people};
use axum::{
    Form, Json,
    extract::{FromRequest, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::Role;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Whose token: a role, a person, or a person in a role.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `role`, `person` or both")]
pub(super) struct Wanted {
    role: Option<Role>,
    person: Option<String>,
}

impl<S: Send + Sync> FromRequest<S> for Wanted {
    type Rejection = Response;

    /// From JSON, or from a form.
    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("application/json")) {
            let json = Json::from_request(request, state).await;
            return json.map(|Json(wanted)| wanted).map_err(|error| refused(&error.body_text()));
        }
        let form = Form::from_request(request, state).await;
        form.map(|Form(wanted)| wanted).map_err(|error| refused(&error.body_text()))
    }
}

/// The token.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Given<'a> {
    token: String,
    token_type: &'static str,
    expires_in: i64,
    person: &'a str,
    roles: [Role; 1],
    sandbox: bool,
}

/// Gives a token for a role, a person, or a person in a role.
pub(super) async fn token(State(issuer): State<Issuer>, wanted: Wanted) -> Response {
    let known = wanted.person.as_deref().and_then(people::find);
    let somebody = wanted.role.and_then(people::first);
    let account = wanted.person.as_deref().or_else(|| somebody.map(|person| person.account));
    let role = wanted.role.or_else(|| known.map(|person| person.role));
    let (Some(person), Some(role)) = (account, role) else {
        return refused("say `role`, or a `person` of the sandbox, or both");
    };
    if person.is_empty() || person.len() > 128 || person.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return refused("`person` is an account: 1 to 128 characters without spaces");
    }
    match issuer.token(person, &[role]) {
        Ok(token) => {
            let expires_in = crate::GOOD.whole_seconds();
            let roles = [role];
            Json(Given { token, token_type: "Bearer", expires_in, person, roles, sandbox: true }).into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn refused(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": why, "sandbox": true }))).into_response()
}
