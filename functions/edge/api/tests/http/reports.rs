//! Days in figures.

use crate::bench::{Bench, NOON, publish, request};
use domain::{Record, Role, Status, audit::Sealing};
use serde_json::{Value, json};
use store::exported::{Exported, Going, Mark};
use time::Duration;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const DAYS: &str = "/api/v1/reports/days";

/// An action that people agreed to, executed.
async fn decided(bench: &Bench, n: u32) {
    let record = request(publish(n), 1);
    bench.keep(&record).await;
    let id = record.proposal.id.to_string();
    let row = bench.env.store().get::<Record>(&id).await.unwrap().unwrap();
    let next = record.granted(vec!["olivia".into()], NOON).unwrap();
    let next = next.becomes(Status::Executing, NOON).unwrap().becomes(Status::Executed, NOON).unwrap();
    let entry = domain::audit::Entry::new(domain::Actor::Function("storefront".into()), "executed", "EXECUTED");
    let mut tx = bench.env.store().tx(NOON);
    tx.update(&row, &next, entry).unwrap();
    tx.commit().await.unwrap();
}

async fn days(bench: &Bench, query: &str) -> Vec<Value> {
    bench.get(OLIVIA, &format!("{DAYS}{query}")).await.with(200)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn today_is_counted_as_it_is_asked_for_and_who_decided_is_told_apart() {
    let bench = Bench::start().await;
    let empty = days(&bench, "").await;
    assert_eq!(
        (empty.len(), &empty[0]["date"], empty[0]["all"].get("autonomyPercent")),
        (1, &json!("2026-11-20"), None)
    );
    decided(&bench, 1).await;
    bench.keep(&Record { status: Status::Denied, approval: None, ..request(publish(2), 1) }).await;
    bench.keep(&request(publish(3), 1)).await;
    let today = days(&bench, "?days=7").await.remove(0);
    let known = json!({
        "judged": {"HIGH": 3}, "ended": {"DENIED": 1, "EXECUTED": 1}, "alone": 1, "byPeople": 1,
        "autonomyPercent": 50, "undone": 0, "tasksDone": 0, "tasksFailed": 0,
    });
    assert_eq!((&today["all"], &today["clusters"]), (&known, &json!({"product": known.clone()})));
    assert_eq!((&today["sealed"], &today["complete"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn a_sealed_day_is_shown_as_its_seal_has_it_and_one_without_figures_is_not_shown() {
    let bench = Bench::start().await;
    decided(&bench, 1).await;
    let open = Sealing::open(NOON.date(), None, NOON);
    let (read, _) = bench.env.store().gather(open, 1_000).await.unwrap();
    bench.pass(Duration::days(1));
    let (sealed, next) = read.sealed(NOON + Duration::days(1)).unwrap();
    let old = Sealing { figures: None, ..Sealing::open(NOON.date().previous_day().unwrap(), None, NOON) };
    bench.keep(&old.sealed(NOON).unwrap().0).await;
    bench.keep(&sealed).await;
    bench.keep(&next.unwrap()).await;
    let days = days(&bench, "").await;
    let dates: Vec<&str> = days.iter().map(|day| day["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2026-11-21", "2026-11-20"]);
    assert_eq!((&days[1]["sealed"], &days[1]["all"]["byPeople"]), (&json!(true), &json!(1)));
}

#[tokio::test]
async fn a_number_of_days_that_makes_no_report_is_refused_as_a_field() {
    let bench = Bench::start().await;
    for days in ["0", "91", "-1", "x"] {
        let answer = bench.get(OLIVIA, &format!("{DAYS}?days={days}")).await;
        assert_eq!(answer.problem(400, "query")["errors"][0]["field"], "days");
    }
}

#[tokio::test]
async fn whoever_reads_reports_sees_how_far_the_books_were_exported_and_what_was_refused() {
    let bench = Bench::start().await;
    let export = || bench.get(OLIVIA, "/api/v1/reports/export");
    assert_eq!(export().await.with(200), json!({ "state": "off", "exported": 0, "refused": {} }));
    let refused = [("sale/2".to_owned(), "invalid: no such field".to_owned())].into();
    let value = Exported { going: Going::Failing, why: Some("503".into()), sent: 7, refused, ..Exported::default() };
    let mut tx = bench.env.store().tx(NOON);
    tx.exported("books", &Mark::default(), value).unwrap();
    tx.commit().await.unwrap();
    let told = json!({
        "state": "failing", "why": "503", "exported": 7, "refused": { "sale/2": "invalid: no such field" },
        "at": "2026-11-20T12:00:00Z",
    });
    assert_eq!(export().await.with(200), told);
    bench.get(("robot", Role::Agent), "/api/v1/reports/export").await.with(403);
}
