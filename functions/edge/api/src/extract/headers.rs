//! Headers that change what a request means.

use crate::{
    auth::App,
    problem::{Kind, Problem},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::text::Lang;

/// The language of `Accept-Language`, English if it names none of ours.
pub(crate) struct Language(pub(crate) Lang);

impl FromRequestParts<App> for Language {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let header = text(&parts.headers, "accept-language").ok().flatten();
        Ok(Self(header.map(Lang::accept).unwrap_or_default()))
    }
}

/// The version that `If-Match` asks for; absent where any will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IfMatch(pub(crate) Option<u64>);

impl FromRequestParts<App> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let wrong = || {
            Problem::field(
                Kind::Query,
                "If-Match",
                "it is no version of ours",
                "send the `ETag` of the answer that you read, such as `\"3\"`",
            )
        };
        match text(&parts.headers, header::IF_MATCH.as_str())? {
            None | Some("*") => Ok(Self(None)),
            Some(tag) => {
                let quoted = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
                let digits = Some(quoted.unwrap_or(tag)).filter(|tag| tag.bytes().all(|b| b.is_ascii_digit()));
                let seq = digits.and_then(|seq| seq.parse().ok()).ok_or_else(wrong)?;
                Ok(Self(Some(seq)))
            }
        }
    }
}

/// The key under which a repeated request is the same request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdempotencyKey(pub(crate) Option<String>);

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        const LONGEST: usize = 255;
        let key = text(&parts.headers, "idempotency-key")?;
        let fits = |key: &str| (1..=LONGEST).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        if key.is_some_and(|key| !fits(key)) {
            return Err(Problem::field(
                Kind::Query,
                "Idempotency-Key",
                "it is empty, too long, or holds a space",
                format!("send 1 to {LONGEST} characters"),
            ));
        }
        Ok(Self(key.map(str::to_owned)))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Problem> {
    let value = headers.get(name).map(|value| value.to_str());
    value
        .transpose()
        .map_err(|_| Problem::field(Kind::Query, name, "it holds more than visible ASCII", "send plain characters"))
}
