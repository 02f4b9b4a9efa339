//! Clusters: how they stand, and what they did today.

use crate::bench::{Bench, NOON, publish, request};
use domain::{Outcome, Record, Role, Status};
use serde_json::json;
use time::Duration;

const OSCAR: (&str, Role) = ("oscar", Role::Operations);

fn executed(n: u32, seconds: i64) -> Record {
    let waiting = request(publish(n), 1);
    let granted = waiting.granted(vec!["olivia".into()], NOON).unwrap();
    let done = granted.becomes(Status::Executing, NOON).unwrap().becomes(Status::Executed, NOON).unwrap();
    let at = NOON + Duration::seconds(seconds);
    Record { outcome: Some(Outcome { remote_id: None, link: None, detail: "done".into(), at }), ..done }
}

#[tokio::test]
async fn a_cluster_shows_its_agents_and_what_waits() {
    let bench = Bench::start().await;
    bench.env.store().beat_failed("product-publisher", NOON).await.unwrap();
    bench.keep(&request(publish(1), 1)).await;
    let pause = json!({"reason": "it errs"});
    bench.post(OSCAR, "/api/v1/agents/product-scout/pause", &pause).await.with(200);
    let status = bench.get(OSCAR, "/api/v1/clusters/product/status").await.with(200);
    let agents = json!({"total": 4, "healthy": 0, "failing": 1, "paused": 2, "idle": 1});
    assert_eq!((&status["agents"], &status["pending"]), (&agents, &json!(1)), "{status}");
    assert_eq!(status["stops"][0]["scope"], "agent:product-scout");
    let other = bench.get(OSCAR, "/api/v1/clusters/marketing/status").await.with(200);
    assert_eq!((&other["pending"], &other["stops"]), (&json!(0), &json!([])));
    for name in ["nothing", "Product", "a%20b"] {
        bench.get(OSCAR, &format!("/api/v1/clusters/{name}/status")).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn rates_are_worked_out_from_what_ended_today_and_absent_where_nothing_did() {
    let bench = Bench::start().await;
    let path = "/api/v1/clusters/product/metrics";
    let empty = bench.get(OSCAR, path).await.with(200);
    for figure in ["autonomyPercent", "successPercent", "meanCompletionSeconds", "taskSuccessPercent"] {
        assert!(empty.get(figure).is_none(), "{figure}: {empty}");
    }
    bench.keep(&request(publish(1), 1)).await;
    bench.keep(&executed(2, 60)).await;
    bench.keep(&Record { approval: None, ..executed(3, 120) }).await;
    let day = bench.get(OSCAR, path).await.with(200);
    assert_eq!(day["byStatus"], json!({"PENDING": 1, "EXECUTED": 2}));
    assert_eq!(day["byTier"], json!({"HIGH": 3}));
    let figures =
        ["autonomyPercent", "successPercent", "meanCompletionSeconds", "pending"].map(|name| day[name].clone());
    assert_eq!(figures, [json!(50), json!(100), json!(90), json!(1)]);
    bench.pass(Duration::days(1));
    let next = bench.get(OSCAR, path).await.with(200);
    assert_eq!(next["byStatus"], json!({"PENDING": 1}), "what ended yesterday is not counted");
}
