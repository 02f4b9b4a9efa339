//! The sandbox as its owner holds it.

use crate::{
    DepotError, Fault, FaultKind, Kept, Listed, Settings, Step, Thing, Tracking, aftership,
    faults::Faults,
    ledger::{Books, Ledger},
    rules::Rules,
    server,
};
use axum::Router;
use rust_decimal::Decimal;
use std::{
    collections::VecDeque,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use time::OffsetDateTime;

/// The most refusals that are remembered.
const MOST: usize = 1000;
/// How often orders are moved on and callbacks sent.
const BEAT: Duration = Duration::from_millis(200);

/// Sandbox suppliers with their state.
#[derive(Clone)]
pub struct Depot(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) settings: Settings,
    pub(crate) rules: Rules,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Faults,
    pub(crate) http: reqwest::Client,
    refused: Mutex<VecDeque<String>>,
}

impl Depot {
    /// The suppliers whose state is in the file at `path`, or in memory.
    ///
    /// # Errors
    /// When a description cannot be used, or the state cannot.
    pub fn open(path: Option<&Path>, settings: Settings) -> Result<Self, DepotError> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
        Ok(Self(Arc::new(Inner {
            settings,
            rules: Rules::official()?,
            ledger: Ledger::open(path)?,
            faults: Faults::default(),
            http,
            refused: Mutex::default(),
        })))
    }

    /// The HTTP service; the caller binds the listener.
    pub fn router(&self) -> Router {
        server::router(self.clone())
    }

    /// Adds faults behind those in waiting.
    pub fn add_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.0.faults.add(faults);
    }

    /// All orders, oldest first.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn orders(&self) -> Result<Vec<Kept>, DepotError> {
        self.0.ledger.run(|books| books.all())
    }

    /// All parcels that are followed, by the carrier's number.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn trackings(&self) -> Result<Vec<Tracking>, DepotError> {
        self.0.ledger.run(|books| books.docs(aftership::KIND))
    }

    /// Why requests were refused as invalid, oldest first.
    #[must_use]
    pub fn refused(&self) -> Vec<String> {
        self.0.refused.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Sets what is in stock of a thing.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn restock(&self, sku: &str, units: u64) -> Result<(), DepotError> {
        self.0.ledger.run(|books| books.put("stock", sku, &units))
    }

    /// Moves orders on and sends callbacks, for as long as it is polled.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.beat().await {
                tracing::warn!(%error, "the sandbox suppliers could not go on");
            }
            tokio::time::sleep(BEAT).await;
        }
    }

    /// Moves orders on and sends what is due, once.
    ///
    /// # Errors
    /// When the state cannot be read or written.
    pub async fn beat(&self) -> Result<(), DepotError> {
        self.0.advance()?;
        self.0.deliver().await
    }
}

impl Inner {
    pub(crate) fn now(&self) -> OffsetDateTime {
        (self.settings.now)()
    }

    pub(crate) fn refuse(&self, why: String) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.push_back(why);
        while refused.len() > MOST {
            refused.pop_front();
        }
    }

    /// What is sold under a stock keeping unit, with what is left of it.
    pub(crate) fn listed(&self, books: &Books<'_>, sku: &str) -> Result<Option<Listed>, DepotError> {
        let Some(listed) = (self.settings.catalogue)(sku) else { return Ok(None) };
        let stock = books.doc("stock", sku)?.unwrap_or(listed.stock);
        Ok(Some(Listed { stock, ..listed }))
    }

    /// A new draft, priced by the catalogue. Whether all of it is in stock is the caller's to ask.
    pub(crate) fn draft(&self, books: &Books<'_>, operation: &str, new: New) -> Result<Kept, DepotError> {
        let goods: Decimal = new.things.iter().map(|thing| thing.price * Decimal::from(thing.quantity)).sum();
        let mut cost = goods + self.settings.postage;
        if self.faults.has(operation, FaultKind::WrongPrice) {
            cost = (cost * Decimal::new(11, 1)).round_dp(2).max(cost + Decimal::new(1, 2));
        }
        let now = self.now();
        let order = Kept {
            api: new.api.to_owned(),
            number: new.number,
            id: books.next_id()?,
            things: new.things,
            cost,
            step: Step::Draft,
            paid: 0,
            again: 0,
            late: self.faults.has(operation, FaultKind::Late),
            fails: self.faults.has(operation, FaultKind::Fails),
            created: now,
            updated: now,
        };
        books.keep(&order)?;
        Ok(order)
    }

    /// Somebody tried to create it again.
    pub(crate) fn again(&self, books: &Books<'_>, order: Kept) -> Result<(), DepotError> {
        books.keep(&Kept { again: order.again.saturating_add(1), ..order })
    }

    /// Pays a draft: its units leave the stock, and it is planned. Nothing where there are too few.
    pub(crate) fn pay(&self, books: &Books<'_>, order: Kept) -> Result<Option<Kept>, DepotError> {
        for thing in &order.things {
            let left = self.listed(books, &thing.sku)?.and_then(|listed| listed.stock.checked_sub(thing.quantity));
            let Some(left) = left else { return Ok(None) };
            books.put("stock", &thing.sku, &left)?;
        }
        let paid = Kept { paid: order.paid.saturating_add(1), ..order };
        self.step(books, paid, Step::Paid).map(Some)
    }
}

/// What an order is made of.
pub(crate) struct New {
    pub(crate) api: &'static str,
    pub(crate) number: String,
    pub(crate) things: Vec<Thing>,
}
