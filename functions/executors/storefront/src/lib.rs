//! Carries out what was granted in the shop: publishing, taking off sale, prices and stock, and what becomes of orders.
//!
//! Each action is several requests, and any of them may be the last one before a crash. So every action
//! first looks at what the shop has, does only what is missing, and at the end reads back what it claims.
//! The action's id stays in the shop with what it changed: that is how [`Executor::find`] knows its own work
//! from somebody else's.

mod cancel;
mod compensate;
mod fate;
mod hold;
mod leave;
mod media;
mod price;
mod publish;
mod refund;
mod ship;
mod stock;
#[cfg(test)]
mod tests;
mod unpublish;

use agent::{Evidence, ExecuteError, Executor, ExecutorFunction, Order};
use async_trait::async_trait;
use domain::Action;
use runtime::{Env, Function, Problems};
use shopify::{Client, NoToken, Product, TokenSource};
use std::{sync::Arc, time::Duration};

/// Ends an execution while its claim still holds, so that nobody asks about it while it is under way.
const DEADLINE: Duration = Duration::from_secs(80);

/// The shop's executor.
pub struct Storefront {
    shop: Option<Shop>,
}

/// The shop, with what is needed to speak to it.
#[derive(Clone)]
struct Shop {
    client: Client,
    tokens: Arc<dyn TokenSource>,
    /// Where customers see the shop, for products that the shop gives no address for.
    page: Option<String>,
}

/// Builds the executor.
///
/// # Errors
/// When the shop's address is none.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(ExecutorFunction::of(Storefront::from_env(env)?, env))
}

impl Storefront {
    /// The executor of the shop in the settings; without one, it only simulates.
    ///
    /// # Errors
    /// When the shop's address is none.
    pub fn from_env(env: &Env) -> Result<Self, Problems> {
        let Some((client, tokens)) = shopdesk::client(env, shopdesk::WRITES)? else {
            return Ok(Self { shop: None });
        };
        Ok(Self::new(client, tokens, env.config().shop_page.clone()))
    }

    /// The executor of the shop that `client` speaks to with `tokens`.
    #[must_use]
    pub fn new(client: Client, tokens: Arc<dyn TokenSource>, page: Option<String>) -> Self {
        Self { shop: Some(Shop { client, tokens, page }) }
    }

    /// The shop, if there is a credential for it, for one order: each request that changes something is sent by
    /// leave of the order's guard.
    async fn shop(&self, order: &Order<'_>) -> Result<Shop, ExecuteError> {
        let simulated = |why: &str| ExecuteError::NoCredential(format!("{why}: nothing was sent"));
        let shop = self.shop.as_ref().ok_or_else(|| simulated("no shop is configured (`ROYAL_SHOP_URL`)"))?;
        match shop.tokens.token().await {
            Ok(_) => {
                let client = shop.client.with_leave(Arc::new(leave::Guarded(Arc::clone(&order.guard))));
                Ok(Shop { client, ..shop.clone() })
            }
            Err(NoToken::Missing) => Err(simulated("there is no access token for the shop (`shopify-token`)")),
            Err(error @ NoToken::Unreadable(_)) => Err(ExecuteError::Retry(error.to_string())),
        }
    }
}

impl Shop {
    async fn execute(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError> {
        match order.action {
            Action::ProductPublish(action) => publish::execute(self, order.id, &action.listing).await,
            Action::ProductUnpublish(action) => unpublish::execute(self, order, action).await,
            Action::PriceChange(action) => price::execute(self, order.id, action).await,
            Action::InventorySet(action) => stock::execute(self, order.id, action).await,
            Action::OrderHold(action) => hold::execute(self, order, action).await,
            Action::OrderRelease(action) => hold::release(self, action).await,
            Action::OrderShip(action) => ship::execute(self, action).await,
            Action::OrderCancel(action) => cancel::execute(self, action).await,
            Action::CompensationOffer(action) => compensate::execute(self, order, action).await,
            Action::RefundIssue(action) => refund::execute(self, order.id, action).await,
            other => Err(ExecuteError::Refused(format!("this executor does not support `{}` yet", other.kind()))),
        }
    }

    async fn find(&self, order: &Order<'_>) -> Result<Option<Evidence>, ExecuteError> {
        match order.action {
            Action::ProductPublish(action) => publish::find(self, order.id, &action.listing).await,
            Action::ProductUnpublish(action) => unpublish::find(self, order.id, action).await,
            Action::PriceChange(action) => price::find(self, order.id, action).await,
            Action::OrderHold(action) => hold::find(self, order.id, action).await,
            Action::OrderRelease(action) => hold::released(self, action).await,
            Action::OrderShip(action) => ship::find(self, action).await,
            Action::OrderCancel(action) => cancel::find(self, action).await,
            Action::CompensationOffer(action) => compensate::find(self, order.id, action).await,
            Action::RefundIssue(action) => refund::find(self, order.id, action).await,
            // The shop keeps no trace of who set a stock. It keeps the key: executing again answers as the
            // first time did, without a second effect.
            _ => Ok(None),
        }
    }

    /// Where a person sees a product.
    fn link(&self, product: &Product) -> Option<String> {
        let page = self.page.as_deref().map(|page| page.trim_end_matches('/'));
        product.link.clone().or_else(|| Some(format!("{}/products/{}", page?, product.handle)))
    }
}

#[async_trait]
impl Executor for Storefront {
    const NAME: &'static str = "storefront";
    const SYSTEM: Option<&'static str> = Some(shopdesk::SYSTEM);

    async fn execute(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError> {
        let work = async { self.shop(order).await?.execute(order).await };
        let late = || ExecuteError::Unknown(format!("the shop took longer than {} s", DEADLINE.as_secs()));
        tokio::time::timeout(DEADLINE, work).await.unwrap_or_else(|_| Err(late()))
    }

    async fn find(&self, order: &Order<'_>) -> Result<Option<Evidence>, ExecuteError> {
        self.shop(order).await?.find(order).await
    }
}
