//! What the shop says of an order's customer and risk.

use async_trait::async_trait;
use shopify::{Client, Error};
use time::{Duration, OffsetDateTime};

/// What the shop says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Orders of the customer before this one; absent where that is not known.
    pub before: Option<u64>,
    /// Orders of the customer in the last 24 hours, this one counted.
    pub day: Option<u64>,
    /// Shopify's own word for the risk.
    pub risk: Option<&'static str>,
}

/// The shop, for reading.
#[async_trait]
pub trait Shop: Send + Sync {
    /// What is known about an order and its customer.
    async fn about(&self, order: &str, customer: &str, now: OffsetDateTime) -> Result<Said, Error>;
}

#[async_trait]
impl Shop for Client {
    async fn about(&self, order: &str, customer: &str, now: OffsetDateTime) -> Result<Said, Error> {
        let Some(seen) = self.shop_order(order).await? else { return Ok(Said::default()) };
        let risk = seen.risk.map(shopify::RiskLevel::name);
        // Nobody knows of a guest: this order is the first that is known, and the only one.
        if seen.orders.is_none() {
            return Ok(Said { before: Some(0), day: Some(1), risk });
        }
        let day = self.orders_of(customer, now - Duration::hours(24)).await?;
        Ok(Said { before: seen.orders.map(|all| all.saturating_sub(1)), day: u64::try_from(day).ok(), risk })
    }
}
