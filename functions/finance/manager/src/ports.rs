//! What the manager reads beside the table's own rows.

use async_trait::async_trait;
use domain::{
    ActionId, Contact, Order, Record, TaskId,
    order::{OrderStage, Refund, Snapshot},
    task::Task,
};
use shopify::Error;
use store::{Store, StoreError, page::Cut};
use time::OffsetDateTime;

/// Orders that wait, and what they wait for.
#[async_trait]
pub trait Orders: Send + Sync {
    /// Orders in `stage` that last changed before `until`, oldest first, at most `most`. A list: each is read again
    /// before anything is decided about it.
    async fn since(&self, stage: OrderStage, until: OffsetDateTime, most: usize) -> Result<Vec<Order>, StoreError>;
    /// Ids of orders in `stage` that last changed before `until`, oldest first, behind the place `after`, at most `most`,
    /// each with its own place.
    async fn passed(
        &self,
        stage: OrderStage,
        after: Option<String>,
        until: OffsetDateTime,
        most: usize,
    ) -> Result<Vec<(String, String)>, StoreError>;
    /// A task as it stands.
    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError>;
    /// An action as it stands.
    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError>;
}

#[async_trait]
impl Orders for Store {
    async fn since(&self, stage: OrderStage, until: OffsetDateTime, most: usize) -> Result<Vec<Order>, StoreError> {
        let cut = Cut { until: Some(until), ..Cut::first(most) };
        let page = self.list::<Order>(stage.name(), &cut).await?;
        Ok(page.items.into_iter().map(|row| row.value).collect())
    }

    async fn passed(
        &self,
        stage: OrderStage,
        after: Option<String>,
        until: OffsetDateTime,
        most: usize,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let cut = Cut { until: Some(until), cursor: after, ..Cut::first(most) };
        let page = self.lines::<Order>(stage.name(), &cut).await?;
        Ok(page.items.into_iter().map(|line| (line.id.clone(), line.place())).collect())
    }

    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        Ok(self.get(&id.to_string()).await?.map(|row| row.value))
    }

    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError> {
        Ok(self.get(&id.to_string()).await?.map(|row| row.value))
    }
}

/// An order as the shop has it now, with the personal part of it.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it says.
    pub shop: Snapshot,
    /// What was paid back.
    pub refunds: Vec<Refund>,
    /// Whether somebody holds it there.
    pub held: bool,
    /// Who it is for.
    pub contact: Contact,
}

/// The shop, for reading.
#[async_trait]
pub trait Shop: Send + Sync {
    /// An order.
    async fn order(&self, id: &str) -> Result<Option<Found>, Error>;
    /// Orders that changed at `since` or later, with the time of the change, oldest first, about `most`.
    async fn changed(&self, since: OffsetDateTime, most: usize) -> Result<Vec<(String, OffsetDateTime)>, Error>;
}

#[async_trait]
impl Shop for shopify::Client {
    async fn order(&self, id: &str) -> Result<Option<Found>, Error> {
        let order = self.shop_order(id).await?;
        let found = |order: shopify::ShopOrder| Found {
            shop: order.snapshot,
            refunds: order.refunds,
            held: order.held,
            contact: order.contact,
        };
        Ok(order.map(found))
    }

    async fn changed(&self, since: OffsetDateTime, most: usize) -> Result<Vec<(String, OffsetDateTime)>, Error> {
        self.orders_since(since, most).await
    }
}
