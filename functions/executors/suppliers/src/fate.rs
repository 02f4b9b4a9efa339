//! What a supplier's failure means for the action that it belongs to.

use agent::ExecuteError;
use supply::{Error, Setback};

/// An action that failed says in its note which [`Setback`] it was, so that whoever leads the order can ask another
/// supplier.
pub(crate) fn fate(error: Error) -> ExecuteError {
    let why = match Setback::from(&error) {
        Some(setback) => setback.note(&error),
        None => error.to_string(),
    };
    match error {
        Error::NoCredential(_) => ExecuteError::NoCredential(why),
        Error::OutOfStock { .. } | Error::Refused { .. } => ExecuteError::Refused(why),
        // A person may mend the account meanwhile.
        Error::Denied { .. } | Error::Busy { .. } => ExecuteError::Retry(why),
        Error::Unavailable { .. } => ExecuteError::Unreachable(why),
        Error::Unknown { .. } => ExecuteError::Unknown(why),
    }
}
