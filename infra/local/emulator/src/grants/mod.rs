//! Who may do what: what IAM enforces on AWS, enforced here by the same grants.
//!
//! Every caller has credentials of its own, worthless but for the access key id, which is its name. SigV4 carries it in
//! the `Authorization` header, so each call says who asks. What a caller was not granted is refused before anything is
//! applied, with AWS's `AccessDeniedException`, and remembered: a test that never meets a refusal proves that the grants
//! suffice.

mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, header};

use crate::http::{ApiError, Call, Service};
pub(crate) use rules::{Access, Right};

/// Refusals that are remembered, each once.
const MOST: usize = 100;

/// What everybody may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants {
    /// The table that the grants are about; no other one can be used.
    pub table: String,
    /// Its partition key, then those of its indexes.
    pub partitions: Vec<String>,
    /// Access key id of who deploys: may do everything.
    pub operator: String,
    /// What the others may do, by access key id. Whoever is not named here is unknown.
    pub callers: BTreeMap<String, Grant>,
}

/// What one caller may do; nothing by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grant {
    /// Partition-key prefixes that it may read, in the table and its indexes.
    pub reads: Vec<String>,
    /// Partition-key prefixes that it may write.
    pub writes: Vec<String>,
    /// Names of secrets that it may read.
    pub secrets: Vec<String>,
    /// Whether it may send to queues and put events on buses.
    pub sends: bool,
    /// Whether it may read the table's stream.
    pub stream: bool,
}

/// The access key id that a request was signed with.
#[must_use]
pub fn caller(headers: &HeaderMap) -> Option<&str> {
    let signature = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (_, credential) = signature.strip_prefix("AWS4-HMAC-SHA256 ")?.split_once("Credential=")?;
    credential.split('/').next()
}

/// Stands at the door. Without grants everybody may do everything.
#[derive(Debug, Default)]
pub(crate) struct Warden {
    grants: Option<Grants>,
    refused: Mutex<Vec<String>>,
}

impl Warden {
    pub(crate) fn new(grants: Option<Grants>) -> Self {
        Self { grants, refused: Mutex::default() }
    }

    /// Everything that was refused so far.
    pub(crate) fn refusals(&self) -> Vec<String> {
        self.refused().clone()
    }

    /// Forgets it.
    pub(crate) fn forget(&self) {
        self.refused().clear();
    }

    /// Refuses what the caller of `call` may not do. `accesses` tells what the call does to the table; nothing where it
    /// is none of the calls that can be granted.
    pub(crate) fn admit<'a>(
        &self,
        call: &Call,
        accesses: impl FnOnce(&Grants) -> Option<Vec<Access<'a>>>,
    ) -> Result<(), ApiError> {
        let Some(grants) = &self.grants else { return Ok(()) };
        let who = caller(&call.parts.headers).unwrap_or_default();
        if who == grants.operator {
            return Ok(());
        }
        let Some(grant) = grants.callers.get(who) else {
            return Err(self.refuse("UnrecognizedClientException", format!("`{who}` is nobody here")));
        };
        let why = match call.service {
            Service::DynamoDb => rules::table(grant, &grants.table, &call.operation, accesses(grants)),
            _ => rules::service(grant, call),
        };
        why.map_or(Ok(()), |why| {
            Err(self.refuse("AccessDeniedException", format!("`{who}` is not authorized to {why}")))
        })
    }

    fn refuse(&self, code: &'static str, message: String) -> ApiError {
        tracing::error!(message, "a call was refused");
        let mut refused = self.refused();
        if refused.len() < MOST && !refused.contains(&message) {
            refused.push(message.clone());
        }
        ApiError::bad(code, message)
    }

    fn refused(&self) -> MutexGuard<'_, Vec<String>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
