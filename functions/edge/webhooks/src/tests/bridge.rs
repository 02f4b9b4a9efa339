use super::Bench;
use domain::news::Said;
use runtime::Failure;
use serde_json::{Value, json};

const ID: &str = "545ebdd4-b7be-4d3d-b14e-54aa78e0e0f9";

pub(super) fn envelope() -> Value {
    let text = include_str!("../../../../../events/eventbridge/shopify.json");
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn a_message_of_the_bus_is_kept_like_one_of_http_whatever_the_case_of_its_keys() {
    let bench = Bench::start().await;
    bench.invoke(envelope()).await.unwrap();
    let said = Said::Product { product: "788032119674292922".into(), deleted: false };
    assert_eq!(bench.news(ID).await.unwrap().said, said);
    let mut shouting = envelope();
    let metadata = shouting["detail"]["metadata"].as_object().unwrap().clone();
    let loud = metadata.into_iter().map(|(name, value)| (name.to_uppercase(), value));
    shouting["detail"]["metadata"] = Value::Object(loud.collect());
    bench.invoke(shouting).await.unwrap();
    let odd = json!({ "x-shopify-WEBHOOK-id": "odd" });
    let mut other = envelope();
    let metadata = other["detail"]["metadata"].as_object_mut().unwrap();
    metadata.remove("X-Shopify-Webhook-Id");
    metadata.extend(odd.as_object().unwrap().clone());
    bench.invoke(other).await.unwrap();
    assert!(bench.news("odd").await.is_some());
}

#[tokio::test]
async fn amounts_of_the_bus_are_exact() {
    let bench = Bench::start().await;
    let mut event = envelope();
    event["detail"]["payload"] = serde_json::from_slice(&super::sample("refunds/create")).unwrap();
    event["detail"]["metadata"]["X-Shopify-Topic"] = json!("refunds/create");
    bench.invoke(event).await.unwrap();
    let Said::Refund(refund) = bench.news(ID).await.unwrap().said else { panic!() };
    assert_eq!(refund.lines[0].subtotal.amount().to_string(), "89.99");
    assert_eq!(refund.order, "820982911946154508");
}

#[tokio::test]
async fn what_is_not_the_shops_or_cannot_be_read_goes_to_a_person() {
    let bench = Bench::start().await;
    let mut foreign = envelope();
    foreign["source"] = json!("my.own.source");
    let mut hollow = envelope();
    hollow["detail"] = json!({});
    let mut nameless = envelope();
    nameless["detail"]["metadata"].as_object_mut().unwrap().remove("X-Shopify-Webhook-Id");
    for event in [foreign, hollow, nameless] {
        assert!(matches!(bench.invoke(event).await, Err(Failure::Reject(_))));
    }
    assert!(bench.news(ID).await.is_none());
}
