//! CJdropshipping, API 2.0.
//!
//! An order is made with `payType` 3 (create only), then confirmed, then paid from the balance: only the last one
//! spends money. `payType` 2 would do all at once and is never sent. `orderNumber` is ours, and
//! `getOrderDetail` answers to it, so an order is found whatever became of the answer to its creation.
//!
//! Written from CJ's documentation: there is no machine-readable description of this API. Amounts come as JSON
//! numbers in the account's currency, which CJ documents as dollars.

mod answer;
mod body;
mod token;

pub(crate) use answer::state;

use crate::{
    Error, Item, Placed, Quote, Quoted, State, Supplier, Wanted,
    http::{Operation, Remote, ask, change},
};
use async_trait::async_trait;
use domain::{ActionId, Currency, Money};
use reqwest::{Client, Method};
use runtime::Env;
use serde_json::{Value, json};
use std::time::Duration;
use token::Tokens;

/// CJ's order system.
pub struct Cj {
    remote: Remote,
    tokens: Tokens,
    logistic: String,
    from: String,
    currency: Currency,
}

impl Cj {
    /// The name of its interface.
    pub const NAME: &'static str = "cj";
    /// The secret that orders are placed with: an API key of the account.
    pub const SECRET: &'static str = "cj-key";
    /// The secret that questions are asked with. CJ's keys cannot be restricted, so whoever gives an agent one trusts
    /// it; without it stock, prices and parcels are known from feeds and callbacks.
    pub const READ_SECRET: &'static str = "cj-read-key";
    /// The secret that its callbacks are signed with: the account's `openId`.
    pub const CALLBACK_SECRET: &'static str = "cj-open-id";

    pub(crate) fn new(env: &Env, http: Client, secret: &'static str) -> Self {
        let settings = &env.config().supply;
        let remote = Remote::new(Self::NAME, &settings.cj, http, env);
        let (logistic, from) = (settings.cj_logistic.clone(), settings.cj_from.clone());
        Self { tokens: Tokens::of(secret), remote, logistic, from, currency: settings.cj_currency }
    }

    /// The same with requests that may take this long.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.remote.timeout = timeout;
        self
    }

    /// Sends a request with a token, once more with a new one where CJ no longer takes it, and opens the envelope.
    async fn call(&self, operation: Operation, (method, path): (Method, &str), with: With<'_>) -> Result<Value, Error> {
        let mut renewed = false;
        loop {
            let token = self.tokens.get(&self.remote).await?;
            let mut segments = vec!["api2.0", "v1"];
            segments.extend(path.split('/'));
            let query = if let With::Query(query) = with { query } else { &[] };
            let mut request = self.remote.request(method.clone(), &segments, query)?;
            request = request.header("CJ-Access-Token", token.expose());
            if let With::Body(body) = with {
                request = request.json(body);
            }
            let reply = self.remote.send(operation, request).await?;
            if answer::is_stale(&reply) && !renewed {
                self.tokens.forget(&token).await;
                renewed = true;
                continue;
            }
            return answer::data(&self.remote, operation, reply);
        }
    }

    async fn asked(&self, operation: Operation, path: &str, query: &[(&str, &str)]) -> Result<Value, Error> {
        self.remote.patiently(|| self.call(operation, (Method::GET, path), With::Query(query))).await
    }

    fn read(&self, operation: Operation, data: &Value) -> Result<Placed, Error> {
        answer::placed(data, self.currency).ok_or_else(|| self.remote.strange(operation, "an order without its fields"))
    }

    async fn stock(&self, item: &Item) -> Result<u64, Error> {
        let query = [("sku", item.sku.as_str())];
        let rows = self.asked(ask("stock"), "product/stock/queryBySku", &query).await;
        let rows = rows.map_err(|error| answer::not_sold(error, item))?;
        let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(rows.iter().filter_map(|row| row.get("totalInventoryNum")?.as_u64()).sum())
    }

    /// The variant's id and price.
    async fn variant(&self, item: &Item) -> Result<(Option<String>, Option<Money>), Error> {
        let query = [("variantSku", item.sku.as_str())];
        let product = self.asked(ask("product"), "product/query", &query).await;
        let product = product.map_err(|error| answer::not_sold(error, item))?;
        let variants = product.get("variants").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let is_it = |one: &&Value| one.get("variantSku").and_then(Value::as_str) == Some(item.sku.as_str());
        let variant = variants.iter().find(is_it);
        let price = variant.and_then(|one| answer::money(one.get("variantSellPrice")?, self.currency));
        let id = variant.and_then(|one| one.get("vid")?.as_str().map(str::to_owned));
        Ok((id, price))
    }

    /// What our carrier takes for all of it.
    async fn freight(&self, items: &[Item], ids: &[Option<String>], country: &str) -> Result<Option<Money>, Error> {
        let product =
            |(item, id): (&Item, &Option<String>)| Some(json!({ "vid": id.as_ref()?, "quantity": item.quantity }));
        let Some(products) = items.iter().zip(ids).map(product).collect::<Option<Vec<_>>>() else { return Ok(None) };
        let body = json!({ "startCountryCode": self.from, "endCountryCode": country, "products": products });
        let (operation, call) = (ask("freight"), (Method::POST, "logistic/freightCalculate"));
        let offers = self.remote.patiently(|| self.call(operation, call.clone(), With::Body(&body))).await?;
        let offers = offers.as_array().map(Vec::as_slice).unwrap_or_default();
        let ours = |offer: &&Value| offer.get("logisticName").and_then(Value::as_str) == Some(self.logistic.as_str());
        Ok(offers.iter().find(ours).and_then(|offer| answer::money(offer.get("logisticPrice")?, self.currency)))
    }
}

/// What goes along with a request.
#[derive(Clone, Copy)]
enum With<'a> {
    Query(&'a [(&'a str, &'a str)]),
    Body(&'a Value),
}

#[async_trait]
impl Supplier for Cj {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn ready(&self) -> Result<(), Error> {
        self.remote.ready()
    }

    async fn quote(&self, items: &[Item], country: &str) -> Result<Quote, Error> {
        let (mut quoted, mut ids) = (Vec::new(), Vec::new());
        for item in items {
            let stock = self.stock(item).await?;
            let (id, unit) = self.variant(item).await?;
            let available = stock >= u64::from(item.quantity);
            ids.push(id.clone());
            quoted.push(Quoted { sku: item.sku.clone(), reference: id, stock: Some(stock), available, unit });
        }
        let shipping = self.freight(items, &ids, country).await?;
        Ok(Quote { items: quoted, shipping })
    }

    async fn check(&self, items: &[Item]) -> Result<(), Error> {
        for item in items {
            if self.stock(item).await? < u64::from(item.quantity) {
                return Err(Error::OutOfStock { supplier: Self::NAME, sku: item.sku.clone() });
            }
        }
        Ok(())
    }

    async fn find(&self, number: ActionId) -> Result<Option<Placed>, Error> {
        let operation = ask("getOrderDetail");
        let number = number.to_string();
        match self.asked(operation, "shopping/order/getOrderDetail", &[("orderId", &number)]).await {
            Ok(data) if data.is_null() => Ok(None),
            Ok(data) => self.read(operation, &data).map(Some),
            Err(error) if answer::is_nowhere(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn place(&self, wanted: &Wanted<'_>) -> Result<Placed, Error> {
        let operation = change("createOrderV2");
        let body = body::order(&self.remote, operation, wanted, (&self.logistic, &self.from))?;
        let call = (Method::POST, "shopping/order/createOrderV2");
        let data = self.call(operation, call, With::Body(&body)).await?;
        self.read(operation, &data)
    }

    async fn advance(&self, placed: &Placed) -> Result<Placed, Error> {
        let body = json!({ "orderId": placed.remote });
        let (operation, call, next) = match placed.status.as_str() {
            "UNPAID" => (change("payBalance"), (Method::POST, "shopping/pay/payBalance"), "UNSHIPPED"),
            _ => (change("confirmOrder"), (Method::PATCH, "shopping/order/confirmOrder"), "UNPAID"),
        };
        self.call(operation, call, With::Body(&body)).await?;
        let state = if next == "UNPAID" { State::Draft } else { State::Confirmed };
        Ok(Placed { state, status: next.to_owned(), ..placed.clone() })
    }

    async fn cancel(&self, placed: &Placed) -> Result<(), Error> {
        let query = [("orderId", placed.remote.as_str())];
        let call = (Method::DELETE, "shopping/order/deleteOrder");
        self.call(change("deleteOrder"), call, With::Query(&query)).await.map(drop)
    }
}
