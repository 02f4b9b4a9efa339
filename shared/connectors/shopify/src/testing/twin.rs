//! The sandbox shop, served on this machine.

use crate::{Client, Token};
use domain::{
    ActionId, Money,
    action::{Image, Listing, ProductKey, Variant},
};
use serde_json::Value;
use shop::{Settings, Shop};
use std::sync::Arc;
use tokio::{net::TcpListener, task::JoinSet};

/// A sandbox shop and a client of it.
pub(crate) struct Twin {
    pub(crate) shop: Shop,
    pub(crate) client: Client,
    _server: JoinSet<()>,
}

impl Twin {
    pub(crate) async fn open() -> Self {
        Self::with(Settings::new("shpat_secret", "royal-test.myshopify.com", "EUR")).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let shop = Shop::open(None, settings).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = shop.router();
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        let token = Arc::new(Token::new("shpat_secret"));
        let (client, _) = super::client(&address, token);
        Self { shop, client, _server: server }
    }

    /// The products that the shop holds.
    pub(crate) fn products(&self) -> Vec<Value> {
        self.shop.state().unwrap()["products"].as_array().unwrap().clone()
    }

    /// How often a mutation took effect, on all products together.
    pub(crate) fn effects(&self, mutation: &str) -> u64 {
        let count = |product: &Value| product["effects"][mutation].as_u64().unwrap_or(0);
        self.products().iter().map(count).sum()
    }
}

pub(crate) fn action(n: u32) -> ActionId {
    ActionId::of(&n.to_string())
}

pub(crate) fn key(sku: &str) -> ProductKey {
    ProductKey { supplier: "acme".into(), sku: sku.into() }
}

/// A listing with a choice of sizes, one per name.
pub(crate) fn listing(sku: &str, sizes: &[&str]) -> Listing {
    let variant = |size: &&str| Variant {
        sku: format!("{sku}-{size}"),
        options: vec![("Size".into(), (*size).to_owned())],
        price: Money::eur_cents(1290),
        cost: Money::eur_cents(640),
        stock: 12,
    };
    Listing {
        product: key(sku),
        title: "Oak lamp".into(),
        handle: format!("oak-lamp-{sku}"),
        description_html: "<p onclick=\"x()\">Warm light</p><script>no</script>".into(),
        seo_title: "Oak lamp".into(),
        seo_description: "A lamp of oak".into(),
        vendor: "Acme".into(),
        category: "Lamps".into(),
        tags: vec!["oak".into()],
        images: vec![Image { url: "https://example.com/lamp.jpg".into(), alt: "A lamp".into() }],
        variants: sizes.iter().map(variant).collect(),
    }
}
