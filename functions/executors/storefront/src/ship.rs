//! `order.ship`: the shop tells the customer of a parcel.
//!
//! The shop gives a parcel no name of ours. It is known again by its content and its tracking number, and a second one
//! of the same content finds nothing left to send: so it cannot be announced twice.

use crate::{Shop, fate::fate, hold::seen};
use agent::{Evidence, ExecuteError};
use domain::{action::OrderShip, order::Portion};
use shopify::{Parcel, Sent, ShopOrder};

pub(crate) async fn execute(shop: &Shop, action: &OrderShip) -> Result<Evidence, ExecuteError> {
    let order = seen(shop, &action.order).await?;
    if let Some(evidence) = confirmed(&order, action) {
        return Ok(evidence);
    }
    if order.held {
        return Err(ExecuteError::Premise(format!("order {} is held in the shop", action.order)));
    }
    let Some(taken) = order.taken(&action.portions) else {
        return Err(ExecuteError::Refused(format!(
            "less of order {} is left to send than the parcel holds",
            action.order
        )));
    };
    shop.client.ship(&Parcel { taken, tracking: action.tracking.clone() }).await.map_err(fate)?;
    let unclear = || ExecuteError::Unknown("the shop took the parcel, yet does not show it".to_owned());
    find(shop, action).await?.ok_or_else(unclear)
}

pub(crate) async fn find(shop: &Shop, action: &OrderShip) -> Result<Option<Evidence>, ExecuteError> {
    Ok(confirmed(&seen(shop, &action.order).await?, action))
}

/// The parcel among what was sent; it may be several, where its content is kept in several places.
fn confirmed(order: &ShopOrder, action: &OrderShip) -> Option<Evidence> {
    let number = action.tracking.as_ref().map(|tracking| tracking.number.as_str());
    let same = |sent: &&Sent| match number {
        Some(number) => sent.numbers.iter().any(|other| other == number),
        None => sent.numbers.is_empty(),
    };
    let sent: Vec<&Sent> = order.sent.iter().filter(same).collect();
    let holds = |portion: &Portion| {
        let units = sent.iter().flat_map(|sent| &sent.lines).filter(|(line, _)| *line == portion.line);
        units.map(|(_, units)| *units).fold(0_u32, u32::saturating_add) >= portion.quantity
    };
    action.portions.iter().all(holds).then(|| Evidence {
        remote_id: sent.iter().map(|sent| sent.id.to_string()).collect::<Vec<_>>().join(" "),
        link: action.tracking.as_ref().and_then(|tracking| tracking.url.clone()),
        detail: format!("the customer of order {} was told of the parcel", action.order),
    })
}
