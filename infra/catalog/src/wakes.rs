//! What wakes a function: one thing, or several.

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, IntoDeserializer as _, SeqAccess, Visitor},
};
use std::{collections::BTreeSet, fmt};

/// Something that wakes a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trigger {
    /// Its own queue.
    Queue,
    /// The table's stream.
    Stream,
    /// HTTP requests.
    Http,
    /// The WebSocket: people who connect, say something, and leave.
    Websocket,
}

/// Everything that wakes one function; in the file one name, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wakes(BTreeSet<Trigger>);

impl Wakes {
    /// Whether this wakes it.
    #[must_use]
    pub fn on(&self, trigger: Trigger) -> bool {
        self.0.contains(&trigger)
    }

    /// All that wakes it.
    pub fn all(&self) -> impl Iterator<Item = Trigger> + '_ {
        self.0.iter().copied()
    }
}

impl<'de> Deserialize<'de> for Wakes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrMore)
    }
}

struct OneOrMore;

impl<'de> Visitor<'de> for OneOrMore {
    type Value = Wakes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what wakes it: a name, or a list of names")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Wakes, E> {
        Trigger::deserialize(name.into_deserializer()).map(|one| Wakes(BTreeSet::from([one])))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Wakes, A::Error> {
        let mut all = BTreeSet::new();
        while let Some(one) = names.next_element()? {
            all.insert(one);
        }
        if all.is_empty() {
            return Err(de::Error::custom("nothing wakes it: name what does"));
        }
        Ok(Wakes(all))
    }
}
