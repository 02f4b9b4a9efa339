//! What the CEO function is told and keeps on record.

use agent::Turn;
use domain::journey::Journey;
use serde_json::json;

/// A journey that ended early: its report makes it visible to people.
pub(crate) fn stopped(journey: &Journey) -> Turn {
    let ending = journey.ending.as_ref();
    Turn::report(&json!({
        "journey": journey.id,
        "product": journey.candidate.product.to_string(),
        "title": journey.candidate.title,
        "stage": ending.map(|ending| ending.stage),
        "reason": ending.map(|ending| &ending.reason),
        "missing": ending.map(|ending| ending.missing.as_slice()).unwrap_or_default(),
    }))
}
