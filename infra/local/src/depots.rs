//! Suppliers of the sandbox, beside the shop: they take orders, send nothing, and tell how parcels move.
//!
//! What they sell is what the feeds list, at the cost that the feeds name.

use crate::handler::Time;
use depot::{Depot, DepotError, Listed, Settings};
use feeds::{Item, Options, Reader};
use runtime::{Clock as _, Env};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::{Arc, OnceLock},
};

/// The credentials of all accounts, as the sandbox knows them. Worthless anywhere else.
pub(crate) const SECRETS: [(&str, &str); 9] = [
    ("cj-key", "CJ-sandbox"),
    ("cj-read-key", "CJ-sandbox"),
    ("cj-open-id", "10001"),
    ("printful-token", "pf-sandbox"),
    ("printful-read-token", "pf-sandbox"),
    ("printful-webhook-key", "73616e64626f78"),
    ("aftership-key", "asat-sandbox"),
    ("aftership-read-key", "asat-sandbox"),
    ("aftership-webhook-secret", "sandbox"),
];
/// Suppliers of the demonstration's feeds that have an interface; who is not here is ordered from by people.
const ROUTES: &str = "cj=Fjordlicht Atelier,Polderworks Supply,Kestrelmoor Outfitters,Quickcrate Imports";
/// Things that are sold, at most.
const MOST: usize = 200_000;

/// Where the functions find the suppliers, where nobody set it otherwise.
pub(crate) fn settings(vars: &mut BTreeMap<String, String>, shop: &str) {
    let currency = vars.get("ROYAL_CURRENCY").cloned().unwrap_or_else(|| "EUR".to_owned());
    let settings = [
        ("ROYAL_CJ_URL", shop.to_owned()),
        ("ROYAL_PRINTFUL_URL", shop.to_owned()),
        ("ROYAL_AFTERSHIP_URL", shop.to_owned()),
        ("ROYAL_CJ_CURRENCY", currency),
        ("ROYAL_SUPPLIER_ROUTES", ROUTES.to_owned()),
    ];
    for (name, value) in settings {
        vars.entry(name.to_owned()).or_insert(value);
    }
}

/// The suppliers, whose state is beside the shop's.
///
/// # Errors
/// When their state or a description cannot be used.
pub(crate) fn open(shop_state: Option<&Path>, env: &Env, api: &str, time: &Time) -> Result<Depot, DepotError> {
    let file = shop_state.map(|shop| shop.with_file_name("suppliers.sqlite"));
    let (time, config) = (time.clone(), env.config());
    let (feeds, currency) = (config.feeds.clone(), config.currency);
    let listed: OnceLock<HashMap<String, Listed>> = OnceLock::new();
    let catalogue = move |sku: &str| listed.get_or_init(|| read(&feeds, currency)).get(sku).cloned();
    let settings = Settings {
        currency: currency.to_string(),
        callbacks: Some(format!("{api}/suppliers")),
        now: Arc::new(move || time.now()),
        ..Settings::new(catalogue)
    };
    Depot::open(file.as_deref(), settings)
}

/// What the feeds on this machine list, read when it is first asked for.
fn read(feeds: &[String], currency: domain::Currency) -> HashMap<String, Listed> {
    let options = Options { currency: Some(currency), ..Options::default() };
    let readers = feeds.iter().filter_map(|feed| Reader::from_path(Path::new(feed), &options).ok());
    let items = readers.flatten().filter_map(Result::ok);
    items.flat_map(|item| things(&item, currency)).take(MOST).collect()
}

fn things(item: &Item, currency: domain::Currency) -> Vec<(String, Listed)> {
    let thing = |variant: &feeds::Variant| {
        let cost = variant.cost.or(item.cost).filter(|cost| cost.currency() == currency)?;
        let sku = variant.sku.clone().unwrap_or_else(|| item.sku.clone());
        let stock = variant.stock.or(item.stock).unwrap_or_default();
        Some((sku, Listed { price: cost.amount(), stock }))
    };
    item.variants.iter().filter_map(thing).collect()
}
