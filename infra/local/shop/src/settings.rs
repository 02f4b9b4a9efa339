use std::fmt;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// The clock port: every instant that the sandbox writes or compares comes from it.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// What a sandbox store is told at construction.
#[derive(Clone)]
pub struct Settings {
    /// The value that `X-Shopify-Access-Token` must carry.
    pub access_token: String,
    /// The value of a token that only reads: what would change something is refused under it.
    pub read_token: String,
    /// The store's `*.myshopify.com` domain.
    pub shop_domain: String,
    /// The store's name, shown on its pages.
    pub shop_name: String,
    /// The store's currency, ISO 4217.
    pub currency: String,
    /// Whether prices include tax, as they must for consumers in the EU.
    pub taxes_included: bool,
    /// Names of the stock locations; the first is where new items are stocked, and the last of several is the shop's
    /// own shelf. Read when a new state is created, ignored when a state exists.
    pub locations: Vec<String>,
    /// Where shoppers reach the sandbox pages (`http://127.0.0.1:4000`); without it
    /// `onlineStoreUrl` is null.
    pub storefront_url: Option<String>,
    /// How long a new image stays PROCESSING before it is READY, as on the real store.
    pub media_processing: Duration,
    /// Size of the cost bucket, in points.
    pub bucket_size: u32,
    /// Points restored per second.
    pub restore_rate: u32,
    /// With what webhooks are signed: the app's client secret.
    pub client_secret: String,
    /// Where the app's own configuration subscribes to every topic that the sandbox tells, on this
    /// machine; what `webhookSubscriptionCreate` adds comes on top.
    pub webhooks_url: Option<String>,
    /// The clock port.
    pub now: Clock,
}

impl Settings {
    /// Settings of a standard development store on the machine's clock.
    pub fn new(access_token: &str, shop_domain: &str, currency: &str) -> Self {
        Self {
            access_token: access_token.to_owned(),
            read_token: crate::READ_TOKEN.to_owned(),
            shop_domain: shop_domain.to_owned(),
            shop_name: "Sandbox store".to_owned(),
            currency: currency.to_owned(),
            taxes_included: true,
            locations: vec!["Shop location".to_owned()],
            storefront_url: None,
            media_processing: Duration::seconds(1),
            bucket_size: 2000,
            restore_rate: 100,
            client_secret: crate::CLIENT_SECRET.to_owned(),
            webhooks_url: None,
            now: Arc::new(OffsetDateTime::now_utc),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("access_token", &"[redacted]")
            .field("shop_domain", &self.shop_domain)
            .field("currency", &self.currency)
            .finish_non_exhaustive()
    }
}
