//! HTTP: one POST, and what its failure says about whether the shop saw it.

use super::lost;
use crate::{Error, operation::Operation, token::Token};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER},
};
use std::{error::Error as _, time::Duration};

/// The most that an answer may weigh.
const LARGEST: usize = 16 * 1024 * 1024;

/// What came back.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// The API version that answered.
    pub(super) version: Option<String>,
    /// How long the shop asks to stay away.
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Vec<u8>,
}

/// Why nothing came back.
pub(super) enum Failure {
    /// The request never left.
    NotSent(String),
    /// It left, or may have.
    Lost(String),
}

impl Failure {
    pub(super) fn error(self, operation: &Operation) -> Error {
        match self {
            Self::NotSent(reason) => Error::Unavailable { operation: operation.name, reason },
            Self::Lost(reason) => lost(operation, reason),
        }
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        let reason = words(&error);
        if error.is_connect() || error.is_builder() { Self::NotSent(reason) } else { Self::Lost(reason) }
    }
}

/// The error with its causes; the address is left out, since logs need no shop's name twice.
fn words(error: &reqwest::Error) -> String {
    let mut words =
        if error.is_timeout() { "no answer in time".to_owned() } else { "the connection failed".to_owned() };
    let mut cause = error.source();
    while let Some(inner) = cause {
        words = format!("{words}: {inner}");
        cause = inner.source();
    }
    words
}

/// Sends the request once.
pub(super) async fn post(http: &Client, url: Url, body: &str, token: &Token) -> Result<Reply, Failure> {
    let mut secret = HeaderValue::from_str(token.reveal())
        .map_err(|_| Failure::NotSent("the access token is not one line of text".to_owned()))?;
    secret.set_sensitive(true);
    let response = http
        .post(url)
        .header("X-Shopify-Access-Token", secret)
        .header(CONTENT_TYPE, "application/json")
        .body(body.to_owned())
        .send()
        .await?;
    let headers = response.headers();
    Ok(Reply {
        status: response.status(),
        version: text(headers, "X-Shopify-API-Version"),
        retry_after: text(headers, RETRY_AFTER.as_str()).and_then(|value| seconds(&value)),
        body: read(response).await?,
    })
}

async fn read(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err(Failure::Lost(format!("its answer is larger than {LARGEST} bytes")));
        }
    }
    Ok(body)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.trim().to_owned())
}

/// Whole or decimal seconds, rounded up.
fn seconds(value: &str) -> Option<Duration> {
    let (whole, rest) = value.split_once('.').unwrap_or((value, ""));
    let whole: u64 = whole.parse().ok()?;
    let more = u64::from(rest.bytes().any(|digit| digit != b'0'));
    Some(Duration::from_secs(whole.saturating_add(more)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_whole_and_decimal_seconds() {
        let cases = [("2", Some(2)), ("2.0", Some(2)), ("0.5", Some(1)), ("soon", None)];
        for (text, wanted) in cases {
            assert_eq!(seconds(text), wanted.map(Duration::from_secs), "{text}");
        }
    }
}
