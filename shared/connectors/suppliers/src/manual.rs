//! Suppliers without an interface: a person orders with the slip, and confirms with the supplier's own number.
//!
//! AutoDS and Spocket are among them: neither has a public interface that places orders.

use crate::{Error, Item, Placed, Quote, Supplier, Wanted};
use async_trait::async_trait;
use domain::ActionId;

/// A supplier that only people can order from.
#[derive(Debug, Clone)]
pub struct Manual {
    supplier: String,
}

impl Manual {
    /// The name of its interface.
    pub const NAME: &'static str = "manual";

    /// The supplier of this name.
    #[must_use]
    pub fn new(supplier: &str) -> Self {
        Self { supplier: supplier.to_owned() }
    }

    fn by_hand(&self) -> Error {
        let supplier = &self.supplier;
        Error::NoCredential(format!("`{supplier}` has no interface, a person orders with the slip and confirms it"))
    }
}

#[async_trait]
impl Supplier for Manual {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    async fn quote(&self, _items: &[Item], _country: &str) -> Result<Quote, Error> {
        Err(self.by_hand())
    }

    async fn check(&self, _items: &[Item]) -> Result<(), Error> {
        Ok(())
    }

    async fn find(&self, _number: ActionId) -> Result<Option<Placed>, Error> {
        Ok(None)
    }

    async fn place(&self, _wanted: &Wanted<'_>) -> Result<Placed, Error> {
        Err(self.by_hand())
    }

    async fn advance(&self, _placed: &Placed) -> Result<Placed, Error> {
        Err(self.by_hand())
    }

    async fn cancel(&self, _placed: &Placed) -> Result<(), Error> {
        Err(self.by_hand())
    }
}
