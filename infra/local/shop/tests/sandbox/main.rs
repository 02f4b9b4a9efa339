//! The sandbox store over HTTP: for each operation a good request and a corrupted twin.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a helper of a test fails the test by panicking"
)]

mod deliveries;
mod faults;
mod hostile;
mod idempotency;
mod inventory;
mod lookups;
mod metafields;
mod operations;
mod orders;
mod pages;
mod products;
mod publishing;
mod support;
mod transport;
mod validation;
