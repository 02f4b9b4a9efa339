//! What every function gets: configuration, clients, secrets, telemetry, and the way it is woken.
//!
//! A function's own crate reads no environment variable, no clock and builds no client: it takes what it
//! needs from [`Env`]. The local stack and the tests build the same `Env` from other values.

pub mod batch;
pub mod breaker;
pub mod clock;
pub mod config;
mod env;
pub mod function;
pub mod http;
pub mod metrics;
mod policies;
pub mod retry;
pub mod secrets;
pub mod telemetry;

pub use clock::Clock;
pub use config::{Config, Problems};
pub use env::Env;
pub use function::{Call, Failure, Function, serve};
pub use policies::Policies;
