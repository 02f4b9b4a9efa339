//! `order.cancel`: the shop cancels the order, puts the goods into stock again and pays everything back.
//!
//! What is paid back is everything that was paid. Where that is not the amount that a person agreed to, it goes back to
//! a person. The shop cancels in its own time: until it shows, the outcome is not known.

use crate::{Shop, fate::fate, hold::seen};
use agent::{Evidence, ExecuteError};
use domain::action::OrderCancel;
use shopify::{CancelReason, ShopOrder};

pub(crate) async fn execute(shop: &Shop, action: &OrderCancel) -> Result<Evidence, ExecuteError> {
    let order = seen(shop, &action.order).await?;
    if let Some(evidence) = confirmed(&order) {
        return Ok(evidence);
    }
    if !order.sent.is_empty() {
        return Err(ExecuteError::Refused(format!("a part of order {} is already on its way", action.order)));
    }
    if order.paid != action.amount {
        let why = format!("{} is paid for order {}, decided on {}", order.paid, action.order, action.amount);
        return Err(ExecuteError::Premise(why));
    }
    let note = format!("cancelled for {}", action.order);
    shop.client.cancel(&action.order, CancelReason::Other, &note).await.map_err(fate)?;
    let unclear = || ExecuteError::Unknown("the shop has begun to cancel the order".to_owned());
    find(shop, action).await?.ok_or_else(unclear)
}

pub(crate) async fn find(shop: &Shop, action: &OrderCancel) -> Result<Option<Evidence>, ExecuteError> {
    Ok(confirmed(&seen(shop, &action.order).await?))
}

fn confirmed(order: &ShopOrder) -> Option<Evidence> {
    order.snapshot.cancelled.map(|at| Evidence {
        remote_id: order.id.to_string(),
        link: None,
        detail: format!("order {} was cancelled at {at}", order.snapshot.name),
    })
}
