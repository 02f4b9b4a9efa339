//! The sandbox on a port of its own, and what is needed to reach it.

use crate::{Error, Item, Placed, State, Supplier, Suppliers, Wanted};
use aws_config::{BehaviorVersion, SdkConfig};
use depot::{Depot, Fault, Listed, Settings};
use domain::{ActionId, Contact, contact::Address};
use runtime::{Clock, Config, Env, secrets::Secrets};
use rust_decimal::Decimal;
use std::{
    sync::{Arc, Mutex},
    time::Duration as StdDuration,
};
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::{net::TcpListener, task::JoinSet};

pub(super) const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
/// Requests that may take this long.
const PATIENCE: StdDuration = StdDuration::from_millis(500);

/// A clock that moves only when told to.
pub(super) struct Still(Mutex<OffsetDateTime>);

impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

/// A sandbox that answers, and suppliers behind it.
pub(super) struct Bench {
    pub(super) depot: Depot,
    pub(super) env: Env,
    pub(super) url: String,
    pub(super) suppliers: Suppliers,
    clock: Arc<Still>,
    _server: JoinSet<()>,
}

/// Every supplier sells `4011`, at EUR 8.00, and takes EUR 3.00 for shipping.
pub(super) fn catalogue(sku: &str) -> Option<Listed> {
    (sku == "4011").then(|| Listed { price: Decimal::new(800, 2), stock: 20 })
}

pub(super) const SECRETS: [(&str, &str); 6] = [
    ("cj-key", "CJ-sandbox"),
    ("cj-open-id", "10001"),
    ("printful-token", "pf-sandbox"),
    ("printful-webhook-key", "73616e64626f78"),
    ("aftership-key", "asat-sandbox"),
    ("aftership-webhook-secret", "sandbox"),
];

impl Bench {
    pub(super) async fn open() -> Self {
        Self::with(&SECRETS, None).await
    }

    pub(super) async fn with(secrets: &[(&str, &str)], callbacks: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let clock = Arc::new(Still(Mutex::new(NOON)));
        let time = clock.clone();
        let settings = Settings {
            postage: Decimal::new(300, 2),
            callbacks,
            now: Arc::new(move || time.now()),
            ..Settings::new(catalogue)
        };
        let depot = Depot::open(None, settings).unwrap();
        let router = depot.router();
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        let secrets = Secrets::given(secrets.iter().copied(), clock.clone());
        let env = env(&url, clock.clone()).with_secrets(secrets);
        let suppliers = Suppliers::patient(&env, PATIENCE).unwrap();
        Self { depot, env, url, suppliers, clock, _server: server }
    }

    pub(super) fn of(&self, name: &str) -> Arc<dyn Supplier> {
        self.suppliers.of(name)
    }

    pub(super) fn fault(&self, fault: Fault) {
        self.depot.add_faults([fault]);
    }

    /// Lets time pass, and the sandbox go on.
    pub(super) async fn pass(&self, duration: Duration) {
        *self.clock.0.lock().unwrap() += duration;
        self.depot.beat().await.unwrap();
    }

    /// Created orders and payments, all together.
    pub(super) fn counts(&self) -> (usize, u32) {
        let orders = self.depot.orders().unwrap();
        (orders.len(), orders.iter().map(|order| order.paid).sum())
    }

    pub(super) async fn place(&self, name: &str) -> Result<Placed, Error> {
        self.place_as(name, number()).await
    }

    pub(super) async fn place_as(&self, name: &str, number: ActionId) -> Result<Placed, Error> {
        let (items, contact) = (items(2), contact());
        self.of(name).place(&Wanted { number, items: &items, contact: &contact }).await
    }

    /// An order that is paid.
    pub(super) async fn paid(&self, name: &str) -> Placed {
        let mut placed = self.place(name).await.unwrap();
        while placed.state == State::Draft {
            placed = self.of(name).advance(&placed).await.unwrap();
        }
        placed
    }
}

pub(super) fn number() -> ActionId {
    ActionId::of("the order under test")
}

pub(super) fn items(quantity: u32) -> Vec<Item> {
    vec![Item { line: "99".to_owned(), sku: "4011".to_owned(), reference: None, print: None, quantity }]
}

pub(super) fn contact() -> Contact {
    let some = |text: &str| Some(text.to_owned());
    let shipping = Address {
        name: some("Anna Bakker"),
        address1: some("Kade 1"),
        city: some("Delft"),
        zip: some("2611 AA"),
        country: some("NL"),
        ..Address::default()
    };
    Contact {
        order: "1001".to_owned(),
        customer: "7".to_owned(),
        email: some("anna@example.com"),
        phone: some("+31151234567"),
        shipping: Some(shipping),
        billing: None,
        vat_number: None,
        ip: None,
        updated: NOON,
    }
}

fn env(url: &str, clock: Arc<Still>) -> Env {
    let vars = |name: &str| match name {
        "ROYAL_CJ_URL" | "ROYAL_PRINTFUL_URL" | "ROYAL_AFTERSHIP_URL" => Some(url.to_owned()),
        "ROYAL_CJ_CURRENCY" => Some("EUR".to_owned()),
        "ROYAL_SUPPLIER_ROUTES" => Some("cj=Polderworks Supply;printful=Fjordlicht Atelier".to_owned()),
        _ => None,
    };
    let config = Config::read(&vars, &[]).unwrap();
    let sdk = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build();
    Env::new(config, sdk, clock).unwrap()
}
