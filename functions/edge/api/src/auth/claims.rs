//! What a token claims, once its signature holds.

use super::{Person, token::Refused};
use domain::Role;
use serde::Deserialize;
use time::OffsetDateTime;

/// How far two clocks may be apart, in seconds.
const LEEWAY: i64 = 60;
/// The longest account name.
const LONGEST: usize = 128;

/// The claims that are read. Issuer and audience are checked together with the signature.
#[derive(Deserialize)]
pub(super) struct Claims {
    /// One issuer; a list of them is not accepted.
    #[allow(dead_code, reason = "its being one text is what is checked")]
    iss: String,
    sub: String,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    royal_roles: Vec<String>,
    #[serde(default, rename = "cognito:groups")]
    groups: Vec<String>,
}

impl Claims {
    /// The person, if the token is valid now. Roles that are not ours are left out.
    pub(super) fn person(self, now: OffsetDateTime) -> Result<Person, Refused> {
        let now = now.unix_timestamp();
        if self.exp.saturating_add(LEEWAY) <= now {
            return Err(Refused::Expired);
        }
        if self.nbf.is_some_and(|from| from.saturating_sub(LEEWAY) > now) {
            return Err(Refused::NotYet);
        }
        let is_plain = |c: char| !c.is_control() && !c.is_whitespace();
        if self.sub.is_empty() || self.sub.len() > LONGEST || !self.sub.chars().all(is_plain) {
            return Err(Refused::Claim("sub"));
        }
        let named = self.royal_roles.iter().chain(&self.groups);
        Ok(Person { roles: named.filter_map(|name| name.parse::<Role>().ok()).collect(), account: self.sub })
    }
}
