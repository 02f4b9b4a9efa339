//! Signing in with a link: look at it as often as you like, use it once.

use crate::{Issuer, page, people};
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use maud::Markup;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
pub(super) struct Choice {
    code: String,
    person: String,
}

/// Shows who one can be.
pub(super) async fn page(State(issuer): State<Issuer>, Query(link): Query<Link>) -> Response {
    if issuer.codes().is_open(&link.code) {
        return shown(StatusCode::OK, page::choose(&link.code));
    }
    used()
}

/// Uses the code, and shows the token.
pub(super) async fn choose(State(issuer): State<Issuer>, Form(choice): Form<Choice>) -> Response {
    let Some(person) = people::find(&choice.person) else {
        return shown(StatusCode::BAD_REQUEST, page::refused("There is no such person in the sandbox."));
    };
    if !issuer.codes().take(&choice.code) {
        return used();
    }
    match issuer.token(person.account, &[person.role]) {
        Ok(token) => {
            let again = issuer.sign_in_link();
            shown(StatusCode::OK, page::signed_in(person.name, &token, issuer.url(), &again))
        }
        Err(error) => shown(StatusCode::INTERNAL_SERVER_ERROR, page::refused(&error.to_string())),
    }
}

fn used() -> Response {
    let why = "This link was used before, or is an old one. Start the local stack again for a new one, or use curl.";
    shown(StatusCode::FORBIDDEN, page::refused(why))
}

fn shown(status: StatusCode, page: Markup) -> Response {
    (status, Html(page.into_string())).into_response()
}
