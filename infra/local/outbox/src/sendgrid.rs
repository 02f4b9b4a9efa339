//! SendGrid: `POST /v3/mail/send`.

use crate::OutboxError;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const OFFICIAL: &str = include_str!("../schema/mail_send.json");

/// What SendGrid says of a body.
pub(crate) struct Rules(Validator);

impl Rules {
    /// The rules of the official schema.
    ///
    /// # Errors
    /// When the schema cannot be compiled.
    pub(crate) fn official() -> Result<Self, OutboxError> {
        let wrong = |error: &dyn std::fmt::Display| OutboxError::Schema(error.to_string());
        let mut api: Value = serde_json::from_str(OFFICIAL).map_err(|error| wrong(&error))?;
        // The body's schema at the root, with the components that it refers to beside it.
        let body = api.pointer("/components/requestBodies/PostMailSend/content/application~1json/schema");
        let mut root = body.cloned().ok_or_else(|| OutboxError::Schema("it has no body".to_owned()))?;
        if let (Some(root), Some(components)) = (root.as_object_mut(), api.get_mut("components")) {
            root.insert("components".to_owned(), components.take());
        }
        let validator = jsonschema::options().should_validate_formats(true).build(&root);
        validator.map(Self).map_err(|error| wrong(&error))
    }

    /// Everything that SendGrid would refuse, as message and field.
    pub(crate) fn problems(&self, body: &Value) -> Vec<(String, String)> {
        let by_schema = self.0.iter_errors(body);
        let field = |path: String| path.trim_start_matches('/').replace('/', ".");
        let mut all: Vec<(String, String)> =
            by_schema.map(|error| (error.to_string(), field(error.instance_path().to_string()))).collect();
        all.extend(unwritten(body).into_iter().map(|(message, field)| (message.to_owned(), field.to_owned())));
        all
    }
}

/// What the API's reference says and the schema does not.
fn unwritten(body: &Value) -> Vec<(&'static str, &'static str)> {
    let list = |name: &str| body.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let envelopes = list("personalizations");
    let is_said = |value: Option<&Value>| value.and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let mut problems = Vec::new();
    if envelopes.is_empty() {
        problems.push((
            "The personalizations field is required and must have at least one personalization.",
            "personalizations",
        ));
    }
    if envelopes.iter().any(|one| one.get("to").and_then(Value::as_array).is_none_or(Vec::is_empty)) {
        problems.push(("The to array is required for all personalization objects, and must have at least one email object with a valid email address.", "personalizations.to"));
    }
    if !is_said(body.get("subject")) && !envelopes.iter().all(|one| is_said(one.get("subject"))) {
        problems.push(("The subject is required.", "subject"));
    }
    if list("content").is_empty() && !is_said(body.get("template_id")) {
        problems.push(("Unless a valid template_id is provided, the content parameter is required.", "content"));
    }
    if is_twice(envelopes) {
        problems.push((
            "Each email address in the personalization block should be unique between to, cc, and bcc.",
            "personalizations",
        ));
    }
    problems
}

/// Whether one envelope names somebody twice.
fn is_twice(envelopes: &[Value]) -> bool {
    envelopes.iter().any(|one| {
        let mut seen = BTreeSet::new();
        let people = ["to", "cc", "bcc"].iter().filter_map(|name| one.get(name).and_then(Value::as_array)).flatten();
        let mut addresses = people.filter_map(|person| person.get("email").and_then(Value::as_str));
        addresses.any(|address| !seen.insert(address.to_lowercase()))
    })
}

/// An error answer in SendGrid's shape.
pub(crate) fn errors(problems: &[(String, String)]) -> Value {
    let one = |(message, field): &(String, String)| {
        let field = if field.is_empty() { Value::Null } else { field.as_str().into() };
        json!({ "message": message, "field": field, "help": null })
    };
    json!({ "errors": problems.iter().map(one).collect::<Vec<_>>() })
}
