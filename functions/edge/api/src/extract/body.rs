//! JSON bodies.

use crate::{
    auth::App,
    problem::{Kind, Problem},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};

/// A JSON body of a known shape.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        parsed(&bytes(request, app).await?).map(Self)
    }
}

/// The bytes of a JSON body.
pub(super) async fn bytes(request: Request, app: &App) -> Result<Bytes, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::new(Kind::MediaType, "the body must come with `Content-Type: application/json`"));
    }
    Bytes::from_request(request, app).await.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(Kind::TooLarge, format!("the body is larger than {} bytes", crate::layers::LARGEST_BODY))
        }
        _ => Problem::new(Kind::Syntax, "the body broke off"),
    })
}

/// What the bytes of a body say.
pub(super) fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let text = str::from_utf8(bytes).map_err(|error| {
        Problem::new(Kind::Syntax, format!("the body is not UTF-8 from byte {} on", error.valid_up_to()))
    })?;
    parse(text)
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// What `text` says. A whole number may be written as `7.0`: JSON has one kind of number.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    exact(text).or_else(|problem| match serde_json::from_str(text).ok().and_then(whole) {
        Some(value) => serde_json::from_value(value).map_err(|_| problem),
        None => Err(problem),
    })
}

/// The same value with whole numbers written as such; nothing where there is nothing to write otherwise.
fn whole(mut value: Value) -> Option<Value> {
    fn rewrite(value: &mut Value) -> bool {
        match value {
            Value::Array(items) => items.iter_mut().fold(false, |any, item| rewrite(item) | any),
            Value::Object(fields) => fields.values_mut().fold(false, |any, field| rewrite(field) | any),
            Value::Number(number) if number.is_f64() => {
                match number.to_string().strip_suffix(".0").map(str::parse::<i64>) {
                    Some(Ok(whole)) => {
                        *value = whole.into();
                        true
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
    rewrite(&mut value).then_some(value)
}

fn exact<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        misfit(&path, &error.into_inner())
    })?;
    json.end().map_err(|error| misfit(".", &error))?;
    Ok(value)
}

/// The problem of a body that is no JSON, or JSON of another shape.
pub(crate) fn misfit(path: &str, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = message.strip_suffix(&place).unwrap_or(&message);
    if error.classify() != Category::Data {
        return Problem::new(Kind::Syntax, format!("no JSON{place}: {reason}"));
    }
    let (name, fix) = advice(reason);
    let path = if path == "." { "" } else { path };
    let field = match (path, name) {
        (path, None) => path.to_owned(),
        ("", Some(name)) => name.to_owned(),
        (path, Some(name)) if path.rsplit('.').next() == Some(name) => path.to_owned(),
        (path, Some(name)) => format!("{path}.{name}"),
    };
    Problem::field(Kind::Field, &field, reason, fix)
}

/// The field that a message names, and what to do about it.
fn advice(reason: &str) -> (Option<&str>, String) {
    let name = reason.split('`').nth(1);
    if reason.starts_with("unknown field") {
        let known = reason.split_once("expected ").map(|(_, known)| known);
        let known = known.map_or_else(String::new, |known| format!("; known is {known}"));
        (name, format!("leave it out{known}"))
    } else if reason.starts_with("missing field") {
        (name, "add it".to_owned())
    } else if reason.starts_with("duplicate field") {
        (name, "send it once".to_owned())
    } else if let Some((_, wanted)) = reason.split_once("expected ") {
        (None, format!("send {wanted}"))
    } else {
        (None, "send a value as the reason asks".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Said;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, expecting = "an object")]
    struct Order {
        #[allow(dead_code, reason = "only its shape matters")]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, expecting = "an object")]
    struct Line {
        #[allow(dead_code, reason = "only its shape matters")]
        count: u32,
        #[allow(dead_code, reason = "only its shape matters")]
        why: Option<Said>,
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        assert!(parse::<Order>("{\"lines\":[{\"count\":2.0}]}").is_ok());
        assert!(parse::<Order>("{\"lines\":[{\"count\":-2.0}]}").is_err());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_field_and_fix() {
        let cases = [
            (
                "{\"lines\":[{\"count\":2.5}]}",
                "`lines[0].count`: invalid type: floating point `2.5`, expected u32 -> send u32",
            ),
            ("", "no JSON at line 1 column 0: EOF while parsing a value"),
            ("{\"lines\":[", "no JSON at line 1 column 10: EOF while parsing a list"),
            ("{\"lines\":[]} x", "no JSON at line 1 column 14: trailing characters"),
            ("{}", "`lines`: missing field `lines` -> add it"),
            ("[]", "invalid length 0, expected an object -> send an object"),
            (
                "{\"lines\":[],\"colour\":1}",
                "`colour`: unknown field `colour`, expected `lines` -> leave it out; known is `lines`",
            ),
            (
                "{\"lines\":[{\"count\":\"2\"}]}",
                "`lines[0].count`: invalid type: string \"2\", expected u32 -> send u32",
            ),
            (
                "{\"lines\":[{\"count\":2,\"why\":\" \"}]}",
                "`lines[0].why`: it is empty -> send a value as the reason asks",
            ),
        ];
        for (text, wanted) in cases {
            let problem =
                serde_json::to_value(crate::problem::ProblemView::new(parse::<Order>(text).unwrap_err(), "/")).unwrap();
            let detail = problem["detail"].as_str().unwrap();
            let told = match problem["errors"][0]["fix"].as_str() {
                Some(fix) => format!("{detail} -> {fix}"),
                None => detail.to_owned(),
            };
            assert_eq!(told, wanted, "{text}");
        }
    }
}
