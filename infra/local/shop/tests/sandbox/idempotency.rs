use crate::inventory::{SET_STOCK, input};
use crate::support::{Store, one, user_errors};
use serde_json::{Value, json};
use shop::{Fault, FaultKind};
use time::Duration;

async fn set(store: &Store, input: &Value, key: &str) -> Value {
    let data = store.data(SET_STOCK, json!({ "input": input, "key": key })).await;
    data["inventorySetQuantities"].clone()
}

#[tokio::test]
async fn the_same_key_and_parameters_answer_the_same_and_apply_once() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let good = input(&store, &lamp, json!(0), 5).await;
    let first = set(&store, &good, "key").await;
    let again = set(&store, &good, "key").await;
    assert_eq!(user_errors(&first), []);
    assert_eq!(first, again);
    assert_eq!(store.effects(0)["inventorySetQuantities"], 1);
    let other = input(&store, &lamp, json!(5), 6).await;
    let refused = set(&store, &other, "key").await;
    assert_eq!(user_errors(&refused), one("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", ""));
    store.advance(Duration::hours(25));
    assert_eq!(user_errors(&set(&store, &other, "key").await), []);
    assert_eq!(store.effects(0)["inventorySetQuantities"], 2);
}

// the paused clock stands still until both requests have been taken in
#[tokio::test(start_paused = true)]
async fn a_key_that_is_being_worked_on_is_refused() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let good = input(&store, &lamp, json!(0), 5).await;
    let slow = Fault { delay_ms: 300, ..Fault::once(FaultKind::Delay) };
    store.shop.faults().add([slow]);
    let (one_answer, other_answer) = tokio::join!(set(&store, &good, "key"), set(&store, &good, "key"));
    // whichever comes first meets the delay and holds the key; the other finds it held
    let refused = |answer: &Value| user_errors(answer) == one("IDEMPOTENCY_CONCURRENT_REQUEST", "");
    assert!(refused(&one_answer) != refused(&other_answer), "{one_answer} {other_answer}");
    let applied = if refused(&one_answer) { other_answer } else { one_answer };
    assert_eq!(user_errors(&applied), []);
    assert_eq!(store.effects(0)["inventorySetQuantities"], 1);
    assert_eq!(set(&store, &good, "key").await, applied);
}

#[tokio::test]
async fn a_retry_after_a_lost_answer_does_not_apply_twice() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let good = input(&store, &lamp, json!(0), 5).await;
    store.shop.faults().add([Fault::once(FaultKind::InternalErrorAfter)]);
    let variables = json!({ "input": good, "key": "key" });
    let (code, answer) = store.refusal(SET_STOCK, variables).await;
    assert_eq!(code, "INTERNAL_SERVER_ERROR");
    assert!(answer.get("data").is_none());
    assert_eq!(user_errors(&set(&store, &good, "key").await), []);
    assert_eq!(store.effects(0)["inventorySetQuantities"], 1);
}

#[tokio::test]
async fn every_mandatory_mutation_refuses_to_run_without_a_key() {
    let store = Store::new();
    let cases = [
        "inventoryActivate(inventoryItemId: \"gid://shopify/InventoryItem/1\", locationId: \"gid://shopify/Location/1\")",
        "locationActivate(locationId: \"gid://shopify/Location/1\")",
        "inventoryTransferDuplicate(id: \"gid://shopify/InventoryTransfer/1\")",
    ];
    for field in cases {
        let bare = format!("mutation {{ {field} {{ __typename }} }}");
        assert_eq!(store.refusal(&bare, json!({})).await.0, "BAD_REQUEST", "{field}");
        let keyed = format!("mutation {{ {field} @idempotent(key: \"k\") {{ __typename }} }}");
        assert_eq!(store.refusal(&keyed, json!({})).await.0, "NOT_SIMULATED", "{field}");
    }
    let refund = "mutation { refundCreate(input: { orderId: \"gid://shopify/Order/1\" }) { __typename } }";
    assert_eq!(store.refusal(refund, json!({})).await.0, "BAD_REQUEST");
}
