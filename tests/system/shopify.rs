//! Faults of the shop, one request at a time.

use crate::{feed::Row, world::World};
use serde_json::{Value, json};

/// More requests than a publication takes.
const MANY: u64 = 100;

/// A fault that meets the `k`th request from now, and none before it.
pub(crate) fn at(k: u64, fault: &Value) -> Value {
    let pass = json!({ "kind": "delay", "times": k - 1 });
    if k == 1 { json!([fault]) } else { json!([pass, fault]) }
}

/// Requests that the executor sends to publish one product.
pub(crate) async fn requests_of_a_publication() -> u64 {
    let world = World::of(&[Row::plain("board")]).await;
    world.shop_faults(&json!({ "kind": "delay", "times": MANY })).await;
    world.scout().await;
    world.settle().await;
    MANY - world.shop_faults_left().await
}
