//! What a grant covers. As on AWS, what is not named is not granted.

use super::Grant;
use crate::http::{Call, Service};

/// What is done to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// It is read.
    Read,
    /// It is written.
    Write,
    /// A transaction depends on it: who reads or writes it may.
    Check,
}

/// One thing that a call does to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access<'a> {
    pub(crate) right: Right,
    /// The permission it needs.
    pub(crate) action: &'static str,
    pub(crate) table: &'a str,
    /// The partition, where the call names one.
    pub(crate) partition: Option<&'a str>,
}

/// Why a call of `table` is not covered, if it is not. What is none of the granted calls has no accesses.
pub(super) fn table(grant: &Grant, table: &str, operation: &str, accesses: Option<Vec<Access<'_>>>) -> Option<String> {
    let Some(accesses) = accesses else {
        return Some(format!("perform `dynamodb:{operation}`, which no function is granted"));
    };
    accesses.iter().find_map(|access| if access.table == table { access.refusal(grant) } else { access.elsewhere() })
}

impl Access<'_> {
    fn elsewhere(&self) -> Option<String> {
        Some(format!("perform `dynamodb:{}` on the table `{}`", self.action, self.table))
    }

    fn refusal(&self, grant: &Grant) -> Option<String> {
        let Some(partition) = self.partition else {
            return Some(format!("perform `dynamodb:{}` without naming one partition", self.action));
        };
        let of = |prefixes: &[String]| prefixes.iter().any(|prefix| partition.starts_with(prefix.as_str()));
        let (covered, list) = match self.right {
            Right::Read => (of(&grant.reads), "reads"),
            Right::Write => (of(&grant.writes), "writes"),
            Right::Check => (of(&grant.reads) || of(&grant.writes), "reads"),
        };
        let kind = partition.split_inclusive('#').next().unwrap_or_default();
        let action = self.action;
        (!covered).then(|| format!("perform `dynamodb:{action}` on `{kind}`: its `{list}` in the catalogue lack it"))
    }
}

/// Why a call of another service is not covered, if it is not.
pub(super) fn service(grant: &Grant, call: &Call) -> Option<String> {
    let action = format!("{}:{}", prefix(call.service), call.operation);
    let covered = match (call.service, call.operation.as_str()) {
        (Service::Sqs, "SendMessage" | "SendMessageBatch") | (Service::Events, "PutEvents") => grant.sends,
        (Service::DynamoDbStreams, _) => grant.stream,
        (Service::Secrets, "GetSecretValue") => {
            let body = call.json().unwrap_or_default();
            let secret = body.get("SecretId").and_then(serde_json::Value::as_str).unwrap_or_default();
            let covered = grant.secrets.iter().any(|name| name == secret);
            return (!covered).then(|| format!("perform `{action}` on `{secret}`"));
        }
        _ => false,
    };
    (!covered).then(|| format!("perform `{action}`"))
}

/// What the permissions of a service begin with.
const fn prefix(service: Service) -> &'static str {
    match service {
        Service::DynamoDb | Service::DynamoDbStreams => "dynamodb",
        Service::Sqs => "sqs",
        Service::Events => "events",
        Service::Scheduler => "scheduler",
        Service::Secrets => "secretsmanager",
        Service::Unknown => "unknown",
    }
}
