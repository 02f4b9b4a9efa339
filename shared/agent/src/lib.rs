//! The two kinds of worker: agents, who propose, and executors, who act. One pipeline for each.
//!
//! An agent is a type with a `handle`; everything else (claiming the message, loading the task, the one
//! transaction, retries, the record, the heartbeat) is the pipeline's. An agent has no way to act: its
//! [`Turn`] holds proposals, never effects, and no field of a proposal states a tier.

pub mod agent;
mod conclude;
mod context;
pub mod execute;
pub mod executor;
mod pipeline;
pub mod refused;
mod subject;
#[cfg(feature = "testing")]
pub mod testing;
pub mod turn;

pub use agent::{Agent, AgentError};
pub use context::{Context, Reads};
pub use execute::ExecutorFunction;
pub use executor::{Evidence, ExecuteError, Executor, Guard, Order};
pub use pipeline::AgentFunction;
pub use refused::Refusal;
pub use turn::{Draft, NewTask, Ruling, Turn};
