//! `compensation.offer`: a code worth the amount, which the customer can take off one order.
//!
//! The code is made of the action's id, and the shop takes each code once.

use crate::{Shop, fate::fate};
use agent::{Evidence, ExecuteError, Order};
use domain::{ActionId, action::CompensationOffer};

pub(crate) async fn execute(
    shop: &Shop,
    order: &Order<'_>,
    action: &CompensationOffer,
) -> Result<Evidence, ExecuteError> {
    if let Some(evidence) = find(shop, order.id, action).await? {
        return Ok(evidence);
    }
    if !action.customer.chars().all(|c| c.is_ascii_digit()) {
        return Err(ExecuteError::Refused("a guest has no account that a code could be for".to_owned()));
    }
    match shop.client.give_code((&action.customer, &action.amount), order.id, order.now).await {
        Err(error) if !error.has_code("TAKEN") => return Err(fate(error)),
        _ => {}
    }
    let unclear = || ExecuteError::Unknown("the shop took the code, yet does not know it".to_owned());
    find(shop, order.id, action).await?.ok_or_else(unclear)
}

pub(crate) async fn find(
    shop: &Shop,
    id: ActionId,
    action: &CompensationOffer,
) -> Result<Option<Evidence>, ExecuteError> {
    let found = shop.client.code_of(id).await.map_err(fate)?;
    Ok(found.map(|(code, remote)| Evidence {
        remote_id: remote.to_string(),
        link: None,
        detail: format!("customer {} has the code {code}, worth {}", action.customer, action.amount),
    }))
}
