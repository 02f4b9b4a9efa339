//! The envelope around every answer, and what is in it.
//!
//! CJ says how a request went by `code`, not by the HTTP status, and asks to go by codes, not by messages.

use crate::{
    Error, Item, Placed, State,
    http::{Operation, Remote, Reply, short, told},
};
use domain::{Currency, Money, order::Tracking};
use serde_json::Value;
use std::time::Duration;

/// The token is not, or no longer, one of theirs.
const STALE: [i64; 3] = [1_600_001, 1_600_002, 1_600_030];
/// The key, the account or its balance: a person looks.
const DENIED: [i64; 8] = [1_600_003, 1_600_004, 1_600_005, 1_600_006, 1_600_007, 1_600_008, 1_600_201, 1_604_000];
/// Too many calls.
const BUSY: i64 = 1_600_200;
/// The request is wrong, or there is no such interface: nothing was applied.
const REFUSED: [i64; 6] = [1_600_100, 1_600_101, 1_600_300, 1_603_000, 1_605_000, 1_601_000];
/// A variant or product that is not sold.
const NOT_SOLD: [i64; 3] = [1_602_000, 1_602_001, 1_602_002];
const NO_SUCH_ORDER: i64 = 1_603_100;
/// What an error for a thing that is not there begins with.
const NOWHERE: &str = "not there";

fn code(body: &Value) -> Option<i64> {
    body.get("code")?.as_i64()
}

/// Whether CJ does not take the token any more.
pub(super) fn is_stale(reply: &Reply) -> bool {
    code(&reply.body).is_some_and(|code| STALE.contains(&code)) || reply.status.as_u16() == 401
}

/// Whether an error says that there is no such order or thing.
pub(super) fn is_nowhere(error: &Error) -> bool {
    matches!(error, Error::Refused { why, .. } if why.starts_with(NOWHERE))
}

/// A thing that is not sold cannot be had.
pub(super) fn not_sold(error: Error, item: &Item) -> Error {
    match error {
        Error::Refused { supplier, ref why, .. } if why.starts_with(NOWHERE) => {
            Error::OutOfStock { supplier, sku: item.sku.clone() }
        }
        other => other,
    }
}

/// What is in the envelope, or why nothing is.
pub(super) fn data(remote: &Remote, operation: Operation, reply: Reply) -> Result<Value, Error> {
    let Reply { status, after, mut body } = reply;
    let Some(code) = code(&body) else {
        let why = format!("HTTP {status}, and no code");
        return Err(if status.is_client_error() { remote.denied(&why) } else { remote.strange(operation, &why) });
    };
    let (why, fine) = (format!("{} ({code})", told(&body)), body.get("result") == Some(&Value::Bool(true)));
    match code {
        200 if fine => Ok(body.get_mut("data").map(Value::take).unwrap_or_default()),
        BUSY => {
            let after = after.unwrap_or(Duration::from_secs(1));
            Err(Error::Busy { supplier: remote.name, operation: operation.name, after })
        }
        NO_SUCH_ORDER => Err(remote.refused(operation, &format!("{NOWHERE}: {why}"))),
        code if NOT_SOLD.contains(&code) => Err(remote.refused(operation, &format!("{NOWHERE}: {why}"))),
        code if STALE.contains(&code) || DENIED.contains(&code) => Err(remote.denied(&why)),
        code if REFUSED.contains(&code) => Err(remote.refused(operation, &why)),
        // System busy, a payment that failed, codes that nobody has documented: it may have been applied.
        _ => Err(remote.lost(operation, why)),
    }
}

/// A JSON number or text as money.
pub(super) fn money(value: &Value, currency: Currency) -> Option<Money> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Money::parse(text.trim(), currency).ok()
}

/// An order, as `createOrderV2` and `getOrderDetail` tell of it.
pub(super) fn placed(data: &Value, currency: Currency) -> Option<Placed> {
    let text = |name: &str| data.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let status = text("orderStatus")?;
    let stopped = data.pointer("/interceptOrderReasons/0/message").and_then(Value::as_str).map(short);
    let tracking =
        text("trackNumber").map(|number| Tracking { number, carrier: text("logisticName"), url: text("trackingUrl") });
    Some(Placed {
        remote: text("orderId")?,
        state: if stopped.is_some() { State::Failed } else { state(&status) },
        status,
        cost: data.get("orderAmount").and_then(|amount| money(amount, currency)),
        tracking,
        reason: stopped,
    })
}

pub(crate) fn state(status: &str) -> State {
    match status {
        "UNSHIPPED" => State::Confirmed,
        "SHIPPED" => State::Shipped,
        "DELIVERED" => State::Delivered,
        "CANCELLED" => State::Failed,
        _ => State::Draft,
    }
}
