//! What a failed request means for the action that it belongs to.

use agent::ExecuteError;
use shopify::Error;

/// A request that was certainly not applied leaves its action to be continued; one in doubt, to be asked about.
pub(crate) fn fate(error: Error) -> ExecuteError {
    let why = error.to_string();
    match error {
        Error::Rejected { .. } => ExecuteError::Refused(why),
        // A person may mend the credential meanwhile.
        Error::Throttled { .. } | Error::Denied { .. } => ExecuteError::Retry(why),
        Error::Unavailable { .. } => ExecuteError::Unreachable(why),
        Error::CalledOff { reason, .. } => ExecuteError::Stopped(reason),
        Error::Unknown { .. } => ExecuteError::Unknown(why),
    }
}
