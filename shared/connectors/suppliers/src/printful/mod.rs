//! Printful, API v2.
//!
//! `POST /v2/orders` makes a draft under our `external_id`; `POST /v2/orders/{id}/confirmation` is the step that
//! spends money; `@external_id` finds the order whatever became of an answer.

mod answer;
mod body;

pub(crate) use answer::{state, tracking};

use crate::{
    Error, Item, Placed, Quote, Quoted, State, Supplier, Wanted,
    http::{Operation, Remote, ask, change},
};
use async_trait::async_trait;
use domain::{ActionId, Money};
use reqwest::{Client, Method};
use runtime::Env;
use serde_json::Value;
use std::time::Duration;

/// Printful's order system.
pub struct Printful {
    remote: Remote,
    secret: &'static str,
    store: Option<String>,
}

impl Printful {
    /// The name of its interface.
    pub const NAME: &'static str = "printful";
    /// The secret that orders are placed with: a token with the right `orders`.
    pub const SECRET: &'static str = "printful-token";
    /// The secret that questions are asked with: a token with the right `orders/read` and no other.
    pub const READ_SECRET: &'static str = "printful-read-token";
    /// The secret that its callbacks are signed with, in hexadecimal digits as Printful gives it.
    pub const CALLBACK_SECRET: &'static str = "printful-webhook-key";

    pub(crate) fn new(env: &Env, http: Client, secret: &'static str) -> Self {
        let settings = &env.config().supply;
        let remote = Remote::new(Self::NAME, &settings.printful, http, env);
        Self { remote, secret, store: settings.printful_store.clone() }
    }

    /// The same with requests that may take this long.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.remote.timeout = timeout;
        self
    }

    async fn call(
        &self,
        operation: Operation,
        (method, path): (Method, &[&str]),
        with: With<'_>,
    ) -> Result<Value, Error> {
        let token = self.remote.secret(self.secret).await?;
        let query = if let With::Query(query) = with { query } else { &[] };
        let mut segments = vec!["v2"];
        segments.extend(path);
        let mut request = self.remote.request(method, &segments, query)?.bearer_auth(token.expose());
        if let Some(store) = &self.store {
            request = request.header("X-PF-Store-Id", store);
        }
        if let With::Body(body) = with {
            request = request.json(body);
        }
        let reply = self.remote.send(operation, request).await?;
        if reply.status.as_u16() == 401 {
            self.remote.forget(self.secret);
        }
        answer::data(&self.remote, operation, reply)
    }

    async fn asked(&self, operation: Operation, path: &[&str], query: &[(&str, &str)]) -> Result<Value, Error> {
        self.remote.patiently(|| self.call(operation, (Method::GET, path), With::Query(query))).await
    }

    fn read(&self, operation: Operation, data: &Value) -> Result<Placed, Error> {
        answer::placed(data).ok_or_else(|| self.remote.strange(operation, "an order without its fields"))
    }

    async fn available(&self, item: &Item) -> Result<bool, Error> {
        let id = body::variant(&self.remote, ask("availability"), item)?.to_string();
        let operation = ask("availability");
        match self.asked(operation, &["catalog-variants", &id, "availability"], &[]).await {
            Ok(data) => Ok(answer::is_available(&data)),
            Err(error) if answer::is_nowhere(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn price(&self, item: &Item) -> Result<Option<Money>, Error> {
        let id = body::variant(&self.remote, ask("prices"), item)?.to_string();
        let data = self.asked(ask("prices"), &["catalog-variants", &id, "prices"], &[]).await?;
        Ok(answer::price(&data, body::TECHNIQUE))
    }

    /// What standard shipping of all of it takes.
    async fn freight(&self, items: &[Item], country: &str) -> Result<Option<Money>, Error> {
        let operation = ask("shippingRates");
        let body = body::rates(&self.remote, operation, items, country)?;
        let call = || self.call(operation, (Method::POST, &["shipping-rates"]), With::Body(&body));
        Ok(answer::rate(&self.remote.patiently(call).await?, body::SHIPPING))
    }

    /// What has been sent, added to what the order itself tells.
    async fn followed(&self, placed: Placed) -> Result<Placed, Error> {
        if placed.state < State::Confirmed || placed.state == State::Failed {
            return Ok(placed);
        }
        let shipments = self.asked(ask("shipments"), &["orders", &placed.remote, "shipments"], &[]).await?;
        Ok(answer::followed(placed, &shipments))
    }
}

/// What goes along with a request.
#[derive(Clone, Copy)]
enum With<'a> {
    Query(&'a [(&'a str, &'a str)]),
    Body(&'a Value),
    Nothing,
}

#[async_trait]
impl Supplier for Printful {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn ready(&self) -> Result<(), Error> {
        self.remote.ready()
    }

    async fn quote(&self, items: &[Item], country: &str) -> Result<Quote, Error> {
        let mut quoted = Vec::new();
        for item in items {
            let available = self.available(item).await?;
            let unit = if available { self.price(item).await? } else { None };
            let reference = Some(body::variant(&self.remote, ask("prices"), item)?.to_string());
            quoted.push(Quoted { sku: item.sku.clone(), reference, stock: None, available, unit });
        }
        let there = quoted.iter().all(|one: &Quoted| one.available);
        let shipping = if there { self.freight(items, country).await? } else { None };
        Ok(Quote { items: quoted, shipping })
    }

    async fn check(&self, items: &[Item]) -> Result<(), Error> {
        for item in items {
            if !self.available(item).await? {
                return Err(Error::OutOfStock { supplier: Self::NAME, sku: item.sku.clone() });
            }
        }
        Ok(())
    }

    async fn find(&self, number: ActionId) -> Result<Option<Placed>, Error> {
        let operation = ask("getOrder");
        let number = format!("@{}", body::external(number));
        match self.asked(operation, &["orders", &number], &[]).await {
            Ok(data) => self.followed(self.read(operation, &data)?).await.map(Some),
            Err(error) if answer::is_nowhere(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn place(&self, wanted: &Wanted<'_>) -> Result<Placed, Error> {
        let operation = change("createOrder");
        let body = body::order(&self.remote, operation, wanted)?;
        let data = self.call(operation, (Method::POST, &["orders"]), With::Body(&body)).await?;
        self.read(operation, &data)
    }

    async fn advance(&self, placed: &Placed) -> Result<Placed, Error> {
        let operation = change("confirmOrder");
        let path = ["orders", &placed.remote, "confirmation"];
        let data = self.call(operation, (Method::POST, &path), With::Nothing).await?;
        self.read(operation, &data)
    }

    async fn cancel(&self, placed: &Placed) -> Result<(), Error> {
        let path = ["orders", placed.remote.as_str()];
        self.call(change("deleteOrder"), (Method::DELETE, &path), With::Nothing).await.map(drop)
    }
}
