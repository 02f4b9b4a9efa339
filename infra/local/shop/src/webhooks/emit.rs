//! Queues what a change is told under.

use super::deliver::Delivery;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::inputs;
use serde_json::Value;
use uuid::Uuid;

/// Whether anybody listens, so that nothing is written down for nobody.
pub(crate) fn wanted(cx: &Cx<'_>) -> Result<bool, Fail> {
    Ok(cx.settings.webhooks_url.is_some() || !cx.store.ids("webhook")?.is_empty())
}

/// Queues the deliveries of a topic, in the transaction that is open.
pub(crate) fn emit(cx: &Cx<'_>, topic: &str, resource: i64, body: &Value) -> Result<(), Fail> {
    for (uri, fields) in subscribers(cx, topic)? {
        let id = cx.store.next_id()?;
        let moment = cx.now.unix_timestamp_nanos();
        let delivery = Delivery {
            id,
            topic: topic.to_owned(),
            uri,
            body: chosen(body, &fields).to_string(),
            webhook_id: unique(cx, &format!("{id}/{topic}/{moment}")),
            event_id: unique(cx, &format!("{resource}/{moment}")),
            triggered_at: cx.now,
            attempts: 0,
            due_ms: Delivery::millis(cx.now),
            late: false,
        };
        delivery.keep(cx.store)?;
    }
    Ok(())
}

fn unique(cx: &Cx<'_>, name: &str) -> String {
    let shop = Uuid::new_v5(&Uuid::NAMESPACE_DNS, cx.settings.shop_domain.as_bytes());
    Uuid::new_v5(&shop, name.as_bytes()).to_string()
}

/// Where a topic goes, with the fields of each subscription that names some.
fn subscribers(cx: &Cx<'_>, topic: &str) -> Result<Vec<(String, Vec<String>)>, Fail> {
    let mut found: Vec<_> = cx.settings.webhooks_url.iter().map(|url| (url.clone(), Vec::new())).collect();
    let name = topic.replace('/', "_").to_uppercase();
    for made in cx.store.all::<Value>("webhook")? {
        let uri = inputs::at(&made, "uri").as_str().unwrap_or_default();
        if inputs::at(&made, "topic") == name.as_str() && is_here(uri) {
            let fields = inputs::at(&made, "includeFields").as_array().cloned().unwrap_or_default();
            let fields = fields.iter().filter_map(Value::as_str).map(str::to_owned);
            found.push((uri.to_owned(), fields.collect()));
        }
    }
    Ok(found)
}

fn chosen(body: &Value, fields: &[String]) -> Value {
    match body.as_object().filter(|_| !fields.is_empty()) {
        Some(all) => Value::Object(all.clone().into_iter().filter(|(name, _)| fields.contains(name)).collect()),
        None => body.clone(),
    }
}

/// Whether an address leads to this machine.
pub(crate) fn is_here(uri: &str) -> bool {
    let host = uri.parse::<axum::http::Uri>().ok().and_then(|u| u.host().map(str::to_owned));
    matches!(host.as_deref(), Some("127.0.0.1" | "localhost" | "[::1]"))
}
