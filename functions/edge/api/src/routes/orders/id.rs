//! An order in a path.

use crate::extract::Named;
use std::{fmt, str::FromStr};

/// The longest id of a shop.
const LONGEST: usize = 64;

/// The shop's id of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OrderId(String);

impl FromStr for OrderId {
    type Err = String;

    fn from_str(id: &str) -> Result<Self, String> {
        let fits = (1..=LONGEST).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
        if fits { Ok(Self(id.to_owned())) } else { Err("it is no id of an order".to_owned()) }
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Named for OrderId {
    const WHAT: &'static str = "order";
}

impl OrderId {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}
