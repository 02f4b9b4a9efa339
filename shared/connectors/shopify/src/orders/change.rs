//! What is changed about an order. Each method is one request.

use super::gid;
use crate::{
    Client, Error,
    model::{Gid, Link},
    operation::{ORDER_CANCEL, ORDER_HOLD, ORDER_RELEASE, ORDER_RISK, ORDER_SHIP},
};
use domain::order::Tracking;
use serde::Deserialize;
use serde_json::{Value, json};

/// Why an order is cancelled, as the shop counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelReason {
    /// It was fraud.
    Fraud,
    /// Nobody has it.
    Inventory,
    /// Anything else.
    Other,
}

impl CancelReason {
    const fn name(self) -> &'static str {
        match self {
            Self::Fraud => "FRAUD",
            Self::Inventory => "INVENTORY",
            Self::Other => "OTHER",
        }
    }
}

/// What we think of an order's risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assessed {
    /// High.
    High,
    /// Low.
    Low,
}

/// A parcel that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Where its content is taken from: see [`super::ShopOrder::taken`].
    pub taken: Vec<(Gid, Vec<(Gid, u32)>)>,
    /// Where it can be followed.
    pub tracking: Option<Tracking>,
}

#[derive(Deserialize)]
struct Made {
    fulfillment: Option<Link>,
}

impl Client {
    /// Holds a part of an order back, under our own `handle`; a second hold with the same one is refused with
    /// `DUPLICATE_FULFILLMENT_HOLD_HANDLE`.
    ///
    /// # Errors
    /// As every call.
    pub async fn hold(&self, sending: &Gid, handle: &str, (fraud, notes): (bool, &str)) -> Result<(), Error> {
        let reason = if fraud { "HIGH_RISK_OF_FRAUD" } else { "OTHER" };
        let hold = json!({ "handle": handle, "reason": reason, "reasonNotes": notes });
        let _: Value = self.send(&ORDER_HOLD, json!({ "id": sending, "hold": hold })).await?;
        Ok(())
    }

    /// Lets go of these holds of a part of an order.
    ///
    /// # Errors
    /// As every call.
    pub async fn release(&self, sending: &Gid, holds: &[Gid]) -> Result<(), Error> {
        let _: Value = self.send(&ORDER_RELEASE, json!({ "id": sending, "holds": holds })).await?;
        Ok(())
    }

    /// Tells the shop, and by it the customer, of a parcel. The shop takes no more than is left to send.
    ///
    /// # Errors
    /// As every call.
    pub async fn ship(&self, parcel: &Parcel) -> Result<Option<Gid>, Error> {
        let of = |(sending, lines): &(Gid, Vec<(Gid, u32)>)| {
            let lines: Vec<Value> = lines.iter().map(|(id, units)| json!({ "id": id, "quantity": units })).collect();
            json!({ "fulfillmentOrderId": sending, "fulfillmentOrderLineItems": lines })
        };
        let followed = parcel
            .tracking
            .as_ref()
            .map(|tracking| json!({ "number": tracking.number, "company": tracking.carrier, "url": tracking.url }));
        let fulfillment = json!({
            "lineItemsByFulfillmentOrder": parcel.taken.iter().map(of).collect::<Vec<_>>(),
            "trackingInfo": followed,
            "notifyCustomer": true,
        });
        let made: Made = self.send(&ORDER_SHIP, json!({ "fulfillment": fulfillment })).await?;
        Ok(made.fulfillment.map(|link| link.id))
    }

    /// Cancels an order, takes what was not sent into stock again, and pays everything back the way it was paid. The
    /// shop does it in its own time.
    ///
    /// # Errors
    /// As every call.
    pub async fn cancel(&self, order: &str, reason: CancelReason, note: &str) -> Result<(), Error> {
        let variables = json!({ "id": gid(order), "reason": reason.name(), "note": note });
        let _: Value = self.send(&ORDER_CANCEL, variables).await?;
        Ok(())
    }

    /// Tells the shop what we think of an order's risk; what we said before is replaced.
    ///
    /// # Errors
    /// As every call.
    pub async fn assess(&self, order: &str, level: Assessed, facts: &[String]) -> Result<(), Error> {
        let (level, sentiment) = match level {
            Assessed::High => ("HIGH", "NEGATIVE"),
            Assessed::Low => ("LOW", "POSITIVE"),
        };
        let facts: Vec<Value> =
            facts.iter().map(|fact| json!({ "description": fact, "sentiment": sentiment })).collect();
        let input = json!({ "orderId": gid(order), "riskLevel": level, "facts": facts });
        let _: Value = self.send(&ORDER_RISK, json!({ "input": input })).await?;
        Ok(())
    }
}
