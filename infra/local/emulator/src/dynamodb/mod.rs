//! DynamoDB and its streams: the `dynoxide` engine, started in this process.
//!
//! The engine is served by one thread of its own. It works on one call at a time and blocks
//! while the disk syncs, so a thread of the caller's runtime must not wait for it. Its file is
//! in WAL mode with SQLite's default `synchronous = FULL`: an acknowledged write has been
//! synced.
//!
//! A [`Proxy`] in front of it counts and fails calls, and tells the stream readers when a write
//! was applied, so that nobody polls.

mod engine;
mod proxy;
mod sweep;

pub(crate) use engine::Engine;
pub(crate) use proxy::Proxy;
pub(crate) use sweep::sweep_regularly;
