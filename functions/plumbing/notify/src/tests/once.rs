//! Each notice once in each channel.

use super::bench::{Bench, NOON, record, request};
use domain::{Actor, Control, Record, Role, Status, Tier, audit::Entry, control::Stop, task::Wake};
use serde_json::json;
use store::Row;
use time::Duration;

#[tokio::test]
async fn a_message_that_comes_ten_times_is_one_mail_and_one_chat_message() {
    let mut bench = Bench::open().await;
    let request = request();
    bench.keep(&request).await;
    let wake = Wake::Action { action: request.proposal.id, status: Status::Pending };
    bench.deliver(&vec![wake.clone(); 5]).await;
    for _ in 0..3 {
        bench.deliver(std::slice::from_ref(&wake)).await;
    }
    bench.restart();
    assert_eq!(bench.deliver(&vec![wake.clone(); 2]).await, 0);
    assert_eq!((bench.sent("sendgrid").await.len(), bench.sent("slack").await.len()), (1, 1));
    let key = format!("{}/asked/{}", request.proposal.id, NOON.unix_timestamp());
    let kept = bench.kept(&format!("{key}@mail")).await;
    assert_eq!(kept, json!({ "state": "sent", "id": "sandbox-1", "why": null, "sendings": 1 }));
    assert_eq!(bench.kept(&format!("{key}@chat")).await["state"], "sent");
}

#[tokio::test]
async fn what_has_moved_on_is_not_told_of() {
    let bench = Bench::open().await;
    let request = request();
    bench.keep(&request).await;
    for status in [Status::Executed, Status::Expired, Status::Failed, Status::Unknown] {
        let late = Wake::Action { action: request.proposal.id, status };
        assert_eq!(bench.deliver(&[late]).await, 0, "{status}");
    }
    assert_eq!(bench.mail().await, Vec::<String>::new());
    let nonsense = Wake::Stopped { journey: domain::JourneyId::of("x") };
    assert_eq!(bench.deliver(&[nonsense]).await, 1, "goes to the dead letters");
}

#[tokio::test]
async fn a_missing_credential_silences_its_channel_alone_and_shows() {
    let bench = Bench::with(&["slack-webhook"]).await;
    let request = request();
    bench.keep(&request).await;
    assert_eq!(bench.tell(&request).await, 0, "nothing to try again");
    assert_eq!((bench.sent("sendgrid").await.len(), bench.sent("slack").await.len()), (0, 1));
    assert_eq!((bench.channel("mail").await, bench.channel("chat").await), ("off".to_owned(), "on".to_owned()));
    let fact = bench.env.store().fact("channel:mail").await.unwrap().unwrap();
    assert!(fact.fields["why"].contains("`sendgrid-key`"), "{fact:?}");
}

#[tokio::test]
async fn a_deadline_that_comes_near_and_a_request_that_is_passed_on_are_told_of_once() {
    let mut bench = Bench::open().await;
    let request = request();
    bench.keep(&request).await;
    bench.sweep().await;
    assert_eq!(bench.mail().await, Vec::<String>::new());
    bench.pass(Duration::hours(18));
    for _ in 0..2 {
        assert_eq!(bench.sweep().await, 0);
        bench.restart();
    }
    let mail = bench.mail().await;
    assert!(mail.len() == 1 && mail[0].starts_with("Approval needed soon: "), "{mail:?}");
    escalate(&bench, &request).await;
    for _ in 0..2 {
        assert_eq!(bench.sweep().await, 0);
    }
    let mail = bench.mail().await;
    assert!(mail.len() == 2 && mail[1].starts_with("Approval still needed, now from you too: "), "{mail:?}");
}

async fn escalate(bench: &Bench, request: &Record) {
    let row: Row<Record> = bench.env.store().get(&request.proposal.id.to_string()).await.unwrap().unwrap();
    let mut next = row.value.clone();
    next.approval = next.approval.map(|mut approval| {
        approval.escalation = vec![Role::Operations];
        approval.escalate(NOON + Duration::hours(20))
    });
    let mut tx = bench.env.store().tx(NOON);
    tx.update(&row, &next, Entry::new(Actor::Function("clock".into()), "escalated", "PENDING")).unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn everybody_hears_of_the_stop_switch_with_who_and_why() {
    let bench = Bench::open().await;
    let stop = Stop { by: "ann@shop.example".into(), reason: "prices look wrong".into(), at: NOON };
    let stopped = Control { stops: [("all".parse().unwrap(), stop)].into() };
    let said = |what: &str, reasons: &[&str]| {
        Entry::new(Actor::Person("ann@shop.example".into()), what, "-").because(reasons.iter().copied())
    };
    let store = bench.env.store();
    let mut tx = store.tx(NOON);
    tx.create(&stopped, said("stopped", &["all", "prices look wrong"])).unwrap();
    tx.commit().await.unwrap();
    let row = store.control().await.unwrap().unwrap();
    let mut tx = store.tx(NOON);
    tx.update(&row, &Control::default(), said("resumed", &["all"])).unwrap();
    tx.commit().await.unwrap();
    for _ in 0..2 {
        assert_eq!(bench.schedule("notify.control").await, 0);
    }
    let mut mail = bench.mail().await;
    mail.sort();
    assert_eq!(mail, ["Stop switch: resumed all", "Stop switch: stopped all"]);
    let bodies = bench.sent("sendgrid").await;
    let stopped = bodies.iter().find(|body| body["subject"] == mail[1]).unwrap();
    let text = stopped["content"][0]["value"].as_str().unwrap();
    assert!(text.contains("By: ann@shop[.]example\nWhy: prices look wrong\n"), "{text}");
}

#[tokio::test]
async fn only_an_executed_action_that_can_be_undone_is_told_of() {
    let bench = Bench::open().await;
    for tier in [Tier::Low, Tier::High, Tier::Ceo] {
        let bench = Bench::open().await;
        let done = record(tier, Status::Executed);
        bench.keep(&done).await;
        assert_eq!(bench.tell(&done).await, 0);
        assert_eq!(bench.mail().await, Vec::<String>::new(), "{tier}");
    }
    let done = record(Tier::Medium, Status::Executed);
    bench.keep(&done).await;
    assert_eq!(bench.tell(&done).await, 0);
    assert_eq!(bench.mail().await.len(), 1);
}
