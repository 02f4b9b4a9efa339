use super::*;
use agent::{
    Ruling,
    testing::{self, Bench, NOW, journey},
};
use domain::{
    Action, Money, Status,
    action::{GoalSet, RefundIssue},
    journey::{Ending, Reviewed, Stage},
    task::Wake,
};
use rust_decimal::Decimal;
use serde_json::json;
use store::{StoreError, budget::Budget, fact::Fact, view::AgentView};
use time::OffsetDateTime;

/// What was used of the mandate today.
struct Used {
    products: Option<i64>,
    cents: i64,
    now: OffsetDateTime,
}

#[async_trait]
impl Mandate for Used {
    async fn approved_since(&self, _from: OffsetDateTime) -> Result<Option<i64>, StoreError> {
        Ok(self.products)
    }

    async fn committed(&self) -> Result<Budget, StoreError> {
        Ok(Budget::new("mandate:ceo").with(self.cents, self.now))
    }
}

fn ceo(products: Option<i64>, cents: i64) -> Ceo {
    Ceo::new(Arc::new(Used { products, cents, now: Bench::of::<Ceo>().now }))
}

async fn ask(kind: &str, input: Value) -> Turn {
    Bench::of::<Ceo>().ask(&ceo(Some(0), 0), kind, input).await.unwrap()
}

fn product(margin: i64, passed: bool) -> Value {
    json!({
        "candidate": testing::candidate(),
        "scored": testing::scored(),
        "vetted": { "passed": passed, "score": 92, "band": "good", "terms": {}, "missing": [], "reason": "good" },
        "priced": { "passed": true, "prices": {}, "marginPercent": margin, "missing": [], "reason": "priced" },
    })
}

async fn review(ceo: &Ceo, input: Value) -> Reviewed {
    let turn = Bench::of::<Ceo>().ask(ceo, "review.product", input).await.unwrap();
    serde_json::from_value(turn.report).unwrap()
}

#[tokio::test]
async fn a_product_inside_the_mandate_is_approved() {
    let reviewed = review(&ceo(Some(0), 0), product(45, true)).await;
    assert!(reviewed.approved && !reviewed.escalated, "{reviewed:?}");
    assert_eq!(reviewed.codes, ["ceo_margin_fits"]);
}

#[tokio::test]
async fn a_low_margin_is_rejected_with_the_threshold_and_the_value_in_words() {
    let limits: Value = testing::policies().thresholds("ceo_product").unwrap();
    let least = limits["min_margin_percent"].as_i64().unwrap();
    let reviewed = review(&ceo(Some(0), 0), product(least - 1, true)).await;
    assert!(!reviewed.approved && !reviewed.escalated);
    assert_eq!(reviewed.codes, ["margin_too_low"]);
    let told = [least.to_string(), (least - 1).to_string()];
    assert!(told.iter().all(|figure| reviewed.reason.contains(figure)), "{}", reviewed.reason);
}

#[tokio::test]
async fn what_is_not_known_or_above_the_mandate_goes_to_a_person() {
    let limits: Value = testing::policies().thresholds("ceo_product").unwrap();
    let many = limits["up_to_per_day"].as_i64();
    let mut unpriced = product(45, true);
    unpriced["priced"] = Value::Null;
    let cases = [
        (None, product(45, true), "fact_missing"),
        (many, product(45, true), "approved_many"),
        (Some(0), unpriced, "fact_missing"),
    ];
    for (approved_today, input, code) in cases {
        let reviewed = review(&ceo(approved_today, 0), input).await;
        assert!(reviewed.escalated && !reviewed.approved, "{reviewed:?}");
        assert_eq!(reviewed.codes, [code]);
    }
}

fn refund(cents: i32) -> Action {
    RefundIssue { order: "1001".to_owned(), customer: "c-1".to_owned(), amount: Money::eur_cents(cents) }.into()
}

async fn ruling(ceo: &Ceo, action: Action, status: Status, confidence: Option<u8>) -> Option<Ruling> {
    let mut record = testing::record(action, status);
    record.proposal.confidence = confidence.map(|percent| percent.try_into().unwrap());
    let mut bench = Bench::of::<Ceo>();
    bench.action = Some(testing::row(record.clone()));
    let turn = bench.ask(ceo, "action", serde_json::to_value(record).unwrap()).await.unwrap();
    turn.rulings.into_iter().next().map(|(_, ruling)| ruling)
}

#[tokio::test]
async fn an_action_is_approved_inside_the_mandate_and_otherwise_left_to_a_person() {
    let review = Status::CeoReview;
    let within = ruling(&ceo(None, 0), refund(10_000), review, Some(90)).await;
    assert!(matches!(within, Some(Ruling::Approve(_))), "{within:?}");
    let cases = [(0, None), (10_000_000, Some(90))];
    for (committed, confidence) in cases {
        let ruled = ruling(&ceo(None, committed), refund(10_000), review, confidence).await;
        assert!(matches!(ruled, Some(Ruling::Escalate(_))), "{committed} {confidence:?}: {ruled:?}");
    }
    let goal = GoalSet { goal: "x".to_owned(), from: Decimal::ONE, to: Decimal::TWO };
    let strange = ruling(&ceo(None, 0), goal.into(), review, Some(90)).await;
    assert!(matches!(strange, Some(Ruling::Escalate(_))), "{strange:?}");
}

#[tokio::test]
async fn an_action_that_no_longer_waits_for_it_is_left_alone() {
    assert_eq!(ruling(&ceo(None, 0), refund(10_000), Status::Pending, Some(90)).await, None);
}

#[tokio::test]
async fn a_journey_that_ended_early_is_kept_in_its_report() {
    let missing = vec!["cost_index".to_owned()];
    let ending = Ending { stage: Stage::Vetting, reason: "the supplier fails".to_owned(), missing };
    let stopped = Journey { stage: Stage::Stopped, ending: Some(ending), ..journey(Stage::Stopped) };
    let turn = ask("stopped", serde_json::to_value(&stopped).unwrap()).await;
    assert_eq!(
        turn.report,
        json!({
            "journey": stopped.id, "product": "Acme/lamp", "title": "Desk lamp", "stage": "VETTING",
            "reason": "the supplier fails", "missing": ["cost_index"],
        })
    );
}

#[tokio::test]
async fn health_counts_what_is_there_and_says_what_nobody_knows() {
    let mut bench = Bench::of::<Ceo>();
    bench.known.journeys = vec![journey(Stage::Vetting)];
    bench.known.actions = [("PENDING".to_owned(), 3)].into();
    let view = |outcome: &str| AgentView {
        runs: 4,
        failed: 1,
        last_run: Some("2026-11-20T11:00:00Z".to_owned()),
        last_outcome: Some(outcome.to_owned()),
        ..AgentView::default()
    };
    bench.known.agents =
        [("product-scout".to_owned(), view("failed")), ("product-vetting".to_owned(), view("succeeded"))].into();
    let agents = json!({ "agents": ["product-scout", "product-vetting", "product-pricing"] });
    let report = bench.ask(&ceo(None, 0), "hourly", agents).await.unwrap().report;
    assert_eq!((&report["journeys"]["VETTING"], &report["actions"]["PENDING"]), (&json!(1), &json!(3)));
    assert_eq!(
        report["findings"],
        json!([
            "3 actions wait for a person",
            "product-pricing has never run",
            "the last run of product-scout, at 2026-11-20T11:00:00Z, failed (1 of 4 runs)",
        ])
    );
    assert_eq!(report["missing"][0], "revenue: nothing was booked in two weeks");
}

#[tokio::test]
async fn goals_that_nobody_set_are_named_as_missing() {
    let report = ask("daily", Value::Null).await.report;
    assert_eq!(report["goals"], json!([]));
    assert!(report["missing"].as_array().unwrap().contains(&json!("goal `margin_percent`: it was never set")));
}

#[tokio::test]
async fn the_digest_counts_what_is_under_way_and_names_what_waits_for_a_person() {
    let mut bench = Bench::of::<Ceo>();
    bench.known.journeys = vec![journey(Stage::Vetting)];
    bench.known.actions = [("PENDING".to_owned(), 3), ("EXECUTED".to_owned(), 40)].into();
    bench.known.facts = vec![goal("40")];
    let report = bench.ask(&ceo(None, 0), "daily", Value::Null).await.unwrap().report;
    assert_eq!(report["actions"], json!({ "PENDING": 3, "EXECUTED": 40 }));
    assert_eq!(report["products"], json!({ "VETTING": 1 }));
    assert_eq!(report["findings"], json!(["3 actions wait for a person"]));
    assert_eq!(report["goals"], json!([{ "goal": "margin_percent", "value": "40" }]));
}

fn goal(value: &str) -> Fact {
    Fact { source: "goal:margin_percent".to_owned(), fields: [("value".to_owned(), value.to_owned())].into(), at: NOW }
}

#[tokio::test]
async fn a_goal_is_changed_from_the_value_that_is_known() {
    let mut bench = Bench::of::<Ceo>();
    bench.known.facts = vec![goal("40")];
    let wish = json!({ "goal": "margin_percent", "to": "42", "reason": "costs rose" });
    let turn = bench.ask(&ceo(None, 0), "goals.set", wish).await.unwrap();
    let [draft] = &turn.proposals[..] else { panic!("{:?}", turn.report) };
    let wanted = GoalSet { goal: "margin_percent".to_owned(), from: Decimal::from(40), to: Decimal::from(42) };
    assert_eq!(draft.action, wanted.into());
    assert_eq!((draft.premises[0].source.as_str(), draft.premises.len()), ("goal:margin_percent", 1));
}

#[tokio::test]
async fn a_goal_without_a_known_value_is_not_guessed() {
    let wish = json!({ "goal": "margin_percent", "to": "42", "reason": "costs rose" });
    let turn = ask("goals.set", wish).await;
    assert!(turn.proposals.is_empty());
    assert_eq!(turn.report["missing"], json!(["value of goal `margin_percent` now"]));

    let mut bench = Bench::of::<Ceo>();
    bench.known.facts = vec![goal("40")];
    let wish = json!({ "goal": "margin_percent", "from": "39", "to": "42", "reason": "costs rose" });
    let refused = bench.ask(&ceo(None, 0), "goals.set", wish).await.unwrap_err();
    assert_eq!(refused.to_string(), "goal `margin_percent` is 40 now, not 39");
}

#[test]
fn the_day_of_a_mandate_begins_at_midnight() {
    assert_eq!(mandate::today(NOW), time::macros::datetime!(2026-11-20 00:00 UTC));
}

#[test]
fn the_sample_event_holds_everything_that_wakes_it() {
    let wakes = testing::wakes(include_str!("../../../events/sqs/ceo.json"));
    let [Wake::Task { .. }, Wake::Action { .. }, Wake::Stopped { .. }, schedules @ ..] = &wakes[..] else {
        panic!("{wakes:?}");
    };
    assert_eq!(schedules.len(), 2);
    for wake in schedules {
        let Wake::Schedule { schedule, input, .. } = wake else { panic!("{wake:?}") };
        let kind = schedule.strip_prefix("ceo.").unwrap();
        let asked: Result<Input, _> = serde_json::from_value(json!({ "kind": kind, "input": input }));
        assert!(matches!(asked, Ok(Input::Hourly(None) | Input::Daily(None))), "{schedule}");
    }
}

#[tokio::test]
async fn what_the_store_earns_is_read_from_the_books_and_today_is_not_counted() {
    use domain::books::{Account, Entry, Kind, Move};
    let sold = |n: i64, cents: i32, cost: i32| {
        let moves = vec![
            Move::new(Account::Receivable, Account::Revenue, Money::eur_cents(cents)),
            Move::new(Account::Cogs, Account::SupplierPayable, Money::eur_cents(cost)),
        ];
        Entry::new(Kind::Sale, format!("sale/{n}"), NOW - time::Duration::days(n), moves).unwrap()
    };
    let mut bench = Bench::of::<Ceo>();
    bench.known.entries = vec![sold(0, 99_900, 0), sold(1, 10_000, 6000), sold(9, 10_000, 7500)];
    let report = bench.ask(&ceo(None, 0), "daily", Value::Null).await.unwrap().report;
    let business = json!({
        "orders": 1, "dailyRevenueEur": "100.00", "dailyProfitEur": "40.00", "dailyCostEur": "60.00",
        "marginPercent": "40", "marginPercentBefore": "25",
    });
    assert_eq!(report["business"], business);
    assert!(!report["missing"].to_string().contains("revenue:"), "{}", report["missing"]);
}
