//! What happened, and the whole store at a glance.

use crate::bench::{Bench, journey, publish, request};
use domain::{Role, journey::Stage};
use serde_json::json;
use time::Duration;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

#[tokio::test]
async fn what_happened_today_comes_latest_first_in_pages() {
    let bench = Bench::start().await;
    for n in 0..5 {
        bench.keep(&request(publish(n), 1)).await;
        bench.pass(Duration::minutes(1));
    }
    let (mut times, mut path) = (Vec::new(), "/api/v1/activity?limit=2".to_owned());
    loop {
        let page = bench.get(OLIVIA, &path).await.with(200);
        times.extend(page["items"].as_array().unwrap().iter().map(|item| item["at"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/activity?limit=2&cursor={next}");
    }
    assert_eq!(times.len(), 5);
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    bench.pass(Duration::days(1));
    assert_eq!(bench.get(OLIVIA, "/api/v1/activity").await.with(200), json!({"items": []}));
    let day = bench.get(OLIVIA, "/api/v1/activity?day=2026-11-20").await.with(200);
    assert_eq!(day["items"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn the_dashboard_shows_what_is_there_and_leaves_out_what_is_not_known() {
    let bench = Bench::start().await;
    bench.keep(&request(publish(1), 1)).await;
    bench.keep(&journey(1, Stage::Stopped)).await;
    let shown = bench.get(OLIVIA, "/api/v1/ceo/dashboard").await;
    shown.with(200);
    insta::assert_json_snapshot!(shown.steady());
    bench.env.store().beat_failed("ceo", crate::bench::NOON).await.unwrap();
    let agents = bench.get(OLIVIA, "/api/v1/ceo/dashboard").await.json()["agents"].clone();
    assert_eq!((&agents["ran"], &agents["successPercent"]), (&json!(1), &json!(0)));
}
