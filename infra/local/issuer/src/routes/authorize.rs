//! Signing in from the page: the authorization code flow of OIDC with PKCE, for invented people.
//!
//! What is wrong with who asks (client, where to return) is told here and leads nowhere; what is wrong with the
//! question goes back to who asked, as RFC 6749 has it.

use super::query::with;
use crate::{Issuer, codes::Given, page, people};
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Redirect, Response},
};
use maud::Markup;
use serde::Deserialize;

/// The longest value that is handed on.
const LONGEST: usize = 512;
/// Characters of a SHA-256 in base64url.
const CHALLENGE: usize = 43;

/// What is asked. Anything else that OIDC knows is not needed here and passed over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) response_type: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) code_challenge: String,
    pub(crate) code_challenge_method: String,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    /// Who it is to be; only the sign-in page itself sends it.
    person: Option<String>,
}

/// Shows who one can be.
pub(super) async fn page(State(issuer): State<Issuer>, Query(asked): Query<Asked>) -> Response {
    match refused(&issuer, &asked) {
        Some(refusal) => refusal,
        None => shown(StatusCode::OK, page::choose(&asked)),
    }
}

/// Gives a code for the person that was chosen.
pub(super) async fn choose(State(issuer): State<Issuer>, Form(asked): Form<Asked>) -> Response {
    if let Some(refusal) = refused(&issuer, &asked) {
        return refusal;
    }
    let Some(person) = asked.person.as_deref().and_then(people::find) else {
        return shown(StatusCode::BAD_REQUEST, page::refused("There is no such person in the sandbox."));
    };
    let given = Given { person, challenge: asked.code_challenge.clone(), nonce: asked.nonce.clone(), at: issuer.now() };
    match issuer.codes().give(given) {
        Some(code) => back(&issuer, &asked, &[("code", &code)]),
        None => back(&issuer, &asked, &[("error", "server_error")]),
    }
}

/// Why nobody can sign in this way.
fn refused(issuer: &Issuer, asked: &Asked) -> Option<Response> {
    if asked.client_id != issuer.audience() || asked.redirect_uri != issuer.return_to() {
        let why = format!("Only the page at {}/ signs in here.", issuer.url());
        return Some(shown(StatusCode::BAD_REQUEST, page::refused(&why)));
    }
    let long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.len() > LONGEST);
    let (error, why) = if asked.response_type != "code" {
        ("unsupported_response_type", "`response_type` has to be `code`")
    } else if asked.code_challenge_method != "S256" || asked.code_challenge.len() != CHALLENGE {
        ("invalid_request", "`code_challenge` with the method `S256` is needed")
    } else if long(&asked.nonce) || long(&asked.state) {
        ("invalid_request", "`state` and `nonce` have at most 512 bytes")
    } else {
        return None;
    };
    let state = asked.state.clone().filter(|state| state.len() <= LONGEST);
    Some(back(issuer, &Asked { state, ..asked.clone() }, &[("error", error), ("error_description", why)]))
}

/// Back to who asked.
fn back(issuer: &Issuer, asked: &Asked, said: &[(&str, &str)]) -> Response {
    let state = asked.state.as_deref().map(|state| ("state", state));
    let said = said.iter().copied().chain(state).chain([("iss", issuer.url())]);
    Redirect::to(&with(&asked.redirect_uri, said)).into_response()
}

fn shown(status: StatusCode, page: Markup) -> Response {
    (status, Html(page.into_string())).into_response()
}
