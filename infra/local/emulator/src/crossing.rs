//! Where the outside of a process begins: every call that changes something.
//!
//! Between two of them a process that dies leaves nothing behind, so dying before and after each of them is dying
//! at every step that there is.

use crate::http::Call;

/// What every service counts as a change.
const CHANGES: &[&str] = &[
    "BatchWriteItem",
    "DeleteItem",
    "PutItem",
    "TransactWriteItems",
    "UpdateItem",
    "DeleteMessage",
    "DeleteMessageBatch",
    "SendMessage",
    "SendMessageBatch",
    "PutEvents",
];

/// Somebody who is told of every call that changes something.
pub trait Crossing: Send + Sync {
    /// A call named `step` is about to be served. Its number is handed back to [`Crossing::ended`].
    fn begins(&self, step: &str) -> usize;

    /// The call with this number has been served.
    fn ended(&self, number: usize);
}

/// The name of a call that changes something: its operation, and where it writes a record, what happened.
pub(crate) fn step(call: &Call) -> Option<String> {
    let operation = CHANGES.iter().find(|name| **name == call.operation)?;
    let body = String::from_utf8_lossy(&call.body);
    let mut what: Vec<&str> = body.split(r#"\"what\":\""#).skip(1).filter_map(|rest| rest.split('\\').next()).collect();
    what.dedup();
    Some(if what.is_empty() { (*operation).to_owned() } else { format!("{operation}: {}", what.join(", ")) })
}
