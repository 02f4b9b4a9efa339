//! What must hold at the end of every run, whatever happened on the way.

use crate::world::World;
use serde_json::{Value, json};

/// Mutations of the shop that are effects of a publication; each may happen once for one product.
const ONCE: [&str; 3] = ["productSet", "productUpdate", "publishablePublish"];

/// What a run came to, and proof that its record is whole.
pub(crate) async fn ending(world: &World) -> Value {
    let table = world.table().await;
    assert_eq!(table.broken_chains(), Vec::<String>::new(), "every change is on record");
    assert_eq!(table.leftovers(), Vec::<String>::new(), "nothing is left in hand");
    let shop = world.shop().await;
    for (id, effects) in shop["effects"].as_object().unwrap() {
        for effect in ONCE {
            assert!(effects[effect].as_u64().unwrap_or(0) <= 1, "{effect} of {id}: {shop:#}");
        }
    }
    json!({ "ledger": table.ledger(), "shop": shown(&shop) })
}

/// Whether the only journey is at its good end and nothing is left to do.
pub(crate) fn is_published(world: &World) -> bool {
    world.mirror.count("JOURNEY", "PUBLISHED") == 1 && world.mirror.is_at_rest()
}

/// What shoppers see, and how often it was made.
fn shown(shop: &Value) -> Value {
    let products = shop["products"].as_array().unwrap().iter();
    let mut products: Vec<Value> =
        products.map(|p| json!([p["title"], p["status"], p["published"], p["price"], p["effects"]])).collect();
    products.sort_by_key(Value::to_string);
    json!(products)
}
