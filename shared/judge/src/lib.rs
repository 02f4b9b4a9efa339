//! What is known about a proposal, and what policy says of it: everything that the gate reads, and nothing that
//! it writes.
//!
//! The gate decides by it, and the API shows by it what a changed action would be. One request reads all rows:
//! whatever of them must not have changed is a condition of the decision's own transaction.

mod facts;
pub mod ledger;
mod orders;
mod weigh;

pub use ledger::Ledger;
pub use weigh::{Unweighed, Weighed, weigh, weigh_again, weigh_instead};
