//! The system under test: the whole local stack on disk, with one product for each client.

use anyhow::{Context as _, Result};
use domain::{
    ActionId, Money, Role,
    action::{Listing, ProductKey, Variant},
};
use local::{Settings, Stack};
use shopify::{Client, Endpoint, ProductStatus, Token};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// The sandbox shop's token.
const TOKEN: &str = "shpat_sandbox";
/// Where a product's price begins, and what it costs, in cents.
pub const FIRST_PRICE: i32 = 2_000;
/// What the supplier charges for it, in cents.
pub const COST: i32 = 500;

/// Functions that have no part in a gate.
const IDLE: [&str; 7] =
    ["clock", "ceo", "product-manager", "product-scout", "product-vetting", "product-pricing", "product-publisher"];

/// A running stack and what asks it.
pub struct World {
    /// The stack.
    pub stack: Stack,
    http: reqwest::Client,
    requests: AtomicU64,
}

impl World {
    /// Starts a stack in `folder`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn start(folder: &Path) -> Result<Self> {
        let stack = Stack::start(settings(folder)).await?;
        Ok(Self { stack, http: runtime::http::client()?, requests: AtomicU64::new(0) })
    }

    /// Puts a product for each of `clients` into the shop.
    ///
    /// # Errors
    /// When the shop refuses one.
    pub async fn stock(&self, clients: usize) -> Result<()> {
        let endpoint = Endpoint::parse(&format!(
            "{}/admin/api/{}/graphql.json",
            self.stack.servers().shop_url(),
            shopify::API_VERSION
        ))?;
        let shop = Client::new(runtime::http::client()?, endpoint, Arc::new(Token::new(TOKEN)));
        for client in 0..clients {
            let listing = listing(client);
            let id = ActionId::of(&listing.handle);
            shop.upsert_product(&listing, id, ProductStatus::Active).await?;
        }
        Ok(())
    }

    /// A token of `account` with this role.
    ///
    /// # Errors
    /// When the issuer cannot sign it.
    pub fn token(&self, account: &str, role: Role) -> Result<String> {
        let issuer = self.stack.servers().issuer().context("the stack has no issuer")?;
        Ok(issuer.token(account, &[role])?)
    }

    /// Asks the API for something, and counts that.
    pub fn request(&self, token: &str, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let url = format!("{}/api/v1/{path}", self.stack.servers().api_url());
        self.http.request(method, url).bearer_auth(token)
    }

    /// Requests to the API so far.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }
}

/// The product of client number `client`.
#[must_use]
pub fn product(client: usize) -> ProductKey {
    ProductKey { supplier: "acme".to_owned(), sku: format!("lamp-{client}") }
}

/// The only variant of that product.
#[must_use]
pub fn sku(client: usize) -> String {
    format!("lamp-{client}-m")
}

fn listing(client: usize) -> Listing {
    let variant = Variant {
        sku: sku(client),
        options: vec![("Size".to_owned(), "M".to_owned())],
        price: Money::eur_cents(FIRST_PRICE),
        cost: Money::eur_cents(COST),
        stock: 12,
    };
    Listing {
        product: product(client),
        title: format!("Oak lamp {client}"),
        handle: format!("oak-lamp-{client}"),
        description_html: "<p>Warm light</p>".to_owned(),
        seo_title: "Oak lamp".to_owned(),
        seo_description: "A lamp of oak".to_owned(),
        vendor: "Acme".to_owned(),
        category: "Lamps".to_owned(),
        tags: vec!["oak".to_owned()],
        images: Vec::new(),
        variants: vec![variant],
    }
}

fn settings(folder: &Path) -> Settings {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies").to_owned();
    Settings {
        aws: emulator::Settings { data_dir: Some(folder.join("aws")), ..emulator::Settings::default() },
        shop_state: Some(folder.join("shop.sqlite")),
        issuer_state: folder.join("issuer"),
        vars: BTreeMap::from([("ROYAL_POLICIES".to_owned(), policies)]),
        // what schedules wake would only blur the counts
        idle: IDLE.map(str::to_owned).to_vec(),
        shop_points: Some(1_000_000),
        ..Settings::default()
    }
}
