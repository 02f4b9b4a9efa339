//! `refund.issue`: paid back by the payments it was paid with, as the shop suggests, under the action's own key.
//!
//! The refund's note names the action, so it is found again when the shop has forgotten the key.

use crate::{Shop, fate::fate, hold::seen};
use agent::{Evidence, ExecuteError};
use domain::{ActionId, action::RefundIssue};
use shopify::ShopOrder;

pub(crate) async fn execute(shop: &Shop, id: ActionId, action: &RefundIssue) -> Result<Evidence, ExecuteError> {
    let order = seen(shop, &action.order).await?;
    if let Some(evidence) = confirmed(&order, id, action) {
        return Ok(evidence);
    }
    if order.snapshot.customer != action.customer {
        return Err(ExecuteError::Refused(format!("order {} is not customer {}'s", action.order, action.customer)));
    }
    match shop.client.refund(&action.order, &action.amount, id).await {
        Ok(_) => {}
        Err(error) if error.has_code("NOT_REFUNDABLE") => {
            return Err(ExecuteError::Premise(format!("{} is left of order {}: {error}", order.paid, action.order)));
        }
        Err(error) => return Err(fate(error)),
    }
    let unclear = || ExecuteError::Unknown("the shop took the refund, yet does not show it".to_owned());
    find(shop, id, action).await?.ok_or_else(unclear)
}

pub(crate) async fn find(shop: &Shop, id: ActionId, action: &RefundIssue) -> Result<Option<Evidence>, ExecuteError> {
    Ok(confirmed(&seen(shop, &action.order).await?, id, action))
}

fn confirmed(order: &ShopOrder, id: ActionId, action: &RefundIssue) -> Option<Evidence> {
    order.refund_of(id).map(|refund| Evidence {
        remote_id: format!("gid://shopify/Refund/{refund}"),
        link: None,
        detail: format!("{} of order {} was paid back", action.amount, order.snapshot.name),
    })
}
