//! What a token claims, once its signature holds.

use crate::{Person, Refused};
use domain::Role;
use serde::Deserialize;
use time::OffsetDateTime;

/// How far two clocks may be apart, in seconds.
const LEEWAY: i64 = 60;
/// The longest account name, and the longest name.
const LONGEST: usize = 128;

/// The claims that are read. Issuer and audience are checked together with the signature.
#[derive(Deserialize)]
pub(crate) struct Claims {
    /// One issuer; a list of them is not accepted.
    #[allow(dead_code, reason = "its being one text is what is checked")]
    iss: String,
    sub: String,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    /// The natural person behind the account, for people who have several.
    #[serde(default)]
    person: Option<String>,
    /// What the person is called; of any shape, because an issuer may leave it to them.
    #[serde(default)]
    name: serde_json::Value,
    #[serde(default)]
    royal_roles: Vec<String>,
    #[serde(default, rename = "cognito:groups")]
    groups: Vec<String>,
}

impl Claims {
    /// The person, if the token is valid now. Roles that are not ours are left out.
    pub(crate) fn person(self, now: OffsetDateTime) -> Result<Person, Refused> {
        let now = now.unix_timestamp();
        if self.exp.saturating_add(LEEWAY) <= now {
            return Err(Refused::Expired);
        }
        if self.nbf.is_some_and(|from| from.saturating_sub(LEEWAY) > now) {
            return Err(Refused::NotYet);
        }
        if !is_name(&self.sub) {
            return Err(Refused::Claim("sub"));
        }
        if self.person.as_deref().is_some_and(|person| !is_name(person)) {
            return Err(Refused::Claim("person"));
        }
        let until = OffsetDateTime::from_unix_timestamp(self.exp).map_err(|_| Refused::Claim("exp"))?;
        let named = self.royal_roles.iter().chain(&self.groups);
        let roles = named.filter_map(|name| name.parse::<Role>().ok()).collect();
        let name = self.name.as_str().filter(|name| !name.is_empty() && name.len() <= LONGEST).map(str::to_owned);
        Ok(Person { account: self.sub, person: self.person, name, roles, until })
    }
}

fn is_name(text: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !c.is_whitespace();
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(is_plain)
}
