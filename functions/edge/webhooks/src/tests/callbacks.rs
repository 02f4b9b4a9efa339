//! The suppliers' door.

use super::{Bench, Message, signed};
use domain::news::Said;
use serde_json::json;

const OPEN_ID: &str = "an-open-id";

fn message(signature: Option<&str>) -> Message {
    let body = json!({
        "messageId": "m-1", "type": "ORDER",
        "params": { "orderNumber": "019a", "cjOrderId": "77", "orderStatus": "SHIPPED", "trackNumber": "CJ1" },
    });
    let message = Message::new("none", "none", body.to_string().as_bytes());
    Message { path: "/suppliers/cj", ..message }.with("sign", signature)
}

#[tokio::test]
async fn a_supplier_is_heard_once_and_only_where_it_signed() {
    let bench = Bench::with(&[("cj-open-id", OPEN_ID)]).await;
    for wrong in [None, Some("AAAA")] {
        assert_eq!(bench.send(&message(wrong)).await.0, 401);
    }
    let signature = signed(OPEN_ID, &message(None).body);
    for kept in ["new", "before"] {
        assert_eq!(bench.send(&message(Some(&signature))).await, (200, json!({ "kept": kept })));
    }
    let news = bench.news("cj:m-1").await.unwrap();
    let Said::Parcel(parcel) = news.said else { panic!("{news:?}") };
    assert_eq!((parcel.supplier.as_str(), parcel.number.as_str()), ("cj", "019a"));
    assert_eq!((news.from.as_str(), news.topic.as_str()), ("supplier:cj", "order"));
}

#[tokio::test]
async fn a_supplier_that_is_not_set_up_tries_again() {
    let bench = Bench::start().await;
    assert_eq!(bench.send(&message(Some("AAAA"))).await.0, 503);
}
