//! The API as it is called: the real router over an embedded DynamoDB, with tokens of a real issuer.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "all of it is test code")]

mod access;
mod activity;
mod agents;
mod bench;
mod bodies;
mod budgets;
mod clusters;
mod control;
mod decide;
mod events;
mod faults;
mod keys;
mod lists;
mod openapi;
mod propose;
mod quorum;
mod races;
mod system;
mod tasks;
mod tokens;
mod ways;
