//! `order.hold` and `order.release`: every part of an order that is not sent yet.
//!
//! A hold carries the action's id as its handle, which the shop takes once for each part: so the shop itself says
//! whether this very hold is there. What is released are the holds that are ours; what others hold stays held. With a
//! hold that fraud asked for, the shop is told our assessment of the risk: last, so that a part is never left open for it.

use crate::{Shop, fate::fate};
use agent::{Evidence, ExecuteError, Order};
use domain::{
    ActionId,
    action::{OrderHold, OrderRelease},
};
use shopify::{Assessed, Gid, Sending, ShopOrder};

/// What the reasons of holds that fraud asked for begin with.
const FRAUD: &str = "fraud";

pub(crate) async fn execute(shop: &Shop, order: &Order<'_>, action: &OrderHold) -> Result<Evidence, ExecuteError> {
    let seen = seen(shop, &action.order).await?;
    let parts: Vec<&Sending> = holdable(&seen).collect();
    if parts.is_empty() {
        return Err(ExecuteError::Refused(format!("nothing of order {} is left to hold", action.order)));
    }
    let handle = order.id.to_string();
    let is_fraud = action.reason.starts_with(FRAUD);
    for part in parts.iter().filter(|part| !is_held(part, &handle)) {
        match shop.client.hold(&part.id, &handle, (is_fraud, &action.reason)).await {
            Err(error) if !error.has_code("DUPLICATE_FULFILLMENT_HOLD_HANDLE") => return Err(fate(error)),
            _ => {}
        }
    }
    if is_fraud {
        assess(shop, action, Assessed::High).await?;
    }
    let unclear = || ExecuteError::Unknown("the shop took every hold, yet does not show them".to_owned());
    find(shop, order.id, action).await?.ok_or_else(unclear)
}

/// What we think of the risk. A shop that will not be told holds the order all the same.
async fn assess(shop: &Shop, action: &OrderHold, level: Assessed) -> Result<(), ExecuteError> {
    let facts = [format!("held for {}", action.reason.replace('_', " "))];
    match shop.client.assess(&action.order, level, &facts).await {
        Ok(()) | Err(shopify::Error::Rejected { .. }) => Ok(()),
        Err(error) => Err(fate(error)),
    }
}

pub(crate) async fn find(shop: &Shop, id: ActionId, action: &OrderHold) -> Result<Option<Evidence>, ExecuteError> {
    let seen = seen(shop, &action.order).await?;
    let handle = id.to_string();
    let (mut open, mut held) = (0, Vec::new());
    for part in holdable(&seen) {
        match is_held(part, &handle) {
            true => held.push(&part.id),
            false => open += 1,
        }
    }
    let evidence = || Evidence {
        remote_id: held.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        link: None,
        detail: format!("{} part(s) of order {} are held", held.len(), action.order),
    };
    Ok((open == 0 && !held.is_empty()).then(evidence))
}

pub(crate) async fn release(shop: &Shop, action: &OrderRelease) -> Result<Evidence, ExecuteError> {
    let seen = seen(shop, &action.order).await?;
    for part in &seen.sendings {
        let ours = ours(part);
        if !ours.is_empty() {
            shop.client.release(&part.id, &ours).await.map_err(fate)?;
        }
    }
    let unclear = || ExecuteError::Unknown("the shop took every release, yet still shows a hold of ours".to_owned());
    released(shop, action).await?.ok_or_else(unclear)
}

pub(crate) async fn released(shop: &Shop, action: &OrderRelease) -> Result<Option<Evidence>, ExecuteError> {
    let seen = seen(shop, &action.order).await?;
    let none = seen.sendings.iter().all(|part| ours(part).is_empty());
    Ok(none.then(|| Evidence {
        remote_id: seen.id.to_string(),
        link: None,
        detail: format!("no hold of ours is on order {}", action.order),
    }))
}

pub(crate) async fn seen(shop: &Shop, order: &str) -> Result<ShopOrder, ExecuteError> {
    let gone = || ExecuteError::Refused(format!("the shop has no order {order}"));
    shop.client.shop_order(order).await.map_err(fate)?.ok_or_else(gone)
}

/// The parts that something is left of.
fn holdable(order: &ShopOrder) -> impl Iterator<Item = &Sending> {
    order.sendings.iter().filter(|part| matches!(part.status.as_str(), "OPEN" | "ON_HOLD" | "SCHEDULED"))
}

fn is_held(part: &Sending, handle: &str) -> bool {
    part.holds.iter().any(|(_, own)| own.as_deref() == Some(handle))
}

/// The holds of a part that an action of ours made.
fn ours(part: &Sending) -> Vec<Gid> {
    let own = |handle: &Option<String>| handle.as_ref().is_some_and(|handle| handle.parse::<ActionId>().is_ok());
    part.holds.iter().filter(|(_, handle)| own(handle)).map(|(id, _)| id.clone()).collect()
}
