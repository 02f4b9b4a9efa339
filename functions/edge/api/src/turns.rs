//! Changing what others change at the same moment: read, decide on what was read, write on that condition; and when
//! somebody else was first, again from the start.

use crate::problem::{Kind, Problem};
use futures::future::BoxFuture;
use store::CommitError;

/// How often it is tried when others keep being first, or the table does not answer.
const ATTEMPTS: u32 = 8;

/// What came of one turn.
pub(crate) enum Turn<T> {
    /// It is written, or there was nothing to write.
    Done(T),
    /// Somebody else was first, or nobody knows: read again.
    Again(CommitError),
}

impl<T> Turn<T> {
    /// What came of the turn whose transaction ended like this.
    ///
    /// # Errors
    /// When it can never be written.
    pub(crate) fn of(committed: Result<(), CommitError>, value: T) -> Result<Self, Problem> {
        match committed {
            Ok(()) => Ok(Self::Done(value)),
            Err(error @ CommitError::Invalid(_)) => Err(error.into()),
            Err(error) => Ok(Self::Again(error)),
        }
    }
}

/// Takes turns until one is written. Each one must find by itself whether an earlier one was, after all.
///
/// # Errors
/// With the first problem, or when others were first every time.
pub(crate) async fn until_written<'a, T>(
    turn: impl Fn() -> BoxFuture<'a, Result<Turn<T>, Problem>>,
) -> Result<T, Problem> {
    let mut last = None;
    for round in 0..ATTEMPTS {
        match turn().await? {
            Turn::Done(value) => return Ok(value),
            Turn::Again(error) => last = Some(error),
        }
        runtime::retry::give_way(round).await;
    }
    let crowded = || Problem::new(Kind::Unavailable, "others were first every time: try again in a moment");
    Err(last.map_or_else(crowded, Into::into))
}
