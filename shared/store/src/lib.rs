//! The one table, its keys and its transactions.
//!
//! A thing (an action, a task, a journey …) is a *chain*: one `STATE` row and one `AUDIT` row per change,
//! in the same partition. [`Tx`] offers no way to change a state without its audit row, and every change
//! is conditional on the state that it was decided on, so exactly one of two racing writers wins.
//! Why one transaction: the table's stream feeds the relay, so what is committed is what is sent, and
//! nothing is lost between a commit and a message. The access patterns are listed in this crate's README.

mod advance;
pub mod books;
pub mod budget;
pub mod chain;
mod contact;
pub mod customer;
mod decisions;
pub mod digest;
mod error;
mod export;
pub mod exported;
pub mod fact;
mod goals;
mod guard;
mod inbox;
mod item;
pub mod keys;
pub mod lines;
mod links;
pub mod news;
mod order;
pub mod page;
mod read;
pub mod revisions;
pub mod run;
pub mod schema;
mod seal;
pub mod seen;
pub mod stream;
mod tx;
mod verify;
pub mod view;

pub use advance::AdvanceError;
pub use chain::{Chained, Row};
pub use error::{CommitError, StoreError};
pub use page::Page;
pub use tx::Tx;

use aws_sdk_dynamodb::Client;

/// The table, through the AWS SDK.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// A store over the table `table`.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    pub(crate) const fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn table(&self) -> &str {
        &self.table
    }
}
