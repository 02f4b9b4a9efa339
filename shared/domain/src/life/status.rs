//! The states of an action, and which can follow which.

use crate::digest::NotCanonical;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Where an action is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Waits in the gate's inbox.
    Proposed,
    /// Waits for the CEO function.
    CeoReview,
    /// Waits for people.
    Pending,
    /// May be executed once.
    Granted,
    /// Set aside while a stop is on; goes back to where it was.
    Held,
    /// Claimed by an executor.
    Executing,
    /// The remote system confirmed it.
    Executed,
    /// Not sent: there is no credential, or the system runs in shadow.
    Simulated,
    /// Retries are spent; the reason is kept.
    Failed,
    /// Sent, and nobody knows whether it arrived: the remote is asked before anything else.
    Unknown,
    /// Forbidden by policy.
    Denied,
    /// Refused by the CEO function or a person.
    Rejected,
    /// Nobody decided in time.
    Expired,
    /// Replaced by a changed proposal.
    Superseded,
    /// Its inverse was executed.
    Undone,
}

/// A step that the state machine does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an action that is {from} cannot become {to}")]
pub struct NoSuchStep {
    /// Where it is.
    pub from: Status,
    /// Where it was to go.
    pub to: Status,
}

/// Why an action cannot be asked about again.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The state machine has no such step.
    #[error(transparent)]
    NoSuchStep(#[from] NoSuchStep),
    /// The action has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

impl Status {
    /// All states.
    pub const ALL: [Self; 15] = [
        Self::Proposed,
        Self::CeoReview,
        Self::Pending,
        Self::Granted,
        Self::Held,
        Self::Executing,
        Self::Executed,
        Self::Simulated,
        Self::Failed,
        Self::Unknown,
        Self::Denied,
        Self::Rejected,
        Self::Expired,
        Self::Superseded,
        Self::Undone,
    ];

    /// The states that can follow.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Proposed => {
                &[Self::CeoReview, Self::Pending, Self::Granted, Self::Denied, Self::Held, Self::Superseded]
            }
            Self::CeoReview => {
                &[Self::Granted, Self::Rejected, Self::Pending, Self::Denied, Self::Held, Self::CeoReview]
            }
            Self::Pending => &[
                Self::Granted,
                Self::Rejected,
                Self::Expired,
                Self::Superseded,
                Self::Held,
                Self::CeoReview,
                Self::Denied,
                Self::Pending,
            ],
            Self::Granted => &[
                Self::Executing,
                Self::Pending,
                Self::CeoReview,
                Self::Denied,
                Self::Held,
                Self::Simulated,
                Self::Granted,
            ],
            Self::Held => &[Self::CeoReview, Self::Pending, Self::Granted, Self::Rejected],
            Self::Executing => &[Self::Executed, Self::Failed, Self::Unknown, Self::Granted],
            Self::Unknown => &[Self::Executed, Self::Failed, Self::Granted, Self::Unknown],
            Self::Executed => &[Self::Undone],
            Self::Simulated
            | Self::Failed
            | Self::Denied
            | Self::Rejected
            | Self::Expired
            | Self::Superseded
            | Self::Undone => &[],
        }
    }

    /// Whether nothing more will happen by itself.
    #[must_use]
    pub const fn settled(self) -> bool {
        matches!(
            self,
            Self::Executed
                | Self::Simulated
                | Self::Failed
                | Self::Denied
                | Self::Rejected
                | Self::Expired
                | Self::Superseded
                | Self::Undone
        )
    }

    /// Whether money reserved for it must be given back.
    #[must_use]
    pub const fn releases(self) -> bool {
        self.settled() && !matches!(self, Self::Executed)
    }

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "PROPOSED",
            Self::CeoReview => "CEO_REVIEW",
            Self::Pending => "PENDING",
            Self::Granted => "GRANTED",
            Self::Held => "HELD",
            Self::Executing => "EXECUTING",
            Self::Executed => "EXECUTED",
            Self::Simulated => "SIMULATED",
            Self::Failed => "FAILED",
            Self::Unknown => "UNKNOWN",
            Self::Denied => "DENIED",
            Self::Rejected => "REJECTED",
            Self::Expired => "EXPIRED",
            Self::Superseded => "SUPERSEDED",
            Self::Undone => "UNDONE",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| format!("`{name}` is no status: {}", known()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_settled_stays_unless_it_is_undone() {
        for status in Status::ALL {
            let only_undo = status.next().iter().all(|next| *next == Status::Undone);
            assert_eq!(status.settled(), only_undo, "{status}");
            assert_eq!(status.name().parse::<Status>(), Ok(status));
        }
    }

    #[test]
    fn nothing_is_executed_that_was_not_granted_and_claimed() {
        let leads_to = |to: Status| Status::ALL.into_iter().filter(move |from| from.next().contains(&to));
        assert!(leads_to(Status::Executed).all(|from| matches!(from, Status::Executing | Status::Unknown)));
        assert_eq!(leads_to(Status::Executing).collect::<Vec<_>>(), [Status::Granted]);
        assert!(leads_to(Status::Granted).all(|from| from != Status::Denied && from != Status::Rejected));
    }
}
