//! What stands around a message: its topic, its own id, when it happened.
//!
//! There are two families of headers, with and without `X-`. A delivery is known by its `Webhook-Id`, which retries
//! share; the `Event-Id` is shared by everything that one action of a merchant told, so it tells no two of them apart.

use crate::{
    door::Headers,
    problem::{Kind, Problem},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The longest value that is taken.
const LONGEST: usize = 200;

/// What stands around a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) id: String,
    pub(super) topic: String,
    pub(super) from: String,
    pub(super) triggered: OffsetDateTime,
}

impl Envelope {
    pub(super) fn read(headers: &Headers) -> Result<Self, Problem> {
        let triggered = needed(headers, "triggered-at")?;
        Ok(Self {
            id: needed(headers, "webhook-id")?,
            topic: needed(headers, "topic")?.to_lowercase(),
            from: needed(headers, "shop-domain")?.to_lowercase(),
            triggered: OffsetDateTime::parse(&triggered, &Rfc3339)
                .map_err(|_| refused("triggered-at", "is no RFC 3339 instant"))?,
        })
    }
}

/// The signature, if there is one.
pub(super) fn signature(headers: &Headers) -> Option<&str> {
    find(headers, "hmac-sha256")
}

fn find<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    let families = [format!("x-shopify-{name}"), format!("shopify-{name}")];
    families.iter().find_map(|name| headers.get(name)).map(|value| value.trim()).filter(|value| !value.is_empty())
}

fn needed(headers: &Headers, name: &str) -> Result<String, Problem> {
    let value = find(headers, name).ok_or_else(|| refused(name, "is missing"))?;
    let plain = value.len() <= LONGEST && value.bytes().all(|byte| byte.is_ascii_graphic());
    if plain { Ok(value.to_owned()) } else { Err(refused(name, "is too long or not plain text")) }
}

fn refused(name: &str, why: &str) -> Problem {
    Problem::new(Kind::Syntax, format!("`x-shopify-{name}` {why}"))
}
