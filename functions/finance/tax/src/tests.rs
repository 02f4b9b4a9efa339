use super::*;
use agent::testing::{self, Bench};
use domain::{
    Contact, Money,
    books::{self, of_order},
    contact::Address,
    order::{Line, Payment, Snapshot, Totals, Treatment},
};
use rust_decimal::Decimal;
use time::{OffsetDateTime, macros::datetime};

/// A register with one answer.
struct Says(Answer);

#[async_trait]
impl Register for Says {
    async fn check(&self, _: &VatNumber) -> Answer {
        self.0.clone()
    }
}

fn order(country: Option<&str>, placed: OffsetDateTime) -> Order {
    let eur = Money::eur_cents;
    let line = Line {
        id: "1".to_owned(),
        sku: Some("lamp".to_owned()),
        product: None,
        variant: None,
        title: "Lamp".to_owned(),
        quantity: 1,
        price: eur(12_100),
        discount: eur(0),
        tax: eur(0),
        ships: true,
    };
    let totals = Totals {
        subtotal: eur(12_100),
        shipping: eur(0),
        tax: eur(0),
        discount: eur(0),
        total: eur(12_100),
        outstanding: eur(0),
    };
    let shop = Snapshot {
        order: "1".to_owned(),
        name: "#1".to_owned(),
        customer: "c".to_owned(),
        country: country.map(str::to_owned),
        payment: Payment::Paid,
        taxes_included: true,
        lines: vec![line],
        totals,
        test: false,
        cancelled: None,
        placed,
        updated: placed,
    };
    Order::new(shop, placed)
}

fn contact(number: Option<&str>, zip: &str) -> Contact {
    let shipping = Some(Address { zip: Some(zip.to_owned()), ..Address::default() });
    Contact {
        order: "1".to_owned(),
        customer: "c".to_owned(),
        email: None,
        phone: None,
        shipping,
        billing: None,
        vat_number: number.map(str::to_owned),
        ip: None,
        updated: testing::NOW,
    }
}

fn tax(answer: Answer) -> Tax {
    Tax::new(Arc::new(Says(answer)), Rates::kept().unwrap(), Some("NL".to_owned()))
}

async fn asked(answer: Answer, order: Order, contact: Option<Contact>) -> Turn {
    let mut bench = Bench::of::<Tax>();
    bench.known.orders = vec![order];
    bench.known.contacts = contact.into_iter().collect();
    bench.ask(&tax(answer), "vat", json!({ "order": "1" })).await.unwrap()
}

fn valid() -> Answer {
    Answer::Valid { identifier: Some("WAPIAAAAX1".to_owned()) }
}

#[tokio::test]
async fn an_order_is_taxed_where_it_goes_and_by_who_buys() {
    let now = datetime!(2026-11-20 12:00 UTC);
    let cases = [
        ("NL", None, "1000AA", "domestic NL 21 21.00"),
        ("DE", None, "10115", "oss DE 19 19.32"),
        ("FI", None, "00100", "oss FI 25.5 24.59"),
        ("GR", None, "10431", "oss GR 24 23.42"),
        ("US", None, "10001", "export - 0 0.00"),
        ("GB", None, "SW1A 1AA", "export - 0 0.00"),
        ("CH", Some("CHE123456789"), "8001", "export - 0 0.00"),
        ("ES", None, "38001", "export - 0 0.00"),
        ("ES", None, "28001", "oss ES 21 21.00"),
        ("MC", None, "98000", "oss FR 20 20.17"),
        ("DE", Some("DE 123456789"), "10115", "reverse_charge - 0 0.00"),
        ("NL", Some("NL123456789B01"), "1000AA", "domestic NL 21 21.00"),
    ];
    for (country, number, zip, wanted) in cases {
        let turn = asked(valid(), order(Some(country), now), Some(contact(number, zip))).await;
        let taxed: Taxed = serde_json::from_value(turn.report.clone()).unwrap();
        let treatment = serde_json::to_value(taxed.treatment).unwrap();
        let told = format!(
            "{} {} {} {}",
            treatment.as_str().unwrap(),
            taxed.country.as_deref().unwrap_or("-"),
            taxed.rate,
            taxed.tax.amount()
        );
        assert_eq!(told, wanted, "{country} {zip}");
        let proved = taxed.evidence.contains(&"vies:WAPIAAAAX1".to_owned());
        assert_eq!(proved, taxed.treatment == Treatment::ReverseCharge);
        assert!(turn.tasks.is_empty());
    }
}

#[tokio::test]
async fn a_number_that_nobody_has_is_a_consumer_and_one_that_nobody_can_look_up_is_a_person_s() {
    let now = datetime!(2026-11-20 12:00 UTC);
    let business = || Some(contact(Some("DE123456789"), "10115"));
    let turn = asked(Answer::Invalid, order(Some("DE"), now), business()).await;
    assert_eq!(turn.report["treatment"], "oss");
    for answer in [Answer::Unknown("vies cannot say: MS_UNAVAILABLE".to_owned()), Answer::Valid { identifier: None }] {
        let turn = asked(answer, order(Some("DE"), now), business()).await;
        assert!(turn.report.get("treatment").is_none(), "{}", turn.report);
        assert_eq!((turn.report["person"].as_bool(), turn.tasks.len()), (Some(true), 1));
        assert_eq!((turn.tasks[0].agent.as_str(), turn.tasks[0].kind.as_str()), ("ceo", "cluster.report"));
    }
}

#[tokio::test]
async fn what_is_not_known_is_for_a_person() {
    let now = datetime!(2026-11-20 12:00 UTC);
    let cases = [
        (order(None, now), None, "the country that it goes to"),
        (order(Some("Germany"), now), None, "the country that it goes to"),
        (order(Some("GB"), now), Some(contact(None, "BT1 1AA")), "Northern Ireland"),
        (order(Some("DE"), datetime!(2019-05-01 12:00 UTC)), None, "the rate of DE when it was placed"),
    ];
    for (order, contact, unknown) in cases {
        let turn = asked(valid(), order, contact).await;
        assert!(turn.report["missing"][0].as_str().unwrap().contains(unknown), "{}", turn.report);
        assert_eq!(turn.tasks.len(), 1);
    }
}

#[tokio::test]
async fn a_person_s_word_counts_from_then_on_and_an_agent_s_does_not() {
    let mut bench = Bench::of::<Tax>();
    let unknown = order(None, testing::NOW);
    let taxed = Taxed {
        treatment: Treatment::Domestic,
        country: Some("NL".to_owned()),
        rate: Decimal::from(21),
        tax: Money::eur_cents(2100),
        evidence: Vec::new(),
        on: "2026-11-20".to_owned(),
    };
    let decided = json!({ "order": "1", "taxed": taxed });
    assert!(bench.ask(&tax(valid()), "decide", decided.clone()).await.is_err(), "nobody said it");
    let mut task = task();
    for by in ["finance-manager", "finance-analyst/eu", "ceo", "schedule"] {
        task.by = by.to_owned();
        bench.task = Some(task.clone());
        assert!(bench.ask(&tax(valid()), "decide", decided.clone()).await.is_err(), "an agent said it");
    }
    task.by = "fiona@sandbox.example".to_owned();
    bench.task = Some(task);
    let turn = bench.ask(&tax(valid()), "decide", decided).await.unwrap();
    let told: Vec<_> = turn.tasks.iter().map(|task| (task.agent.to_string(), task.kind.as_str())).collect();
    assert_eq!(told, [("finance-manager".to_owned(), "tax.decided")], "the order is looked at again");
    bench.known.facts = turn.facts;
    bench.known.orders = vec![unknown];
    let turn = bench.ask(&tax(valid()), "vat", json!({ "order": "1" })).await.unwrap();
    assert_eq!(turn.report["rate"], "21");
    assert_eq!(turn.report["evidence"], json!(["person:fiona@sandbox.example"]));
}

fn task() -> domain::task::Task {
    domain::task::Task {
        id: domain::TaskId::of("a word"),
        agent: "finance-tax".parse().unwrap(),
        kind: "decide".to_owned(),
        input: serde_json::Value::Null,
        reply_to: None,
        journey: None,
        status: domain::task::TaskStatus::Ready,
        report: serde_json::Value::Null,
        error: None,
        by: String::new(),
        created: testing::NOW,
        updated: testing::NOW,
    }
}

#[test]
fn a_rate_holds_until_the_moment_that_the_next_one_begins_there() {
    let rates = Rates::kept().unwrap();
    let cases = [
        ("EE", datetime!(2025-06-30 20:59:59 UTC), "22"),
        ("EE", datetime!(2025-06-30 21:00 UTC), "24"),
        ("EE", datetime!(2023-12-31 21:59 UTC), "20"),
        ("RO", datetime!(2025-07-31 20:59:59 UTC), "19"),
        ("RO", datetime!(2025-07-31 21:00 UTC), "21"),
        ("SK", datetime!(2024-12-31 22:59:59 UTC), "20"),
        ("SK", datetime!(2025-01-01 00:00 +01:00), "23"),
        ("DE", datetime!(2020-03-01 12:00 UTC), "19"),
        ("DE", datetime!(2020-09-01 12:00 UTC), "16"),
        ("DE", datetime!(2026-09-01 12:00 UTC), "19"),
    ];
    for (country, at, rate) in cases {
        assert_eq!(rates.at(country, at), Some(rate.parse().unwrap()), "{country} {at}");
    }
    assert_eq!(rates.at("DE", datetime!(2019-12-31 12:00 UTC)), None);
    assert_eq!(rates.at("US", testing::NOW), None);
}

#[test]
fn two_kept_tables_agree_on_every_country_of_the_union() {
    let other: serde_json::Value = serde_json::from_str(include_str!("../data/standard.json")).unwrap();
    let rates = Rates::kept().unwrap();
    let mut countries = 0;
    for country in rates.countries() {
        let rate: Decimal = other["standard"][country].as_str().unwrap().parse().unwrap();
        assert_eq!(rates.at(country, testing::NOW), Some(rate), "{country}");
        countries += 1;
    }
    assert_eq!(countries, 27);
}

/// The books of orders sold on these days, with what was paid back of the first of them.
async fn books(placed: &[OffsetDateTime], country: &str, back: Option<OffsetDateTime>) -> Vec<books::Entry> {
    let mut entries = Vec::new();
    for (n, placed) in placed.iter().enumerate() {
        let mut sold = order(Some(country), *placed);
        sold.shop.order = n.to_string();
        let taxed = treatment::taxed(&sold, ("NL", country), &Buyer::Consumer, &Rates::kept().unwrap()).unwrap();
        sold.taxed = Some(taxed);
        if let Some(at) = back.filter(|_| n == 0) {
            let amount = Money::eur_cents(6050);
            sold.refunds = vec![domain::order::Refund {
                id: "r".to_owned(),
                order: "0".to_owned(),
                amount,
                lines: Vec::new(),
                at,
            }];
        }
        entries.extend(of_order(&sold, None).unwrap());
    }
    entries
}

#[tokio::test]
async fn a_quarter_is_declared_by_country_and_rate_and_a_later_refund_corrects_it_at_the_old_rate() {
    let mut bench = Bench::of::<Tax>();
    bench.now = datetime!(2025-10-01 07:00 UTC);
    // sold at 22 %, paid back when the rate was 24 %
    let placed = [datetime!(2025-06-10 12:00 UTC), datetime!(2025-07-10 12:00 UTC)];
    bench.known.entries = books(&placed, "EE", Some(datetime!(2025-08-01 12:00 UTC))).await;
    let turn = bench.ask(&tax(valid()), "quarterly", json!(null)).await.unwrap();
    assert_eq!(turn.report["report"], "oss-2025-q3");
    let lines = turn.report["lines"].as_array().unwrap();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["rate"].as_str().unwrap(), line["tax"].as_str().unwrap(), line["corrects"].as_str()))
        .collect();
    assert_eq!(told, [("22", "-10.91", Some("2025-q2")), ("24", "23.42", None)]);
    let [draft] = &turn.proposals[..] else { panic!("{:?}", turn.proposals) };
    assert_eq!(draft.action.amount().unwrap().to_string(), "EUR 12.51");
    assert_eq!((draft.action.kind(), turn.facts[0].source.as_str()), ("tax.report.file", "tax:oss-2025-q3"));
}

#[tokio::test]
async fn nothing_sold_is_nothing_to_file_and_sales_at_home_are_another_report() {
    let mut bench = Bench::of::<Tax>();
    bench.now = datetime!(2026-11-01 06:00 UTC);
    bench.known.entries = books(&[datetime!(2026-10-10 12:00 UTC)], "NL", None).await;
    let oss = bench.ask(&tax(valid()), "quarterly", json!(null)).await.unwrap();
    assert!(oss.proposals.is_empty() && oss.report["lines"].as_array().unwrap().is_empty());
    let home = bench.ask(&tax(valid()), "monthly", json!(null)).await.unwrap();
    assert_eq!((home.report["report"].as_str(), home.report["tax"].as_str()), (Some("vat-2026-10"), Some("21.00")));
    assert_eq!(home.proposals.len(), 1);
}

#[test]
fn the_sample_event_wakes_it_for_a_task() {
    let wakes = testing::wakes(include_str!("../../../../events/sqs/finance-tax.json"));
    assert!(matches!(wakes[..], [domain::task::Wake::Task { .. }]));
}
