//! Orders in the table.

use crate::Chained;
use domain::Order;
use time::OffsetDateTime;

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
