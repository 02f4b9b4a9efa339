//! The answers of calls that the fault layer refuses, in each service's own words.

use serde_json::{Value, json};

use super::{ApiError, Call, Service};
use crate::faults::Fate;

/// The refusal that `fate` means for this call, before anything is applied.
pub(super) fn refusal(fate: Fate, call: &Call) -> Option<ApiError> {
    match fate {
        Fate::Served | Fate::ErrorAfter => None,
        Fate::ErrorBefore => Some(lost()),
        Fate::Throttled => Some(throttled(call.service)),
        Fate::Conflict => conflict(call),
    }
}

/// The answer of a call whose real answer was lost.
pub(super) fn lost() -> ApiError {
    ApiError::internal("injected by the fault layer")
}

fn throttled(service: Service) -> ApiError {
    let message = "injected by the fault layer: rate exceeded";
    match service {
        Service::DynamoDb => ApiError::bad("ProvisionedThroughputExceededException", message),
        Service::Scheduler => ApiError::new(429, "ThrottlingException", message),
        Service::Sqs => ApiError { query_code: Some("RequestThrottled"), ..ApiError::bad("RequestThrottled", message) },
        _ => ApiError::bad("ThrottlingException", message),
    }
}

/// Only DynamoDB writes and transactions can lose to another transaction.
fn conflict(call: &Call) -> Option<ApiError> {
    if call.service != Service::DynamoDb {
        return None;
    }
    let message = "Transaction is ongoing for the item";
    match call.operation.as_str() {
        "PutItem" | "UpdateItem" | "DeleteItem" => Some(ApiError::bad("TransactionConflictException", message)),
        "TransactWriteItems" | "TransactGetItems" => Some(cancelled(call, message)),
        _ => None,
    }
}

/// One reason for each item: the first met a conflict, the others are fine.
fn cancelled(call: &Call, message: &str) -> ApiError {
    let body = call.json().unwrap_or_default();
    let items = body.get("TransactItems").and_then(Value::as_array);
    let reasons: Vec<Value> = (0..items.map_or(1, Vec::len))
        .map(|index| match index {
            0 => json!({"Code": "TransactionConflict", "Message": message}),
            _ => json!({"Code": "None"}),
        })
        .collect();
    let codes: Vec<&str> = reasons.iter().filter_map(|r| r.get("Code")?.as_str()).collect();
    let text =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    ApiError {
        extra: Some(json!({"CancellationReasons": reasons})),
        ..ApiError::bad("TransactionCanceledException", text)
    }
}
