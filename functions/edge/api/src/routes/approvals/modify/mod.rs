//! Changing what a request asks for: the changed action is a new proposal, and the gate judges it like any other.
//!
//! Nothing of the earlier consent goes over: the old request is superseded and the new one proposed by one
//! transaction, whoever changed it is one of its authors, and authors decide nothing.

pub(super) mod changed;
mod patch;
pub(super) mod preview;
mod preview_view;
