//! What is sent is what the services take, and the sandbox would have noticed if it were not.

use super::bench::{Bench, KEY, WEBHOOK, notice};
use crate::{Channel as _, Chat, Mail, Receipt};
use serde_json::{Value, json};

#[tokio::test]
async fn a_mail_is_taken_and_goes_to_everybody_apart() {
    let bench = Bench::open().await;
    let receipt = Mail::new(&bench.env).send(&notice("Sell the mug")).await.unwrap();
    assert_eq!(receipt, Receipt { id: Some("sandbox-1".to_owned()) });
    let (sent, refused) = bench.sent().await;
    assert_eq!((sent.len(), refused.len()), (1, 0));
    let to: Vec<&str> =
        sent[0]["personalizations"].as_array().unwrap().iter().map(|p| p["to"][0]["email"].as_str().unwrap()).collect();
    assert_eq!(to, ["ann@shop.example", "bob@shop.example", "fin@shop.example"]);
    let text = sent[0]["content"][0]["value"].as_str().unwrap();
    assert_eq!(sent[0]["content"][0]["type"], "text/plain");
    let link = text.lines().filter(|line| line.contains("://")).collect::<Vec<_>>();
    assert_eq!(link.len(), 1, "{text}");
    assert!(link[0].starts_with("https://desk.example/inbox/"), "{text}");
}

#[tokio::test]
async fn a_chat_message_is_taken() {
    let bench = Bench::open().await;
    Chat::new(&bench.env).send(&notice("Sell the mug")).await.unwrap();
    let (sent, refused) = bench.sent().await;
    assert_eq!((sent.len(), refused.len()), (1, 0));
    assert_eq!((&sent[0]["unfurl_links"], &sent[0]["unfurl_media"]), (&json!(false), &json!(false)));
}

/// The body with one thing wrong.
fn corrupted(body: &Value, path: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
    body
}

#[tokio::test]
async fn a_corrupted_mail_is_refused() {
    let bench = Bench::open().await;
    Mail::new(&bench.env).send(&notice("Sell the mug")).await.unwrap();
    let good = bench.sent().await.0.remove(0);
    let mut on_top = good.clone();
    on_top["custom_args"] = json!({ "notice": "an object where the schema has a text" });
    let twice = json!([{ "email": "ann@shop.example" }, { "email": "ANN@shop.example" }]);
    let cases = [
        corrupted(&good, "/personalizations", json!([])),
        corrupted(&good, "/personalizations/0/to", json!([])),
        corrupted(&good, "/personalizations/0/to", twice),
        corrupted(&good, "/personalizations/0/to/0/email", json!("ann")),
        corrupted(&good, "/personalizations/0", json!({ "subject": "to nobody" })),
        corrupted(&good, "/from", json!("royal@shop.example")),
        corrupted(&good, "/from/email", Value::Null),
        corrupted(&good, "/subject", json!("")),
        corrupted(&good, "/subject", Value::Null),
        corrupted(&good, "/content", json!([])),
        corrupted(&good, "/content/0/value", json!("")),
        corrupted(&good, "/categories", json!(["royal-notice", "royal-notice"])),
        corrupted(&good, "/tracking_settings/open_tracking/enable", json!("no")),
        on_top,
    ];
    for case in cases {
        assert_eq!(bench.post("/v3/mail/send", &case).await, 400, "{case:#}");
    }
    assert_eq!(bench.post("/v3/mail/send", &good).await, 202);
    assert_eq!(bench.sent().await.0.len(), 2);
}

#[tokio::test]
async fn a_corrupted_chat_message_is_refused() {
    let bench = Bench::open().await;
    Chat::new(&bench.env).send(&notice("Sell the mug")).await.unwrap();
    let good = bench.sent().await.0.remove(0);
    let block = &good["blocks"][1];
    let cases = [
        json!({}),
        json!([]),
        corrupted(&good, "/text", json!(1)),
        corrupted(&good, "/blocks/0/text/text", json!("x".repeat(151))),
        corrupted(&good, "/blocks/0/text/type", json!("mrkdwn")),
        corrupted(&good, "/blocks/1/text/text", json!("x".repeat(3001))),
        corrupted(&good, "/blocks/1/text/text", json!("")),
        corrupted(&good, "/blocks/1/text", json!("text")),
        corrupted(&good, "/blocks/1/type", json!("paragraph")),
        corrupted(&good, "/blocks", json!(vec![block; 51])),
    ];
    for case in cases {
        assert_eq!(bench.post(WEBHOOK, &case).await, 400, "{case:#}");
    }
    assert_eq!(bench.post("/services/T000/B000/guessed", &good).await, 404);
    assert_eq!(bench.post(WEBHOOK, &good).await, 200);
}

#[tokio::test]
async fn whoever_has_no_key_sends_nothing() {
    let bench = Bench::open().await;
    Mail::new(&bench.env).send(&notice("Sell the mug")).await.unwrap();
    let good = bench.sent().await.0.remove(0);
    for key in ["", "SG.other", &KEY[..5]] {
        let request = bench.env.http().post(format!("{}/v3/mail/send", bench.url)).bearer_auth(key).json(&good);
        assert_eq!(request.send().await.unwrap().status(), 401, "{key}");
    }
}
