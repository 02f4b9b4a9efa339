//! What is bought, at what price, and where it goes: to a customer, or to us.

use agent::{ExecuteError, Reads};
use domain::{
    Contact, Money,
    action::{InventoryRestock, OrderFulfill},
    contact::Address,
    order::Portion,
};
use std::borrow::Cow;
use supply::Setback;
use time::OffsetDateTime;

/// One thing that was decided to be bought.
pub(crate) struct Bought<'a> {
    pub(crate) supplier: &'a str,
    pub(crate) portions: Cow<'a, [Portion]>,
    /// What was decided that it costs in all, shipping included.
    pub(crate) cost: &'a Money,
    to: To<'a>,
}

/// Where it goes.
enum To<'a> {
    /// To whoever placed this order.
    Customer(&'a OrderFulfill),
    /// To where stock of our own is kept, if anybody said where that is.
    Us(Option<&'a Address>),
}

impl<'a> Bought<'a> {
    /// A part of a customer's order.
    pub(crate) fn for_order(action: &'a OrderFulfill) -> Self {
        let OrderFulfill { supplier, portions, cost, .. } = action;
        Self { supplier, portions: Cow::Borrowed(portions), cost, to: To::Customer(action) }
    }

    /// Stock of our own, which is sent to `address`.
    pub(crate) fn for_us(action: &'a InventoryRestock, address: Option<&'a Address>) -> Self {
        let InventoryRestock { product, total, .. } = action;
        let portions = Cow::Owned(vec![action.portion()]);
        Self { supplier: &product.supplier, portions, cost: total, to: To::Us(address) }
    }

    /// Whether there is anywhere that it can be sent to at all.
    pub(crate) fn has_destination(&self) -> Result<(), ExecuteError> {
        if matches!(self.to, To::Us(None)) { Err(nowhere()) } else { Ok(()) }
    }

    /// Who gets it, as it is now. A customer must still be in the country that was decided on.
    pub(crate) async fn contact(&self, reads: &dyn Reads) -> Result<Contact, ExecuteError> {
        match self.to {
            To::Customer(action) => customer(reads, action).await,
            To::Us(Some(address)) => Ok(Contact::of_place(address.clone(), OffsetDateTime::UNIX_EPOCH)),
            To::Us(None) => Err(nowhere()),
        }
    }
}

async fn customer(reads: &dyn Reads, action: &OrderFulfill) -> Result<Contact, ExecuteError> {
    let OrderFulfill { customer, order, country, .. } = action;
    let contact = reads.contact(customer, order).await;
    let contact = contact.map_err(|error| ExecuteError::Retry(format!("the address cannot be read: {error}")))?;
    let gone = || ExecuteError::Refused(Setback::Refused.note("there is no address for this order any more"));
    let contact = contact.ok_or_else(gone)?;
    let now = contact.shipping.as_ref().and_then(|address| address.country.as_deref()).unwrap_or("nowhere");
    if now != country {
        let why = format!("order {order} goes to {now} now, decided on {country}");
        return Err(ExecuteError::Premise(why));
    }
    Ok(contact)
}

fn nowhere() -> ExecuteError {
    let why = "it is not set where stock of our own goes (`ROYAL_OWN_ADDRESS`): nothing was sent";
    ExecuteError::NoCredential(Setback::ByHand.note(why))
}
