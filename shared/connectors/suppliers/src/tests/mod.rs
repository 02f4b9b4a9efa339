//! Against the sandbox, which refuses what the real services refuse.

mod bench;
mod callbacks;
mod contract;
mod trouble;
mod twins;
