//! Shoppers of the sandbox: invented people who buy what is on sale, so that whoever watches sees orders flow.

use runtime::Clock;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// How often they look whether there is anything on sale yet.
const LOOK: Duration = Duration::from_secs(3);
const MINUTE: Duration = Duration::from_secs(60);
/// Things that somebody puts on the shop's own shelf as soon as they are on sale, and units of each: few, so that what
/// becomes of stock of our own is seen.
const SHELVED: usize = 2;
const UNITS: u32 = 3;

/// Has `a_minute` orders placed in the shop at `shop`, from the first product on sale; none where that is 0.
pub(crate) async fn buy(shop: &str, a_minute: u32, clock: Arc<dyn Clock>) {
    let Some(pause) = MINUTE.checked_div(a_minute) else {
        return std::future::pending().await;
    };
    let mut shelved = 0;
    loop {
        if shelved < SHELVED && post(shop, "shelf", json!({ "available": UNITS })).await {
            shelved += 1;
        }
        let bought = one(shop, clock.now().unix_timestamp()).await;
        tokio::time::sleep(if bought { pause } else { LOOK.min(pause) }).await;
    }
}

/// Whether somebody found something to buy.
async fn one(shop: &str, seed: i64) -> bool {
    post(shop, "orders", json!({ "seed": seed })).await
}

/// Whether the sandbox did what it was asked for.
async fn post(shop: &str, what: &str, body: Value) -> bool {
    let Ok(http) = runtime::http::client() else { return false };
    let sent = http.post(format!("{shop}/sandbox/{what}")).json(&body).send().await;
    sent.is_ok_and(|answer| answer.status().is_success())
}
