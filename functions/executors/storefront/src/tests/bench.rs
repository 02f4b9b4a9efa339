//! What these tests stand on: a sandbox shop with a clock that jumps, and the pipeline's way of trying again.

use crate::Storefront;
use agent::{Evidence, ExecuteError, Executor as _, Order, testing::order};
use async_trait::async_trait;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use domain::{
    Action, ActionId, Money,
    action::{Image, Listing, ProductKey, ProductPublish, Variant},
};
use serde_json::{Value, json};
use shop::{Fault, FaultKind, Settings, Shop};
use shopify::{Client, Endpoint, Patience, Time, Token};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use time::OffsetDateTime;
use tokio::{net::TcpListener, task::JoinSet};

/// The token that the shop knows.
const TOKEN: &str = "shpat_secret";

/// One clock for the shop and the client; waiting moves it on.
#[derive(Default)]
pub(super) struct Jumps(AtomicU64);

impl Jumps {
    fn passed(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

#[async_trait]
impl Time for Jumps {
    fn now(&self) -> Duration {
        self.passed()
    }

    async fn sleep(&self, wait: Duration) {
        let millis = u64::try_from(wait.as_millis()).unwrap();
        self.0.fetch_add(millis, Ordering::Relaxed);
    }

    fn spread(&self, _most: Duration) -> Duration {
        Duration::ZERO
    }
}

/// Counts the requests, and those that change something, and makes one of them fail.
#[derive(Clone)]
struct Saboteur {
    shop: Shop,
    seen: Arc<AtomicU64>,
    changes: Arc<AtomicU64>,
    at: u64,
    kind: FaultKind,
}

async fn sabotage(State(saboteur): State<Saboteur>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/sandbox/") {
        return next.run(request).await;
    }
    if saboteur.seen.fetch_add(1, Ordering::Relaxed) + 1 == saboteur.at {
        saboteur.shop.faults().add([Fault::once(saboteur.kind)]);
    }
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let sent: Value = serde_json::from_slice(&body).unwrap();
    if sent["query"].as_str().unwrap().trim_start().starts_with("mutation") {
        saboteur.changes.fetch_add(1, Ordering::Relaxed);
    }
    next.run(Request::from_parts(head, Body::from(body))).await
}

/// A sandbox shop and its executor.
pub(super) struct Bench {
    pub(super) shop: Shop,
    pub(super) executor: Storefront,
    url: String,
    http: reqwest::Client,
    seen: Arc<AtomicU64>,
    changes: Arc<AtomicU64>,
    _server: JoinSet<()>,
}

/// What is unusual about a bench.
struct Setup {
    /// The request that fails, from 1; none is 0.
    at: u64,
    kind: FaultKind,
    token: &'static str,
    image_seconds: i64,
}

const USUAL: Setup = Setup { at: 0, kind: FaultKind::Throttled, token: TOKEN, image_seconds: 1 };

impl Bench {
    pub(super) async fn open() -> Self {
        Self::with(USUAL).await
    }

    /// A shop whose `at`th request fails; the client sends each request once, so that every failure shows.
    pub(super) async fn failing(at: u64, kind: FaultKind) -> Self {
        Self::with(Setup { at, kind, ..USUAL }).await
    }

    /// A client with this token; the shop knows another one.
    pub(super) async fn with_token(token: &'static str) -> Self {
        Self::with(Setup { token, ..USUAL }).await
    }

    /// A shop that needs this long for an image.
    pub(super) async fn slow_images(image_seconds: i64) -> Self {
        Self::with(Setup { image_seconds, ..USUAL }).await
    }

    async fn with(setup: Setup) -> Self {
        let time = Arc::new(Jumps::default());
        let shop = Shop::open(None, settings(time.clone(), setup.image_seconds)).unwrap();
        let seen = Arc::new(AtomicU64::new(0));
        let changes = Arc::new(AtomicU64::new(0));
        let (at, kind) = (setup.at, setup.kind);
        let saboteur = Saboteur { shop: shop.clone(), seen: seen.clone(), changes: changes.clone(), at, kind };
        let router = shop.router().layer(from_fn_with_state(saboteur, sabotage));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        let attempts = if setup.at == 0 { Patience::default().attempts } else { 1 };
        let token = Arc::new(Token::new(setup.token));
        let client = Client::new(shopdesk::http().unwrap(), Endpoint::parse(&url).unwrap(), token.clone());
        let client = client.with_time(time).with_patience(Patience { attempts, ..Patience::default() });
        let executor = Storefront::new(client, token, None);
        let http = shopdesk::http().unwrap();
        Self { shop, executor, url, http, seen, changes, _server: server }
    }

    /// Requests so far.
    pub(super) fn requests(&self) -> u64 {
        self.seen.load(Ordering::Relaxed)
    }

    /// Requests so far that change something.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    pub(super) async fn execute(&self, id: ActionId, action: &Action) -> Result<Evidence, ExecuteError> {
        self.executor.execute(&order(id, action)).await
    }

    /// Executes an order that is more than its action.
    pub(super) async fn carry(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError> {
        self.executor.execute(order).await
    }

    pub(super) async fn find(&self, id: ActionId, action: &Action) -> Result<Option<Evidence>, ExecuteError> {
        self.executor.find(&order(id, action)).await
    }

    /// Executes as the pipeline does: again after a retry, asking first after doubt.
    pub(super) async fn carry_out(&self, id: ActionId, action: &Action) -> Result<Evidence, ExecuteError> {
        let mut last = self.execute(id, action).await;
        for _ in 0..4 {
            match last {
                Err(ExecuteError::Retry(_) | ExecuteError::Unreachable(_)) => {}
                Err(ExecuteError::Unknown(_)) => match self.find(id, action).await {
                    Ok(Some(evidence)) => return Ok(evidence),
                    Ok(None) => {}
                    Err(error) => panic!("the remote cannot be asked: {error}"),
                },
                done => return done,
            }
            last = self.execute(id, action).await;
        }
        last
    }

    /// The shop's products as customers and merchants see them, without the numbers that the shop gave.
    pub(super) fn products(&self) -> Vec<Value> {
        let state = self.shop.state().unwrap();
        let mut products = state["products"].as_array().unwrap().clone();
        for product in &mut products {
            product["id"].take();
            product["effects"].take();
            for variant in product["variants"].as_array_mut().unwrap() {
                variant["id"].take();
            }
        }
        products
    }

    /// How often a mutation took effect on a product.
    pub(super) fn effects(&self, sku: &str, mutation: &str) -> u64 {
        let state = self.shop.state().unwrap();
        let key = format!("royal.product_key=acme/{sku}");
        state["effects"][key][mutation].as_u64().unwrap_or(0)
    }

    /// A shopper buys two small lamps and one in the other size, for EUR 38.70 and EUR 4.90 of delivery; the order's id.
    pub(super) async fn bought(&self) -> String {
        let lines = json!([{ "sku": "1-S", "quantity": 2 }, { "sku": "1-M", "quantity": 1 }]);
        let placed = self.http.post(format!("{}/sandbox/orders", self.url)).json(&json!({ "seed": 1, "lines": lines }));
        let placed: Value = placed.send().await.unwrap().json().await.unwrap();
        placed["orders"][0]["id"].to_string()
    }

    /// The shop's order as webhooks would tell it now, without what differs between two shops that did the same.
    pub(super) async fn order(&self) -> Value {
        let all: Value =
            self.http.get(format!("{}/sandbox/orders", self.url)).send().await.unwrap().json().await.unwrap();
        all["orders"][0].clone()
    }

    /// Puts a product on sale.
    pub(super) async fn publish(&self, sku: &str) -> Evidence {
        let id = ActionId::of(&format!("publish {sku}"));
        self.execute(id, &publish(listing(sku))).await.unwrap()
    }
}

fn settings(time: Arc<Jumps>, image_seconds: i64) -> Settings {
    let start = OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000);
    Settings {
        now: Arc::new(move || start + time.passed()),
        storefront_url: Some("https://shop.example".into()),
        media_processing: time::Duration::seconds(image_seconds),
        ..Settings::new(TOKEN, "royal-test.myshopify.com", "EUR")
    }
}

pub(super) fn id() -> ActionId {
    ActionId::of("the action under test")
}

pub(super) fn key(sku: &str) -> ProductKey {
    ProductKey { supplier: "acme".into(), sku: sku.into() }
}

/// A lamp in two sizes at EUR 12.90, twelve of each.
pub(super) fn listing(sku: &str) -> Listing {
    let variant = |size: &str| Variant {
        sku: format!("{sku}-{size}"),
        options: vec![("Size".into(), size.to_owned())],
        price: Money::eur_cents(1290),
        cost: Money::eur_cents(640),
        stock: 12,
    };
    let image = |n: u8| Image { url: format!("https://example.com/{n}.jpg"), alt: "A lamp".into() };
    Listing {
        product: key(sku),
        title: "Oak lamp".into(),
        handle: format!("oak-lamp-{sku}"),
        description_html: "<p>Warm light</p>".into(),
        seo_title: "Oak lamp".into(),
        seo_description: "A lamp of oak".into(),
        vendor: "Acme".into(),
        category: "Lamps".into(),
        tags: vec!["oak".into()],
        images: vec![image(1), image(2)],
        variants: vec![variant("S"), variant("M")],
    }
}

pub(super) fn publish(listing: Listing) -> Action {
    ProductPublish { listing }.into()
}

/// The error of a result, by the name of its variant.
pub(super) fn name<T: std::fmt::Debug>(result: Result<T, ExecuteError>) -> &'static str {
    match result.unwrap_err() {
        ExecuteError::Retry(_) => "retry",
        ExecuteError::Unreachable(_) => "unreachable",
        ExecuteError::Stopped(_) => "stopped",
        ExecuteError::Unknown(_) => "unknown",
        ExecuteError::Refused(_) => "refused",
        ExecuteError::Premise(_) => "premise",
        ExecuteError::NoCredential(_) => "no credential",
    }
}

/// `{ "sku": amount }` of a product's variants.
pub(super) fn by_sku(product: &Value, field: &str) -> Value {
    let variants = product["variants"].as_array().unwrap();
    variants
        .iter()
        .map(|v| (v["sku"].as_str().unwrap().to_owned(), v[field].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

pub(super) fn both(amount: impl Into<Value> + Clone) -> Value {
    json!({ "1-S": amount.clone().into(), "1-M": amount.into() })
}
