//! Starts the real binaries of functions as AWS Lambda does, and measures how soon and at what cost they are ready.
//!
//! A function is a process that asks the Runtime API for its next event. Here the [`stub::Stub`] is that API, the table
//! is an embedded one, and everything else that a function may want to reach is a closed port. So a start shows what a
//! cold start on AWS consists of but for what AWS adds: fetching the zip, making the sandbox, the network and TLS.

pub mod functions;
pub mod measure;
pub mod report;
pub mod start;
pub mod stub;
pub mod usage;
pub mod world;
