//! What an answer means for the caller.
//!
//! The shop answers most failures with HTTP 200, so the status alone says little. The question is
//! always the same: can it be that the effect took place?

use super::{
    answer::{Answer, Fault, UserError, short},
    lost,
    post::Reply,
    strange,
};
use crate::{
    Error,
    error::Problem,
    operation::{Kind, Operation},
    throttle::{self, Cost},
};
use reqwest::StatusCode;
use serde_json::Value;
use std::time::Duration;

/// Codes with which the shop refuses a mutation's arguments: the field is null and nothing was done.
const NOT_APPLIED: [&str; 5] =
    ["BAD_REQUEST", "INVALID_FIELD_ARGUMENTS", "INVALID_VARIABLE", "MAX_INPUT_SIZE_EXCEEDED", "RESOURCE_NOT_FOUND"];
/// Codes in `userErrors` that do not say whether anything was done.
const UNCLEAR: [&str; 3] = ["GENERIC_ERROR", "JOB_ERROR", "IDEMPOTENCY_CONCURRENT_REQUEST"];
/// Codes under which the shop is shut, or does not know the credential.
const SHUT: [&str; 3] = ["ACCESS_DENIED", "SHOP_INACTIVE", "UNAUTHORIZED"];

/// The payload of the root field, or why there is none; and what the request cost.
pub(super) fn judge(operation: &Operation, reply: &Reply) -> (Option<Cost>, Result<Value, Error>) {
    if reply.status != StatusCode::OK {
        return (None, Err(by_status(operation, reply)));
    }
    match serde_json::from_slice::<Answer>(&reply.body) {
        Ok(answer) => (answer.cost(), by_answer(operation, answer)),
        Err(error) => {
            let reason = format!("its answer is no GraphQL answer: {error}");
            (None, Err(lost(operation, reason)))
        }
    }
}

fn by_status(operation: &Operation, reply: &Reply) -> Error {
    let status = reply.status;
    let reason = format!("HTTP {status}: {}", excerpt(&reply.body));
    match status.as_u16() {
        429 => {
            Error::Throttled { operation: operation.name, after: reply.retry_after.unwrap_or(Duration::from_secs(2)) }
        }
        // 402 frozen, 404 no such shop, 423 locked, 430 refused as abuse, 3xx moved.
        300..=399 | 401 | 402 | 403 | 404 | 423 | 430 => Error::Denied { reason },
        408 => lost(operation, reason),
        400..=499 => Error::refused(operation.name, Problem::ours("HTTP", &[], reason)),
        _ => lost(operation, reason),
    }
}

/// The beginning of a body that is no GraphQL answer, on one line.
fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let words: Vec<_> = text.split_whitespace().take(30).collect();
    short(&words.join(" "))
}

fn by_answer(operation: &Operation, mut answer: Answer) -> Result<Value, Error> {
    let cost = answer.cost();
    let payload = answer.take(operation.root);
    if !answer.errors.is_empty() {
        return Err(by_faults(operation, &answer, cost.as_ref(), payload.is_some()));
    }
    match payload {
        Some(payload) => by_payload(operation, payload),
        // A query's root may be null: what was asked for is not there.
        None if operation.kind == Kind::Read && answer.data.is_some() => Ok(Value::Null),
        None => Err(strange(operation, "its answer is empty".to_owned())),
    }
}

fn by_faults(operation: &Operation, answer: &Answer, cost: Option<&Cost>, payload: bool) -> Error {
    let problems: Vec<_> = answer.errors.iter().map(Fault::problem).collect();
    let executed = |fault: &Fault| fault.is_inside() || payload;
    let all = || {
        let words: Vec<_> = problems.iter().map(Problem::to_string).collect();
        words.join("; ")
    };
    let any = |test: &dyn Fn(&Fault) -> bool| answer.errors.iter().any(test);
    if any(&|fault| fault.code() == "THROTTLED") {
        let after = throttle::after(cost);
        return Error::Throttled { operation: operation.name, after };
    }
    let reads = operation.kind == Kind::Read;
    if any(&|fault| SHUT.contains(&fault.code()) && (reads || !executed(fault))) {
        return Error::Denied { reason: all() };
    }
    let started = answer.data.is_some();
    let unclear = |fault: &Fault| match fault.code() {
        "INTERNAL_SERVER_ERROR" | "TIMEOUT" => true,
        _ if reads || !started => false,
        code => executed(fault) || !NOT_APPLIED.contains(&code),
    };
    if any(&unclear) {
        return lost(operation, all());
    }
    Error::Rejected { operation: operation.name, problems }
}

fn by_payload(operation: &Operation, mut payload: Value) -> Result<Value, Error> {
    let errors = payload.get_mut("userErrors").map(Value::take);
    let Some(errors) = errors.filter(|errors| !errors.is_null()) else {
        return Ok(payload);
    };
    let errors: Vec<UserError> = serde_json::from_value(errors)
        .map_err(|error| strange(operation, format!("its errors have another shape: {error}")))?;
    let problems: Vec<_> = errors.into_iter().map(Problem::from).collect();
    let unclear = |problem: &Problem| {
        let code = problem.code.as_deref().unwrap_or_default();
        UNCLEAR.contains(&code)
    };
    match problems.iter().find(|problem| unclear(problem)) {
        Some(problem) => Err(lost(operation, problem.to_string())),
        None if problems.is_empty() => Ok(payload),
        None => Err(Error::Rejected { operation: operation.name, problems }),
    }
}
