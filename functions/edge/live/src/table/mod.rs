//! The rows that are this function's own. No history, no index: every row ends by itself (time to live).
//!
//! | partition (`pk`) | sort (`sk`) | what |
//! |---|---|---|
//! | `LIVE#head` | `STATE` | the last place of the log, and when somebody last came to watch |
//! | `LIVE#<place / 1000>` | `<last place>` | events that came together, each with its place |
//! | `EVENT#<id on the bus>` | `STATE` | that this event is in the log: written with it, so it is there once |
//! | `CONN#<id>` | `STATE` | a connection: roles, topics, place, and who is sending to it |
//! | `TOPIC#<topic>` | `<connection id>` | that this connection wants this topic |

mod guests;
mod item;
mod log;
mod turn;

pub(crate) use guests::{Connection, Guest};
pub(crate) use turn::{Claim, Returned};

use aws_sdk_dynamodb::{Client, error::DisplayErrorContext};
use runtime::{Env, Failure};
use std::time::Duration;

/// Attempts against others who change the same rows.
const ATTEMPTS: u32 = 10;

/// Lets others finish, for longer at each attempt.
async fn give_way(attempt: u32) {
    tokio::time::sleep(Duration::from_millis(5) * 2_u32.pow(attempt.min(6))).await;
}

/// Why the table was of no help; the same may well succeed later.
#[derive(Debug, thiserror::Error)]
#[error("the table did not answer as it should: {0}")]
pub(crate) struct TableError(String);

impl TableError {
    fn of(error: &(dyn std::error::Error + 'static)) -> Self {
        Self(DisplayErrorContext(error).to_string())
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        Self::Retry(error.to_string())
    }
}

/// The table, as far as it is ours.
pub(crate) struct Table {
    client: Client,
    name: String,
}

impl Table {
    pub(crate) fn new(env: &Env) -> Self {
        Self { client: Client::new(env.sdk()), name: env.config().table.clone() }
    }
}
