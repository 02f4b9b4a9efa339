//! The `userErrors` of a mutation's payload.

use serde_json::{Value, json};

/// What the caller got wrong, in the order found.
#[derive(Default)]
pub(crate) struct UserErrors(Vec<Value>);

impl UserErrors {
    /// Adds an error at a dotted input path; an empty path stands for `field: null`.
    pub(crate) fn add(&mut self, code: &str, path: &str, message: impl Into<String>) {
        let field = (!path.is_empty()).then(|| path.split('.').collect::<Vec<_>>());
        self.0.push(json!({ "code": code, "field": field, "message": message.into() }));
    }

    /// The list with one error.
    pub(crate) fn one(code: &str, path: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(code, path, message);
        errors
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn into_json(self) -> Value {
        Value::Array(self.0)
    }
}
