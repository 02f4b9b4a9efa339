//! The port: one supplier.

use crate::Error;
use async_trait::async_trait;
use domain::{ActionId, Contact, Money, order::Tracking};

/// Units of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Shop's id of the line.
    pub line: String,
    /// Stock keeping unit, as the supplier knows it.
    pub sku: String,
    /// Supplier's own id of the variant, where it is known.
    pub reference: Option<String>,
    /// Address of the file that is printed on it, where something is.
    pub print: Option<String>,
    /// Units.
    pub quantity: u32,
}

/// What is to be ordered.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Our order number, under which the supplier keeps it once.
    pub number: ActionId,
    /// What of the order.
    pub items: &'a [Item],
    /// Where it goes.
    pub contact: &'a Contact,
}

/// Where an order is at a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is there and costs nothing yet.
    Draft,
    /// It is paid: the supplier works on it.
    Confirmed,
    /// It is on its way.
    Shipped,
    /// It has arrived.
    Delivered,
    /// The supplier does not send it: cancelled, failed, intercepted.
    Failed,
}

/// An order as the supplier has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Supplier's own id.
    pub remote: String,
    /// Where it is.
    pub state: State,
    /// Supplier's own word for where it is.
    pub status: String,
    /// What it charges in all; absent while it is still being counted.
    pub cost: Option<Money>,
    /// Where it can be followed.
    pub tracking: Option<Tracking>,
    /// Why it failed, where the supplier says so.
    pub reason: Option<String>,
}

/// What a supplier says about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Stock keeping unit.
    pub sku: String,
    /// Supplier's own id of the variant.
    pub reference: Option<String>,
    /// Units in stock; absent where the supplier only says that there are some.
    pub stock: Option<u64>,
    /// Whether the wanted units can be had.
    pub available: bool,
    /// Price of one; absent where the supplier does not say.
    pub unit: Option<Money>,
}

/// What a supplier says about an order before it is placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Thing by thing.
    pub items: Vec<Quoted>,
    /// Shipping of all of it; absent where the supplier does not say.
    pub shipping: Option<Money>,
}

impl Quote {
    /// What it costs in all, where everything is known and can be had.
    #[must_use]
    pub fn total(&self, items: &[Item]) -> Option<Money> {
        let mut total = self.shipping?;
        for (quoted, item) in self.items.iter().zip(items) {
            let unit = quoted.unit.filter(|_| quoted.available && quoted.sku == item.sku)?;
            let amount = unit.amount().checked_mul(item.quantity.into())?;
            total = total.plus(&Money::new(amount, unit.currency()).ok()?).ok()?;
        }
        (self.items.len() == items.len()).then_some(total)
    }
}

/// One supplier. Every method that changes something is one request, so that whoever asks can be asked before it.
#[async_trait]
pub trait Supplier: Send + Sync {
    /// The name of its interface, such as `cj`.
    fn name(&self) -> &'static str;

    /// Whether it can be asked now: not while it failed repeatedly and is left alone.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with the time until then.
    fn ready(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Prices and stock, and what it costs to send it to `country`.
    ///
    /// # Errors
    /// When the supplier cannot be asked, or there is no credential.
    async fn quote(&self, items: &[Item], country: &str) -> Result<Quote, Error>;

    /// Whether all of it can be had now, which is asked right before it is ordered.
    ///
    /// # Errors
    /// [`Error::OutOfStock`] with the first thing that cannot; else when the supplier cannot be asked.
    async fn check(&self, items: &[Item]) -> Result<(), Error>;

    /// The order under our number.
    ///
    /// # Errors
    /// When the supplier cannot be asked.
    async fn find(&self, number: ActionId) -> Result<Option<Placed>, Error>;

    /// Makes a draft, which costs nothing.
    ///
    /// # Errors
    /// With what is known about the effect.
    async fn place(&self, wanted: &Wanted<'_>) -> Result<Placed, Error>;

    /// Takes a draft one step further; the last step spends money and makes it [`State::Confirmed`].
    ///
    /// # Errors
    /// With what is known about the effect.
    async fn advance(&self, placed: &Placed) -> Result<Placed, Error>;

    /// Takes a draft back.
    ///
    /// # Errors
    /// With what is known about the effect.
    async fn cancel(&self, placed: &Placed) -> Result<(), Error>;
}
