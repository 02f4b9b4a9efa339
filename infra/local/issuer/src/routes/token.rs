//! Tokens: for whoever works with `curl`, and for the page, which brings a code.

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

/// Whose token: a role, a person, or a person in a role; or what a code was given for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `role`, `person` or both")]
pub(super) struct Wanted {
    role: Option<Role>,
    person: Option<String>,
    grant_type: Option<String>,
    #[serde(default)]
    code: String,
    #[serde(default)]
    code_verifier: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    client_id: String,
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

/// The token for `curl`.
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

/// The token as OIDC has it. One token is both: it says who somebody is, and the API takes it.
#[derive(Serialize)]
struct Exchanged {
    access_token: String,
    id_token: String,
    token_type: &'static str,
    expires_in: i64,
}

/// Gives a token.
pub(super) async fn token(State(issuer): State<Issuer>, wanted: Wanted) -> Response {
    match wanted.grant_type.as_deref() {
        None => direct(&issuer, &wanted),
        Some("authorization_code") => exchange(&issuer, &wanted),
        Some(_) => denied("unsupported_grant_type", "`grant_type` has to be `authorization_code`"),
    }
}

/// A token for a role, a person, or a person in a role.
fn direct(issuer: &Issuer, wanted: &Wanted) -> Response {
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

/// A token for who signed in, to whoever asked them to.
fn exchange(issuer: &Issuer, wanted: &Wanted) -> Response {
    if wanted.client_id != issuer.audience() || wanted.redirect_uri != issuer.return_to() {
        return denied("invalid_grant", "`client_id` or `redirect_uri` is another one than at the start");
    }
    let Some(given) = issuer.codes().take(&wanted.code, &wanted.code_verifier, issuer.now()) else {
        return denied("invalid_grant", "the code was used, is too old, or somebody else's: sign in again");
    };
    match issuer.token_with(given.person.account, &[given.person.role], given.nonce.as_deref()) {
        Ok(token) => {
            let expires_in = crate::GOOD.whole_seconds();
            Json(Exchanged { access_token: token.clone(), id_token: token, token_type: "Bearer", expires_in })
                .into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn refused(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": why, "sandbox": true }))).into_response()
}

/// A refusal as RFC 6749 has it.
fn denied(error: &str, why: &str) -> Response {
    let told = json!({ "error": error, "error_description": why, "sandbox": true });
    (StatusCode::BAD_REQUEST, Json(told)).into_response()
}
