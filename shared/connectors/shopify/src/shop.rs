//! What is read from the shop before anything is written to it.

use crate::{
    Client, Error,
    model::{Gid, Page, Publication, ShopInfo},
    operation::{LOCATIONS, Operation, PUBLICATIONS, SHOP_INFO},
    product::refuse,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

#[derive(Deserialize)]
struct Channel {
    id: Gid,
    catalog: Option<Catalog>,
}

#[derive(Deserialize)]
struct Catalog {
    #[serde(rename = "__typename")]
    kind: String,
    title: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    id: Gid,
    is_active: bool,
    fulfills_online_orders: bool,
}

impl Client {
    /// The shop itself; read once.
    ///
    /// # Errors
    /// As every call.
    pub async fn shop_info(&self) -> Result<&ShopInfo, Error> {
        self.shop.get_or_try_init(|| self.send(&SHOP_INFO, json!({}))).await
    }

    /// The sales channels: what a product is published to when it goes on sale.
    ///
    /// Catalogues of markets and of business customers are left out; they follow their own rules.
    ///
    /// # Errors
    /// As every call.
    pub async fn publications(&self) -> Result<Vec<Publication>, Error> {
        let all: Vec<Channel> = self.pages(&PUBLICATIONS).await?;
        let is_channel = |channel: &Channel| channel.catalog.as_ref().is_none_or(|c| c.kind == "AppCatalog");
        let channels = all.into_iter().filter(is_channel);
        Ok(channels
            .map(|Channel { id, catalog }| Publication { id, title: catalog.map(|catalog| catalog.title) })
            .collect())
    }

    /// Where a supplier's stock is shown: the first open location that serves online orders and is not ours.
    pub(crate) async fn selling_location(&self, operation: &Operation) -> Result<Gid, Error> {
        let all: Vec<Location> = self.pages(&LOCATIONS).await?;
        let is_ours = |location: &Location| self.own.as_ref() == Some(&location.id);
        let serves = |location: &Location| location.is_active && location.fulfills_online_orders;
        let selling = all.into_iter().find(|location| serves(location) && !is_ours(location));
        selling.map(|location| location.id).ok_or_else(|| {
            let message = "the shop has no active location that fulfils online orders";
            refuse(operation, "NO_LOCATION", &[], message)
        })
    }

    async fn pages<T: DeserializeOwned>(&self, operation: &Operation) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let page: Page<T> = self.send(operation, json!({ "after": after })).await?;
            all.extend(page.nodes);
            after = page.page_info.next();
            if after.is_none() {
                return Ok(all);
            }
        }
    }
}
