//! What crosses the borders of functions: the real handlers, the real SDK, the real HTTP API, against
//! embedded AWS services and a sandbox shop that refuses what the real one refuses.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that finds something unexpected fails there, and says what it measured"
)]

mod approvals;
mod books;
mod breaker;
mod bulk;
mod carriers;
mod consent;
mod costs;
mod deployed;
mod faults;
mod feed;
mod forged;
mod forgotten;
mod grants;
mod input;
mod interleavings;
mod journeys;
mod kills;
mod ledger;
mod live;
mod mirror;
mod notices;
mod orders;
mod policies;
mod premise;
mod process;
mod propose;
mod published;
mod queues;
mod restock;
mod roster;
mod shop_app;
mod shopify;
mod sound;
mod spending;
mod stops;
mod sweep;
mod table;
mod thousand;
mod twice;
mod undo;
mod watched;
mod world;
