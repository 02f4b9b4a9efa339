//! The embedded services through the real AWS SDK: what holds here is what the SDK's user sees.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on fails"
)]

mod durability;
mod dynamodb;
mod events;
mod faults;
mod grants;
mod mapping;
mod scheduler;
mod secrets;
mod sqs;
mod stack;
mod start;
mod streams;
