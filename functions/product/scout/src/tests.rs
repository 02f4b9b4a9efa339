use super::*;
use agent::testing::{self, Bench, NOW};
use domain::{Money, journey::Candidate, task::Wake};
use feeds::{FeedError, Options, Reader, Topic, Trend};
use serde_json::{Value, json};
use std::{collections::BTreeSet, io::Cursor};
use store::{StoreError, fact::Fact};
use time::macros::date;

/// Feeds in memory, by name; an empty one cannot be opened.
struct Texts(Vec<String>, Vec<String>);

impl Texts {
    fn of(feeds: &[(&str, String)]) -> Self {
        let (names, texts) = feeds.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).unzip();
        Self(names, texts)
    }
}

#[async_trait]
impl Feeds for Texts {
    fn names(&self) -> &[String] {
        &self.0
    }

    async fn open(&self, name: &str) -> Result<Reader, FeedError> {
        let at = self.0.iter().position(|known| known == name).unwrap();
        let options = Options { currency: Some(domain::Currency::EUR), ..Options::default() };
        Reader::from_read(name, Cursor::new(self.1[at].clone().into_bytes()), &options)
    }
}

struct NoTrends;

#[async_trait]
impl TrendSource for NoTrends {
    async fn trends(&self) -> Result<(Trends, Vec<String>), FeedError> {
        Ok((Trends::default(), Vec::new()))
    }
}

struct UnderWay(BTreeSet<String>);

#[async_trait]
impl Live for UnderWay {
    async fn sources(&self) -> Result<BTreeSet<String>, StoreError> {
        Ok(self.0.clone())
    }
}

fn scout(feeds: &[(&str, String)], live: &[&str]) -> Scout {
    let live = live.iter().map(|source| (*source).to_owned()).collect();
    Scout::new(Arc::new(Texts::of(feeds)), Arc::new(NoTrends), Arc::new(UnderWay(live)))
}

async fn look(scout: &Scout, bench: &Bench) -> Turn {
    bench.ask(scout, "hourly", Value::Null).await.unwrap()
}

/// A product that scores high, with `change` laid over it.
fn product(sku: &str, change: Value) -> Value {
    let mut product = json!({
        "sku": sku, "title": format!("Lamp {sku}"), "supplier": "Acme", "category": "Home > Lamps",
        "price": "50.00", "cost": "20.00", "currency": "EUR", "stock": 100, "rating": "4.8", "shippingDays": 2,
        "images": [{ "url": "https://images.example.com/1.jpg" }],
    });
    product.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    product
}

fn feed(products: &[Value]) -> String {
    products.iter().map(|product| format!("{product}\n")).collect()
}

fn names(turn: &Turn) -> Vec<&str> {
    turn.tasks.iter().map(|task| task.input["candidate"]["product"]["sku"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_product_worth_it_is_asked_for_once_with_what_was_found() {
    let feed = feed(&[product("a", json!({})), product("b", json!({ "rating": "4.0" }))]);
    let turn = look(&scout(&[("feed", feed)], &[]), &Bench::of::<Scout>()).await;
    assert_eq!(names(&turn), ["a", "b"], "the best first");
    let task = &turn.tasks[0];
    assert_eq!((task.agent.as_str(), task.kind.as_str()), ("product-manager", "journey.start"));
    let candidate: Candidate = serde_json::from_value(task.input["candidate"].clone()).unwrap();
    assert_eq!(task.key, Some(format!("journey.start/Acme/a/{}", candidate.fingerprint)));
    assert_eq!(candidate.source, "feed row 1");
    let offer = &candidate.offers[0];
    assert_eq!((offer.sku.as_str(), offer.cost, offer.stock), ("a", Money::eur_cents(2000), 100));
    assert_eq!(task.input["scored"]["missing"], json!(["trend"]));
    assert_eq!(turn.facts.len(), 2);
    assert_eq!((turn.facts[0].source.as_str(), &turn.facts[0].fields), ("product:Acme/a", &candidate.facts()));
    assert_eq!((&turn.report["started"], &turn.report["shortlisted"]), (&json!(2), &json!(2)));
    assert_eq!(turn.report["top"][0]["product"], "Acme/a");
}

#[tokio::test]
async fn a_run_starts_as_many_as_policy_says_and_the_next_one_gets_on_to_others() {
    let limits: Value = testing::policies().thresholds("scout").unwrap();
    let most = usize::try_from(limits["up_to_journeys"].as_u64().unwrap()).unwrap().min(20);
    let products: Vec<Value> = (0..most + 3).map(|n| product(&format!("p{n:03}"), json!({}))).collect();
    let scout = scout(&[("feed", feed(&products))], &[]);
    let mut bench = Bench::of::<Scout>();
    let first = look(&scout, &bench).await;
    assert_eq!(first.tasks.len(), most);
    assert_eq!(names(&first)[0], "p000", "equal scores go by name");
    assert_eq!(first.report["top"][0]["product"], "Acme/p000");
    bench.known.tasks = first.tasks.iter().map(|task| domain::TaskId::of(task.key.as_deref().unwrap())).collect();
    let second = look(&scout, &bench).await;
    assert_eq!(second.tasks.len(), 3);
    assert!(names(&second).iter().all(|name| !names(&first).contains(name)));
    bench.known.tasks.extend(second.tasks.iter().map(|task| domain::TaskId::of(task.key.as_deref().unwrap())));
    let third = look(&scout, &bench).await;
    assert!(third.tasks.is_empty() && third.facts.is_empty(), "the same feed proposes nothing new");
    assert_eq!(third.report["known"], json!(most + 3));
}

#[tokio::test]
async fn what_is_not_worth_it_or_not_known_is_counted_with_its_reason() {
    let missing = |field: &str| product(field, json!({ field: null }));
    let feed = feed(&[
        missing("cost"),
        missing("stock"),
        missing("rating"),
        missing("supplier"),
        missing("category"),
        product("thin", json!({ "cost": "49.00" })),
        product("sold-out", json!({ "stock": 0 })),
        json!({ "sku": "wrong", "title": "Wrong", "price": "twelve" }),
    ]);
    let turn = look(&scout(&[("feed", feed)], &[]), &Bench::of::<Scout>()).await;
    assert!(turn.tasks.is_empty());
    let report = &turn.report;
    assert_eq!((&report["products"], &report["scored"]), (&json!(7), &json!(4)));
    assert_eq!(report["abstained"]["count"], 5);
    let wanted = json!({ "category": 1, "cost": 1, "rating": 1, "stock": 1, "supplier": 1 });
    assert_eq!(report["missing"], wanted);
    assert_eq!(report["abstained"]["first"][0], json!({ "row": 1, "product": "Acme/cost", "missing": ["cost"] }));
    assert_eq!(report["turnedDown"]["out_of_stock"], 1);
    assert_eq!(report["turnedDown"]["margin_too_low"], 1);
    assert_eq!(report["rejectedRows"]["count"], 1);
    let told = report["rejectedRows"]["first"][0]["reason"].as_str().unwrap();
    assert!(told.contains("row 8") && told.contains("price"), "{told}");
}

#[tokio::test]
async fn what_a_variant_lacks_the_product_lacks() {
    let variant = |sku: &str, change: Value| {
        let mut variant =
            json!({ "sku": sku, "options": { "Size": sku }, "price": "50.00", "cost": "20.00", "stock": 60 });
        variant.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        variant
    };
    let with = |second: Value| product("v", json!({ "variants": [variant("S", json!({})), variant("L", second)] }));
    let cases = [
        (json!({}), Value::Null),
        (json!({ "cost": null }), json!(["cost"])),
        (json!({ "stock": null }), json!(["stock"])),
        (json!({ "sku": null }), json!(["sku of each variant"])),
        (json!({ "sku": "S" }), json!(["sku of each variant"])),
    ];
    for (second, missing) in cases {
        let mut whole = with(second.clone());
        whole["cost"] = Value::Null;
        whole["stock"] = Value::Null;
        let turn = look(&scout(&[("feed", feed(&[whole]))], &[]), &Bench::of::<Scout>()).await;
        assert_eq!(turn.report["abstained"]["first"][0]["missing"], missing, "{second}: {}", turn.report);
        assert_eq!(turn.tasks.len(), usize::from(missing.is_null()));
    }
}

#[tokio::test]
async fn a_product_that_no_row_could_hold_is_left_out() {
    let long = "a long story ".repeat(8000);
    let feed = feed(&[product("long", json!({ "description": long }))]);
    let turn = look(&scout(&[("feed", feed)], &[]), &Bench::of::<Scout>()).await;
    assert!(turn.tasks.is_empty());
    let missing = turn.report["abstained"]["first"][0]["missing"][0].as_str().unwrap();
    assert_eq!(missing, "a shorter form: the product has more than 64 kB");
}

#[tokio::test]
async fn a_feed_that_cannot_be_read_does_not_stop_the_others_and_none_at_all_is_refused() {
    let good = ("good", feed(&[product("a", json!({}))]));
    let bench = Bench::of::<Scout>();
    let turn = look(&scout(&[("bad", String::new()), good], &[]), &bench).await;
    assert_eq!(names(&turn), ["a"]);
    assert!(turn.report["feeds"]["bad"]["error"].is_string(), "{}", turn.report);
    for feeds in [vec![("bad", String::new())], vec![]] {
        let refused = bench.ask(&scout(&feeds, &[]), "hourly", Value::Null).await.unwrap_err();
        assert!(matches!(refused, AgentError::Reject(_)), "{refused}");
    }
}

#[tokio::test]
async fn an_errand_names_feeds_that_are_configured_and_a_category() {
    let lamps = feed(&[product("lamp", json!({}))]);
    let chairs = feed(&[product("chair", json!({ "category": "Home > Chairs" }))]);
    let scout = scout(&[("lamps", lamps), ("chairs", chairs)], &[]);
    let bench = Bench::of::<Scout>();
    let cases = [
        (json!({ "feeds": ["chairs"] }), vec!["chair"]),
        (json!({ "category": "lamps" }), vec!["lamp"]),
        (json!({ "feeds": ["chairs"], "category": "Lamps" }), vec![]),
        (json!({}), vec!["chair", "lamp"]),
    ];
    for (errand, wanted) in cases {
        let turn = bench.ask(&scout, "scout", errand).await.unwrap();
        assert_eq!(names(&turn), wanted);
    }
    for strange in [json!({ "feeds": ["/etc/passwd"] }), json!({ "feed": "lamps" })] {
        assert!(matches!(bench.ask(&scout, "scout", strange).await, Err(AgentError::Reject(_))));
    }
}

#[tokio::test]
async fn facts_of_a_product_under_way_follow_the_feed_and_its_journey_is_not_started_again() {
    let at = |change: Value| [("feed", feed(&[product("a", change)]))];
    let first = look(&scout(&at(json!({})), &[]), &Bench::of::<Scout>()).await;
    let mut bench = Bench::of::<Scout>();
    bench.known.facts = first.facts.clone();
    let live = ["product:Acme/a"];
    let same = look(&scout(&at(json!({})), &live), &bench).await;
    assert!(same.facts.is_empty() && same.tasks.is_empty());
    assert_eq!(same.report["underWay"], 1);
    let cases = [
        (json!({ "stock": 7 }), Some("7"), Some("EUR 20.00")),
        (json!({ "cost": "21.00" }), Some("100"), Some("EUR 21.00")),
        (json!({ "stock": 0 }), Some("0"), Some("EUR 20.00")),
        (json!({ "stock": null }), None, None),
    ];
    for (change, stock, cost) in cases {
        let turn = look(&scout(&at(change.clone()), &live), &bench).await;
        let [Fact { source, fields, at }] = &turn.facts[..] else { panic!("{change}: {:?}", turn.facts) };
        assert_eq!((source.as_str(), *at), ("product:Acme/a", NOW));
        assert_eq!((fields.get("stock").map(String::as_str), fields.get("cost").map(String::as_str)), (stock, cost));
        assert!(turn.tasks.is_empty());
    }
}

#[tokio::test]
async fn one_product_in_two_feeds_is_started_once() {
    let cheaper = feed(&[product("a", json!({ "cost": "19.00" }))]);
    let scout = scout(&[("one", feed(&[product("a", json!({}))])), ("two", cheaper)], &[]);
    let turn = look(&scout, &Bench::of::<Scout>()).await;
    assert_eq!((turn.tasks.len(), turn.facts.len()), (1, 1));
}

fn trend(topic: Topic, interest: i64, date: time::Date) -> Trend {
    Trend { topic, interest: interest.into(), date, region: None }
}

#[test]
fn the_latest_interest_in_the_longest_keyword_of_the_title_counts_before_the_category() {
    let keyword = |text: &str| Topic::Keyword(text.to_owned());
    let category = |text: &str| Topic::Category(text.to_owned());
    let (old, new) = (date!(2026 - 11 - 01), date!(2026 - 11 - 08));
    let trends = Trends::from(vec![
        trend(keyword("lamp"), 40, new),
        trend(keyword("Desk Lamp"), 90, old),
        trend(keyword("desk lamp"), 70, new),
        trend(category("Home > Lamps"), 55, new),
        trend(category("garden"), 33, new),
    ]);
    let cases = [
        ("Oak desk-lamp, black", "Home > Lamps", Some(90)),
        ("Lamp", "Home > Lamps", Some(40)),
        ("Lampshade", "home > lamps", Some(55)),
        ("Spade", "Home > Garden > Tools", Some(33)),
        ("Spade", "Tools", None),
    ];
    for (title, category, wanted) in cases {
        let text = feed(&[product("a", json!({ "title": title, "category": category }))]);
        let reader = Reader::from_read("feed", Cursor::new(text.into_bytes()), &Options::default()).unwrap();
        let item = reader.into_iter().next().unwrap().unwrap();
        assert_eq!(trends.points(&item), wanted, "{title}");
    }
}

#[tokio::test]
async fn a_sample_of_a_real_export_gives_journeys_and_reasons() {
    let sample = include_str!("../../../../events/feeds/shopify-products.csv").to_owned();
    let turn = look(&scout(&[("sample", sample)], &[]), &Bench::of::<Scout>()).await;
    assert!(turn.tasks.len() >= 3, "{}", turn.report);
    assert_eq!(turn.report["rejectedRows"]["count"], 2);
    assert_eq!(turn.report["withdrawn"], 1);
    let missing = turn.report["missing"].as_object().unwrap();
    assert!(["cost", "stock", "rating"].iter().all(|fact| missing.contains_key(*fact)), "{missing:?}");
}

#[test]
fn the_sample_event_holds_everything_that_wakes_it() {
    let wakes = testing::wakes(include_str!("../../../../events/sqs/product-scout.json"));
    let [schedules @ .., Wake::Task { .. }] = &wakes[..] else { panic!("{wakes:?}") };
    assert_eq!(schedules.len(), 2);
    for wake in schedules {
        let Wake::Schedule { schedule, input, .. } = wake else { panic!("{wake:?}") };
        let (agent, kind) = schedule.rsplit_once('.').unwrap();
        assert_eq!(agent.split('/').next(), Some(Scout::NAME));
        let asked: Input = serde_json::from_value(json!({ "kind": kind, "input": input })).unwrap();
        assert!(matches!(asked, Input::Hourly(_)));
    }
}
