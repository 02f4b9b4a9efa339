//! A customer in a path.

use crate::extract::Named;
use std::{fmt, str::FromStr};

/// The longest id of a shop.
const LONGEST: usize = 200;

/// The shop's id of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CustomerId(String);

impl FromStr for CustomerId {
    type Err = String;

    fn from_str(id: &str) -> Result<Self, String> {
        let plain = id.bytes().all(|b| b.is_ascii_graphic());
        let fits = plain && !id.is_empty() && id.len() <= LONGEST;
        if fits { Ok(Self(id.to_owned())) } else { Err("it is no id of a customer".to_owned()) }
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Named for CustomerId {
    const WHAT: &'static str = "customer";
}

impl CustomerId {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}
