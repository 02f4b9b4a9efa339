//! What happens when nobody knows whether a notice went out.

use super::bench::{Bench, NOON, request};
use domain::{Record, Status, task::Wake};
use serde_json::{Value, json};
use store::run::Claim;
use time::Duration;

const AGAIN: &str = "This notice may have reached you before";

fn key(request: &Record, channel: &str) -> String {
    format!("{}/asked/{}@{channel}", request.proposal.id, NOON.unix_timestamp())
}

async fn waiting() -> (Bench, Record) {
    let (bench, request) = (Bench::open().await, request());
    bench.keep(&request).await;
    (bench, request)
}

fn says_again(body: &Value) -> bool {
    body.to_string().contains(AGAIN)
}

#[tokio::test]
async fn a_doubtful_sending_is_repeated_once_and_says_so() {
    for (service, channel) in [("sendgrid", "mail"), ("slack", "chat")] {
        let (bench, request) = waiting().await;
        bench.faults(&json!({ "kind": "internal_error_after", "service": service })).await;
        assert_eq!(bench.tell(&request).await, 1, "it has to come again");
        assert_eq!(bench.channel(channel).await, "failing");
        assert_eq!(bench.tell(&request).await, 0);
        assert_eq!(bench.tell(&request).await, 0);
        let sent = bench.sent(service).await;
        assert_eq!(sent.iter().map(says_again).collect::<Vec<_>>(), [false, true]);
        let kept = bench.kept(&key(&request, channel)).await;
        assert_eq!((&kept["state"], &kept["sendings"]), (&json!("sent again"), &json!(2)));
        assert_eq!(bench.channel(channel).await, "on");
        let other = if service == "slack" { "sendgrid" } else { "slack" };
        assert_eq!(bench.sent(other).await.len(), 1, "the other channel is not kept waiting, and not repeated");
    }
}

#[tokio::test]
async fn after_a_second_doubt_it_is_not_sent_again() {
    let (bench, request) = waiting().await;
    bench.faults(&json!({ "kind": "dropped_after", "service": "sendgrid", "times": 3 })).await;
    assert_eq!(bench.tell(&request).await, 1);
    for _ in 0..3 {
        assert_eq!(bench.tell(&request).await, 0);
    }
    assert_eq!(bench.sent("sendgrid").await.len(), 2);
    assert_eq!(bench.kept(&key(&request, "mail")).await["state"], "in doubt");
}

#[tokio::test]
async fn what_was_certainly_not_sent_does_not_count() {
    let (bench, request) = waiting().await;
    for kind in ["denied", "too_many_requests", "denied"] {
        bench.faults(&json!({ "kind": kind, "service": "sendgrid", "times": 3 })).await;
        assert_eq!(bench.tell(&request).await, 1, "{kind}");
    }
    assert_eq!(bench.tell(&request).await, 0);
    let sent = bench.sent("sendgrid").await;
    assert_eq!(sent.iter().map(says_again).collect::<Vec<_>>(), [false]);
}

#[tokio::test]
async fn a_process_that_dies_with_a_notice_in_hand_leaves_a_doubt() {
    let (bench, request) = waiting().await;
    let mail = key(&request, "mail");
    for sendings in 0..3 {
        let store = bench.env.store();
        let now = NOON + Duration::minutes(2 * sendings);
        let turn = format!("dies-{sendings}");
        let claim = store.claim(("notify", &mail), (&mail, &turn), (now, now + Duration::minutes(1))).await.unwrap();
        assert!(matches!(claim, Claim::Ours(_)));
        let wake = Wake::Action { action: request.proposal.id, status: Status::Pending };
        assert_eq!(bench.deliver(&[wake]).await, 1, "somebody may still be at it");
        assert_eq!(bench.sent("sendgrid").await.len(), 0);
        bench.pass(Duration::minutes(2));
        if sendings == 0 {
            assert_sent_again(&request).await;
        }
    }
    assert_eq!(bench.tell(&request).await, 0);
    assert_eq!(bench.sent("sendgrid").await.len(), 0, "begun three times: it does not go out any more");
    assert_eq!(bench.kept(&mail).await["state"], "in doubt");
}

/// The same after one death.
async fn assert_sent_again(request: &Record) {
    let bench = Bench::open().await;
    bench.keep(request).await;
    let mail = key(request, "mail");
    let until = NOON + Duration::minutes(1);
    bench.env.store().claim(("notify", &mail), (&mail, "dies"), (NOON, until)).await.unwrap();
    bench.pass(Duration::minutes(2));
    assert_eq!(bench.tell(request).await, 0);
    let sent = bench.sent("sendgrid").await;
    assert_eq!(sent.iter().map(says_again).collect::<Vec<_>>(), [true]);
}
