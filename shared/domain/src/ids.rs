//! Typed identifiers.
//!
//! An id is a UUID: version 7 where a thing is created at an instant, version 5 where it is derived
//! from a natural key, so that creating the same thing twice meets itself. Both are made from values
//! that the caller already has, never from a random source: a replayed event makes the same ids.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};
use time::OffsetDateTime;
use uuid::Uuid;

/// The namespace of ids that are derived from a natural key.
const NATURAL: Uuid = Uuid::from_u128(0x6f1d_2c60_53b1_5d0c_9d55_0d4b_5d2a_7a11);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The `n`th id that the event `seed`, which happened at `at`, gives rise to (version 7).
            #[must_use]
            pub fn at(at: OffsetDateTime, seed: &str, n: u32) -> Self {
                Self(version7(at, stringify!($name), seed, n))
            }

            /// The id of the thing that `key` names (version 5).
            #[must_use]
            pub fn of(key: &str) -> Self {
                Self(Uuid::new_v5(&NATURAL, format!("{}:{key}", stringify!($name)).as_bytes()))
            }

            /// The bare UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// One proposed action, from its proposal to its outcome.
    ActionId,
    /// One piece of work for one agent.
    TaskId,
    /// One journey through several agents, with one id from end to end.
    JourneyId,
}

fn version7(at: OffsetDateTime, kind: &str, seed: &str, n: u32) -> Uuid {
    let hash =
        Sha256::new().chain_update(kind).chain_update([0]).chain_update(seed).chain_update(n.to_be_bytes()).finalize();
    let mut tail = [0_u8; 10];
    tail.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    let millis = u64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_event_makes_the_same_id_and_another_number_another() {
        let at = OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000);
        let id = ActionId::at(at, "event-1", 0);
        assert_eq!(id, ActionId::at(at, "event-1", 0));
        assert_ne!(id, ActionId::at(at, "event-1", 1));
        assert_ne!(id.uuid(), TaskId::at(at, "event-1", 0).uuid());
        assert_eq!(id.uuid().get_version_num(), 7);
    }

    #[test]
    fn a_natural_key_makes_one_id_per_type() {
        assert_eq!(JourneyId::of("acme/sku-1"), JourneyId::of("acme/sku-1"));
        assert_ne!(JourneyId::of("acme/sku-1").uuid(), TaskId::of("acme/sku-1").uuid());
        assert_eq!(JourneyId::of("x").uuid().get_version_num(), 5);
    }
}
