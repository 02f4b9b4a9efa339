//! Paying back: the shop says by which of its payments it can, and takes each request under a key once.

use super::{gid, money::Bag};
use crate::{
    Client, Error,
    error::Problem,
    model::{Gid, Link},
    operation::{REFUND_CREATE, SUGGESTED_REFUND},
};
use domain::{ActionId, Money};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suggested {
    suggested_refund: Option<Suggestion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suggestion {
    suggested_transactions: Vec<Way>,
}

/// A payment that can be paid back.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Way {
    gateway: Option<String>,
    maximum_refundable_set: Option<Bag>,
    amount_set: Bag,
    parent_transaction: Option<Link>,
}

#[derive(Deserialize)]
struct Made {
    refund: Option<Link>,
}

impl Client {
    /// Pays `amount` of an order back by the payments it was paid with, once per `action`; the note names the action.
    ///
    /// # Errors
    /// As every call; [`Error::Rejected`] with the code `NOT_REFUNDABLE` when not so much can be paid back.
    pub async fn refund(&self, order: &str, amount: &Money, action: ActionId) -> Result<Option<Gid>, Error> {
        let found: Option<Suggested> = self.send(&SUGGESTED_REFUND, json!({ "id": gid(order) })).await?;
        let ways = found.and_then(|found| found.suggested_refund).map(|found| found.suggested_transactions);
        let transactions = split(order, amount, &ways.unwrap_or_default()).map_err(|why| {
            Error::refused(REFUND_CREATE.name, Problem::ours("NOT_REFUNDABLE", &["input", "transactions"], why))
        })?;
        let input = json!({
            "orderId": gid(order),
            "note": note(action),
            "notify": true,
            "transactions": transactions,
        });
        let made: Made = self.send(&REFUND_CREATE, json!({ "input": input, "key": action.uuid() })).await?;
        Ok(made.refund.map(|link| link.id))
    }
}

/// What the note of a refund says that an action made.
#[must_use]
pub(super) fn note(action: ActionId) -> String {
    format!("royal:{action}")
}

impl super::ShopOrder {
    /// The refund that an action made, by the shop's id.
    #[must_use]
    pub fn refund_of(&self, action: ActionId) -> Option<&str> {
        let own = note(action);
        self.notes.iter().find(|(_, text)| *text == own).map(|(id, _)| id.as_str())
    }
}

/// The amount over the payments, each up to what can be paid back of it.
fn split(order: &str, amount: &Money, ways: &[Way]) -> Result<Vec<Value>, String> {
    let (mut left, mut all) = (amount.amount(), Vec::new());
    for way in ways {
        let most = way.maximum_refundable_set.as_ref().unwrap_or(&way.amount_set).money()?;
        if most.currency() != amount.currency() {
            return Err(format!("the order was paid in {}, not in {}", most.currency(), amount.currency()));
        }
        let part = left.min(most.amount());
        let (Some(parent), Some(gateway)) = (&way.parent_transaction, &way.gateway) else { continue };
        if part > Decimal::ZERO {
            left = left.saturating_sub(part);
            all.push(json!({
                "orderId": gid(order),
                "parentId": parent.id,
                "gateway": gateway,
                "kind": "REFUND",
                "amount": part.to_string(),
            }));
        }
    }
    if left > Decimal::ZERO { Err(format!("{left} more than can be paid back of it")) } else { Ok(all) }
}
