//! Who is who.

use crate::Policy;

impl Policy {
    /// The natural person behind an account: as the token names them (claim `person`), or as `rights.rego` does, or
    /// the account itself; in lower case.
    ///
    /// `access.rego` works it out in the same way: this is for records of what somebody did without its answer.
    #[must_use]
    pub fn human(&self, claim: Option<&str>, account: &str) -> String {
        let name = claim.unwrap_or(account).to_lowercase();
        let listed = self.at("/royal/rights/same_person").and_then(|table| table.get(&name)?.as_str());
        listed.map_or_else(|| name.clone(), str::to_lowercase)
    }
}
