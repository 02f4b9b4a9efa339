//! The register: what it answers is in the number, as in the Commission's own test service.

use crate::Offices;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

/// Fields of a question; the last two come together or not at all.
const FIELDS: [&str; 4] = ["countryCode", "vatNumber", "requesterMemberStateCode", "requesterNumber"];
/// Countries as VIES names them.
const COUNTRIES: &str = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI";

/// Answers one question.
pub(crate) async fn check(State(offices): State<Offices>, body: String) -> Response {
    let Some(question) = serde_json::from_str::<Map<String, Value>>(&body).ok().filter(fits) else {
        return (StatusCode::BAD_REQUEST, Json(failed("INVALID_INPUT"))).into_response();
    };
    let number = question.get("vatNumber").and_then(Value::as_str).unwrap_or_default();
    let asked = offices.kept(|kept| {
        kept.asked += 1;
        kept.asked
    });
    let proof = if question.contains_key("requesterNumber") { format!("WAPIAAAA{asked:08}") } else { String::new() };
    match number {
        "201" => Json(failed("INVALID_INPUT")).into_response(),
        "300" => Json(failed("SERVICE_UNAVAILABLE")).into_response(),
        "301" => Json(failed("MS_UNAVAILABLE")).into_response(),
        "302" => Json(failed("TIMEOUT")).into_response(),
        "600" => Json(failed("MS_MAX_CONCURRENT_REQ")).into_response(),
        "900" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        "901" => "<html>down for maintenance</html>".into_response(),
        "902" => Json(json!({})).into_response(),
        number => Json(told(&question, number != "200", &proof)).into_response(),
    }
}

/// Whether a question is one: known fields, texts, a country of the register, and who asks in full or not at all.
fn fits(question: &Map<String, Value>) -> bool {
    let text = |name: &str| question.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let known = question.iter().all(|(name, value)| FIELDS.contains(&name.as_str()) && value.is_string());
    let is_country = |code: &str| COUNTRIES.split(' ').any(|country| country == code);
    let who = (text("requesterMemberStateCode"), text("requesterNumber"));
    let asks = match who {
        (None, None) => true,
        (Some(country), Some(_)) => is_country(country),
        _ => false,
    };
    known && asks && text("vatNumber").is_some() && text("countryCode").is_some_and(is_country)
}

fn told(question: &Map<String, Value>, valid: bool, proof: &str) -> Value {
    json!({
        "countryCode": question.get("countryCode"),
        "vatNumber": question.get("vatNumber"),
        "requestDate": "2026-11-20T12:00:00.000Z",
        "valid": valid,
        "requestIdentifier": if valid { proof } else { "" },
        "name": "---",
        "address": "---",
    })
}

/// As the register says that it cannot say: with status 200.
fn failed(error: &str) -> Value {
    json!({ "actionSucceed": false, "errorWrappers": [{ "error": error }] })
}
