//! Orders that a person places: for a customer, or for stock of our own.

use crate::{
    auth::Permit,
    problem::{Kind, Problem},
};
use domain::{
    Action, ActionId, Contact, Record, Status,
    action::{InventoryRestock, OrderFulfill},
    news::ParcelNews,
    order::Portion,
};
use store::Row;

/// What is to be ordered.
pub(super) enum Bought {
    /// A part of a customer's order.
    Order(OrderFulfill),
    /// Stock of our own.
    Stock(InventoryRestock),
}

/// An order for a supplier that was allowed and sent to nobody.
///
/// # Errors
/// When there is none of this id, or it was sent.
pub(super) async fn by_hand(permit: &Permit, id: ActionId) -> Result<(Row<Record>, Bought), Problem> {
    let row = permit.store().get::<Record>(&id.to_string()).await?;
    let row = row.ok_or_else(|| Problem::not_found("action", &id.to_string()))?;
    let bought = match row.value.proposal.action.clone() {
        Action::OrderFulfill(order) => Bought::Order(order),
        Action::InventoryRestock(stock) => Bought::Stock(stock),
        other => {
            let told = format!("it is a `{}`: only orders for suppliers are placed by hand", other.kind());
            return Err(Problem::new(Kind::State, told).with("state", &row.value.status.name()));
        }
    };
    match row.value.status {
        Status::Simulated => Ok((row, bought)),
        status => {
            let told = format!("it is {status}: only what was sent to nobody is placed by hand");
            Err(Problem::new(Kind::State, told).with("state", &status.name()))
        }
    }
}

impl Bought {
    /// With whom.
    pub(super) fn supplier(&self) -> &str {
        match self {
            Self::Order(order) => &order.supplier,
            Self::Stock(stock) => &stock.product.supplier,
        }
    }

    /// Shop's id of the order, where it is for a customer.
    pub(super) fn order(&self) -> Option<&str> {
        match self {
            Self::Order(order) => Some(&order.order),
            Self::Stock(_) => None,
        }
    }

    /// The topic under which it goes on: each has a function of its own that follows it.
    pub(super) const fn topic(&self) -> &'static str {
        match self {
            Self::Order(_) => ParcelNews::ORDER,
            Self::Stock(_) => ParcelNews::RESTOCK,
        }
    }

    /// What of what.
    pub(super) fn portions(&self) -> Vec<Portion> {
        match self {
            Self::Order(order) => order.portions.clone(),
            Self::Stock(stock) => vec![stock.portion()],
        }
    }

    /// Where it goes.
    ///
    /// # Errors
    /// When nobody knows.
    pub(super) async fn contact(&self, permit: &Permit) -> Result<Contact, Problem> {
        match self {
            Self::Order(order) => {
                let contact = permit.store().contact(&order.customer, &order.order).await?;
                contact.ok_or_else(|| Problem::not_found("address of order", &order.order))
            }
            Self::Stock(_) => {
                let address = permit.own_address().cloned();
                let address = address.ok_or_else(|| Problem::not_found("setting", "ROYAL_OWN_ADDRESS"))?;
                Ok(Contact::of_place(address, permit.now()))
            }
        }
    }
}
