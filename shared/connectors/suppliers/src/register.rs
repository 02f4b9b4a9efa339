//! Which supplier is reached how.

use crate::{Cj, Printful, Supplier, http, manual::Manual, tracking::AfterShip};
use runtime::{Env, Problems};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// Names of the credentials at CJ, Printful and AfterShip.
type Keys = [&'static str; 3];

/// With them something is ordered.
const TO_ORDER: Keys = [Cj::SECRET, Printful::SECRET, AfterShip::SECRET];
/// With them questions are asked.
const TO_ASK: Keys = [Cj::READ_SECRET, Printful::READ_SECRET, AfterShip::READ_SECRET];

/// All interfaces, and who is behind which.
#[derive(Clone)]
pub struct Suppliers {
    cj: Arc<Cj>,
    printful: Arc<Printful>,
    carriers: Arc<AfterShip>,
    routes: BTreeMap<String, String>,
}

impl Suppliers {
    /// The interfaces in the settings, with the credentials that orders are placed with: for an executor.
    ///
    /// # Errors
    /// When no HTTP client can be built.
    pub fn new(env: &Env) -> Result<Self, Problems> {
        Self::with(env, TO_ORDER, None)
    }

    /// The same with the credentials that questions are asked with: for whoever only asks.
    ///
    /// # Errors
    /// As [`Suppliers::new`].
    pub fn reading(env: &Env) -> Result<Self, Problems> {
        Self::with(env, TO_ASK, None)
    }

    /// As [`Suppliers::new`], with requests that may take this long.
    ///
    /// # Errors
    /// As [`Suppliers::new`].
    pub fn patient(env: &Env, timeout: Duration) -> Result<Self, Problems> {
        Self::with(env, TO_ORDER, Some(timeout))
    }

    fn with(env: &Env, [cj, printful, carriers]: Keys, timeout: Option<Duration>) -> Result<Self, Problems> {
        let http = http::client()?;
        let carriers = AfterShip::new(env, http.clone(), carriers);
        let (mut cj, mut printful) = (Cj::new(env, http.clone(), cj), Printful::new(env, http, printful));
        if let Some(timeout) = timeout {
            cj = cj.with_timeout(timeout);
            printful = printful.with_timeout(timeout);
        }
        let routes = env.config().supply.routes.clone();
        Ok(Self { cj: Arc::new(cj), printful: Arc::new(printful), carriers: Arc::new(carriers), routes })
    }

    /// Who follows carriers for us.
    #[must_use]
    pub fn carriers(&self) -> &AfterShip {
        &self.carriers
    }

    /// The supplier of this name. Who has no interface is ordered from by a person.
    #[must_use]
    pub fn of(&self, supplier: &str) -> Arc<dyn Supplier> {
        let routed = self.routes.get(supplier).map(String::as_str);
        match routed.unwrap_or(supplier).to_ascii_lowercase().as_str() {
            "cj" | "cjdropshipping" => self.cj.clone(),
            Printful::NAME => self.printful.clone(),
            _ => Arc::new(Manual::new(supplier)),
        }
    }
}
