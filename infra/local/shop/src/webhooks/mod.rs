//! Webhooks: subscriptions, and what is told to subscribers on this machine.
//!
//! A change queues its deliveries in its own transaction; `deliver` posts them afterwards, signed
//! and retried as the live shop does. Nothing is ever sent to another machine.

pub(crate) mod deliver;
pub(crate) mod emit;
mod sign;

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::inputs::{self, Input};
use crate::mutation::{Handler, Outcome};
use crate::scalars;
use crate::user_errors::UserErrors;
use serde_json::{Value, json};

pub(crate) const MUTATIONS: [Handler; 1] = [Handler {
    name: "webhookSubscriptionCreate",
    run: create,
    inputs: &[
        "topic",
        "webhookSubscription.uri",
        "webhookSubscription.format",
        "webhookSubscription.filter",
        "webhookSubscription.includeFields",
        "webhookSubscription.metafieldNamespaces",
        "webhookSubscription.name",
    ],
}];

/// The live API names the field after the older `callbackUrl`.
const ADDRESS: &str = "webhookSubscription.callbackUrl";

fn create(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let topic = call.text("topic").unwrap_or_default();
    let input = call.object("webhookSubscription").cloned().unwrap_or_default();
    let uri = inputs::text(&input, "uri").unwrap_or_default().trim();
    let format = inputs::text(&input, "format").unwrap_or("JSON");
    let mut errors = UserErrors::default();
    if let Some(message) = address_problem(uri) {
        errors.add("", ADDRESS, message);
    }
    if uri.starts_with("arn:") && format != "JSON" {
        errors.add("", "webhookSubscription.format", "Format can only be used with format: 'json'");
    }
    let all: Vec<Value> = cx.store.all("webhook")?;
    if all.iter().any(|w| inputs::at(w, "topic") == topic && inputs::at(w, "uri") == uri) {
        errors.add("", ADDRESS, "Address for this topic has already been taken");
    }
    if !errors.is_empty() {
        return Ok(Outcome::refused(json!({ "webhookSubscription": null }), errors));
    }
    let id = cx.store.next_id()?;
    cx.store.put("webhook", &id.to_string(), &view(cx, id, topic, uri, &input))?;
    let link = gid("WebhookSubscription", id);
    Ok(Outcome::applied(json!({ "webhookSubscription": link })))
}

fn view(cx: &Cx<'_>, id: i64, topic: &str, uri: &str, input: &Input) -> Value {
    let list = |name: &str| input.get(name).filter(|v| !v.is_null()).cloned();
    json!({
        "legacyResourceId": id.to_string(),
        "topic": topic,
        "uri": uri,
        "format": inputs::text(input, "format").unwrap_or("JSON"),
        "filter": input.get("filter"),
        "name": input.get("name"),
        "includeFields": list("includeFields").unwrap_or_else(|| json!([])),
        "metafieldNamespaces": list("metafieldNamespaces").unwrap_or_else(|| json!([])),
        "metafields": [],
        "createdAt": cx.stamp(),
        "updatedAt": cx.stamp(),
    })
}

fn address_problem(uri: &str) -> Option<String> {
    if uri.is_empty() {
        return Some("Address can't be blank".into());
    }
    if uri.starts_with("arn:") {
        let bus = uri.starts_with("arn:aws:events:") && uri.contains("::event-source/aws.partner/shopify.com/");
        return (!bus).then(|| "Address is not a valid AWS ARN".into());
    }
    if let Some(rest) = uri.strip_prefix("pubsub://") {
        let named = rest.split_once(':').is_some_and(|(p, t)| !p.is_empty() && !t.is_empty());
        return (!named)
            .then(|| "Address is not a valid GCP pub/sub format. Format should be pubsub://project:topic".into());
    }
    match uri.split_once("://") {
        Some(("https", _)) if scalars::is_web_url(uri) => None,
        Some(("http", _)) if emit::is_here(uri) => None,
        Some((scheme, _)) if scheme != "https" => Some(format!("Address protocol {scheme}:// is not supported")),
        _ => Some("Address is invalid".into()),
    }
}
