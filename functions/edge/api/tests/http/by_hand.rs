//! Orders for suppliers without an interface: a person orders with the slip, and confirms.

use crate::bench::{Bench, NOON, publish, request};
use domain::{
    Action, Contact, Money, News, Proposal, Record, Role, Status,
    action::{InventoryRestock, OrderFulfill, ProductKey},
    contact::Address,
    news::{ParcelNews, Said},
    order::{ParcelState, Portion},
};
use serde_json::json;
use time::OffsetDateTime;

const OSCAR: (&str, Role) = ("oscar", Role::Operations);

fn fulfill() -> Action {
    OrderFulfill {
        order: "1001".to_owned(),
        customer: "7".to_owned(),
        supplier: "Spocket".to_owned(),
        portions: vec![Portion { line: "99".to_owned(), sku: "lamp".to_owned(), quantity: 2 }],
        cost: Money::eur_cents(1900),
        country: "NL".to_owned(),
    }
    .into()
}

fn restock() -> Action {
    let product = ProductKey { supplier: "Spocket".to_owned(), sku: "lamp".to_owned() };
    InventoryRestock { product, quantity: 47, total: Money::eur_cents(91_650) }.into()
}

/// An order that was allowed, and sent to nobody.
async fn simulated(bench: &Bench, status: Status) -> Record {
    simulated_of(bench, fulfill(), status).await
}

async fn simulated_of(bench: &Bench, action: Action, status: Status) -> Record {
    let proposal = Proposal { action, ..publish(1) };
    let granted = request(proposal, 1).granted(vec!["olivia".into()], NOON).unwrap();
    let sent = status != Status::Simulated;
    let granted = if sent { granted.becomes(Status::Executing, NOON).unwrap() } else { granted };
    let record = granted.noted(status, "by_hand: `Spocket` has no interface", NOON).unwrap();
    bench.keep(&record).await;
    record
}

/// With an address that a spreadsheet would run.
async fn address(bench: &Bench) {
    let some = |text: &str| Some(text.to_owned());
    let shipping = Address {
        name: some("=HYPERLINK(\"x\")"),
        address1: some("Kade 1, \"achter\""),
        city: some("Delft"),
        country: some("NL"),
        ..Address::default()
    };
    let contact = Contact {
        order: "1001".to_owned(),
        customer: "7".to_owned(),
        email: None,
        phone: some("+31 15 1"),
        shipping: Some(shipping),
        billing: None,
        vat_number: None,
        ip: None,
        updated: NOON,
    };
    let (triggered, received) = (OffsetDateTime::UNIX_EPOCH, NOON);
    let (id, topic, from) = ("w1".to_owned(), "orders/create".to_owned(), "shop".to_owned());
    let news = News { id, topic, from, triggered, received, said: Said::Unused };
    bench.env.store().accept(&news, Some(&contact)).await.unwrap();
}

#[tokio::test]
async fn a_slip_is_csv_that_no_spreadsheet_runs_and_only_who_orders_sees_it() {
    let bench = Bench::start().await;
    let record = simulated(&bench, Status::Simulated).await;
    let path = format!("/api/v1/actions/{}/slip", record.proposal.id);
    bench.get(OSCAR, &path).await.problem(404, "not-found");
    address(&bench).await;
    let slip = bench.get(OSCAR, &path).await;
    assert_eq!((slip.status.as_u16(), slip.header("cache-control")), (200, "no-store"));
    let lines: Vec<&str> = slip.text.lines().collect();
    let id = record.proposal.id;
    let wanted = format!("{id},99,lamp,2,\"'=HYPERLINK(\"\"x\"\")\",,\"Kade 1, \"\"achter\"\"\",,,Delft,,NL,'+31 15 1");
    assert_eq!((lines.len(), lines[1]), (2, wanted.as_str()));
    for role in [Role::Finance, Role::Marketing, Role::Support, Role::Auditor, Role::Agent] {
        bench.get(("somebody", role), &path).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn a_confirmation_is_news_once_and_stands_on_the_action() {
    let bench = Bench::start().await;
    let record = simulated(&bench, Status::Simulated).await;
    let path = format!("/api/v1/actions/{}/confirm", record.proposal.id);
    let body = json!({"state": "PLACED", "number": "SP-77"});
    for _ in 0..3 {
        let answer = bench.post(OSCAR, &path, &body).await.with(200);
        assert_eq!((&answer["number"], &answer["order"]), (&json!("SP-77"), &json!("1001")));
    }
    let other = json!({"state": "PLACED", "number": "SP-78"});
    let problem = bench.post(OSCAR, &path, &other).await.problem(409, "state");
    assert_eq!(problem["number"], "SP-77");
    let news = bench.env.store().news(&format!("hand:{}:placed", record.proposal.id)).await.unwrap().unwrap();
    let Said::Parcel(parcel) = news.said else { panic!("{news:?}") };
    assert_eq!((parcel.state, parcel.remote.as_deref()), (Some(ParcelState::Placed), Some("SP-77")));
    let sent = json!({"state": "SHIPPED", "number": "SP-77", "tracking": "3SABC", "carrier": "PostNL"});
    bench.post(OSCAR, &path, &sent).await.with(200);
    let shown = bench.action(&record).await;
    let said: Vec<_> = shown.comments.iter().map(|comment| (comment.account.as_str(), comment.text.as_str())).collect();
    assert_eq!(
        said,
        [("oscar", "ordered by hand: `SP-77` is placed"), ("oscar", "ordered by hand: `SP-77` is shipped")]
    );
}

#[tokio::test]
async fn only_people_confirm_and_only_what_was_sent_to_nobody() {
    let bench = Bench::start().await;
    let record = simulated(&bench, Status::Simulated).await;
    let path = format!("/api/v1/actions/{}/confirm", record.proposal.id);
    let body = json!({"state": "PLACED", "number": "SP-77"});
    for role in [Role::Support, Role::Marketing, Role::Auditor, Role::Agent] {
        bench.post(("somebody", role), &path, &body).await.problem(403, "forbidden");
    }
    for wrong in [
        json!({}),
        json!({"state": "PLACED"}),
        json!({"state": "LOST", "number": "1"}),
        json!({"state": "PLACED", "number": " "}),
    ] {
        let answer = bench.post(OSCAR, &path, &wrong).await;
        assert!(answer.status.is_client_error(), "{wrong}: {}", answer.text);
    }
    let failed = Bench::start().await;
    let sent = simulated(&failed, Status::Failed).await;
    let path = format!("/api/v1/actions/{}/confirm", sent.proposal.id);
    assert_eq!(failed.post(OSCAR, &path, &body).await.problem(409, "state")["state"], "FAILED");
    let page = request(publish(2), 1);
    failed.keep(&page).await;
    failed.post(OSCAR, &format!("/api/v1/actions/{}/confirm", page.proposal.id), &body).await.problem(409, "state");
}

#[tokio::test]
async fn stock_of_our_own_is_ordered_by_hand_to_where_we_keep_it_and_told_to_whoever_keeps_it() {
    let bench = Bench::start().await;
    let record = simulated_of(&bench, restock(), Status::Simulated).await;
    let slip = format!("/api/v1/actions/{}/slip", record.proposal.id);
    bench.get(OSCAR, &slip).await.problem(404, "not-found");
    let home = ("ROYAL_OWN_ADDRESS", "name=Royal;address1=Kade 1;zip=2611 AA;city=Delft;country=NL");
    let bench = Bench::with(&[home]).await;
    let record = simulated_of(&bench, restock(), Status::Simulated).await;
    let id = record.proposal.id;
    let told = bench.get(OSCAR, &format!("/api/v1/actions/{id}/slip")).await;
    let wanted = format!("{id},stock,lamp,47,Royal,,Kade 1,,2611 AA,Delft,,NL,");
    assert_eq!(told.text.lines().nth(1), Some(wanted.as_str()));
    let body = json!({"state": "PLACED", "number": "SP-79"});
    let answer = bench.post(OSCAR, &format!("/api/v1/actions/{id}/confirm"), &body).await.with(200);
    assert_eq!((&answer["number"], answer.get("order")), (&json!("SP-79"), None));
    let news = bench.env.store().news(&format!("hand:{id}:placed")).await.unwrap().unwrap();
    assert_eq!(news.topic, ParcelNews::RESTOCK);
    let Said::Parcel(parcel) = news.said else { panic!("{news:?}") };
    assert_eq!((parcel.number, parcel.supplier.as_str()), (id.to_string(), "Spocket"));
}
