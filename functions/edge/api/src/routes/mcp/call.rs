//! A call of a tool as the HTTP request that it is.

use super::tool::{Place, Tool};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderValue, Request, header},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rmcp::model::JsonObject;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// What stands in a path or behind the question mark as it is: an argument can never add a step to either.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The largest answer that is handed on.
const LARGEST_ANSWER: usize = 8 << 20;

/// Who calls, as the request to `/mcp` said it.
pub(super) struct Bearer<'a> {
    /// `Authorization`.
    pub(super) token: Option<&'a HeaderValue>,
    /// `Accept-Language`.
    pub(super) language: Option<&'a HeaderValue>,
}

/// What the API answered.
pub(super) struct Answered {
    /// Whether it did what was asked.
    pub(super) done: bool,
    /// The answer, or the problem.
    pub(super) body: Value,
}

/// Calls `tool` with these arguments.
///
/// # Errors
/// When they make no request: a part of the path is missing or no text.
pub(super) async fn call(
    api: &Router,
    tool: &Tool,
    arguments: JsonObject,
    bearer: &Bearer<'_>,
) -> Result<Answered, String> {
    let request = request(tool, arguments, bearer)?;
    let Ok(answer) = api.clone().oneshot(request).await;
    let done = answer.status().is_success();
    let bytes = to_bytes(answer.into_body(), LARGEST_ANSWER).await.map_err(|error| error.to_string())?;
    let body = serde_json::from_slice(&bytes);
    let body = body.unwrap_or_else(|_| json!({ "text": String::from_utf8_lossy(&bytes) }));
    Ok(Answered { done, body })
}

fn request(tool: &Tool, arguments: JsonObject, bearer: &Bearer<'_>) -> Result<Request<Body>, String> {
    let (mut path, mut query, mut key) = (tool.path.clone(), Vec::new(), None);
    let mut body = JsonObject::new();
    for (name, value) in arguments {
        match tool.places.get(&name) {
            Some(Place::Path) => {
                let text = text(&value).filter(|text| !text.is_empty());
                let text = text.ok_or_else(|| format!("`{name}` is no text: send the id"))?;
                path = path.replace(&format!("{{{name}}}"), &encoded(&text));
            }
            Some(Place::Key) => key = text(&value),
            Some(Place::Query) => query.extend(pair(&name, &value)),
            None if tool.has_body => drop(body.insert(name, value)),
            None => query.extend(pair(&name, &value)),
        }
    }
    if path.contains('{') {
        return Err(format!("an argument is missing: `{}` needs it", tool.name));
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let mut request = Request::builder().method(tool.method.clone()).uri(path);
    request = bearer.token.into_iter().fold(request, |request, token| request.header(header::AUTHORIZATION, token));
    let language = bearer.language.into_iter();
    request = language.fold(request, |request, language| request.header(header::ACCEPT_LANGUAGE, language));
    request = key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
    let body = if tool.has_body {
        request = request.header(header::CONTENT_TYPE, "application/json");
        Body::from(Value::Object(body).to_string())
    } else {
        Body::empty()
    };
    request.body(body).map_err(|error| error.to_string())
}

/// A text, a number or a word; nothing of what has parts.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn pair(name: &str, value: &Value) -> Option<String> {
    let value = if value.is_null() { None } else { Some(text(value).unwrap_or_else(|| value.to_string())) };
    value.map(|value| format!("{}={}", encoded(name), encoded(&value)))
}

fn encoded(text: &str) -> String {
    // A step of dots would lead out of the path that it stands in.
    let text = utf8_percent_encode(text, PLAIN).to_string();
    if text.bytes().all(|b| b == b'.') { text.replace('.', "%2E") } else { text }
}
