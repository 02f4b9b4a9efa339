//! Query parameters.

use crate::{
    auth::App,
    problem::{Kind, Problem},
};
use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

/// Rows of a page where none are asked for.
const USUAL: u32 = 50;
/// The most rows of a page.
const MOST: u32 = 200;

/// The query parameters of a request, all of them known.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let read = Query::try_from_uri(&parts.uri);
        read.map(|Query(params)| Self(params)).map_err(|error| misfit(&error.body_text()))
    }
}

/// The problem of parameters that do not fit, out of the message that axum has for them.
fn misfit(message: &str) -> Problem {
    let told = message.strip_prefix("Failed to deserialize query string: ").unwrap_or(message);
    let unknown = told.starts_with("unknown field") || told.starts_with("duplicate field");
    let (field, reason) = match told.split_once(": ") {
        Some((field, reason)) if !unknown => (field, reason),
        _ => (told.split('`').nth(1).unwrap_or_default(), told),
    };
    let fix = match told.split_once("expected ") {
        Some((_, known)) if unknown => format!("leave it out; known is {known}"),
        Some((_, wanted)) => format!("send {wanted}"),
        None => "send a value as the reason asks".to_owned(),
    };
    Problem::field(Kind::Query, field, reason, fix)
}

/// Which page is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Most rows, at least one.
    pub(crate) limit: usize,
    /// Where to go on.
    pub(crate) cursor: Option<String>,
}

impl Wanted {
    /// Checks both.
    pub(crate) fn new(limit: Option<u32>, cursor: Option<String>) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Problem::field(
                Kind::Query,
                "limit",
                format!("`{limit}` rows do not make a page"),
                format!("send a number from 1 to {MOST}"),
            ));
        }
        if cursor.as_deref() == Some("") {
            return Err(Problem::field(Kind::NotFound, "cursor", "it is empty", "leave it out to start again"));
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(Self { limit, cursor })
    }
}
