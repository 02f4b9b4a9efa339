//! SQS's errors. Each has a shape name in the body and an older name in a header; the SDK goes
//! by the older one.

use crate::http::ApiError;

fn named(shape: &'static str, query_code: &'static str, message: impl Into<String>) -> ApiError {
    ApiError { query_code: Some(query_code), ..ApiError::bad(format!("com.amazonaws.sqs#{shape}"), message) }
}

pub(super) fn no_queue() -> ApiError {
    let message = "The specified queue does not exist.";
    named("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", message)
}

pub(super) fn queue_exists(attribute: &str) -> ApiError {
    let message = format!("A queue already exists with the same name and a different value for attribute {attribute}");
    named("QueueNameExists", "QueueAlreadyExists", message)
}

pub(super) fn unknown_attribute(name: &str) -> ApiError {
    named("InvalidAttributeName", "InvalidAttributeName", format!("Unknown Attribute {name}."))
}

pub(super) fn bad_attribute(name: &str, value: &str) -> ApiError {
    let message = format!("Invalid value `{value}` for the parameter {name}.");
    named("InvalidAttributeValue", "InvalidAttributeValue", message)
}

pub(super) fn bad_parameter(message: impl Into<String>) -> ApiError {
    named("InvalidParameterValue", "InvalidParameterValue", message)
}

pub(super) fn missing(parameter: &str) -> ApiError {
    let message = format!("The request must contain the parameter {parameter}.");
    named("MissingParameter", "MissingParameter", message)
}

pub(super) fn bad_receipt(receipt: &str) -> ApiError {
    let message = format!("The input receipt handle `{receipt}` is not a valid receipt handle.");
    named("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", message)
}

pub(super) fn not_in_flight() -> ApiError {
    let message = "The specified message isn't in flight.";
    named("MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", message)
}

pub(super) fn bad_contents() -> ApiError {
    let message = "The message contains characters outside the allowed set.";
    named("InvalidMessageContents", "InvalidMessageContents", message)
}

pub(super) fn too_large(limit: i64) -> ApiError {
    bad_parameter(format!("One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes."))
}

pub(super) fn empty_batch() -> ApiError {
    let message = "The batch request doesn't contain any entries.";
    named("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", message)
}

pub(super) fn too_many_entries(count: usize) -> ApiError {
    let message = format!("Maximum number of entries per request are 10. You have sent {count}.");
    named("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", message)
}

pub(super) fn repeated_entry_id(id: &str) -> ApiError {
    let message = format!("Id {id} repeated.");
    named("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", message)
}

pub(super) fn bad_entry_id(id: &str) -> ApiError {
    let message = format!(
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores, at most 80: `{id}`."
    );
    named("InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", message)
}

pub(super) fn batch_too_long(limit: i64) -> ApiError {
    let message = format!("Batch requests cannot be longer than {limit} bytes.");
    named("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong", message)
}
