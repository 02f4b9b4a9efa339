//! Which service and operation a request is for.

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{Method, Uri};
use serde_json::Value;

use super::ApiError;

/// The largest body any emulated service takes: DynamoDB's 16 MiB.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// An emulated service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    DynamoDb,
    DynamoDbStreams,
    Sqs,
    Events,
    Scheduler,
    Secrets,
    Unknown,
}

impl Service {
    /// The name in the call log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::DynamoDb => "DynamoDB",
            Self::DynamoDbStreams => "DynamoDBStreams",
            Self::Sqs => "SQS",
            Self::Events => "EventBridge",
            Self::Scheduler => "Scheduler",
            Self::Secrets => "SecretsManager",
            Self::Unknown => "Unknown",
        }
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::DynamoDb | Self::DynamoDbStreams | Self::Sqs => "application/x-amz-json-1.0",
            Self::Events | Self::Secrets => "application/x-amz-json-1.1",
            Self::Scheduler | Self::Unknown => "application/json",
        }
    }

    /// What this service calls a failure of its own.
    pub(crate) fn internal_error(self) -> &'static str {
        match self {
            Self::DynamoDb | Self::DynamoDbStreams => "InternalServerError",
            Self::Events => "InternalException",
            Self::Scheduler => "InternalServerException",
            Self::Secrets => "InternalServiceError",
            Self::Sqs | Self::Unknown => "InternalFailure",
        }
    }

    fn of_target(prefix: &str) -> Self {
        match prefix {
            "DynamoDB_20120810" => Self::DynamoDb,
            "DynamoDBStreams_20120810" => Self::DynamoDbStreams,
            "AmazonSQS" => Self::Sqs,
            "AWSEvents" => Self::Events,
            "secretsmanager" => Self::Secrets,
            _ => Self::Unknown,
        }
    }
}

/// One request, read whole.
pub(crate) struct Call {
    pub(crate) service: Service,
    pub(crate) operation: String,
    pub(crate) parts: Parts,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) async fn read(request: Request) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let too_large = |_| ApiError::new(413, "RequestEntityTooLarge", "the body is above 16 MiB");
        let body = to_bytes(body, MAX_BODY).await.map_err(too_large)?;
        let target = parts.headers.get("x-amz-target");
        let (service, operation) = match target.and_then(|t| t.to_str().ok()) {
            Some(target) => by_target(target),
            None => by_path(&parts.method, &parts.uri),
        };
        Ok(Self { service, operation, parts, body })
    }

    /// The body as JSON; an empty body counts as an empty object.
    pub(crate) fn json(&self) -> Result<Value, ApiError> {
        if self.body.is_empty() {
            return Ok(Value::Object(serde_json::Map::new()));
        }
        serde_json::from_slice(&self.body).map_err(|e| ApiError::bad("SerializationException", e.to_string()))
    }
}

fn by_target(target: &str) -> (Service, String) {
    match target.split_once('.') {
        Some((prefix, operation)) => (Service::of_target(prefix), operation.to_owned()),
        None => (Service::Unknown, target.to_owned()),
    }
}

/// Scheduler is the one service here that speaks REST.
fn by_path(method: &Method, uri: &Uri) -> (Service, String) {
    let mut segments = uri.path().split('/').filter(|s| !s.is_empty());
    let (kind, named) = (segments.next(), segments.next().is_some());
    let noun = match (kind, named) {
        (Some("schedules"), true) => "Schedule",
        (Some("schedules"), false) => "Schedules",
        (Some("schedule-groups"), true) => "ScheduleGroup",
        (Some("schedule-groups"), false) => "ScheduleGroups",
        _ => return (Service::Unknown, format!("{method} {}", uri.path())),
    };
    let verb = match (method, named) {
        (&Method::GET, false) => "List",
        (&Method::GET, true) => "Get",
        (&Method::POST, true) => "Create",
        (&Method::PUT, true) => "Update",
        (&Method::DELETE, true) => "Delete",
        _ => method.as_str(),
    };
    (Service::Scheduler, format!("{verb}{noun}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_recognised_by_its_target_or_its_path() {
        let by = |method: Method, path: &str| by_path(&method, &path.parse().unwrap());
        let table = [
            (by_target("AmazonSQS.SendMessage"), Service::Sqs, "SendMessage"),
            (by_target("AWSEvents.PutEvents"), Service::Events, "PutEvents"),
            (by_target("Kinesis_20131202.PutRecord"), Service::Unknown, "PutRecord"),
            (by_target("nonsense"), Service::Unknown, "nonsense"),
            (by(Method::POST, "/schedules/a"), Service::Scheduler, "CreateSchedule"),
            (by(Method::GET, "/schedules?State=ENABLED"), Service::Scheduler, "ListSchedules"),
            (by(Method::DELETE, "/schedule-groups/g"), Service::Scheduler, "DeleteScheduleGroup"),
            (by(Method::POST, "/"), Service::Unknown, "POST /"),
        ];
        for ((service, operation), expected, name) in table {
            assert_eq!((service, operation.as_str()), (expected, name));
        }
    }
}
