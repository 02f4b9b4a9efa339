use super::*;
use agent::testing::{self, Bench, NOW, candidate, journey, scored};
use domain::{
    ActionId, Outcome, Status, TaskId,
    action::{ProductUnpublish, UnpublishReason},
    journey::Stage,
    task::{TaskStatus, Wake},
};
use serde_json::json;
use store::StoreError;
use time::{Duration, OffsetDateTime};

/// Nothing waits, unless it is put here.
#[derive(Default)]
struct Table {
    hanging: Vec<Journey>,
    tasks: Vec<Task>,
    actions: Vec<Record>,
}

#[async_trait]
impl Waiting for Table {
    async fn since(&self, stage: Stage, until: OffsetDateTime, most: usize) -> Result<Vec<Journey>, StoreError> {
        let waits = |journey: &&Journey| journey.stage == stage && journey.updated < until;
        Ok(self.hanging.iter().filter(waits).take(most).cloned().collect())
    }

    async fn task(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        Ok(self.tasks.iter().find(|task| task.id == id).cloned())
    }

    async fn action(&self, id: ActionId) -> Result<Option<Record>, StoreError> {
        Ok(self.actions.iter().find(|record| record.proposal.id == id).cloned())
    }
}

fn manager() -> Manager {
    Manager::new(Arc::new(Table::default()))
}

fn bench(journeys: Vec<Journey>) -> Bench {
    let mut bench = Bench::of::<Manager>();
    bench.known.journeys = journeys;
    bench
}

/// The task of the stage that a journey is in, as its agent leaves it.
fn task(journey: &Journey, status: TaskStatus, report: Value) -> Task {
    let new = give::step_of(journey).unwrap().unwrap();
    Task {
        id: TaskId::of(&give::key(journey)),
        agent: new.agent,
        kind: new.kind,
        input: new.input,
        reply_to: None,
        journey: new.journey,
        status,
        report,
        error: (status == TaskStatus::Failed).then(|| "the supplier's record cannot be read".to_owned()),
        by: "product-manager".to_owned(),
        created: NOW,
        updated: NOW,
    }
}

async fn report(journey: &Journey, task: &Task) -> Turn {
    let input = serde_json::to_value(task).unwrap();
    bench(vec![journey.clone()]).ask(&manager(), "reported", input).await.unwrap()
}

/// The one step of a turn.
fn step(turn: &Turn) -> (Stage, &str, &Journey) {
    let [step] = &turn.journeys[..] else { panic!("{:?}", turn.journeys) };
    (step.to.stage, step.what.as_str(), &step.to)
}

fn vetted(passed: bool) -> Value {
    json!({ "passed": passed, "score": 50, "band": "failing", "terms": {}, "missing": ["cost_index"], "reason": "late" })
}

#[tokio::test]
async fn a_product_that_was_found_starts_a_journey_and_its_first_task() {
    let input = json!({ "candidate": candidate(), "scored": scored() });
    let turn = bench(Vec::new()).ask(&manager(), "journey.start", input).await.unwrap();
    let (stage, what, to) = step(&turn);
    assert_eq!((stage, what, to.round), (Stage::Vetting, "started", 1));
    assert_eq!(turn.report["started"], true);
    let [task] = &turn.tasks[..] else { panic!("{:?}", turn.tasks) };
    assert_eq!((task.agent.as_str(), task.kind.as_str(), task.reply), ("product-vetting", "vet", true));
    assert_eq!(task.journey, Some(to.id));
    assert_eq!(task.input["candidate"]["fingerprint"], candidate().fingerprint);
}

#[tokio::test]
async fn a_journey_starts_again_only_when_it_was_stopped_for_another_offer() {
    let mut other = candidate();
    other.fingerprint = "changed".to_owned();
    let cases = [
        (Stage::Vetting, candidate(), false, "the journey is under way, in stage VETTING"),
        (Stage::Deciding, other.clone(), false, "the journey is under way, in stage DECIDING"),
        (Stage::Published, other.clone(), false, "the product is on sale"),
        (Stage::Stopped, candidate(), false, "it was stopped for this very offer"),
        (Stage::Stopped, other, true, ""),
    ];
    for (stage, candidate, starts, reason) in cases {
        let before = bench(vec![journey(stage)]);
        let input = json!({ "candidate": candidate, "scored": scored() });
        let turn = before.ask(&manager(), "journey.start", input).await.unwrap();
        assert_eq!(turn.report["started"], starts, "{stage:?}");
        assert_eq!(turn.report["reason"].as_str().unwrap_or_default(), reason);
        assert_eq!((turn.journeys.len(), turn.tasks.len()), (usize::from(starts), usize::from(starts)));
        if starts {
            let to = &turn.journeys[0].to;
            assert_eq!((to.round, to.stage, to.ending.is_none()), (2, Stage::Vetting, true));
        }
    }
}

#[tokio::test]
async fn a_candidate_without_an_offer_is_refused() {
    let mut nothing = candidate();
    nothing.offers.clear();
    let input = json!({ "candidate": nothing, "scored": scored() });
    let refused = bench(Vec::new()).ask(&manager(), "journey.start", input).await.unwrap_err();
    assert!(matches!(refused, AgentError::Reject(_)), "{refused}");
}

#[tokio::test]
async fn each_good_finding_leads_to_the_next_step_and_stays_on_the_journey() {
    let priced = json!({
        "passed": true, "prices": { "lamp-S": { "amount": "20.00", "currency": "EUR" } },
        "marginPercent": 50, "missing": ["competitor"], "reason": "at the suggested price",
    });
    let reviewed =
        |approved, escalated| json!({ "approved": approved, "escalated": escalated, "codes": [], "reason": "r" });
    let cases = [
        (Stage::Vetting, vetted(true), Stage::Pricing, "vetted", Some("product-pricing")),
        (Stage::Pricing, priced, Stage::Review, "priced", Some("ceo")),
        (Stage::Review, reviewed(true, false), Stage::Publishing, "reviewed", Some("product-publisher")),
        (Stage::Review, reviewed(false, true), Stage::Publishing, "reviewed", Some("product-publisher")),
        (Stage::Publishing, json!({ "proposed": true, "reason": "Sell" }), Stage::Deciding, "listed", None),
    ];
    for (from, finding, to, what, next) in cases {
        let before = journey(from);
        let turn = report(&before, &task(&before, TaskStatus::Done, finding)).await;
        let (stage, verb, after) = step(&turn);
        assert_eq!((stage, verb), (to, what));
        assert_eq!(turn.tasks.first().map(|task| task.agent.as_str()), next);
        let found = [after.vetted.is_some(), after.priced.is_some(), after.reviewed.is_some()];
        let wanted = [from == Stage::Vetting, from == Stage::Pricing, from == Stage::Review];
        assert_eq!(found, wanted, "{from:?}");
    }
}

#[tokio::test]
async fn each_bad_finding_ends_the_journey_with_its_reason() {
    let priced = json!({ "passed": false, "prices": {}, "marginPercent": 0, "missing": ["cost"], "reason": "no cost" });
    let reviewed = json!({ "approved": false, "codes": ["margin_too_low"], "reason": "30 % is below 35 %" });
    let written = json!({ "proposed": false, "reason": "no title", "missing": ["a title"] });
    let cases: [(_, _, _, _, Vec<&str>); 6] = [
        (Stage::Vetting, TaskStatus::Done, vetted(false), "late", vec!["cost_index"]),
        (Stage::Pricing, TaskStatus::Done, priced, "no cost", vec!["cost"]),
        (Stage::Review, TaskStatus::Done, reviewed, "30 % is below 35 %", vec![]),
        (Stage::Publishing, TaskStatus::Done, written, "no title", vec!["a title"]),
        (
            Stage::Vetting,
            TaskStatus::Failed,
            Value::Null,
            "product-vetting gave up: the supplier's record cannot be read",
            vec![],
        ),
        (Stage::Review, TaskStatus::Done, json!(7), "ceo gave no usable answer: ", vec![]),
    ];
    for (from, status, finding, reason, missing) in cases {
        let before = journey(from);
        let turn = report(&before, &task(&before, status, finding)).await;
        let (stage, what, after) = step(&turn);
        assert_eq!((stage, what), (Stage::Stopped, "stopped"));
        let ending = after.ending.as_ref().unwrap();
        assert!(ending.reason.starts_with(reason), "{}", ending.reason);
        assert_eq!(ending.stage, from);
        assert_eq!(ending.missing, missing);
        assert!(turn.tasks.is_empty());
    }
}

#[tokio::test]
async fn a_finding_that_is_late_or_about_another_offer_changes_nothing() {
    let at = journey(Stage::Pricing);
    let late = task(&journey(Stage::Vetting), TaskStatus::Done, vetted(true));
    let mut other = task(&at, TaskStatus::Done, json!({}));
    other.input["candidate"]["fingerprint"] = json!("another");
    let mut nowhere = task(&at, TaskStatus::Done, json!({}));
    nowhere.journey = None;
    for task in [late, other, nowhere] {
        let turn = report(&at, &task).await;
        assert!(turn.journeys.is_empty() && turn.tasks.is_empty() && turn.report.is_null());
    }
}

#[tokio::test]
async fn the_answer_to_a_step_that_was_asked_for_twice_counts_whichever_comes_first() {
    let before = journey(Stage::Vetting);
    let first = task(&before, TaskStatus::Done, vetted(true));
    let again = Journey { round: 2, ..before };
    assert_ne!(first.id, TaskId::of(&give::key(&again)));
    assert_eq!(step(&report(&again, &first).await).0, Stage::Pricing);
}

fn record(journey: &Journey, status: Status, note: Option<&str>) -> Record {
    let product = journey.candidate.product.clone();
    let action = ProductUnpublish { product, title: "Desk lamp".to_owned(), reason: UnpublishReason::Undo };
    let mut record = testing::record(action.into(), status);
    record.proposal.journey = Some(journey.id);
    record.note = note.map(str::to_owned);
    record
}

async fn settled(journey: &Journey, record: &Record) -> Turn {
    let input = serde_json::to_value(record).unwrap();
    bench(vec![journey.clone()]).ask(&manager(), "action", input).await.unwrap()
}

#[tokio::test]
async fn an_executed_proposal_ends_the_journey_in_the_shop_even_before_the_publisher_reported() {
    for from in [Stage::Publishing, Stage::Deciding] {
        let before = journey(from);
        let mut done = record(&before, Status::Executed, None);
        let remote_id = Some("gid://shopify/Product/1".to_owned());
        done.outcome = Some(Outcome { remote_id, link: None, detail: "set".to_owned(), at: NOW });
        let turn = settled(&before, &done).await;
        let (stage, what, after) = step(&turn);
        assert_eq!((stage, what, after.action), (Stage::Published, "published", Some(done.proposal.id)));
        assert_eq!(turn.journeys[0].reasons, ["gid://shopify/Product/1"]);
        let noted: Vec<_> = turn.facts.iter().map(|fact| fact.source.as_str()).collect();
        assert_eq!(noted, ["product:variant/lamp-S", "product:variant/lamp-L"]);
        assert_eq!(turn.facts[0].fields["cost"], "EUR 10.00");
    }
}

#[tokio::test]
async fn a_proposal_that_came_to_nothing_ends_the_journey_in_the_words_of_whoever_ended_it() {
    for status in [Status::Rejected, Status::Expired, Status::Denied, Status::Failed, Status::Simulated] {
        let before = journey(Stage::Deciding);
        let turn = settled(&before, &record(&before, status, Some("too dear"))).await;
        let (stage, _, after) = step(&turn);
        assert_eq!(stage, Stage::Stopped);
        let ending = after.ending.as_ref().unwrap();
        assert_eq!(ending.reason, format!("the proposal to publish is {status}: too dear"));
        assert_eq!(ending.stage, Stage::Deciding);
    }
}

#[tokio::test]
async fn an_action_that_is_not_settled_or_not_waited_for_changes_nothing() {
    let cases = [
        (Stage::Deciding, Status::Pending),
        (Stage::Deciding, Status::Superseded),
        (Stage::Published, Status::Executed),
        (Stage::Published, Status::Undone),
        (Stage::Stopped, Status::Rejected),
        (Stage::Vetting, Status::Executed),
    ];
    for (stage, status) in cases {
        let before = journey(stage);
        assert!(settled(&before, &record(&before, status, None)).await.journeys.is_empty(), "{stage:?} {status}");
    }
}

#[tokio::test]
async fn a_publication_that_is_undone_ends_the_journey() {
    let undone = record(&journey(Stage::Published), Status::Undone, None);
    let before = Journey { action: Some(undone.proposal.id), ..journey(Stage::Published) };
    assert_eq!(step(&settled(&before, &undone).await).0, Stage::Stopped);
}

async fn swept(journey: Journey, task: Option<Task>) -> Turn {
    let table = Table { hanging: vec![journey.clone()], tasks: task.into_iter().collect(), ..Table::default() };
    let bench = bench(vec![journey]);
    bench.ask(&Manager::new(Arc::new(table)), "quarter-hourly", Value::Null).await.unwrap()
}

#[tokio::test]
async fn a_journey_that_hangs_is_mended_by_what_it_hangs_on_and_the_ceo_is_told() {
    let hanging = Journey { updated: NOW - Duration::hours(2), ..journey(Stage::Vetting) };
    let cases = [
        (None, "asked again", 2),
        (Some(task(&hanging, TaskStatus::Ready, Value::Null)), "asked again", 2),
        (Some(task(&hanging, TaskStatus::Done, vetted(true))), "vetted", 1),
        (Some(task(&hanging, TaskStatus::Failed, Value::Null)), "stopped", 1),
    ];
    for (task, done, round) in cases {
        let turn = swept(hanging.clone(), task).await;
        let (_, what, after) = step(&turn);
        assert_eq!((what, after.round), (done, round));
        let told = turn.tasks.last().unwrap();
        assert_eq!((told.agent.as_str(), told.kind.as_str()), ("ceo", "cluster.report"));
        assert_eq!(turn.report["hanging"][0]["product"], "Acme/lamp");
    }
}

#[tokio::test]
async fn a_journey_that_moves_or_whose_agent_is_stopped_is_left_alone() {
    let moving = journey(Stage::Vetting);
    let held = Journey { updated: NOW - Duration::hours(2), ..journey(Stage::Vetting) };
    let stopped = task(&held, TaskStatus::Held, Value::Null);
    for (journey, task) in [(moving, None), (held, Some(stopped))] {
        let turn = swept(journey, task).await;
        assert!(turn.journeys.is_empty() && turn.tasks.is_empty() && turn.report.is_null());
    }
}

#[test]
fn the_sample_event_holds_everything_that_wakes_it() {
    let wakes = testing::wakes(include_str!("../../../../events/sqs/product-manager.json"));
    let [Wake::Task { .. }, Wake::Reported { .. }, Wake::Action { .. }, Wake::Schedule { schedule, input, .. }] =
        &wakes[..]
    else {
        panic!("{wakes:?}");
    };
    let kind = schedule.strip_prefix("product-manager.").unwrap();
    let asked: Input = serde_json::from_value(json!({ "kind": kind, "input": input })).unwrap();
    assert!(matches!(asked, Input::Sweep(_)));
}

#[tokio::test]
async fn the_end_of_an_action_whose_message_was_lost_is_taken_in_and_one_that_waits_is_left_alone() {
    let unpublish = || {
        let (product, title) = (candidate().product, "Lamp".to_owned());
        ProductUnpublish { product, title, reason: UnpublishReason::Undo }.into()
    };
    for (status, stage) in
        [(Status::Executed, Some("published")), (Status::Rejected, Some("stopped")), (Status::Pending, None)]
    {
        let record = testing::record(unpublish(), status);
        let deciding =
            Journey { action: Some(record.proposal.id), updated: NOW - Duration::hours(2), ..journey(Stage::Deciding) };
        let table = Table { hanging: vec![deciding.clone()], actions: vec![record], ..Table::default() };
        let manager = Manager::new(Arc::new(table));
        let turn = bench(vec![deciding]).ask(&manager, "quarter-hourly", Value::Null).await.unwrap();
        assert_eq!(turn.journeys.first().map(|step| step.what.as_str()), stage, "{status}");
    }
}
