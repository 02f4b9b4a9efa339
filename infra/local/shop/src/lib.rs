//! A sandbox Shopify store: a local server that speaks the Admin GraphQL API, version 2026-07.
//!
//! Why it exists: a client of a shop is only proven against something that refuses what the real
//! shop refuses. Requests are parsed and validated against the full official schema, variables are
//! coerced strictly, and the rules that no schema expresses (mandatory `@idempotent`, explicit
//! `changeFromQuantity`, input limits, cost accounting, user errors) are enforced with the shapes
//! that the live API answers. What the sandbox does not simulate it says: the answer carries the
//! code `NOT_SIMULATED`, never an invented value.
//!
//! State is one SQLite file (or memory); each mutation is one transaction and is counted, so that
//! a test can prove that something was published once. `POST /sandbox/faults` makes it misbehave
//! on purpose, `GET /sandbox/state` shows what it holds, `GET /` is the store as a shopper sees it.

mod calls;
mod coerce;
mod connection;
mod cost;
mod cx;
mod diagnostics;
mod error;
mod execute;
mod fail;
mod faults;
mod gid;
mod handles;
mod idempotency;
mod inputs;
mod inventory;
mod limits;
mod literals;
mod metafields;
mod model;
mod mutation;
mod nodes;
mod orders;
mod pages;
mod plan;
mod products;
mod publications;
mod query;
mod scalars;
mod schema;
mod search;
mod server;
mod settings;
mod shop;
mod state;
mod store;
mod text;
mod user_errors;
mod webhooks;

pub use error::ShopError;
pub use faults::{Fault, FaultKind, Faults};
pub use settings::{Clock, Settings};
pub use shop::Shop;

/// The token that only reads, unless the settings say another one.
pub const READ_TOKEN: &str = "shpat_sandbox_reads";

/// The one API version that the sandbox serves.
pub const API_VERSION: &str = "2026-07";

/// With what the sandbox signs webhooks unless it is told otherwise. Worthless anywhere else.
pub const CLIENT_SECRET: &str = "sandbox-client-secret";

/// Number of the second location of a new state: the shop's own shelf, where there is one.
pub const SHELF: &str = "9007199254740995";
