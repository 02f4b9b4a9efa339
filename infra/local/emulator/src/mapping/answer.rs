//! What a function's answer says about the parts of its batch.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::Handler;
use crate::tasks::background;

/// What became of one batch.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Everything was handled.
    Done,
    /// The parts at these positions were not.
    Partly(Vec<usize>),
    /// Nothing was, and why.
    Failed(String),
}

/// Calls the function; a panic or a time-out is a failure like any other.
pub(super) async fn invoke(handler: &Arc<dyn Handler>, event: Value, timeout: Duration) -> Result<Value, String> {
    let handler = handler.clone();
    let call = background(async move { handler.invoke(event).await });
    let stop = call.abort_handle();
    match tokio::time::timeout(timeout, call).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => Err(format!("the function ended in a panic: {error}")),
        Err(_) => {
            stop.abort();
            Err(format!("the function took longer than {} s", timeout.as_secs()))
        }
    }
}

/// Reads the answer. `ids` are the identifiers of the parts in order; without `reports` the
/// answer's content does not matter. An answer that names no part it was given fails the
/// whole batch, as on AWS.
pub(super) fn verdict(answer: Result<Value, String>, ids: &[&str], reports: bool) -> Verdict {
    let answer = match answer {
        Ok(answer) => answer,
        Err(reason) => return Verdict::Failed(reason),
    };
    let failures = answer.get("batchItemFailures").filter(|f| !f.is_null());
    let Some(failures) = failures.filter(|_| reports) else {
        return Verdict::Done;
    };
    let Some(failures) = failures.as_array() else {
        return Verdict::Failed("`batchItemFailures` is not a list".to_owned());
    };
    let position = |failure: &Value| {
        let id = failure.get("itemIdentifier")?.as_str()?;
        ids.iter().position(|known| *known == id)
    };
    let found: Option<Vec<usize>> = failures.iter().map(position).collect();
    match found {
        Some(failed) if failed.is_empty() => Verdict::Done,
        Some(failed) => Verdict::Partly(failed),
        None => Verdict::Failed("`batchItemFailures` names an unknown item".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_decides_what_was_handled() {
        let ids = ["a", "b"];
        let failed = |text: &str| Verdict::Failed(text.to_owned());
        let unknown = "`batchItemFailures` names an unknown item";
        let table = [
            (json!(null), true, Verdict::Done),
            (json!({}), true, Verdict::Done),
            (json!({"batchItemFailures": null}), true, Verdict::Done),
            (json!({"batchItemFailures": []}), true, Verdict::Done),
            (json!({"batchItemFailures": [{"itemIdentifier": "b"}]}), true, Verdict::Partly(vec![1])),
            (json!({"batchItemFailures": [{"itemIdentifier": "b"}]}), false, Verdict::Done),
            (json!({"batchItemFailures": [{"itemIdentifier": "c"}]}), true, failed(unknown)),
            (json!({"batchItemFailures": [{"itemIdentifier": ""}]}), true, failed(unknown)),
            (json!({"batchItemFailures": [{}]}), true, failed(unknown)),
            (json!({"batchItemFailures": "b"}), true, failed("`batchItemFailures` is not a list")),
        ];
        for (answer, reports, expected) in table {
            assert_eq!(verdict(Ok(answer.clone()), &ids, reports), expected, "{answer}");
        }
        assert_eq!(verdict(Err("boom".to_owned()), &ids, true), failed("boom"));
    }
}
