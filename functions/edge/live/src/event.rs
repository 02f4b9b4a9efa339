//! What the bus delivers: something that happened.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{fmt, str::FromStr};
use time::OffsetDateTime;

/// A place in the log: the id that people see. Later events have greater ones, as text too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(pub(crate) u64);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:020}", self.0)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits).map(Self).ok_or(())
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    /// Its id on the bus, from the stream's record: the same however often it is delivered.
    pub(crate) source: String,
    /// What happened, such as `approval:required`.
    pub(crate) topic: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) at: OffsetDateTime,
    /// To what.
    pub(crate) data: Map<String, Value>,
}

/// An event as EventBridge puts it into a queue.
#[derive(Deserialize)]
struct Delivered {
    #[serde(rename = "detail-type")]
    topic: String,
    detail: Map<String, Value>,
}

impl Event {
    /// Reads the body of a message.
    ///
    /// # Errors
    /// When it is no event of the relay.
    pub(crate) fn read(body: &str) -> Result<Self, String> {
        let Delivered { topic, mut detail } = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let mut take = |name: &str| match detail.remove(name) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(format!("`detail.{name}` is missing or no text")),
        };
        let (source, at) = (take("id")?, take("at")?);
        let at = OffsetDateTime::parse(&at, &time::format_description::well_known::Rfc3339);
        let at = at.map_err(|error| format!("`detail.at`: {error}"))?;
        Ok(Self { source, topic, at, data: detail })
    }
}
