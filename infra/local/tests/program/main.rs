//! The real program, killed with SIGKILL at every stage of its work and started again.
//!
//! Everything here runs in real time: an execution that was under way when the process died is asked about
//! when its claim has run out, two minutes later. So the runs wait beside each other.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on fails"
)]

mod kill;
mod refusals;
mod running;
mod steps;
