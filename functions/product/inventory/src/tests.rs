mod own;

use super::*;
use crate::reorder::{Demand, Limits, demand, economic_quantity, reorder_point};
use agent::testing::{Bench, NOW, candidate, journey, policies};
use domain::{
    Action, ActionId, Digest, Money, Order, Record,
    action::ProductKey,
    books::Entry,
    journey::{Journey, Stage},
    task::Wake,
};
use feeds::{FeedError, Item};
use policy::{
    Rule,
    rules::inventory::{Input as Known, Output},
};
use proptest::{prelude::*, test_runner::RngSeed};
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::BTreeMap;
use store::{StoreError, digest::Effect, fact::Fact};
use time::OffsetDateTime;

/// Everything outside, given by hand.
#[derive(Clone, Default)]
struct World {
    items: Vec<Item>,
    orders: Option<Vec<Order>>,
    shown: BTreeMap<String, Shown>,
    /// When the lamp went on sale; today, where nobody says.
    since: Option<OffsetDateTime>,
    effects: BTreeMap<String, Effect>,
    actions: Vec<Record>,
    /// What a supplier says that one costs, and sending all of it; nothing where it cannot be asked.
    quote: Option<(i32, i32)>,
}

#[async_trait]
impl Feeds for World {
    async fn items(&self, wanted: &(dyn for<'i> Fn(&'i Item) -> bool + Send + Sync)) -> Result<Vec<Item>, FeedError> {
        Ok(self.items.iter().filter(|item| wanted(item)).cloned().collect())
    }
}

#[async_trait]
impl OnSale for World {
    async fn products(&self) -> Result<Vec<Journey>, StoreError> {
        Ok(vec![Journey { updated: self.since.unwrap_or(NOW), ..journey(Stage::Published) }])
    }
}

#[async_trait]
impl Orders for World {
    async fn open(&self) -> Result<Option<Vec<Order>>, StoreError> {
        Ok(self.orders.clone())
    }
}

#[async_trait]
impl Counter for World {
    async fn stock(&self, _product: &ProductKey) -> Result<Option<BTreeMap<String, Shown>>, shopify::Error> {
        Ok(Some(self.shown.clone()))
    }
}

#[async_trait]
impl Settled for World {
    async fn effect(&self, digest: &Digest) -> Result<Effect, StoreError> {
        Ok(self.effects.get(digest.as_str()).cloned().unwrap_or_default())
    }

    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError> {
        Ok(self.actions.iter().find(|record| record.proposal.id == id).cloned())
    }
}

#[async_trait]
impl Desk for World {
    async fn quote(&self, _: &str, items: &[supply::Item], country: &str) -> Result<supply::Quote, supply::Error> {
        assert_eq!(country, "NL");
        let nobody = || supply::Error::NoCredential("there is no key".to_owned());
        let (unit, shipping) = self.quote.ok_or_else(nobody)?;
        let quoted = |item: &supply::Item| supply::Quoted {
            sku: item.sku.clone(),
            reference: None,
            stock: None,
            available: unit > 0,
            unit: Some(Money::eur_cents(unit)),
        };
        Ok(supply::Quote { items: items.iter().map(quoted).collect(), shipping: Some(Money::eur_cents(shipping)) })
    }
}

/// The lamp as its feed has it: both sizes with these stocks.
fn lamp(small: u64, large: u64) -> Item {
    let variant = |sku: &str, stock: u64| {
        json!({
            "sku": sku, "options": [], "price": null, "compareAt": null, "cost": Money::eur_cents(1000), "stock": stock,
            "weightGrams": null, "barcode": null, "image": null,
        })
    };
    serde_json::from_value(json!({
        "supplier": candidate().product.supplier, "sku": "lamp", "title": "Desk lamp", "descriptionHtml": null,
        "category": null, "productType": null, "tags": [], "price": null, "compareAt": null, "cost": null,
        "stock": null, "rating": null, "ratingCount": null, "shippingDays": 4, "weightGrams": null, "images": [],
        "link": null, "offered": true, "variants": [variant("lamp-S", small), variant("lamp-L", large)],
        "source": { "file": "feed.csv", "row": 2 },
    }))
    .unwrap()
}

fn shown(small: i64, large: i64) -> BTreeMap<String, Shown> {
    let shows = |available| Shown { followed: Some(available), ..Shown::default() };
    [("lamp-S".to_owned(), shows(small)), ("lamp-L".to_owned(), shows(large))].into()
}

fn inventory(world: World) -> Inventory {
    let world = Arc::new(world);
    Inventory {
        feeds: world.clone(),
        on_sale: world.clone(),
        orders: world.clone(),
        settled: world.clone(),
        desk: world.clone(),
        counter: Some(world),
        country: Some("NL".to_owned()),
    }
}

async fn looks(world: World, facts: Vec<Fact>) -> Turn {
    looks_with(world, facts, Vec::new()).await
}

async fn looks_with(world: World, facts: Vec<Fact>, entries: Vec<Entry>) -> Turn {
    let mut bench = Bench::of::<Inventory>();
    (bench.known.facts, bench.known.entries) = (facts, entries);
    bench.ask(&inventory(world), "quarter-hourly", Value::Null).await.unwrap()
}

fn sets(turn: &Turn) -> Vec<(&str, u32, u32)> {
    let set = |draft: &agent::Draft| match &draft.action {
        Action::InventorySet(set) => Some((set.variant_sku.clone(), set.from, set.to)),
        _ => None,
    };
    let all: Vec<_> = turn.proposals.iter().filter_map(set).collect();
    all.into_iter().map(|(sku, from, to)| (&*Box::leak(sku.into_boxed_str()), from, to)).collect()
}

#[tokio::test]
async fn the_shop_shows_what_the_supplier_has_less_what_is_kept_back() {
    let world = World { items: vec![lamp(10, 4)], orders: Some(Vec::new()), shown: shown(10, 3), ..World::default() };
    let turn = looks(world, Vec::new()).await;
    assert_eq!(sets(&turn), [("lamp-S", 10, 9)]);
    let fact = &turn.facts[0];
    assert_eq!(fact.source, "product:variant/lamp-S");
    for (field, value) in [("supplier", "Acme"), ("cost", "EUR 10.00"), ("stock", "10"), ("usual", "10"), ("days", "4")]
    {
        assert_eq!(fact.fields.get(field).map(String::as_str), Some(value), "{field}");
    }
    let premise = &turn.proposals[0].premises[0];
    assert_eq!((premise.source.as_str(), premise.field.as_str()), ("product:variant/lamp-S", "stock"));
}

#[tokio::test]
async fn what_the_shop_has_sold_counts_before_its_order_is_told() {
    let mut shown = shown(9, 3);
    shown.insert("lamp-S".to_owned(), Shown { followed: Some(7), committed: 2, ..Shown::default() });
    let world = World { items: vec![lamp(10, 4)], orders: Some(Vec::new()), shown, ..World::default() };
    assert_eq!(sets(&looks(world, Vec::new()).await), []);
}

#[tokio::test]
async fn who_else_has_it_is_noted_beside_it() {
    let other = Item { supplier: Some("Bolt".to_owned()), sku: "bolt-lamp".to_owned(), ..lamp(7, 0) };
    let world =
        World { items: vec![lamp(10, 4), other], orders: Some(Vec::new()), shown: shown(9, 3), ..World::default() };
    let turn = looks(world, Vec::new()).await;
    let sources: Vec<&str> = turn.facts.iter().map(|fact| fact.source.as_str()).collect();
    let noted = ["variant/lamp-S@Bolt", "variant/lamp-S", "variant/lamp-L@Bolt", "variant/lamp-L"];
    assert_eq!(sources, noted.map(|source| format!("product:{source}")));
    assert_eq!(turn.facts[1].fields["others"], "Bolt");
    assert_eq!((turn.facts[0].fields["supplier"].as_str(), turn.facts[0].fields["stock"].as_str()), ("Bolt", "7"));
}

#[tokio::test]
async fn without_the_open_orders_nothing_is_set() {
    let world = World { items: vec![lamp(10, 4)], orders: None, shown: shown(0, 0), ..World::default() };
    assert_eq!(sets(&looks(world, Vec::new()).await), []);
}

#[tokio::test]
async fn a_product_that_nobody_has_is_taken_off_sale_once_the_shop_shows_none() {
    let gone = || World { items: Vec::new(), orders: Some(Vec::new()), shown: shown(2, 0), ..World::default() };
    let turn = looks(gone(), Vec::new()).await;
    assert_eq!(sets(&turn), [("lamp-S", 2, 0)]);
    assert_eq!(turn.proposals.len(), 1);
    let turn = looks(World { shown: shown(0, 0), ..gone() }, Vec::new()).await;
    let kinds: Vec<_> = turn.proposals.iter().map(|draft| draft.action.kind()).collect();
    assert_eq!(kinds, ["product.unpublish"]);
}

#[tokio::test]
async fn a_jump_moves_what_is_usual_by_a_fifth_only() {
    let known = Fact {
        source: "product:variant/lamp-S".to_owned(),
        fields: [("usual".to_owned(), "10".to_owned())].into(),
        at: NOW,
    };
    let world = World { items: vec![lamp(110, 4)], orders: Some(Vec::new()), shown: shown(109, 3), ..World::default() };
    let turn = looks(world, vec![known]).await;
    let fact = turn.facts.iter().find(|fact| fact.source.ends_with("lamp-S")).unwrap();
    assert_eq!(fact.fields["usual"], "30");
}

const LIMITS: Limits = Limits {
    reorder_z_hundredths: 165,
    order_cost_cents: 1500,
    holding_percent: 25,
    history_days: 28,
    least_history_days: 7,
    late_over_days: 7,
};

#[test]
fn the_formulas_come_to_what_a_textbook_says() {
    // d = 10, σ = 2, L = 9: 90 + 1.65·2·3 = 99.9
    let steady = Demand { mean: Decimal::TEN, deviation: Decimal::TWO };
    assert_eq!(reorder_point(&steady, 9, &LIMITS), Some(100));
    // D = 3650, S = 15, H = 0.25·12 = 3: √(36500) = 191.05
    assert_eq!(economic_quantity(&steady, Decimal::from(12), &LIMITS), Some(191));
    assert_eq!(economic_quantity(&steady, Decimal::ZERO, &LIMITS), None);
    let known = demand(&[2, 4, 4, 4, 5, 5, 7, 9]).unwrap();
    assert_eq!((known.mean, known.deviation.round_dp(9)), (Decimal::from(5), Decimal::TWO));
    assert_eq!(demand(&[]), None);
}

/// What happens to one variant.
#[derive(Debug, Clone)]
enum Event {
    /// A customer buys so many, and the shop sells them where the stock follows the supplier's, or from our own.
    Buys { units: i64, own: bool },
    /// The oldest orders are placed with the supplier, up to so many units.
    Placed(i64),
    /// So many of what was sold from our own are sent.
    Sent(i64),
    /// The supplier gets so many more.
    Arrives(i64),
    /// We get so many more.
    Restocked(i64),
    /// We look, and ask that the shop's stock is set.
    Looks,
    /// What was last asked for is carried out, late or at once.
    Carried,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        4 => (1..6_i64, any::<bool>()).prop_map(|(units, own)| Event::Buys { units, own }),
        2 => (1..9_i64).prop_map(Event::Placed),
        2 => (1..9_i64).prop_map(Event::Sent),
        1 => (1..20_i64).prop_map(Event::Arrives),
        1 => (1..20_i64).prop_map(Event::Restocked),
        3 => Just(Event::Looks),
        3 => Just(Event::Carried),
    ];
    prop::collection::vec(event, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_ever_sold_that_neither_the_supplier_nor_we_have(
        first in 0..30_i64, ours in 0..12_i64, events in events(),
    ) {
        let policy = policies();
        let sellable = |supplier: i64, owed: i64, shop: i64| {
            let known = Known {
                supplier_units: Some(supplier), owed_units: Some(owed), shop_units: Some(shop), ..Known::default()
            };
            let said: Output = policy.rule(Rule::Inventory, &known).unwrap();
            said.sellable_units.unwrap()
        };
        let (mut supplier, mut owed) = (first, 0);
        let mut shop = sellable(supplier, owed, 0);
        // What is on our shelf, what of it the shop shows, and what of it is sold and still there.
        let (mut shelf, mut own, mut leaving) = (ours, ours, 0);
        // What was seen and not carried out yet. Each look takes the place of the one before, and each is carried out once.
        let mut asked = None;
        for event in events {
            match event {
                // The shop sells what it shows, and no more.
                Event::Buys { units, own: true } if units <= own => { own -= units; leaving += units; }
                Event::Buys { units, own: false } if units <= shop => { shop -= units; owed += units; }
                Event::Buys { .. } => {}
                Event::Placed(units) => { let units = units.min(owed); owed -= units; supplier -= units; }
                Event::Sent(units) => { let units = units.min(leaving); leaving -= units; shelf -= units; }
                Event::Arrives(units) => supplier += units,
                Event::Restocked(units) => { shelf += units; own += units; }
                // What is sold from our own counts as owed too: the order does not say where it was sold.
                Event::Looks => asked = Some((shop, supplier, owed + leaving)),
                Event::Carried => {
                    // Only where the shop shows what was seen; our own is never touched.
                    if let Some((from, had, owing)) = asked.take() && from == shop {
                        shop = sellable(had, owing, from);
                    }
                }
            }
            prop_assert!(shop >= 0 && supplier >= 0 && own >= 0);
            prop_assert!(shop + owed <= supplier, "{shop} shown and {owed} owed of {supplier}");
            prop_assert!(own + leaving <= shelf, "{own} shown and {leaving} sold of {shelf}");
        }
    }

    #[test]
    fn more_demand_or_a_longer_wait_never_orders_later(
        mean in 0..500_i64, deviation in 0..200_i64, lead in 0..60_u32, more in 0..50_i64,
    ) {
        let of = |mean: i64, deviation: i64, lead: u32| {
            let demand = Demand { mean: Decimal::new(mean, 1), deviation: Decimal::new(deviation, 1) };
            reorder_point(&demand, lead, &LIMITS).unwrap()
        };
        let least = of(mean, deviation, lead);
        prop_assert!(of(mean + more, deviation, lead) >= least);
        prop_assert!(of(mean, deviation + more, lead) >= least);
        prop_assert!(of(mean, deviation, lead + u32::try_from(more).unwrap()) >= least);
    }
}

#[test]
fn the_sample_event_holds_everything_that_wakes_it() {
    let wakes = agent::testing::wakes(include_str!("../../../../events/sqs/product-inventory.json"));
    assert!(matches!(&wakes[..], [Wake::News { .. }, Wake::Task { .. }, Wake::Schedule { .. }]), "{wakes:?}");
}
