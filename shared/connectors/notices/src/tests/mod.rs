//! Against the sandbox, which refuses what the real services refuse.

mod bench;
mod contract;
mod hostile;
mod trouble;
