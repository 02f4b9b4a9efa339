//! The shape of a GraphQL answer.

use crate::{error::Problem, throttle::Cost};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Longest text that is taken over from the shop into an error.
const LONGEST: usize = 500;

/// The body of an answer with HTTP status 200.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    pub(super) data: Option<Map<String, Value>>,
    #[serde(default)]
    pub(super) errors: Vec<Fault>,
    #[serde(default)]
    extensions: Option<Extensions>,
}

#[derive(Debug, Deserialize)]
struct Extensions {
    #[serde(default)]
    cost: Option<Value>,
}

impl Answer {
    /// What the request cost, where the shop says so in a form that is understood.
    pub(super) fn cost(&self) -> Option<Cost> {
        let cost = self.extensions.as_ref()?.cost.clone()?;
        serde_json::from_value(cost).ok()
    }

    /// Takes the payload of a root field out, unless it is null.
    pub(super) fn take(&mut self, root: &str) -> Option<Value> {
        let payload = self.data.as_mut()?.remove(root)?;
        (!payload.is_null()).then_some(payload)
    }
}

/// One entry of `errors`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Fault {
    #[serde(default)]
    message: String,
    #[serde(default)]
    path: Vec<Value>,
    #[serde(default)]
    extensions: Map<String, Value>,
}

impl Fault {
    pub(super) fn code(&self) -> &str {
        let code = self.extensions.get("code").and_then(Value::as_str);
        code.unwrap_or_default()
    }

    /// Whether it is about a part of a payload, so that the root field itself was executed.
    pub(super) fn is_inside(&self) -> bool {
        self.path.len() > 1
    }

    pub(super) fn problem(&self) -> Problem {
        let code = self.code();
        Problem {
            field: self.path.iter().map(segment).collect(),
            code: (!code.is_empty()).then(|| short(code)),
            message: short(&self.message),
        }
    }
}

/// One entry of a payload's `userErrors`.
#[derive(Debug, Deserialize)]
pub(super) struct UserError {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    field: Option<Vec<Value>>,
    message: String,
}

impl From<UserError> for Problem {
    fn from(error: UserError) -> Self {
        Self {
            field: error.field.iter().flatten().map(segment).collect(),
            code: error.code.as_deref().map(short),
            message: short(&error.message),
        }
    }
}

fn segment(part: &Value) -> String {
    part.as_str().map_or_else(|| part.to_string(), short)
}

/// Text from outside, cut to a length that fits a log line.
pub(super) fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
