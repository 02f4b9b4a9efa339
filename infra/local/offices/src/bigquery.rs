//! The warehouse: one table for entries of the books, fed by `tabledata.insertAll`.

use crate::{Offices, Stored};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::sync::LazyLock;

const TOKEN: &str = "ya29.sandbox";
/// What a request has to be, as the official discovery document says.
const REQUEST: &str = include_str!("../data/insert-all.json");
/// What a row of the table has to be.
const TABLE: &str = include_str!("../data/entries-table.json");

/// A check that cannot be built lets nothing through.
static REQUESTS: LazyLock<Option<jsonschema::Validator>> = LazyLock::new(|| compiled(REQUEST));
static ROWS: LazyLock<Option<jsonschema::Validator>> = LazyLock::new(|| compiled(TABLE));

fn compiled(text: &str) -> Option<jsonschema::Validator> {
    let schema: Value = serde_json::from_str(text).ok()?;
    jsonschema::validator_for(&schema).ok()
}

/// Hands out a token for a signed assertion.
pub(crate) async fn token(form: String) -> Response {
    let fits = form.contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer");
    let assertion = form.split("assertion=").nth(1).unwrap_or_default();
    if !fits || assertion.split('.').filter(|part| !part.is_empty()).count() != 3 {
        return refused(StatusCode::BAD_REQUEST, "invalid_grant");
    }
    Json(json!({ "access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer" })).into_response()
}

/// Takes rows: all that fit the table, where the request asks for that.
pub(crate) async fn insert(State(offices): State<Offices>, headers: HeaderMap, body: String) -> Response {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if bearer != Some(&format!("Bearer {TOKEN}")) {
        return refused(StatusCode::UNAUTHORIZED, "authError");
    }
    let request = serde_json::from_str::<Value>(&body).ok();
    let Some(request) = request.filter(|request| REQUESTS.as_ref().is_some_and(|schema| schema.is_valid(request)))
    else {
        return refused(StatusCode::BAD_REQUEST, "invalid");
    };
    let rows = request.get("rows").and_then(Value::as_array).cloned().unwrap_or_default();
    if rows.is_empty() {
        return refused(StatusCode::BAD_REQUEST, "required");
    }
    let errors: Vec<Value> = rows.iter().enumerate().filter_map(|(index, row)| misfit(index, row)).collect();
    let skips = request.get("skipInvalidRows").and_then(Value::as_bool).unwrap_or_default();
    if skips || errors.is_empty() {
        offices
            .kept(|kept| rows.iter().filter(|row| misfit(0, row).is_none()).for_each(|row| keep(&mut kept.rows, row)));
    }
    let mut answer = json!({ "kind": "bigquery#tableDataInsertAllResponse" });
    if let (Some(fields), false) = (answer.as_object_mut(), errors.is_empty()) {
        fields.insert("insertErrors".to_owned(), errors.into());
    }
    Json(answer).into_response()
}

fn misfit(index: usize, row: &Value) -> Option<Value> {
    let json = row.get("json").unwrap_or(&Value::Null);
    let message = match ROWS.as_ref() {
        None => "the table cannot be read".to_owned(),
        Some(schema) => schema.iter_errors(json).next()?.to_string(),
    };
    Some(json!({ "index": index, "errors": [{ "reason": "invalid", "location": "", "message": message }] }))
}

/// A row with an id that is there is the same row.
fn keep(rows: &mut Vec<Stored>, row: &Value) {
    let id = row.get("insertId").and_then(Value::as_str).unwrap_or_default().to_owned();
    if rows.iter().all(|stored| stored.id != id) {
        rows.push(Stored { id, json: row.get("json").cloned().unwrap_or_default() });
    }
}

fn refused(status: StatusCode, reason: &str) -> Response {
    let error = json!({ "code": status.as_u16(), "message": reason, "errors": [{ "reason": reason }] });
    (status, Json(json!({ "error": error }))).into_response()
}
