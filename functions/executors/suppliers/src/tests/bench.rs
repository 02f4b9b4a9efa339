//! What these tests stand on: sandbox suppliers, and the pipeline's way of trying again.

use crate::Purchasing;
use agent::{
    Evidence, ExecuteError, Executor as _, Order,
    testing::{Known, NOW, order},
};
use aws_config::{BehaviorVersion, SdkConfig};
use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use depot::{Depot, Fault, FaultKind, Listed, Settings};
use domain::{
    Action, ActionId, Contact, Money,
    action::{InventoryRestock, OrderFulfill, ProductKey},
    contact::Address,
    order::Portion,
};
use runtime::{Config, Env, clock::SystemClock, secrets::Secrets};
use rust_decimal::Decimal;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use supply::Suppliers;
use tokio::{net::TcpListener, sync::Notify, task::JoinSet};

/// Requests that may take this long.
const PATIENCE: Duration = Duration::from_millis(400);

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It meets a fault.
    Fault(FaultKind),
    /// Whoever sent it dies before it is applied.
    KilledBefore,
    /// Whoever sent it dies once it is applied.
    KilledAfter,
}

/// Counts the requests, and those that change something, and makes trouble for one of them.
#[derive(Clone)]
struct Saboteur {
    depot: Depot,
    seen: Arc<AtomicU64>,
    changes: Arc<AtomicU64>,
    at: u64,
    trouble: Option<Trouble>,
    killed: Arc<Notify>,
}

/// Requests that change nothing though they are posted.
const QUESTIONS: [&str; 2] = ["getAccessToken", "freightCalculate"];

async fn sabotage(State(saboteur): State<Saboteur>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if !request.method().is_safe() && !QUESTIONS.iter().any(|question| path.ends_with(question)) {
        saboteur.changes.fetch_add(1, Ordering::Relaxed);
    }
    let hit = saboteur.seen.fetch_add(1, Ordering::Relaxed) + 1 == saboteur.at;
    match saboteur.trouble.filter(|_| hit) {
        Some(Trouble::Fault(kind)) => saboteur.depot.add_faults([Fault::once(kind)]),
        Some(Trouble::KilledBefore) => {
            saboteur.killed.notify_one();
            std::future::pending::<()>().await;
        }
        Some(Trouble::KilledAfter) => {
            let response = next.run(request).await;
            saboteur.killed.notify_one();
            std::future::pending::<()>().await;
            return response;
        }
        None => {}
    }
    next.run(request).await
}

/// Sandbox suppliers and their executor.
pub(super) struct Bench {
    pub(super) depot: Depot,
    pub(super) executor: Purchasing,
    seen: Arc<AtomicU64>,
    changes: Arc<AtomicU64>,
    killed: Arc<Notify>,
    _server: JoinSet<()>,
}

impl Bench {
    pub(super) async fn open() -> Self {
        Self::with(0, None, Some(contact("NL"))).await
    }

    /// Suppliers whose `at`th request meets trouble.
    pub(super) async fn troubled(at: u64, trouble: Trouble) -> Self {
        Self::with(at, Some(trouble), Some(contact("NL"))).await
    }

    /// With this address in the customer's partition.
    pub(super) async fn to(contact: Option<Contact>) -> Self {
        Self::with(0, None, contact).await
    }

    async fn with(at: u64, trouble: Option<Trouble>, contact: Option<Contact>) -> Self {
        let settings = Settings { postage: Decimal::new(300, 2), ..Settings::new(catalogue) };
        let depot = Depot::open(None, settings).unwrap();
        let (seen, changes, killed) =
            (Arc::<AtomicU64>::default(), Arc::<AtomicU64>::default(), Arc::<Notify>::default());
        let saboteur = Saboteur {
            depot: depot.clone(),
            seen: seen.clone(),
            changes: changes.clone(),
            at,
            trouble,
            killed: killed.clone(),
        };
        let router = depot.router().layer(from_fn_with_state(saboteur, sabotage));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        let known = Known { contacts: contact.into_iter().collect(), ..Known::default() };
        let suppliers = Suppliers::patient(&env(&url), PATIENCE).unwrap();
        let executor = Purchasing::new(suppliers, Arc::new(known)).keeping(home());
        Self { depot, executor, seen, changes, killed, _server: server }
    }

    /// Requests so far.
    pub(super) fn requests(&self) -> u64 {
        self.seen.load(Ordering::Relaxed)
    }

    /// Requests so far that change something.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// Orders that were accepted, and payments.
    pub(super) fn counts(&self) -> (usize, u32) {
        let orders = self.depot.orders().unwrap();
        (orders.len(), orders.iter().map(|order| order.paid).sum())
    }

    pub(super) async fn execute(&self, action: &Action) -> Result<Evidence, ExecuteError> {
        self.carry(&order(id(), action)).await
    }

    /// Executes an order that is more than its action, or dies with it.
    pub(super) async fn carry(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError> {
        tokio::select! {
            done = self.executor.execute(order) => done,
            () = self.killed.notified() => Err(ExecuteError::Unknown("killed".to_owned())),
        }
    }

    pub(super) async fn find(&self, action: &Action) -> Result<Option<Evidence>, ExecuteError> {
        self.executor.find(&order(id(), action)).await
    }

    /// Executes as the pipeline does: again after a retry, asking first after doubt.
    pub(super) async fn carry_out(&self, action: &Action) -> Result<Evidence, ExecuteError> {
        let mut last = self.execute(action).await;
        for _ in 0..4 {
            match last {
                Err(ExecuteError::Retry(_) | ExecuteError::Unreachable(_)) => {}
                Err(ExecuteError::Unknown(_)) => {
                    if let Ok(Some(evidence)) = self.find(action).await {
                        return Ok(evidence);
                    }
                }
                done => return done,
            }
            last = self.execute(action).await;
        }
        last
    }
}

/// `4011` at EUR 8.00, twenty of it.
fn catalogue(sku: &str) -> Option<Listed> {
    (sku == "4011").then(|| Listed { price: Decimal::new(800, 2), stock: 20 })
}

fn env(url: &str) -> Env {
    let vars = |name: &str| match name {
        "ROYAL_CJ_URL" | "ROYAL_PRINTFUL_URL" | "ROYAL_AFTERSHIP_URL" => Some(url.to_owned()),
        "ROYAL_CJ_CURRENCY" => Some("EUR".to_owned()),
        _ => None,
    };
    let config = Config::read(&vars, &[]).unwrap();
    let sdk = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build();
    let clock = Arc::new(SystemClock);
    let secrets = [("cj-key", "CJ-sandbox"), ("printful-token", "pf-sandbox"), ("aftership-key", "asat-sandbox")];
    Env::new(config, sdk, clock.clone()).unwrap().with_secrets(Secrets::given(secrets, clock))
}

pub(super) fn id() -> ActionId {
    ActionId::of("the action under test")
}

/// Two of `4011` to Delft, for EUR 19.00 with shipping.
pub(super) fn fulfill(supplier: &str) -> Action {
    fulfill_for(supplier, 1900)
}

pub(super) fn fulfill_for(supplier: &str, cents: i32) -> Action {
    OrderFulfill {
        order: "1001".to_owned(),
        customer: "7".to_owned(),
        supplier: supplier.to_owned(),
        portions: vec![Portion { line: "99".to_owned(), sku: "4011".to_owned(), quantity: 2 }],
        cost: Money::eur_cents(cents),
        country: "NL".to_owned(),
    }
    .into()
}

/// Two of `4011` for ourselves, for EUR 19.00 with shipping.
pub(super) fn restock(supplier: &str) -> Action {
    restock_for(supplier, 1900)
}

pub(super) fn restock_for(supplier: &str, cents: i32) -> Action {
    InventoryRestock {
        product: ProductKey { supplier: supplier.to_owned(), sku: "4011".to_owned() },
        quantity: 2,
        total: Money::eur_cents(cents),
    }
    .into()
}

/// Where stock of our own goes.
fn home() -> Option<Address> {
    contact("NL").shipping
}

pub(super) fn contact(country: &str) -> Contact {
    let some = |text: &str| Some(text.to_owned());
    let shipping = Address {
        name: some("Anna Bakker"),
        address1: some("Kade 1"),
        city: some("Delft"),
        zip: some("2611 AA"),
        country: some(country),
        ..Address::default()
    };
    Contact {
        order: "1001".to_owned(),
        customer: "7".to_owned(),
        email: some("anna@example.com"),
        phone: None,
        shipping: Some(shipping),
        billing: None,
        vat_number: None,
        ip: None,
        updated: NOW,
    }
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
