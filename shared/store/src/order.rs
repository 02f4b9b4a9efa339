//! Orders in the table, and the personal part of each.

use crate::{Chained, Store, StoreError, chain::parse, keys};
use domain::{Contact, Order};
use time::OffsetDateTime;

/// What the sort keys of contacts begin with, in the customer's partition.
pub(crate) const CONTACT: &str = "CONTACT#";

impl Chained for Order {
    const KIND: &'static str = "ORDER";

    fn id(&self) -> String {
        Self::id(self).to_owned()
    }

    fn status(&self) -> &str {
        self.stage.name()
    }

    fn sort(&self) -> OffsetDateTime {
        self.updated
    }
}

impl Store {
    /// Who the order `order` of `customer` is for; nothing where that was forgotten, or never told.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn contact(&self, customer: &str, order: &str) -> Result<Option<Contact>, StoreError> {
        let row = self.item(&keys::pk("CUSTOMER", customer), &format!("{CONTACT}{order}")).await?;
        row.as_ref().map(parse).transpose()
    }
}
