//! Orders: in which order they are listed, how one is found, what it waits for, and that nothing in them is personal.

use crate::bench::{Bench, NOON, publish, request};
use domain::{
    Action, ActionId, Actor, Money, Order, Proposal, Record, Role, Status,
    action::{OrderCancel, OrderFulfill, RefundIssue},
    audit::Entry,
    order::{Band, Checked, Evidence, OrderStage, Parcel, ParcelState, Payment, Portion, Tracking},
};
use serde_json::{Value, json};
use time::Duration;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const CUSTOMER: &str = "700";

/// Order number `n`, of one lamp, paid and looked at.
fn order(n: i64, stage: OrderStage) -> Order {
    let eur = |text: &str| json!({ "amount": text, "currency": "EUR" });
    let totals = ["subtotal", "shipping", "tax", "discount", "total", "outstanding"];
    let totals: serde_json::Map<String, Value> =
        totals.map(|name| (name.to_owned(), eur("20.00"))).into_iter().collect();
    let snapshot = json!({
        "order": format!("{}", 9_007_199_254_740_993 + n), "name": format!("#{}", 1000 + n), "customer": CUSTOMER,
        "country": "NL", "payment": "paid", "taxesIncluded": true, "totals": totals,
        "lines": [{ "id": "1", "sku": "lamp", "title": "Lamp <b>", "quantity": 1, "price": eur("20.00"),
            "discount": eur("0.00"), "tax": eur("3.47"), "ships": true }],
        "placed": "2026-11-20T10:00:00Z", "updated": "2026-11-20T10:00:00Z",
    });
    let at = NOON + Duration::seconds(n);
    let evidence = vec![Evidence { code: "first_order".into(), points: 10 }];
    let checked =
        Checked { score: 10, band: Band::Low, evidence, missing: vec![], checks_passed: None, released: false, at };
    Order { stage, checked: Some(checked), updated: at, ..Order::new(serde_json::from_value(snapshot).unwrap(), NOON) }
}

fn parcel(action: ActionId, state: ParcelState) -> Parcel {
    Parcel {
        action,
        supplier: "acme".into(),
        portions: vec![Portion { line: "1".into(), sku: "lamp".into(), quantity: 1 }],
        cost: Money::eur_cents(900),
        state,
        remote: Some("A-1".into()),
        tracking: Some(Tracking { number: "3S1".into(), carrier: Some("PostNL".into()), url: None }),
        announced: None,
        reason: None,
        updated: NOON,
    }
}

fn path(order: &Order) -> String {
    format!("/api/v1/orders/{}", order.id())
}

fn fulfill(order: &Order) -> Action {
    OrderFulfill {
        order: order.id().to_owned(),
        customer: CUSTOMER.into(),
        supplier: "acme".into(),
        portions: order.parcels[0].portions.clone(),
        cost: Money::eur_cents(900),
        country: "NL".into(),
    }
    .into()
}

/// A request to people for `action`, number `n`.
fn asked(n: u32, action: Action) -> Record {
    let (id, at) = (ActionId::at(NOON, "orders", n), NOON + Duration::seconds(n.into()));
    let proposal = Proposal { id, action, premises: vec![], at, ..publish(n) };
    request(proposal, 1)
}

/// Puts an action into the table as the gate does: with its mark, and a link from the customer that it names.
async fn judged(bench: &Bench, record: &Record) {
    let mut tx = bench.env.store().tx(NOON);
    tx.create(record, Entry::new(Actor::Function("gate".into()), "judged", record.status.name())).unwrap();
    tx.open(&record.digest, record.proposal.id, None).unwrap();
    tx.name_customers(record).unwrap();
    tx.commit().await.unwrap();
}

async fn names(bench: &Bench, query: &str) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = bench.get(OLIVIA, &format!("/api/v1/orders?{query}{cursor}")).await.with(200);
        names.extend(page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return names,
        }
    }
}

#[tokio::test]
async fn orders_of_all_stages_come_latest_change_first_each_once_whatever_the_page_size() {
    let bench = Bench::start().await;
    assert_eq!(names(&bench, "").await, Vec::<String>::new());
    for n in 0..12 {
        let stage = OrderStage::ALL[usize::try_from(n * 5 % 8).unwrap()];
        bench.keep(&order(n, stage)).await;
    }
    let all: Vec<String> = (0..12).rev().map(|n| format!("#{}", 1000 + n)).collect();
    for limit in [1, 2, 5, 12, 200] {
        assert_eq!(names(&bench, &format!("limit={limit}")).await, all, "limit {limit}");
    }
    assert_eq!(names(&bench, "stage=RECEIVED&limit=1").await, ["#1008", "#1000"]);
    assert_eq!(names(&bench, "stage=DELIVERED&limit=1").await, ["#1009", "#1001"]);
}

#[tokio::test]
async fn an_order_is_found_by_its_id_or_by_a_part_of_its_name() {
    let bench = Bench::start().await;
    for n in 0..12 {
        bench.keep(&order(n, OrderStage::Ordered)).await;
    }
    let id = order(7, OrderStage::Ordered).id().to_owned();
    assert_eq!(names(&bench, &format!("q={id}")).await, ["#1007"]);
    assert_eq!(names(&bench, &format!("q={id}&stage=HELD")).await, Vec::<String>::new());
    assert_eq!(names(&bench, "q=%231007").await, ["#1007"]);
    assert_eq!(names(&bench, "q=101&limit=1").await, ["#1011", "#1010"]);
    assert_eq!(names(&bench, "q=none").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_stage_or_a_cursor_that_is_none_is_refused_as_a_field() {
    let bench = Bench::start().await;
    for (query, field) in
        [("stage=LOST", "stage"), ("cursor=1.abc", "cursor"), ("cursor=", "cursor"), ("limit=0", "limit")]
    {
        bench.get(OLIVIA, &format!("/api/v1/orders?{query}")).await.wrong_query(field);
    }
    for id in ["1", "%20", "gid:~~shopify~Order~1"] {
        bench.get(OLIVIA, &format!("/api/v1/orders/{id}")).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn an_order_says_what_it_waits_for_and_what_would_help() {
    let bench = Bench::start().await;
    let base = |stage| order(1, stage);
    let paid = |payment| {
        let mut order = base(OrderStage::Received);
        order.shop.payment = payment;
        order
    };
    let scored = |band, released| {
        let mut order = base(OrderStage::Held);
        let checked = order.checked.take().unwrap();
        Order { checked: Some(Checked { band, released, ..checked }), ..order }
    };
    let trial = |mut order: Order| {
        order.shop.test = true;
        order
    };
    let with = |state, reason: Option<&str>| {
        let one = Parcel { reason: reason.map(str::to_owned), ..parcel(publish(1).id, state) };
        Order { parcels: vec![one], ..base(OrderStage::Ordering) }
    };
    let cases = [
        (paid(Payment::Authorized), Some("PAYMENT")),
        (paid(Payment::Voided), Some("UNPAID")),
        (trial(paid(Payment::Paid)), Some("TRIAL")),
        (Order { checked: None, ..base(OrderStage::Received) }, Some("CHECK")),
        (scored(Band::High, false), Some("DECISION")),
        (scored(Band::High, true), Some("HOLD")),
        (scored(Band::Medium, false), Some("CHECKS")),
        (scored(Band::Blocked, true), Some("BLOCKED")),
        (scored(Band::Low, false), Some("HOLD")),
        (base(OrderStage::Ordering), Some("CHOICE")),
        (with(ParcelState::Asked, None), Some("SUPPLIER")),
        (with(ParcelState::Asked, Some("nothing was sent")), Some("BY_HAND")),
        (base(OrderStage::Ordered), Some("SHIPMENT")),
        (base(OrderStage::Shipped), Some("DELIVERY")),
        (base(OrderStage::Stuck), Some("STUCK")),
        (base(OrderStage::Delivered), Some("TAX")),
        (trial(base(OrderStage::Delivered)), None),
        (base(OrderStage::Cancelled), None),
    ];
    for (n, (mut order, wanted)) in cases.into_iter().enumerate() {
        order.shop.order = format!("{n}");
        bench.keep(&order).await;
        let shown = bench.get(OLIVIA, &path(&order)).await.with(200);
        assert_eq!(shown["waits"]["code"].as_str(), wanted, "{n}: {shown}");
        let said = ["what", "help"].map(|part| shown["waits"][part].as_str().map(str::len));
        assert!(said.iter().all(|said| said.is_some() == wanted.is_some()), "{n}: {shown}");
    }
}

#[tokio::test]
async fn an_order_is_shown_with_everything_that_is_known_of_it() {
    let bench = Bench::start().await;
    let placed = parcel(ActionId::at(NOON, "orders", 1), ParcelState::Shipped);
    let order = Order { parcels: vec![placed], ..order(1, OrderStage::Shipped) };
    bench.keep(&order).await;
    judged(&bench, &asked(1, fulfill(&order))).await;
    let shown = bench.get(OLIVIA, &path(&order)).await;
    shown.with(200);
    assert_eq!((shown.header("etag"), shown.header("content-language")), ("\"1\"", "en"));
    insta::assert_json_snapshot!(shown.steady());
}

#[tokio::test]
async fn every_action_about_an_order_is_found_and_none_about_another() {
    let bench = Bench::start().await;
    let (one, other) = (order(1, OrderStage::Stuck), order(2, OrderStage::Stuck));
    bench.keep(&one).await;
    let refund = |order: &Order| RefundIssue {
        order: order.id().to_owned(),
        customer: CUSTOMER.into(),
        amount: Money::eur_cents(500),
    };
    let cancel = OrderCancel { order: one.id().to_owned(), amount: one.shop.totals.total };
    judged(&bench, &asked(1, refund(&one).into())).await;
    judged(&bench, &asked(2, refund(&other).into())).await;
    judged(&bench, &asked(3, cancel.into())).await;
    let shown = bench.get(OLIVIA, &path(&one)).await.with(200);
    let found: Vec<_> = shown["actions"].as_array().unwrap().iter().map(|action| &action["actionType"]).collect();
    assert_eq!(found, ["refund.issue", "order.cancel"]);
    assert_eq!(shown["waits"]["action"], ActionId::at(NOON, "orders", 3).to_string());
}

#[tokio::test]
async fn an_order_whose_supplier_is_not_ordered_from_yet_waits_for_whoever_keeps_that_up_in_the_list_too() {
    let bench = Bench::start().await;
    for (n, code) in [(1, "APPROVAL"), (2, "STOP")] {
        let id = ActionId::at(NOON, "orders", n);
        let one = order(n.into(), OrderStage::Ordering);
        let one = Order { parcels: vec![parcel(id, ParcelState::Asked)], ..one };
        bench.keep(&one).await;
        let record = asked(n, fulfill(&one));
        let held = record.clone().becomes(Status::Held, NOON).unwrap();
        judged(&bench, if code == "STOP" { &held } else { &record }).await;
        let listed = bench.get(OLIVIA, "/api/v1/orders").await.with(200)["items"][0].clone();
        let shown = bench.get(OLIVIA, &path(&one)).await.with(200);
        for view in [listed, shown] {
            let waits = (&view["waits"]["code"], &view["waits"]["action"]);
            assert_eq!(waits, (&json!(code), &json!(id.to_string())), "{view}");
        }
    }
}

#[tokio::test]
async fn steps_say_when_they_were_done_and_which_one_is_stopped() {
    let bench = Bench::start().await;
    let first = Order { checked: None, stage: OrderStage::Received, ..order(1, OrderStage::Received) };
    bench.keep(&first).await;
    let mut before = first.clone();
    for (minutes, stage) in [(1, OrderStage::Ordering), (2, OrderStage::Shipped), (3, OrderStage::Stuck)] {
        let row = bench.env.store().get::<Order>(before.id()).await.unwrap().unwrap();
        let at = NOON + Duration::minutes(minutes);
        let next = Order { stage, checked: order(1, stage).checked, updated: at, ..before.clone() };
        let mut tx = bench.env.store().tx(at);
        let entry = Entry::new(Actor::Function("finance-manager".into()), "moved", stage.name());
        tx.update(&row, &next, entry).unwrap();
        tx.commit().await.unwrap();
        before = next;
        let shown = bench.get(OLIVIA, &path(&before)).await.with(200);
        let steps: Vec<_> =
            shown["steps"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect();
        let wanted = match stage {
            OrderStage::Ordering => ["DONE", "DONE", "NOW", "NOW", "AHEAD", "AHEAD"],
            OrderStage::Shipped => ["DONE", "DONE", "NOW", "DONE", "DONE", "NOW"],
            _ => ["DONE", "DONE", "NOW", "STOPPED", "AHEAD", "AHEAD"],
        };
        assert_eq!(steps, wanted, "{stage:?}");
        if stage == OrderStage::Shipped {
            assert_eq!(shown["steps"][4]["at"], "2026-11-20T12:02:00Z");
        }
        assert_eq!(shown["history"]["verified"], true);
    }
}

#[tokio::test]
async fn nothing_of_the_customer_is_in_an_order() {
    let bench = Bench::start().await;
    let order = order(1, OrderStage::Ordered);
    let contact = json!({
        "order": order.id(), "customer": CUSTOMER, "email": "edda@example.com", "shipping": { "city": "Graz" },
        "updated": "2026-11-20T10:00:00Z",
    });
    let news = json!({
        "id": "one", "topic": "orders/create", "from": "acme.myshopify.com", "said": { "about": "unused" },
        "triggered": "2026-11-20T10:00:00Z", "received": "2026-11-20T10:00:00Z",
    });
    bench.keep(&order).await;
    let contact: domain::Contact = serde_json::from_value(contact).unwrap();
    bench.env.store().accept(&serde_json::from_value(news).unwrap(), Some(&contact)).await.unwrap();
    for path in ["/api/v1/orders".to_owned(), path(&order)] {
        let shown = bench.get(OLIVIA, &path).await;
        shown.with(200);
        for personal in ["edda", "Graz", "customer"] {
            assert!(!shown.text.contains(personal), "{personal} in {path}: {}", shown.text);
        }
    }
}

#[tokio::test]
async fn whoever_reads_reports_reads_orders_and_a_machine_does_not() {
    let bench = Bench::start().await;
    for role in [Role::Finance, Role::Operations, Role::Marketing, Role::Support, Role::Auditor] {
        bench.get(("ann", role), "/api/v1/orders").await.with(200);
    }
    bench.get(("robot", Role::Agent), "/api/v1/orders").await.problem(403, "forbidden");
}
