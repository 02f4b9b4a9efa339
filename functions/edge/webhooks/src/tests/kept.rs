use super::{Bench, Message, SECRET, old, sample, samples, signed};
use domain::{Money, news::Said, order::Payment};
use serde_json::{Value, json};

const ORDER: &str = "820982911946154508";
const CUSTOMER: &str = "115310627314723954";

fn personal() -> [&'static str; 6] {
    ["jon@example.com", "Steve", "Shipper", "123 Shipping Street", "555-555-SHIP", "40003"]
}

type Change = fn(&mut Value);

/// The sample of an order with some members changed.
fn order(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut body: Value = serde_json::from_slice(&sample("orders/create")).unwrap();
    change(&mut body);
    serde_json::to_vec(&body).unwrap()
}

#[tokio::test]
async fn every_official_sample_is_taken_once_and_a_replay_meets_itself() {
    let bench = Bench::start().await;
    let samples = samples();
    assert!(samples.len() >= 28, "{}", samples.len());
    for (topic, body) in &samples {
        let id = format!("id-of-{}", topic.replace('/', "-"));
        let message = Message::new(&id, topic, body);
        assert_eq!(bench.send(&message).await, (200, json!({ "kept": "new" })), "{topic}");
        assert_eq!(bench.send(&message).await, (200, json!({ "kept": "before" })), "{topic}");
        let news = bench.news(&id).await.unwrap();
        assert_eq!((&news.topic, news.from.as_str()), (topic, "acme.myshopify.com"));
        assert_eq!(news.triggered, time::macros::datetime!(2026-11-20 11:59:59.123456 UTC));
    }
}

#[tokio::test]
async fn what_is_used_of_each_topic_is_kept() {
    let bench = Bench::start().await;
    let changed = || Said::OrderChanged { order: ORDER.into() };
    let listed = |ids: [&str; 3]| ids.map(str::to_owned).to_vec();
    let cases = [
        ("orders/delete", changed()),
        ("fulfillments/create", changed()),
        ("fulfillments/update", changed()),
        ("orders/risk_assessment_changed", Said::Unused),
        ("products/create", Said::Product { product: "788032119674292922".into(), deleted: false }),
        ("products/delete", Said::Product { product: "788032119674292922".into(), deleted: true }),
        (
            "inventory_levels/update",
            Said::Stock { item: "271878346596884015".into(), location: "24826418".into(), available: Some(7) },
        ),
        (
            "customers/data_request",
            Said::DataRequest { customer: "191167".into(), orders: listed(["299938", "280263", "220458"]) },
        ),
        (
            "customers/redact",
            Said::Redact { customer: Some("191167".into()), orders: listed(["299938", "280263", "220458"]) },
        ),
        ("shop/redact", Said::RedactShop),
        ("customers/create", Said::Unused),
        ("locations/create", Said::Unused),
    ];
    for (topic, said) in cases {
        let id = topic.replace('/', "-");
        assert_eq!(bench.send(&Message::new(&id, topic, &sample(topic))).await.0, 200, "{topic}");
        assert_eq!(bench.news(&id).await.unwrap().said, said, "{topic}");
    }
    let body = sample("customers/data_request");
    assert_eq!(bench.send(&Message::new("new", "planets/discovered", &body)).await.0, 200);
    assert_eq!(bench.news("new").await.unwrap().said, Said::Unused, "nobody uses it, and it is on record that it came");
    assert!(!bench.everything().await.contains("john@example.com"), "nothing personal is kept of it");
}

#[tokio::test]
async fn an_order_is_kept_exactly_and_its_personal_part_apart() {
    let bench = Bench::start().await;
    assert_eq!(bench.send(&Message::new("one", "orders/create", &sample("orders/create"))).await.0, 200);
    let news = bench.news("one").await.unwrap();
    let row = serde_json::to_string(&news).unwrap();
    for word in personal() {
        assert!(!row.contains(word), "`{word}` is in the message");
    }
    let Said::Order(order) = news.said else { panic!("{row}") };
    assert_eq!((order.order.as_str(), order.customer.as_str(), order.name.as_str()), (ORDER, CUSTOMER, "#9999"));
    assert_eq!((order.payment, order.country.as_deref()), (Payment::Voided, Some("US")));
    let usd = |text: &str| Money::parse(text, "USD".parse().unwrap()).unwrap();
    assert_eq!((&order.totals.total, &order.totals.shipping), (&usd("414.95"), &usd("0.00")));
    assert_eq!((order.lines[0].id.as_str(), &order.lines[0].price), ("487817672276298554", &usd("89.99")));
    let contact = bench.contact(CUSTOMER, ORDER).await.unwrap();
    assert_eq!(contact.email.as_deref(), Some("jon@example.com"));
    assert_eq!(contact.shipping.unwrap().address1.as_deref(), Some("123 Shipping Street"));
}

#[tokio::test]
async fn a_refund_whose_amounts_are_numbers_is_exact() {
    let bench = Bench::start().await;
    assert_eq!(bench.send(&Message::new("one", "refunds/create", &sample("refunds/create"))).await.0, 200);
    let Said::Refund(refund) = bench.news("one").await.unwrap().said else { panic!() };
    let usd = |text: &str| Money::parse(text, "USD".parse().unwrap()).unwrap();
    assert_eq!((refund.order.as_str(), &refund.amount), (ORDER, &usd("89.99")));
    assert_eq!((&refund.lines[0].subtotal, &refund.lines[0].tax), (&usd("89.99"), &usd("0.00")));
}

#[tokio::test]
async fn what_cannot_be_read_exactly_is_read_from_the_shop() {
    let bench = Bench::start().await;
    let cases: [(&str, Change); 4] = [
        ("a state that nobody knows", |body| body["financial_status"] = json!("quantum")),
        ("an amount of parts of a cent", |body| body["current_total_price"] = json!("1.005")),
        ("a currency that nobody knows", |body| body["currency"] = json!("XXY")),
        ("no lines", |body| body["line_items"] = Value::Null),
    ];
    for (what, change) in cases {
        assert_eq!(
            bench.send(&Message::new(what.replace(' ', "-").as_str(), "orders/create", &order(change))).await.0,
            200
        );
        let said = bench.news(&what.replace(' ', "-")).await.unwrap().said;
        assert_eq!(said, Said::OrderChanged { order: ORDER.into() }, "{what}");
    }
}

#[tokio::test]
async fn during_a_rotation_both_secrets_are_accepted_in_either_family_of_headers() {
    let bench = Bench::start().await;
    let body = sample("orders/create");
    let older =
        Message::new("older", "orders/create", &body).with("x-shopify-hmac-sha256", Some(&signed(old(), &body)));
    assert_eq!(bench.send(&older).await.0, 200);
    let mut plain = Message::new("plain", "orders/create", &body);
    for (name, _) in &mut plain.headers {
        *name = name.replace("x-shopify-", "Shopify-");
    }
    assert_eq!(bench.send(&plain).await.0, 200);
    let mut loud = Message::new("loud", "orders/create", &body);
    loud.headers.iter_mut().for_each(|(name, _)| *name = name.to_uppercase());
    loud.encoded = true;
    assert_eq!(bench.send(&loud).await.0, 200);
    assert_eq!(signed("test_secret_key", br#"{"foo": "bar"}"#), "B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=");
    assert_ne!(SECRET, old());
}

#[tokio::test]
async fn two_messages_of_one_action_are_both_kept_and_a_late_one_changes_no_address() {
    let bench = Bench::start().await;
    let at = |moment: &'static str, street: &'static str| {
        order(move |body| {
            body["updated_at"] = json!(moment);
            body["shipping_address"]["address1"] = json!(street);
        })
    };
    let newer = at("2026-11-20T10:00:00Z", "2 New Road");
    let older = at("2026-11-20T09:00:00Z", "1 Old Road");
    // the event id is the same: it is no key
    for (id, topic, body) in
        [("a", "orders/updated", &newer), ("b", "orders/create", &older), ("c", "orders/paid", &older)]
    {
        assert_eq!(bench.send(&Message::new(id, topic, body)).await, (200, json!({ "kept": "new" })), "{id}");
        assert!(matches!(bench.news(id).await.unwrap().said, Said::Order(_)));
    }
    let street = bench.contact(CUSTOMER, ORDER).await.unwrap().shipping.unwrap().address1;
    assert_eq!(street.as_deref(), Some("2 New Road"));
}

#[tokio::test]
async fn a_card_number_in_any_text_goes_no_further_than_the_edge() {
    let bench = Bench::start().await;
    let body = order(|body| {
        body["line_items"][0]["title"] = json!("Mug for 4111 1111 1111 1111");
        body["shipping_address"]["address2"] = json!("card 5555-5555-5555-4444");
        body["note"] = json!("pay with 4111111111111111");
        body["note_attributes"] = json!([{ "name": "VAT number", "value": "378282246310005" }]);
    });
    assert_eq!(bench.send(&Message::new("one", "orders/create", &body)).await.0, 200);
    let everything = bench.everything().await;
    for card in ["4111 1111 1111 1111", "5555-5555-5555-4444", "4111111111111111", "378282246310005"] {
        assert!(!everything.contains(card), "{card}");
    }
    assert!(everything.contains("Mug for [card]"));
    assert!(everything.contains(ORDER), "ids are no cards");
}

#[tokio::test]
async fn a_guest_has_a_partition_of_the_order() {
    let bench = Bench::start().await;
    let body = order(|body| body["customer"] = Value::Null);
    assert_eq!(bench.send(&Message::new("one", "orders/create", &body)).await.0, 200);
    assert!(bench.contact(&format!("guest-{ORDER}"), ORDER).await.is_some());
}
