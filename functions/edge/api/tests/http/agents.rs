//! Agents: how they do, and stopping one.

use crate::bench::Bench;
use domain::Role;
use serde_json::json;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const OSCAR: (&str, Role) = ("oscar", Role::Operations);
const MARK: (&str, Role) = ("mark", Role::Marketing);

#[tokio::test]
async fn all_agents_are_listed_by_name_in_pages() {
    let bench = Bench::start().await;
    let (mut names, mut path) = (Vec::new(), "/api/v1/agents?limit=2".to_owned());
    loop {
        let page = bench.get(OLIVIA, &path).await.with(200);
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|agent| agent["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/agents?limit=2&cursor={next}");
    }
    assert_eq!(names.len(), 7);
    assert!(names.is_sorted());
    let page = bench.get(OLIVIA, "/api/v1/agents?cluster=marketing").await.with(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_heartbeat_is_shown_and_one_that_never_was_is_absent() {
    let bench = Bench::start().await;
    let never = bench.get(OLIVIA, "/api/v1/agents/product-scout~eu-home").await.with(200);
    insta::assert_json_snapshot!(never);
    bench.env.store().beat_failed("product-scout/eu-home", crate::bench::NOON).await.unwrap();
    for id in ["product-scout~eu-home", "product-scout%2Feu-home"] {
        let agent = bench.get(OLIVIA, &format!("/api/v1/agents/{id}")).await.with(200);
        assert_eq!((&agent["runs"], &agent["failed"], &agent["lastOutcome"]), (&json!(1), &json!(1), &json!("failed")));
    }
}

#[tokio::test]
async fn an_agent_is_stopped_with_a_reason_and_runs_again() {
    let bench = Bench::start().await;
    let paused = bench.post(OSCAR, "/api/v1/agents/product-scout/pause", &json!({"reason": "it errs"})).await;
    insta::assert_json_snapshot!(paused.with(200));
    let specialist = bench.get(OSCAR, "/api/v1/agents/product-scout~eu-home").await.with(200);
    assert_eq!(specialist["status"], "PAUSED", "the stop of a function covers its specialists");
    let control = bench.get(OSCAR, "/api/v1/control").await.with(200);
    assert_eq!(control["stops"][0]["scope"], "agent:product-scout");
    let running = bench.post(OSCAR, "/api/v1/agents/product-scout/resume", &json!({})).await.with(200);
    assert_eq!(running["status"], "ACTIVE");
    bench.post(OSCAR, "/api/v1/agents/product-scout/resume", &json!({})).await.with(200);
}

#[tokio::test]
async fn somebody_elses_stop_is_lifted_only_when_others_agree() {
    let bench = Bench::start().await;
    let (pause, resume) = ("/api/v1/agents/marketing-copy/pause", "/api/v1/agents/marketing-copy/resume");
    bench.post(OLIVIA, pause, &json!({"reason": "it errs"})).await.with(200);
    bench.post(MARK, resume, &json!({})).await.problem(403, "forbidden");
    let asked = bench.post(OSCAR, resume, &json!({})).await;
    asked.problem(403, "forbidden");
    let asked = bench.post(("otto", Role::Owner), resume, &json!({})).await.with(202);
    assert_eq!(asked["actionType"], "control.resume");
    let still = bench.get(OLIVIA, "/api/v1/agents/marketing-copy").await.with(200);
    assert_eq!(still["status"], "PAUSED", "it waits for others to agree");
    assert_eq!(bench.post(OLIVIA, resume, &json!({})).await.with(200)["status"], "ACTIVE");
    bench.post(MARK, pause, &json!({"reason": "it errs"})).await.with(200);
    assert_eq!(bench.post(MARK, resume, &json!({})).await.with(200)["status"], "ACTIVE");
}

#[tokio::test]
async fn a_wider_stop_stays_on() {
    let bench = Bench::start().await;
    let stop = json!({"scope": "cluster:product", "stopped": true, "reason": "audit"});
    bench.with_body(axum::http::Method::PUT, OLIVIA, "/api/v1/control", &stop).await.with(200);
    let agent = bench.post(OLIVIA, "/api/v1/agents/product-scout/resume", &json!({})).await.with(200);
    assert_eq!((&agent["status"], &agent["stop"]["scope"]), (&json!("PAUSED"), &json!("cluster:product")));
    bench.post(OLIVIA, "/api/v1/agents/nobody/pause", &json!({"reason": "x"})).await.problem(403, "forbidden");
    bench.post(OLIVIA, "/api/v1/agents/product-nobody/pause", &json!({"reason": "x"})).await.problem(404, "not-found");
}

#[tokio::test]
async fn an_agent_says_that_it_is_alive_and_nobody_says_it_for_another() {
    let bench = Bench::start().await;
    let path = "/api/v1/agents/product-scout/heartbeat";
    let me = ("product-scout", Role::Agent);
    let alive = bench.post(me, path, &json!({})).await.with(200);
    assert_eq!((&alive["lastSeen"], &alive["runs"]), (&json!("2026-11-20T12:00:00.000000Z"), &json!(0)));
    let shown = bench.get(OLIVIA, "/api/v1/agents/product-scout").await.with(200);
    assert_eq!(shown["lastSeen"], alive["lastSeen"]);
    bench.post(("product-publisher", Role::Agent), path, &json!({})).await.problem(403, "forbidden");
    bench.post(OLIVIA, path, &json!({})).await.problem(403, "forbidden");
    let nobody = ("product-nobody", Role::Agent);
    bench.post(nobody, "/api/v1/agents/product-nobody/heartbeat", &json!({})).await.problem(404, "not-found");
}
