//! The API as it is called: the real router over an embedded DynamoDB, with tokens of a real issuer.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "all of it is test code")]

mod access;
mod activity;
mod agents;
mod audit;
mod bench;
mod bodies;
mod budgets;
mod bulk;
mod ceo;
mod clusters;
mod comment;
mod control;
mod customers;
mod decide;
mod delegate;
mod events;
mod faults;
mod finding;
mod keys;
mod limits;
mod lists;
mod mcp;
mod me;
mod modify;
mod openapi;
mod policies;
mod propose;
mod quorum;
mod races;
mod system;
mod tasks;
mod tokens;
mod undo;
mod ways;
mod withdraw;
