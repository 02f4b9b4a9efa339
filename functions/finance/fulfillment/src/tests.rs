use super::*;
use agent::testing::{Bench, NOW};
use domain::{
    Action, Money, Order,
    order::{Band, Checked, Line, OrderStage, Parcel, ParcelState, Payment, Snapshot, Totals, Tracking},
    task::Wake,
};
use feeds::{FeedError, SupplierRecord};
use rust_decimal::Decimal;
use serde_json::json;
use std::sync::Mutex;
use store::{StoreError, fact::Fact};
use supply::{Error, Item, Placed, Quote, Quoted, State, tracking::Followed};

/// Suppliers whose answers are given by hand.
#[derive(Default)]
struct Answers {
    /// Shipping by supplier; who is not named has no interface.
    shipping: BTreeMap<String, i32>,
    /// Suppliers that have none left, whatever their feed says.
    empty: Vec<String>,
    placed: Option<Placed>,
    /// Whether there is no credential to ask for it with.
    locked: bool,
    /// Where carriers have the parcel; absent where they are not asked about it.
    carried: Option<Followed>,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl Desk for Answers {
    async fn quote(&self, supplier: &str, items: &[Item], _country: &str) -> Result<Quote, Error> {
        self.asked.lock().unwrap().push(supplier.to_owned());
        let Some(shipping) = self.shipping.get(supplier) else {
            return Err(Error::NoCredential("no interface".to_owned()));
        };
        let available = !self.empty.contains(&supplier.to_owned());
        let quoted = |item: &Item| Quoted {
            sku: item.sku.clone(),
            reference: None,
            stock: None,
            available,
            unit: Some(Money::eur_cents(900)),
        };
        let shipping = Some(Money::eur_cents(*shipping));
        Ok(Quote { items: items.iter().map(quoted).collect(), shipping })
    }

    async fn find(&self, _supplier: &str, _number: ActionId) -> Result<Option<Placed>, Error> {
        if self.locked {
            return Err(Error::NoCredential("no secret `cj-read-key`".to_owned()));
        }
        Ok(self.placed.clone())
    }

    async fn carried(&self, _number: &str) -> Result<Option<Followed>, Error> {
        Ok(self.carried.clone())
    }
}

struct Kept(Vec<SupplierRecord>);

impl Records for Kept {
    fn all(&self) -> Result<Vec<SupplierRecord>, FeedError> {
        Ok(self.0.clone())
    }
}

struct Shelf(Vec<Order>);

#[async_trait]
impl Parcels for Shelf {
    async fn in_stage(&self, stage: OrderStage, _most: usize) -> Result<Vec<Order>, StoreError> {
        Ok(self.0.iter().filter(|order| order.stage == stage).cloned().collect())
    }
}

fn line(id: &str, sku: &str, quantity: u32) -> Line {
    let euro = Money::eur_cents;
    Line {
        id: id.to_owned(),
        sku: Some(sku.to_owned()),
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

fn order() -> Order {
    let euro = Money::eur_cents;
    let shop = Snapshot {
        order: "1".to_owned(),
        name: "#1001".to_owned(),
        customer: "7".to_owned(),
        country: Some("DE".to_owned()),
        payment: Payment::Paid,
        taxes_included: true,
        lines: vec![line("11", "lamp", 2), line("12", "vase", 1)],
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
        updated: NOW,
    };
    let checked = Checked {
        score: 0,
        band: Band::Low,
        evidence: Vec::new(),
        missing: Vec::new(),
        checks_passed: None,
        released: false,
        at: NOW,
    };
    Order { stage: OrderStage::Ordering, checked: Some(checked), ..Order::new(shop, NOW) }
}

fn variant(sku: &str, at: Option<&str>, fields: &[(&str, &str)]) -> Fact {
    let source = match at {
        Some(supplier) => format!("product:variant/{sku}@{supplier}"),
        None => format!("product:variant/{sku}"),
    };
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Fact { source, fields, at: NOW }
}

/// The lamp at Acme and, dearer, at Bolt; the vase at Bolt only.
fn known() -> Vec<Fact> {
    vec![
        variant(
            "lamp",
            None,
            &[("supplier", "Acme"), ("cost", "EUR 10.00"), ("stock", "5"), ("days", "5"), ("others", "Bolt")],
        ),
        variant("lamp", Some("Bolt"), &[("supplier", "Bolt"), ("cost", "EUR 12.00"), ("stock", "9"), ("days", "3")]),
        variant("vase", None, &[("supplier", "Bolt"), ("cost", "EUR 7.50"), ("stock", "1")]),
    ]
}

fn performs(supplier: &str, defects: i64) -> SupplierRecord {
    SupplierRecord {
        supplier: supplier.to_owned(),
        on_time_percent: Some(Decimal::ONE_HUNDRED),
        mean_delay_days: Some(Decimal::ZERO),
        defect_percent: Some(Decimal::from(defects)),
        return_percent: Some(Decimal::ZERO),
        mean_response_hours: None,
        cost_index: None,
        sample_orders: None,
        updated_at: None,
    }
}

fn agent(desk: Answers) -> (Fulfillment, Arc<Answers>) {
    let desk = Arc::new(desk);
    let records = Arc::new(Kept(vec![performs("Acme", 1), performs("Bolt", 40)]));
    (Fulfillment::new(desk.clone(), records, Arc::new(Shelf(Vec::new()))), desk)
}

async fn fulfills(order: Order, facts: Vec<Fact>, desk: Answers, tried: Value) -> Turn {
    let mut bench = Bench::of::<Fulfillment>();
    let input = json!({ "order": order.id(), "portions": order.open(), "tried": tried });
    bench.known.orders = vec![order];
    bench.known.facts = facts;
    bench.ask(&agent(desk).0, "fulfill", input).await.unwrap()
}

/// Supplier, cost in cents and stock keeping units of each proposal.
fn asked(turn: &Turn) -> Vec<(String, Option<i64>, Vec<String>)> {
    let of = |draft: &agent::Draft| match &draft.action {
        Action::OrderFulfill(fulfill) => {
            let skus = fulfill.portions.iter().map(|portion| format!("{}×{}", portion.quantity, portion.sku)).collect();
            (fulfill.supplier.clone(), fulfill.cost.cents(), skus)
        }
        other => panic!("{other:?}"),
    };
    turn.proposals.iter().map(of).collect()
}

fn choice(supplier: &str, cents: i64, skus: &[&str]) -> (String, Option<i64>, Vec<String>) {
    (supplier.to_owned(), Some(cents), skus.iter().map(|sku| (*sku).to_owned()).collect())
}

#[tokio::test]
async fn each_line_goes_to_the_best_supplier_and_each_supplier_is_asked_once() {
    let turn = fulfills(order(), known(), Answers::default(), json!({})).await;
    assert_eq!(asked(&turn), [choice("Acme", 2000, &["2×lamp"]), choice("Bolt", 750, &["1×vase"])]);
    assert_eq!(turn.report["left"], json!([]));
    assert_eq!(turn.report["parcels"][0]["supplier"], "Acme");
    let premises: Vec<String> =
        turn.proposals[0].premises.iter().map(|p| format!("{}.{}", p.source, p.field)).collect();
    assert_eq!(premises, ["finance:order/1.held", "product:variant/lamp.stock"]);
    assert_eq!(turn.proposals[0].journey, Some(order().journey()));
}

#[tokio::test]
async fn a_supplier_that_failed_is_not_asked_again_and_where_none_is_left_a_person_hears_of_it() {
    let turn = fulfills(order(), known(), Answers::default(), json!({ "11": ["Acme"] })).await;
    assert_eq!(asked(&turn), [choice("Bolt", 3150, &["2×lamp", "1×vase"])]);
    let turn = fulfills(order(), known(), Answers::default(), json!({ "11": ["Acme", "Bolt"] })).await;
    assert_eq!(asked(&turn), [choice("Bolt", 750, &["1×vase"])]);
    assert_eq!(turn.report["left"][0]["portion"]["sku"], "lamp");
    assert_eq!(turn.report["left"][0]["reason"], "every supplier was asked in vain");
}

#[tokio::test]
async fn what_a_supplier_says_of_price_and_stock_counts_more_than_its_feed() {
    let desk = Answers { shipping: [("Acme".to_owned(), 499)].into(), ..Answers::default() };
    let turn = fulfills(order(), known(), desk, json!({})).await;
    assert_eq!(asked(&turn)[0], choice("Acme", 2299, &["2×lamp"]), "two at its price, and shipping");
    let empty =
        Answers { shipping: [("Acme".to_owned(), 499)].into(), empty: vec!["Acme".to_owned()], ..Answers::default() };
    let turn = fulfills(order(), known(), empty, json!({})).await;
    assert_eq!(asked(&turn), [choice("Bolt", 3150, &["2×lamp", "1×vase"])]);
}

#[tokio::test]
async fn what_is_not_known_or_not_enough_is_left_with_its_reason() {
    let mut facts = known();
    facts[0].fields.insert("stock".to_owned(), "1".to_owned());
    facts[0].fields.remove("others");
    facts.truncate(1);
    let turn = fulfills(order(), facts, Answers::default(), json!({})).await;
    assert!(turn.proposals.is_empty());
    let reasons: Vec<&str> =
        turn.report["left"].as_array().unwrap().iter().map(|left| left["reason"].as_str().unwrap()).collect();
    assert!(reasons[0].contains("has 1 units, and 2 are wanted"), "{reasons:?}");
    assert_eq!(reasons[1], "no supplier is known for it");
}

#[tokio::test]
async fn nothing_is_asked_for_an_order_that_is_held_or_for_what_is_on_its_way_already() {
    for stage in [OrderStage::Held, OrderStage::Cancelled, OrderStage::Received] {
        let turn = fulfills(Order { stage, ..order() }, known(), Answers::default(), json!({})).await;
        assert!(turn.proposals.is_empty(), "{stage:?}");
    }
    let mut bench = Bench::of::<Fulfillment>();
    let placed = placed(ParcelState::Placed);
    let input = json!({ "order": "1", "portions": order().open() });
    bench.known.orders = vec![placed];
    bench.known.facts = known();
    let turn = bench.ask(&agent(Answers::default()).0, "fulfill", input).await.unwrap();
    assert_eq!(asked(&turn), [choice("Bolt", 750, &["1×vase"])], "the lamps are with a supplier since it was asked");
}

/// The order with its lamps at Acme.
fn placed(state: ParcelState) -> Order {
    let parcel = Parcel {
        action: ActionId::of("parcel"),
        supplier: "Acme".to_owned(),
        portions: vec![Portion { line: "11".to_owned(), sku: "lamp".to_owned(), quantity: 2 }],
        cost: Money::eur_cents(2000),
        state,
        remote: Some("S1".to_owned()),
        tracking: None,
        announced: None,
        reason: None,
        updated: NOW,
    };
    Order { parcels: vec![parcel], ..order() }
}

#[tokio::test]
async fn a_parcel_on_its_way_is_announced_and_one_that_was_announced_is_not() {
    let one = json!({ "order": "1", "parcel": ActionId::of("parcel") });
    let mut announced = placed(ParcelState::Shipped);
    announced.parcels[0].announced = Some(ActionId::of("ship"));
    for (order, proposals) in [(placed(ParcelState::Shipped), 1), (placed(ParcelState::Placed), 0), (announced, 0)] {
        let mut bench = Bench::of::<Fulfillment>();
        bench.known.orders = vec![order];
        let turn = bench.ask(&agent(Answers::default()).0, "ship", one.clone()).await.unwrap();
        assert_eq!(turn.proposals.len(), proposals);
        assert_eq!(turn.report["parcel"], ActionId::of("parcel").to_string());
    }
}

fn said(state: State, number: Option<&str>) -> Placed {
    let tracking = number.map(|number| Tracking { number: number.to_owned(), carrier: None, url: None });
    Placed { remote: "S1".to_owned(), state, status: "x".to_owned(), cost: None, tracking, reason: None }
}

#[tokio::test]
async fn what_a_supplier_says_anew_goes_to_the_manager_under_what_it_says() {
    let cases = [
        (said(State::Confirmed, None), None),
        (said(State::Draft, None), None),
        (said(State::Shipped, Some("T1")), Some("T1")),
        (said(State::Failed, None), Some("Failed")),
    ];
    for (answer, wanted) in cases {
        let desk = Arc::new(Answers { placed: Some(answer), ..Answers::default() });
        let shelf = Arc::new(Shelf(vec![Order { stage: OrderStage::Ordered, ..placed(ParcelState::Placed) }]));
        let follows = Fulfillment::new(desk, Arc::new(Kept(Vec::new())), shelf);
        let bench = Bench::of::<Fulfillment>();
        let turn = bench.ask(&follows, "ten-minutely", Value::Null).await.unwrap();
        let keys: Vec<&str> = turn.tasks.iter().filter_map(|task| task.key.as_deref()).collect();
        assert_eq!(keys.len(), usize::from(wanted.is_some()), "{keys:?}");
        assert!(wanted.is_none_or(|wanted| keys[0].contains(wanted)), "{keys:?}");
    }
}

/// The order with its lamps on the way by hand, under this number.
fn by_hand(state: ParcelState, number: Option<&str>) -> Order {
    let mut order = Order { stage: OrderStage::Ordered, ..placed(state) };
    order.parcels[0].tracking = number.map(|number| Tracking { number: number.to_owned(), carrier: None, url: None });
    order
}

#[tokio::test]
async fn a_parcel_of_which_its_supplier_says_nothing_is_followed_by_its_carrier_and_asked_about() {
    let is = |state| Followed { id: "trk1".to_owned(), tag: "x".to_owned(), state };
    let cases = [
        (None, None, None),
        (Some("T1"), None, Some(("track", "order/1/track"))),
        (Some("T1"), Some(is(None)), None),
        (Some("T1"), Some(is(Some(ParcelState::Shipped))), Some(("parcels", "Shipped"))),
        (Some("T1"), Some(is(Some(ParcelState::Delivered))), Some(("parcels", "Delivered"))),
    ];
    for (locked, (number, carried, wanted)) in
        [false, true].into_iter().flat_map(|locked| cases.clone().map(|case| (locked, case)))
    {
        let desk = Arc::new(Answers { carried, locked, ..Answers::default() });
        let shelf = Arc::new(Shelf(vec![by_hand(ParcelState::Placed, number)]));
        let follows = Fulfillment::new(desk, Arc::new(Kept(Vec::new())), shelf);
        let turn = Bench::of::<Fulfillment>().ask(&follows, "ten-minutely", Value::Null).await.unwrap();
        let told: Vec<_> = turn.tasks.iter().map(|task| (task.kind.as_str(), task.key.clone().unwrap())).collect();
        assert_eq!(told.len(), usize::from(wanted.is_some()), "{told:?}");
        if let Some((kind, part)) = wanted {
            assert!(told[0].0 == kind && told[0].1.contains(part), "{told:?}");
        }
    }
}

#[tokio::test]
async fn a_parcel_under_way_with_a_number_is_to_be_followed_and_no_other() {
    let one = json!({ "order": "1", "parcel": ActionId::of("parcel") });
    for (order, wanted) in [
        (by_hand(ParcelState::Placed, Some("T1")), true),
        (by_hand(ParcelState::Shipped, Some("T1")), true),
        (by_hand(ParcelState::Delivered, Some("T1")), false),
        (by_hand(ParcelState::Placed, None), false),
    ] {
        let mut bench = Bench::of::<Fulfillment>();
        bench.known.orders = vec![order];
        let turn = bench.ask(&agent(Answers::default()).0, "track", one.clone()).await.unwrap();
        let numbers: Vec<&str> = turn
            .proposals
            .iter()
            .map(|draft| match &draft.action {
                Action::OrderTrack(track) => track.number.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(numbers, if wanted { vec!["T1"] } else { Vec::new() });
    }
}

#[test]
fn the_sample_event_holds_everything_that_wakes_it() {
    let wakes = agent::testing::wakes(include_str!("../../../../events/sqs/finance-fulfillment.json"));
    assert!(matches!(&wakes[..], [Wake::Task { .. }, Wake::Schedule { .. }]), "{wakes:?}");
}
