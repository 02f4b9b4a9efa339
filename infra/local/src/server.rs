//! The ports that people and the outside use: the API with the issuer, and the sandbox shop.

use crate::{
    handler::Time,
    rehearsal::Rehearsal,
    stack::{Settings, shop_token},
};
use anyhow::{Context as _, Result};
use axum::Router;
use catalog::Catalog;
use issuer::Issuer;
use runtime::{Clock as _, Env};
use std::{io, sync::Arc};
use tokio::{net::TcpListener, task::JoinHandle};

/// Where the sandbox's own port is when it is free to choose.
const LOOPBACK: &str = "127.0.0.1";

/// The servers of a stack.
pub struct Servers {
    api: Option<TcpListener>,
    shop: Option<TcpListener>,
    api_url: String,
    shop_url: String,
    issuer: Option<Arc<Issuer>>,
    rehearsal: Rehearsal,
    running: Vec<JoinHandle<()>>,
}

impl Servers {
    /// Takes the ports, so that their addresses are known before anything is built.
    pub(crate) async fn bind(settings: &Settings) -> Result<Self> {
        let (api, api_url) = listen(settings.port).await?;
        let (shop, shop_url) = listen(settings.shop_port).await?;
        Ok(Self {
            api: Some(api),
            shop: Some(shop),
            api_url,
            shop_url,
            issuer: None,
            rehearsal: Rehearsal::default(),
            running: Vec::new(),
        })
    }

    /// Address of the API.
    #[must_use]
    pub fn api_url(&self) -> String {
        self.api_url.clone()
    }

    /// Address of the sandbox shop.
    #[must_use]
    pub fn shop_url(&self) -> String {
        self.shop_url.clone()
    }

    /// The local issuer, which signs the tokens of sandbox people.
    #[must_use]
    pub const fn issuer(&self) -> Option<&Arc<Issuer>> {
        self.issuer.as_ref()
    }

    /// The steps of this process, for a rehearsed power cut.
    pub(crate) const fn rehearsal(&self) -> &Rehearsal {
        &self.rehearsal
    }

    /// Starts to answer.
    pub(crate) fn serve(
        &mut self,
        settings: &Settings,
        env: &Env,
        (catalog, live): (&Catalog, Router),
        time: &Time,
    ) -> Result<()> {
        let issuer = Issuer::open(&settings.issuer_state, &self.api_url, &env.config().audience)?;
        let clock = time.clone();
        let issuer = Arc::new(issuer.with_clock(move || clock.now()));
        let page = crate::page::router(&settings.page, &self.api_url, &env.config().audience);
        let own = crate::functions::own(env, "api");
        let api = api::router(&own, api::Roster::new(catalog.agents())).merge(issuer.router()).merge(page).merge(live);
        self.issuer = Some(issuer);
        let shop = shop::Shop::open(
            settings.shop_state.as_deref(),
            shop_settings((&self.shop_url, &self.api_url), settings.shop_points, env, time),
        )?;
        self.running.push(background(tell(shop.clone())));
        let (api_port, shop_port) = (self.api.take(), self.shop.take());
        self.running.extend(api_port.map(|port| spawn(port, api)));
        let depot = crate::depots::open(settings.shop_state.as_deref(), env, &self.api_url, time)?;
        self.running.push(background(depot.clone().run()));
        let outside = shop.router().merge(depot.router());
        let shop =
            self.rehearsal.around(outside).merge(crate::letters::router(time)?).merge(crate::registers::router());
        self.running.extend(shop_port.map(|port| spawn(port, shop)));
        Ok(())
    }

    pub(crate) fn stop(&self) {
        self.running.iter().for_each(JoinHandle::abort);
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.stop();
    }
}

fn shop_settings((url, api): (&str, &str), points: Option<u32>, env: &Env, time: &Time) -> shop::Settings {
    let time = time.clone();
    let usual = shop::Settings::new(shop_token(), "royal-sandbox.myshopify.com", &env.config().currency.to_string());
    // A shop of which a location is set as ours has a shelf of its own.
    let shelf = env.config().own.location.iter().map(|_| "Own shelf".to_owned());
    shop::Settings {
        locations: usual.locations.iter().cloned().chain(shelf).collect(),
        storefront_url: Some(url.to_owned()),
        webhooks_url: Some(format!("{api}/webhooks/shopify")),
        now: Arc::new(move || time.now()),
        bucket_size: points.unwrap_or(usual.bucket_size),
        restore_rate: points.unwrap_or(usual.restore_rate),
        ..usual
    }
}

async fn listen(port: u16) -> Result<(TcpListener, String)> {
    let listener = TcpListener::bind((LOOPBACK, port)).await;
    let listener = listener.map_err(|error| taken(port, &error)).context("the stack cannot start")?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

fn taken(port: u16, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => anyhow::anyhow!("port {port} is in use: choose another one with --port"),
        _ => anyhow::anyhow!("port {port} cannot be opened: {error}"),
    }
}

/// Delivers the sandbox shop's webhooks.
async fn tell(shop: shop::Shop) {
    if let Err(error) = shop.deliver().await {
        tracing::error!(%error, "the sandbox shop tells nothing any more");
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the local stack is a server, not a Lambda function: nothing freezes its tasks"
)]
fn background(work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(work)
}

fn spawn(listener: TcpListener, router: Router) -> JoinHandle<()> {
    background(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "a server of the local stack stopped");
        }
    })
}
