//! What Printful says.

use crate::{
    Error, Placed, State,
    http::{Operation, Remote, Reply, told},
};
use domain::{Currency, Money, order::Tracking};
use serde_json::Value;

/// What an error for a thing that is not there begins with.
const NOWHERE: &str = "not there";

/// The payload, or why there is none.
pub(super) fn data(remote: &Remote, operation: Operation, reply: Reply) -> Result<Value, Error> {
    let Reply { status, mut body, .. } = reply;
    let why = || format!("HTTP {status}: {}", told(&body));
    match status.as_u16() {
        200..=299 => Ok(body.get_mut("data").map(Value::take).unwrap_or_default()),
        401..=403 => Err(remote.denied(&why())),
        404 => Err(remote.refused(operation, &format!("{NOWHERE}: {}", why()))),
        // Another change of it is under way.
        409 => Err(remote.lost(operation, why())),
        _ => Err(remote.refused(operation, &why())),
    }
}

/// Whether an error says that there is no such thing.
pub(super) fn is_nowhere(error: &Error) -> bool {
    matches!(error, Error::Refused { why, .. } if why.starts_with(NOWHERE))
}

/// An order.
pub(super) fn placed(data: &Value) -> Option<Placed> {
    let status = data.get("status")?.as_str()?.to_owned();
    Some(Placed {
        remote: data.get("id")?.as_u64()?.to_string(),
        state: state(&status),
        cost: data.get("costs").and_then(total),
        tracking: None,
        reason: (state(&status) == State::Failed).then(|| format!("the order is `{status}`")),
        status,
    })
}

/// The total, once it is counted.
fn total(costs: &Value) -> Option<Money> {
    let text = |name: &str| costs.get(name)?.as_str();
    let currency: Currency = text("currency").filter(|_| text("calculation_status") == Some("done"))?.parse().ok()?;
    Money::parse(text("total")?, currency).ok()
}

pub(crate) fn state(status: &str) -> State {
    match status {
        "failed" | "canceled" => State::Failed,
        "pending" | "inprocess" | "onhold" | "partial" => State::Confirmed,
        "fulfilled" => State::Shipped,
        _ => State::Draft,
    }
}

/// The same with where it can be followed, as the latest shipment that is under way tells it.
pub(super) fn followed(placed: Placed, shipments: &Value) -> Placed {
    let all = shipments.as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
    let sent: Vec<&Value> =
        all.iter().filter(|one| text(one, "shipment_status").as_deref() == Some("shipped")).collect();
    let Some(last) = sent.last() else { return placed };
    let whole = placed.status == "fulfilled";
    let arrived = whole && sent.iter().all(|one| text(one, "delivery_status").as_deref() == Some("delivered"));
    let tracking = text(last, "tracking_url").map(|url| tracking(url, text(last, "carrier")));
    Placed { state: if arrived { State::Delivered } else { State::Shipped }, tracking, ..placed }
}

/// Printful tells a page, whose last part is the number.
pub(crate) fn tracking(url: String, carrier: Option<String>) -> Tracking {
    let number = url.trim_end_matches('/').rsplit(['/', '=']).next().unwrap_or_default().to_owned();
    Tracking { number, carrier, url: Some(url) }
}

/// Whether it can be had somewhere, printed in any way that is offered.
pub(super) fn is_available(data: &Value) -> bool {
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let regions = list(data, "techniques").into_iter().flat_map(|technique| list(&technique, "selling_regions"));
    let mut said = regions.filter_map(|region| Some(region.get("availability")?.as_str()? == "in stock"));
    said.any(|there| there)
}

/// What one way of shipping takes.
pub(super) fn rate(data: &Value, shipping: &str) -> Option<Money> {
    let is_it = |one: &&Value| one.get("shipping").and_then(Value::as_str) == Some(shipping);
    let one = data.as_array()?.iter().find(is_it)?;
    Money::parse(one.get("rate")?.as_str()?, one.get("currency")?.as_str()?.parse().ok()?).ok()
}

/// The price of a variant printed in one way.
pub(super) fn price(data: &Value, technique: &str) -> Option<Money> {
    let currency: Currency = data.get("currency")?.as_str()?.parse().ok()?;
    let techniques = data.pointer("/variant/techniques")?.as_array()?;
    let key = |one: &&Value| {
        one.get("technique_key").and_then(Value::as_str).is_some_and(|key| key.eq_ignore_ascii_case(technique))
    };
    let one = techniques.iter().find(key)?;
    let amount = one.get("discounted_price").or_else(|| one.get("price"))?.as_str()?;
    Money::parse(amount, currency).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_order_has_arrived_once_all_of_it_was_sent_and_all_that_was_sent_has_arrived() {
        let shipment = |delivery: &str| json!({ "shipment_status": "shipped", "delivery_status": delivery, "tracking_url": "https://t.example/1" });
        let cases = [
            ("partial", vec![shipment("delivered")], State::Shipped),
            ("fulfilled", vec![shipment("delivered"), shipment("in_transit")], State::Shipped),
            ("fulfilled", vec![shipment("delivered"), shipment("delivered")], State::Delivered),
            ("inprocess", vec![], State::Confirmed),
        ];
        for (status, shipments, wanted) in cases {
            let order = placed(&json!({ "id": 7, "status": status })).unwrap();
            assert_eq!(followed(order, &shipments.into()).state, wanted, "{status}");
        }
    }

    #[test]
    fn a_sum_that_is_still_being_counted_is_not_known() {
        let costs = |status: &str| json!({ "calculation_status": status, "currency": "EUR", "total": "19.00" });
        assert_eq!(total(&costs("done")), Some(Money::eur_cents(1900)));
        for status in ["calculating", "failed"] {
            assert_eq!(total(&costs(status)), None, "{status}");
        }
    }
}
