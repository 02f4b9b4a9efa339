//! Shopify's webhooks.

mod address;
mod headers;
mod order;
mod said;
mod sign;
mod wire;

use crate::{
    door::{Headers, Request},
    keep::{keep, unset},
    problem::{Kind, Problem},
};
use domain::News;
use headers::Envelope;
use runtime::Env;
use store::news::Accepted;

/// The app's client secret; while it is rotated both, parted by white space: each of them is accepted.
const SECRET: &str = "shopify-webhook-secret";

/// Takes a signed message.
pub(crate) async fn take(env: &Env, request: &Request) -> Result<Accepted, Problem> {
    let secrets = env.secrets().get(SECRET).await.map_err(unset)?;
    let signature = headers::signature(&request.headers);
    if !sign::is_signed(secrets.expose(), &request.body, signature) {
        return Err(Problem::new(Kind::Signature, "the signature is missing or wrong"));
    }
    request.is_json()?;
    told(env, &request.headers, &request.body).await
}

/// Takes a message that is known to be the shop's.
pub(crate) async fn told(env: &Env, headers: &Headers, body: &[u8]) -> Result<Accepted, Problem> {
    let Envelope { id, topic, from, triggered } = Envelope::read(headers)?;
    ours(env.config().shop_url.as_deref(), &from)?;
    let (said, contact) = said::read(&topic, body)?;
    let news = News { id, topic, from, triggered, received: env.clock().now(), said };
    keep(env, &news, contact.as_ref()).await
}

/// Refuses what another shop says. One app, and so one secret, may be installed in several: what is ordered in a shop for
/// trying things out is not bought. The address of the shop's API names it (`https://<shop>.myshopify.com/…`); one
/// that is under no such name cannot tell.
fn ours(url: Option<&str>, from: &str) -> Result<(), Problem> {
    let host = url.and_then(|url| url.strip_prefix("https://")?.split(['/', ':']).next());
    match host.map(str::to_ascii_lowercase).filter(|host| host.ends_with(".myshopify.com")) {
        Some(host) if host != from => {
            Err(Problem::new(Kind::Forbidden, format!("`x-shopify-shop-domain`: this is for `{host}` only")))
        }
        _ => Ok(()),
    }
}
