//! Health, readiness, counters.

use crate::bench::{Bench, publish, request};
use axum::{body::Body, http::Request};
use domain::Role;

async fn open(bench: &Bench, path: &str) -> crate::bench::Answer {
    bench.send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn probes_need_no_token_and_are_beside_the_resources_too() {
    let bench = Bench::start().await;
    for base in ["", "/api/v1"] {
        let health = open(&bench, &format!("{base}/healthz")).await;
        assert_eq!((health.status.as_u16(), health.text.as_str()), (200, "ok"));
        let ready = open(&bench, &format!("{base}/readyz")).await;
        ready.with(200);
        insta::assert_json_snapshot!("ready", ready.steady());
        assert_eq!(open(&bench, &format!("{base}/metrics")).await.status, 401);
    }
}

#[tokio::test]
async fn a_broken_edit_of_a_policy_is_told_while_the_last_good_one_decides() {
    let dir = tempfile::tempdir().unwrap();
    copy(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../policies")), dir.path());
    let bench = Bench::with(&[("ROYAL_POLICIES", dir.path().to_str().unwrap())]).await;
    let before = open(&bench, "/readyz").await.with(200);
    std::fs::write(dir.path().join("royal/access.rego"), "package royal.access\nallow if {").unwrap();
    bench.pass(time::Duration::seconds(2));
    let ready = open(&bench, "/readyz").await.with(200);
    assert_eq!(ready["policy"]["revision"], before["policy"]["revision"]);
    assert!(ready["policy"]["problem"].as_str().is_some_and(|text| text.contains("access.rego")), "{ready}");
    bench.get(("olivia", Role::Owner), "/api/v1/control").await.with(200);
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

#[tokio::test]
async fn counters_tell_requests_refusals_and_what_waits() {
    let bench = Bench::start().await;
    bench.keep(&request(publish(1), 1)).await;
    open(&bench, "/api/v1/actions").await;
    bench.get(("sam", Role::Support), "/metrics").await.problem(403, "forbidden");
    let text = bench.get(("oscar", Role::Operations), "/metrics").await;
    assert_eq!(text.status, 200);
    for line in [
        r#"royal_api_requests_total{route="/api/v1/actions",method="GET",status="401"} 1"#,
        r#"royal_api_tokens_refused_total{reason="absent"} 1"#,
        r#"royal_api_refused_total{verb="metrics.read"} 1"#,
        r#"royal_actions{status="PENDING"} 1"#,
        r#"royal_actions{status="EXECUTED"} 0"#,
    ] {
        assert!(text.text.contains(line), "{line} in\n{}", text.text);
    }
    assert!(!text.text.contains("BREW"));
    bench.send(Request::builder().method("BREW").uri("/coffee").body(Body::empty()).unwrap()).await;
    let text = bench.get(("oscar", Role::Operations), "/metrics").await.text;
    assert!(text.contains(r#"route="unmatched",method="OTHER",status="404""#) && !text.contains("BREW"), "{text}");
}
