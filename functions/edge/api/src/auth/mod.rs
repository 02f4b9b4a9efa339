//! Who asks, and what they may do: the one way from a request to the table.
//!
//! [`Caller`] is a person whose token was verified; [`Caller::may`] asks `policies/royal/access.rego`
//! and gives a [`Permit`], and only a permit has the table. Without a policy nothing is allowed but the
//! ways out: stopping, refusing a request, and looking at both.

mod able;
mod app;
mod caller;
mod limits;
mod permit;
mod presence;
mod probe;
mod verb;

pub(crate) use able::Able;
pub(crate) use app::App;
pub(crate) use caller::Caller;
pub(crate) use permit::{About, Granted, Permit};
pub(crate) use presence::last_seen;
pub(crate) use probe::Probe;
pub(crate) use verb::Verb;
