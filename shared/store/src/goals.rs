//! Goals in the table.

use crate::Chained;
use domain::Goal;
use time::OffsetDateTime;

impl Chained for Goal {
    const KIND: &'static str = "GOAL";

    fn id(&self) -> String {
        self.name.clone()
    }

    fn status(&self) -> &str {
        Self::STATUS
    }

    fn sort(&self) -> OffsetDateTime {
        self.updated
    }
}
