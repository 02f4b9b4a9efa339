//! What functions may do: parts of the table, secrets, sending.

use super::Check;
use crate::model::{Function, Kind};

/// The index of the record by day: its keys are read and never written as such.
const DAY: &str = "DAY#";

/// What no agent writes: decisions with their approvals and grants, the stop switch, policy, who stands in for whom,
/// seals. The CEO function alone writes actions: its reviews.
const DECIDES: &[&str] = &["ACTION#", "CONTROL#", "POLICY#", "POINTER#", "DELEGATION#", "SEAL#"];

impl Check<'_> {
    pub(super) fn grants(&mut self) {
        for function in &self.catalog.functions {
            self.parts(function);
            self.keys(function);
        }
        self.unread();
        if let Some(second) = self.catalog.functions.iter().filter(|function| function.sends).nth(1) {
            self.problem(&second.name, "sends, and another function does: what is committed is sent by one function");
        }
    }

    fn parts(&mut self, function: &Function) {
        for grant in function.reads.iter().chain(&function.writes) {
            if !self.catalog.parts.iter().any(|part| part.get_ref() == grant.get_ref()) {
                self.problem(grant, "is no part of the table: use one of `parts`");
            }
        }
        if let Some(grant) = function.writes.iter().find(|grant| grant.get_ref() == DAY) {
            self.problem(grant, "is an index: it follows what is written to the table");
        }
        let reviews = |grant: &str| function.name() == "ceo" && grant == "ACTION#";
        for grant in function.writes.iter().filter(|_| function.kind == Kind::Agent) {
            if DECIDES.contains(&grant.get_ref().as_str()) && !reviews(grant.get_ref()) {
                self.problem(grant, "is granted to an agent: agents propose, they never decide");
            }
        }
    }

    /// Secrets that are not listed, and those of an executor that somebody else reads.
    fn keys(&mut self, function: &Function) {
        for secret in &function.secrets {
            let name = secret.get_ref();
            if !self.catalog.secrets.iter().any(|known| known.name.get_ref() == name) {
                self.problem(secret, "is no secret: list it as a [[secret]] and say what it opens");
            }
            let has = |other: &&Function| other.secrets.iter().any(|theirs| theirs.get_ref() == name);
            let mut others = self.catalog.functions.iter().filter(|other| other.name() != function.name()).filter(has);
            if others.any(|other| other.kind == Kind::Executor) {
                self.problem(secret, "is an executor's, who alone may read it");
            }
        }
    }

    /// Parts that are no prefix, or that nobody reads or writes, and secrets that nobody reads.
    fn unread(&mut self) {
        for part in &self.catalog.parts {
            let word = part.get_ref().strip_suffix('#').unwrap_or_default();
            if word.is_empty() || !word.bytes().all(|letter| letter.is_ascii_uppercase()) {
                self.problem(part, "is no prefix: use capital letters and `#`");
            }
            let has = |f: &Function| f.reads.iter().chain(&f.writes).any(|grant| grant.get_ref() == part.get_ref());
            if !self.catalog.functions.iter().any(has) {
                self.problem(part, "is a part of the table that no function reads or writes");
            }
        }
        for secret in &self.catalog.secrets {
            let has = |function: &Function| function.secrets.iter().any(|name| name.get_ref() == secret.name.get_ref());
            if !self.catalog.functions.iter().any(has) {
                self.problem(&secret.name, "is a secret that no function reads");
            }
        }
    }
}
