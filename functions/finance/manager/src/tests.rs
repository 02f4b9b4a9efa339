mod found;

use super::*;
use crate::lead;
use agent::testing::{Bench, NOW, record, row};
use domain::{
    ActionId, Contact, Money, Order, Status, TaskId,
    action::{OrderFulfill, OrderHold, OrderRelease},
    news::{ParcelNews, Said},
    order::{
        Band, Checked, Line, OrderStage, Parcel, ParcelState, Payment, Portion, Refund, Snapshot, Taxed, Totals,
        Treatment,
    },
    task::{TaskStatus, Wake},
};
use serde_json::json;
use store::StoreError;
use time::{Duration, OffsetDateTime};

/// Orders, tasks and actions beside what the bench knows.
#[derive(Default)]
struct Table {
    hanging: Vec<Order>,
    passed: Vec<Order>,
    tasks: Vec<Task>,
    actions: Vec<Record>,
}

#[async_trait]
impl Orders for Table {
    async fn since(&self, stage: OrderStage, until: OffsetDateTime, _most: usize) -> Result<Vec<Order>, StoreError> {
        let waits = |order: &&Order| order.stage == stage && order.updated < until;
        Ok(self.hanging.iter().filter(waits).cloned().collect())
    }

    async fn passed(
        &self,
        stage: OrderStage,
        after: Option<String>,
        until: OffsetDateTime,
        most: usize,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let place = |order: &Order| format!("{:020}/{}", order.updated.unix_timestamp(), order.id());
        let here = |order: &&Order| order.stage == stage && order.updated <= until;
        let mut found: Vec<_> =
            self.passed.iter().filter(here).map(|order| (order.id().to_owned(), place(order))).collect();
        found.retain(|(_, place)| after.as_ref().is_none_or(|after| place > after));
        found.sort_by(|a, b| a.1.cmp(&b.1));
        found.truncate(most);
        Ok(found)
    }

    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        Ok(self.tasks.iter().find(|task| task.id == id).cloned())
    }

    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError> {
        Ok(self.actions.iter().find(|record| record.proposal.id == id).cloned())
    }
}

fn manager(table: Table) -> Manager {
    Manager::new(Arc::new(table), None)
}

fn euro(cents: i32) -> Money {
    Money::eur_cents(cents)
}

fn line(id: &str, quantity: u32) -> Line {
    Line {
        id: id.to_owned(),
        sku: Some(format!("sku-{id}")),
        product: None,
        variant: None,
        title: "Lamp".to_owned(),
        quantity,
        price: euro(2000),
        discount: euro(0),
        tax: euro(0),
        ships: true,
    }
}

fn snapshot(minutes: i64) -> Snapshot {
    Snapshot {
        order: "820982911946154508".to_owned(),
        name: "#1001".to_owned(),
        customer: "7".to_owned(),
        country: Some("DE".to_owned()),
        payment: Payment::Paid,
        taxes_included: true,
        lines: vec![line("1", 2), line("2", 1)],
        totals: Totals {
            subtotal: euro(6000),
            shipping: euro(0),
            tax: euro(0),
            discount: euro(0),
            total: euro(6000),
            outstanding: euro(0),
        },
        test: false,
        cancelled: None,
        placed: NOW,
        updated: NOW + Duration::minutes(minutes),
    }
}

fn checked(band: Band) -> Checked {
    Checked { score: 0, band, evidence: Vec::new(), missing: Vec::new(), checks_passed: None, released: false, at: NOW }
}

fn taxed() -> Taxed {
    Taxed {
        treatment: Treatment::Domestic,
        country: Some("DE".to_owned()),
        rate: rust_decimal::Decimal::from(19),
        tax: euro(958),
        evidence: Vec::new(),
        on: "2026-11-20".to_owned(),
    }
}

/// A paid order that may be bought for.
fn ordering() -> Order {
    let order = Order::new(snapshot(0), NOW);
    Order { stage: OrderStage::Ordering, checked: Some(checked(Band::Low)), taxed: Some(taxed()), ..order }
}

fn portion(line: &str, quantity: u32) -> Portion {
    Portion { line: line.to_owned(), sku: format!("sku-{line}"), quantity }
}

async fn ask(order: Option<Order>, kind: &str, input: Value, table: Table) -> Turn {
    let mut bench = Bench::of::<Manager>();
    bench.known.orders = order.into_iter().collect();
    bench.ask(&manager(table), kind, input).await.unwrap()
}

fn told(said: Said) -> Value {
    let news = News {
        id: "n1".to_owned(),
        topic: "orders/updated".to_owned(),
        from: "a.myshopify.com".to_owned(),
        triggered: NOW,
        received: NOW,
        said,
    };
    serde_json::to_value(news).unwrap()
}

async fn hears(order: Option<Order>, snapshot: Snapshot) -> Turn {
    ask(order, "news", told(Said::Order(Box::new(snapshot))), Table::default()).await
}

fn kinds(turn: &Turn) -> Vec<&str> {
    turn.tasks.iter().map(|task| task.kind.as_str()).collect()
}

fn only(turn: &Turn) -> &Order {
    let [step] = &turn.orders[..] else { panic!("{:?}", turn.orders) };
    &step.to
}

fn task(kind: &str, status: TaskStatus, report: Value) -> Task {
    Task {
        id: TaskId::of(kind),
        agent: "finance-fraud".parse().unwrap(),
        kind: kind.to_owned(),
        input: json!({ "order": "820982911946154508" }),
        reply_to: None,
        journey: None,
        status,
        report,
        error: (status == TaskStatus::Failed).then(|| "the shop cannot be read".to_owned()),
        by: "finance-manager".to_owned(),
        created: NOW,
        updated: NOW,
    }
}

async fn reports(order: Order, task: &Task) -> Turn {
    ask(Some(order), "reported", serde_json::to_value(task).unwrap(), Table::default()).await
}

fn fulfilled(action: &str, supplier: &str, portions: Vec<Portion>, status: Status) -> Record {
    let fulfill = OrderFulfill {
        order: "820982911946154508".to_owned(),
        customer: "7".to_owned(),
        supplier: supplier.to_owned(),
        portions,
        cost: euro(1000),
        country: "DE".to_owned(),
    };
    let mut record = record(fulfill.into(), status);
    record.proposal.id = ActionId::of(action);
    record
}

async fn settles(order: Order, record: &Record) -> Turn {
    ask(Some(order), "action", serde_json::to_value(record).unwrap(), Table::default()).await
}

#[tokio::test]
async fn a_new_order_is_scored_and_taxed_and_nothing_is_bought_yet() {
    let turn = hears(None, snapshot(0)).await;
    assert_eq!(only(&turn).stage, OrderStage::Received);
    assert_eq!(kinds(&turn), ["score", "vat"]);
    assert_eq!(turn.facts[0].source, "finance:order/820982911946154508");
    assert_eq!(turn.facts[0].fields["held"], "no");
}

#[tokio::test]
async fn a_checked_and_paid_order_goes_to_suppliers_and_an_unpaid_or_a_trial_one_does_not() {
    let found = serde_json::to_value(Checked { at: NOW, ..checked(Band::Low) }).unwrap();
    let turn = reports(Order::new(snapshot(0), NOW), &task("score", TaskStatus::Done, found.clone())).await;
    assert_eq!((only(&turn).stage, kinds(&turn)), (OrderStage::Ordering, vec!["vat", "fulfill"]));
    let unpaid = Snapshot { payment: Payment::Pending, ..snapshot(0) };
    let turn = reports(Order::new(unpaid, NOW), &task("score", TaskStatus::Done, found.clone())).await;
    assert_eq!((only(&turn).stage, kinds(&turn)), (OrderStage::Received, vec!["vat"]));
    let trial = Snapshot { test: true, ..snapshot(0) };
    let turn = reports(Order::new(trial, NOW), &task("score", TaskStatus::Done, found)).await;
    assert_eq!((only(&turn).stage, kinds(&turn)), (OrderStage::Received, vec![]));
}

#[tokio::test]
async fn what_fraud_finds_or_cannot_find_holds_the_order() {
    let cases = [
        (Checked { checks_passed: Some(true), ..checked(Band::Medium) }, OrderStage::Ordering),
        (Checked { checks_passed: Some(false), ..checked(Band::Medium) }, OrderStage::Held),
        (checked(Band::High), OrderStage::Held),
        (checked(Band::Blocked), OrderStage::Held),
    ];
    for (found, stage) in cases {
        let report = serde_json::to_value(found).unwrap();
        let turn = reports(Order::new(snapshot(0), NOW), &task("score", TaskStatus::Done, report)).await;
        assert_eq!(only(&turn).stage, stage);
        assert_eq!(kinds(&turn).contains(&"fulfill"), stage == OrderStage::Ordering);
        let asks = only(&turn).checked.as_ref().unwrap().band == Band::High;
        assert_eq!(turn.proposals.iter().any(|draft| draft.action.kind() == "order.release"), asks);
    }
    for failed in [task("score", TaskStatus::Failed, Value::Null), task("score", TaskStatus::Done, json!(7))] {
        let turn = reports(Order::new(snapshot(0), NOW), &failed).await;
        let order = only(&turn);
        assert_eq!((order.stage, order.checked.as_ref().unwrap().band), (OrderStage::Held, Band::High));
        assert!(order.reason.as_ref().unwrap().contains("is not known"), "{:?}", order.reason);
        assert_eq!(turn.facts[0].fields["held"], "yes");
        assert_eq!(turn.proposals[0].action.kind(), "order.release", "a person is asked");
    }
}

#[tokio::test]
async fn a_high_band_stays_until_a_person_releases_the_order_whatever_is_found_later() {
    let held = Order { stage: OrderStage::Held, checked: Some(checked(Band::High)), ..ordering() };
    let better = Checked { at: NOW + Duration::hours(1), ..checked(Band::Low) };
    let report = serde_json::to_value(better).unwrap();
    let turn = reports(held.clone(), &task("score", TaskStatus::Done, report)).await;
    assert_eq!((only(&turn).stage, only(&turn).checked.as_ref().unwrap().band), (OrderStage::Held, Band::High));
    let release = record(OrderRelease { order: held.id().to_owned() }.into(), Status::Executed);
    let turn = settles(held.clone(), &release).await;
    let order = only(&turn);
    assert_eq!((order.stage, order.checked.as_ref().unwrap().released), (OrderStage::Ordering, true));
    assert!(kinds(&turn).contains(&"fulfill"));
    let blocked = Order { checked: Some(checked(Band::Blocked)), ..held };
    let turn = settles(blocked, &release).await;
    assert_eq!(only(&turn).stage, OrderStage::Held, "a blocked order is never sent");
}

#[tokio::test]
async fn an_order_whose_checks_pass_is_asked_to_go_on_once() {
    let medium = |passed| Checked { checks_passed: Some(passed), ..checked(Band::Medium) };
    let held = Order { stage: OrderStage::Held, checked: Some(medium(false)), ..ordering() };
    let passed = Checked { at: NOW + Duration::hours(1), ..medium(true) };
    let report = serde_json::to_value(passed).unwrap();
    let turn = reports(held, &task("score", TaskStatus::Done, report.clone())).await;
    assert_eq!(only(&turn).stage, OrderStage::Held);
    assert_eq!(turn.proposals.iter().map(|draft| draft.action.kind()).collect::<Vec<_>>(), ["order.release"]);
    let again = reports(only(&turn).clone(), &task("score", TaskStatus::Done, report)).await;
    assert!(again.proposals.is_empty() && again.orders.is_empty());
}

#[tokio::test]
async fn an_order_that_somebody_holds_is_held() {
    let hold = OrderHold { order: "820982911946154508".to_owned(), reason: "customer_asked".to_owned() };
    let turn = settles(ordering(), &record(hold.into(), Status::Executed)).await;
    assert_eq!((only(&turn).stage, only(&turn).reason.as_deref()), (OrderStage::Held, Some("customer_asked")));
    assert!(!kinds(&turn).contains(&"fulfill"));
}

#[tokio::test]
async fn chosen_suppliers_become_parcels_and_all_placed_is_ordered() {
    let (a, b) = (ActionId::of("a"), ActionId::of("b"));
    let report = json!({
        "parcels": [
            { "supplier": "Acme", "portions": [portion("1", 2)], "cost": euro(1000) },
            { "supplier": "Bolt", "portions": [portion("2", 1)], "cost": euro(500) },
        ],
        "left": [],
        "proposals": [a, b],
    });
    let turn = reports(ordering(), &task("fulfill", TaskStatus::Done, report)).await;
    let order = only(&turn).clone();
    let states: Vec<_> = order.parcels.iter().map(|p| (p.supplier.as_str(), p.action, p.state)).collect();
    assert_eq!(states, [("Acme", a, ParcelState::Asked), ("Bolt", b, ParcelState::Asked)]);
    assert!(!kinds(&turn).contains(&"fulfill"), "nothing is open any more");
    let turn = settles(order, &fulfilled("a", "Acme", vec![portion("1", 2)], Status::Executed)).await;
    assert_eq!(only(&turn).stage, OrderStage::Ordering);
    let turn = settles(only(&turn).clone(), &fulfilled("b", "Bolt", vec![portion("2", 1)], Status::Executed)).await;
    assert_eq!(only(&turn).stage, OrderStage::Ordered);
    assert_eq!(kinds(&turn), ["book", "book", "book", "book"], "sale, fee and two costs");
}

#[tokio::test]
async fn an_action_that_is_settled_before_its_report_is_not_asked_for_twice() {
    let mut record = fulfilled("a", "Acme", vec![portion("1", 2)], Status::Executed);
    let report = json!({
        "parcels": [
            { "supplier": "Acme", "portions": [portion("1", 2)], "cost": euro(1000) },
            { "supplier": "Bolt", "portions": [portion("2", 1)], "cost": euro(500) },
        ],
        "proposals": [record.proposal.id, ActionId::of("b")],
    });
    let done = task("fulfill", TaskStatus::Done, report);
    record.proposal.task = Some(done.id);
    let table = Table { tasks: vec![done], ..Table::default() };
    let turn = ask(Some(ordering()), "action", serde_json::to_value(&record).unwrap(), table).await;
    let states: Vec<_> = only(&turn).parcels.iter().map(|parcel| parcel.state).collect();
    assert_eq!(states, [ParcelState::Placed, ParcelState::Asked]);
    assert!(!kinds(&turn).contains(&"fulfill"));
}

/// An order with one parcel of everything, in this state.
fn with_parcel(state: ParcelState) -> Order {
    let everything = vec![portion("1", 2), portion("2", 1)];
    let placed = fulfilled("a", "Acme", everything, Status::Executed);
    let (order, ..) = settle::ended(ordering(), &placed, NOW).unwrap();
    let news = parcel_news(state);
    parcels::moved(order, ActionId::of("a"), state, &news, NOW)
}

fn parcel_news(state: ParcelState) -> ParcelNews {
    ParcelNews {
        supplier: "Acme".to_owned(),
        number: ActionId::of("a").to_string(),
        state: Some(state),
        remote: Some("S1".to_owned()),
        tracking: None,
        reason: None,
    }
}

#[tokio::test]
async fn a_supplier_that_fails_is_followed_by_another_and_at_last_by_a_person() {
    let failed = fulfilled("a", "Acme", vec![portion("1", 2), portion("2", 1)], Status::Failed);
    let asked = with_parcel(ParcelState::Placed);
    let mut asked = Order { stage: OrderStage::Ordering, ..asked };
    asked.parcels[0].state = ParcelState::Asked;
    let turn = settles(asked.clone(), &failed).await;
    let again = turn.tasks.iter().find(|task| task.kind == "fulfill").unwrap();
    assert_eq!(again.input["tried"]["1"], json!(["Acme"]));
    assert_eq!(again.input["portions"].as_array().unwrap().len(), 2);
    let mut thrice = only(&turn).clone();
    let one = thrice.parcels[0].clone();
    thrice.parcels.push(domain::order::Parcel { action: ActionId::of("b"), ..one.clone() });
    thrice.parcels.push(domain::order::Parcel { action: ActionId::of("c"), state: ParcelState::Asked, ..one });
    let last = fulfilled("c", "Acme", vec![portion("1", 2), portion("2", 1)], Status::Failed);
    let turn = settles(thrice, &last).await;
    assert_eq!(only(&turn).stage, OrderStage::Stuck);
    let [draft] = &turn.proposals[..] else { panic!("{:?}", turn.proposals) };
    assert_eq!(draft.action.kind(), "order.cancel");
    assert!(!kinds(&turn).contains(&"fulfill"));
    let turn = settles(asked, &Record { status: Status::Rejected, note: Some("too dear".to_owned()), ..failed }).await;
    assert_eq!((only(&turn).stage, only(&turn).reason.as_deref()), (OrderStage::Stuck, Some("too dear")));
}

#[tokio::test]
async fn a_portion_that_nobody_has_makes_the_order_wait_for_a_person() {
    let left =
        json!({ "parcels": [], "left": [{ "portion": portion("1", 2), "reason": "no supplier is known for it" }] });
    let turn = reports(ordering(), &task("fulfill", TaskStatus::Done, left)).await;
    let order = only(&turn);
    assert_eq!(order.stage, OrderStage::Stuck);
    assert_eq!(order.reason.as_deref(), Some("2 × sku-1: no supplier is known for it"));
    assert_eq!(turn.proposals[0].action.kind(), "order.cancel");
}

#[tokio::test]
async fn a_parcel_moves_forward_only_and_is_announced_once() {
    let placed = with_parcel(ParcelState::Placed);
    let record = fulfilled("a", "Acme", vec![portion("1", 2), portion("2", 1)], Status::Executed);
    let table = || Table { actions: vec![record.clone()], ..Table::default() };
    let says = |order: Order, state| ask(Some(order), "parcels", json!([parcel_news(state)]), table());
    let turn = says(placed.clone(), ParcelState::Shipped).await;
    let shipped = only(&turn).clone();
    assert_eq!((shipped.stage, shipped.parcels[0].state), (OrderStage::Shipped, ParcelState::Shipped));
    assert!(kinds(&turn).contains(&"ship"));
    let turn = says(shipped.clone(), ParcelState::Placed).await;
    assert!(turn.orders.is_empty(), "an older word changes nothing");
    let report = json!({ "parcel": ActionId::of("a"), "proposals": [ActionId::of("ship")] });
    let turn = reports(shipped, &task("ship", TaskStatus::Done, report)).await;
    let announced = only(&turn).clone();
    assert_eq!(announced.parcels[0].announced, Some(ActionId::of("ship")));
    assert!(!kinds(&turn).contains(&"ship"));
    let turn = says(announced, ParcelState::Delivered).await;
    assert_eq!(only(&turn).stage, OrderStage::Delivered);
    let turn = says(only(&turn).clone(), ParcelState::Failed).await;
    assert!(turn.orders.is_empty(), "what has arrived has arrived");
}

#[tokio::test]
async fn what_is_said_of_two_parcels_of_one_order_at_once_is_one_change_of_it() {
    let parcels = [("a", portion("1", 2)), ("b", portion("2", 1))];
    let records = parcels.map(|(of, portion)| fulfilled(of, "Acme", vec![portion], Status::Executed));
    let placed = records.iter().fold(ordering(), |order, record| settle::ended(order, record, NOW).unwrap().0);
    let says = |of: &str, state| ParcelNews { number: ActionId::of(of).to_string(), ..parcel_news(state) };
    let table = Table { actions: records.to_vec(), ..Table::default() };
    let told = json!([
        says("a", ParcelState::Delivered),
        says("b", ParcelState::Shipped),
        says("a", ParcelState::Shipped),
        says("b", ParcelState::Delivered),
    ]);
    let turn = ask(Some(placed), "parcels", told, table).await;
    let order = only(&turn);
    assert_eq!(order.stage, OrderStage::Delivered);
    assert!(order.parcels.iter().all(|parcel| parcel.state == ParcelState::Delivered));
    assert_eq!(turn.orders[0].reasons.len(), 4);
    assert_eq!(kinds(&turn).iter().filter(|kind| **kind == "ship").count(), 2);
}

#[tokio::test]
async fn an_order_that_is_cancelled_in_the_shop_is_bought_for_no_more() {
    let cancelled = Snapshot { cancelled: Some(NOW), ..snapshot(1) };
    let turn = hears(Some(ordering()), cancelled).await;
    assert_eq!(only(&turn).stage, OrderStage::Cancelled);
    assert!(!kinds(&turn).contains(&"fulfill"));
    assert_eq!(turn.facts[0].fields["held"], "yes");
}

#[tokio::test]
async fn a_refund_is_kept_once_and_counts_against_the_customer() {
    let refund = Refund {
        id: "r1".to_owned(),
        order: "820982911946154508".to_owned(),
        amount: euro(500),
        lines: Vec::new(),
        at: NOW,
    };
    let turn = ask(Some(ordering()), "news", told(Said::Refund(refund.clone())), Table::default()).await;
    assert_eq!(only(&turn).refunds.len(), 1);
    let noted = turn.facts.iter().find(|fact| fact.source == "finance:refunds/7").unwrap();
    assert_eq!(noted.fields["times"], "2026-11-20T12:00:00Z");
    let turn = ask(Some(only(&turn).clone()), "news", told(Said::Refund(refund.clone())), Table::default()).await;
    assert!(turn.orders.is_empty() && turn.facts.is_empty());
    let bench = Bench::of::<Manager>();
    let unknown = bench.ask(&manager(Table::default()), "news", told(Said::Refund(refund))).await.unwrap_err();
    assert!(matches!(unknown, AgentError::Retry(_)), "its order may still come");
}

#[tokio::test]
async fn what_hangs_is_taken_in_or_asked_for_again() {
    let old = NOW - Duration::hours(2);
    let hanging = Order { updated: old, taxed: Some(taxed()), ..Order::new(snapshot(0), NOW) };
    let scored = Task {
        id: TaskId::of(&give::key(hanging.id(), "score/0")),
        ..task("score", TaskStatus::Done, serde_json::to_value(checked(Band::Low)).unwrap())
    };
    let table = Table { hanging: vec![hanging.clone()], tasks: vec![scored], ..Table::default() };
    let turn = ask(Some(hanging), "quarter-hourly", Value::Null, table).await;
    assert_eq!(only(&turn).stage, OrderStage::Ordering);
    assert!(kinds(&turn).contains(&"fulfill") && kinds(&turn).contains(&"cluster.report"));
    let stuck = Order { stage: OrderStage::Stuck, updated: old, ..ordering() };
    let table = Table { hanging: vec![stuck.clone()], ..Table::default() };
    let turn = ask(Some(stuck), "quarter-hourly", Value::Null, table).await;
    assert!(kinds(&turn).contains(&"fulfill"), "stock comes back");
}

#[test]
fn the_same_order_seen_again_gives_out_the_same_keys() {
    let bench = Bench::of::<Manager>();
    let context = Context {
        now: NOW,
        agent: &bench.agent,
        task: None,
        action: None,
        policy: Arc::clone(&bench.policy),
        reads: &bench.known,
    };
    let keys = || {
        let turn = lead::on(&context, Some(row(ordering())), ordering(), ("seen", Vec::new())).unwrap();
        assert!(turn.orders.is_empty());
        turn.tasks.into_iter().map(|task| task.key.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(keys(), keys());
    assert!(keys().contains(&"order/820982911946154508/fulfill/0/0".to_owned()), "{:?}", keys());
}

#[test]
fn the_sample_event_holds_everything_that_wakes_it() {
    let wakes = agent::testing::wakes(include_str!("../../../../events/sqs/finance-manager.json"));
    let [
        Wake::News { .. },
        Wake::Task { .. },
        Wake::Reported { .. },
        Wake::Action { .. },
        Wake::Schedule { schedule, .. },
    ] = &wakes[..]
    else {
        panic!("{wakes:?}");
    };
    assert_eq!(schedule, "finance-manager.quarter-hourly");
}
