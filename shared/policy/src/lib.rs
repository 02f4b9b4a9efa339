//! Policy: the Rego rules of the house, compiled once and asked for every decision.
//!
//! Rules return codes and figures; this crate renders the sentences. Everything that can go wrong while
//! judging (an error, no answer, an unknown tier, a spent instruction budget) becomes a HIGH decision
//! with the code `policy_error`: [`Policy::judge`] has no way to fail.
//!
//! The rules run in regorus' virtual machine. Tables of constants (`thresholds.rego`, `lists.rego`,
//! `actions.rego`) are folded into data when a policy is loaded: rules read them at the same path,
//! `data.royal.thresholds`, with far fewer instructions, and each number keeps the line it stands on.

pub mod backtest;
mod bundle;
mod check;
mod differs;
mod draft;
mod error;
mod fold;
mod input;
mod judge;
mod live;
mod people;
mod policy;
mod program;
mod reasons;
mod review;
pub mod rules;
mod source;
mod spending;
pub mod sweep;
mod table;
pub mod tested;
#[cfg(test)]
mod tests;
mod value;
mod ways;

pub use bundle::Bundle;
pub use differs::{Changed, Differs, Entry};
pub use draft::{Draft, File};
pub use error::{PolicyError, Problem};
pub use input::{AgentFacts, CeoReview, Context, FraudBand, Input};
pub use live::Live;
pub use policy::Policy;
pub use reasons::Finding;
pub use review::Review;
pub use rules::Rule;
pub use spending::SplitBy;
pub use table::{Moved, Threshold};
pub use ways::{Change, Explanation, Origin, Way};
