//! What the sandbox is told at its start.

use rust_decimal::Decimal;
use std::{fmt, sync::Arc};
use time::{Duration, OffsetDateTime};

/// The clock port: every instant that the sandbox writes or compares comes from it.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// What is sold under a stock keeping unit.
pub type Catalogue = Arc<dyn Fn(&str) -> Option<Listed> + Send + Sync>;

/// A thing that the suppliers sell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Price of one, in the sandbox's currency.
    pub price: Decimal,
    /// Units in stock at the beginning.
    pub stock: u64,
}

/// How fast orders move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// From payment to shipping.
    pub ship: Duration,
    /// From shipping to delivery.
    pub deliver: Duration,
}

impl Default for Pace {
    /// Shipped after a minute, delivered after two more.
    fn default() -> Self {
        Self { ship: Duration::minutes(1), deliver: Duration::minutes(2) }
    }
}

/// What the sandbox is told at its start.
#[derive(Clone)]
pub struct Settings {
    /// API key at CJ.
    pub cj_key: String,
    /// The account's `openId` at CJ, which its callbacks are signed with.
    pub cj_open_id: String,
    /// Token at Printful.
    pub printful_token: String,
    /// Key of Printful's callbacks, in hexadecimal digits.
    pub printful_key: String,
    /// API key at AfterShip.
    pub aftership_key: String,
    /// Secret of AfterShip's callbacks.
    pub aftership_secret: String,
    /// Currency of all accounts, ISO 4217.
    pub currency: String,
    /// What shipping of an order costs.
    pub postage: Decimal,
    /// What is sold under a stock keeping unit.
    pub catalogue: Catalogue,
    /// What callbacks' addresses begin with; the sender's name follows. Without it nothing is told.
    pub callbacks: Option<String>,
    /// How fast orders move.
    pub pace: Pace,
    /// The clock port.
    pub now: Clock,
}

impl Settings {
    /// Worthless credentials, an account in euro, free shipping, on the machine's clock.
    pub fn new(catalogue: impl Fn(&str) -> Option<Listed> + Send + Sync + 'static) -> Self {
        Self {
            cj_key: "CJ-sandbox".to_owned(),
            cj_open_id: "10001".to_owned(),
            printful_token: "pf-sandbox".to_owned(),
            printful_key: "73616e64626f78".to_owned(),
            aftership_key: "asat-sandbox".to_owned(),
            aftership_secret: "sandbox".to_owned(),
            currency: "EUR".to_owned(),
            postage: Decimal::ZERO,
            catalogue: Arc::new(catalogue),
            callbacks: None,
            pace: Pace::default(),
            now: Arc::new(OffsetDateTime::now_utc),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("currency", &self.currency).finish_non_exhaustive()
    }
}
