//! DynamoDB and its streams: the `dynoxide` engine, started in this process.
//!
//! The engine works on one call at a time and blocks while it does, so it has threads of its own:
//! [`desk`] puts the calls that matter to it and syncs its log before they are answered; the engine's
//! own server takes all others.
//!
//! A [`Proxy`] in front of it counts and fails calls, and the stream readers are told when a write
//! was applied, so that nobody polls.

mod accesses;
mod ask;
mod desk;
mod engine;
mod proxy;
mod sweep;

pub(crate) use engine::Engine;
pub(crate) use proxy::Proxy;
pub(crate) use sweep::sweep_regularly;
