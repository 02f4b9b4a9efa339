//! Sandbox suppliers: local servers that speak CJdropshipping's, Printful's and AfterShip's protocols, send nothing to
//! anybody, and show what was ordered at `/sandbox/suppliers`.
//!
//! Why they exist: a client is only proven against something that refuses what the real service refuses, and an order
//! that is placed once only against something that counts. So every request is checked fail-closed against the
//! service's description, orders are kept on disk under the customer's number, and how often each was created and
//! paid is counted. `POST /sandbox/suppliers/faults` makes them misbehave on purpose.
//!
//! Paid orders are shipped and delivered as the sandbox's clock goes on, and each step is told by a signed callback,
//! which is sent again until it is taken.

mod aftership;
mod calls;
mod cj;
mod depot;
mod faults;
mod ledger;
mod model;
mod printful;
mod progress;
mod rules;
mod server;
mod settings;
mod sign;
#[cfg(test)]
mod tests;

pub use depot::Depot;
pub use faults::{Fault, FaultKind};
pub use model::{Kept, Step, Thing, Tracking};
pub use settings::{Catalogue, Clock, Listed, Pace, Settings};

/// Why the sandbox cannot work.
#[derive(Debug, thiserror::Error)]
pub enum DepotError {
    /// A description that this crate carries cannot be used.
    #[error("the schema `{name}` cannot be used: {why}")]
    Schema {
        /// Of what.
        name: &'static str,
        /// Why.
        why: String,
    },
    /// The file of its state cannot be used.
    #[error("the state of the sandbox suppliers cannot be used: {0}")]
    State(#[from] rusqlite::Error),
    /// What is in the state cannot be understood.
    #[error("the state of the sandbox suppliers cannot be understood: {0}")]
    Broken(#[from] serde_json::Error),
    /// No HTTP client can be built.
    #[error("no HTTP client for callbacks: {0}")]
    Http(#[from] reqwest::Error),
}
