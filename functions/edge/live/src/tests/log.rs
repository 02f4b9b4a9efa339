//! Going on where one was.

use super::bench::Bench;
use domain::Role;
use serde_json::json;
use time::Duration;

const ALL: [&str; 2] = ["approval:required", "action:executed"];

async fn watching(bench: &Bench, id: &str) {
    bench.connect(id, Role::Owner).await;
    bench.say(id, json!({ "subscribe": ALL })).await;
}

async fn going_on(bench: &Bench, id: &str, after: &str) {
    bench.connect(id, Role::Owner).await;
    bench.say(id, json!({ "subscribe": ALL, "after": after })).await;
}

fn has_gap(bench: &Bench, id: &str) -> bool {
    bench.received(id).contains(&json!({ "gap": true }))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_told_with_its_id_topic_time_and_content() {
    let bench = Bench::start().await;
    watching(&bench, "a=").await;
    bench.happen("approval:required", [7]).await;
    let told = bench.received("a=").pop().unwrap();
    let expected = json!({
        "id": bench.last_id("a="), "topic": "approval:required", "at": "2026-11-20T12:00:00Z", "data": { "number": 7 },
    });
    assert_eq!(told, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_with_the_last_id_hears_all_that_was_missed_once_and_in_order() {
    let bench = Bench::start().await;
    watching(&bench, "a=").await;
    bench.happen("approval:required", 1..=3).await;
    let last = bench.last_id("a=");
    bench.leave("a=").await;
    for batch in 0..250 {
        bench.happen(ALL[usize::from(batch % 2 == 0)], 4 + batch * 5..9 + batch * 5).await;
    }
    going_on(&bench, "b=", &last).await;
    bench.happen("approval:required", [2000]).await;
    let expected: Vec<u64> = (4..4 + 1250).chain([2000]).collect();
    assert_eq!((bench.numbers("a="), bench.numbers("b=")), (vec![1, 2, 3], expected));
    assert!(!has_gap(&bench, "b="));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_saw_nothing_yet_goes_on_from_the_place_that_the_answer_named() {
    let bench = Bench::start().await;
    watching(&bench, "a=").await;
    let from = bench.received("a=")[0]["after"].as_str().unwrap().to_owned();
    bench.leave("a=").await;
    bench.happen("approval:required", [1, 2]).await;
    going_on(&bench, "b=", &from).await;
    assert_eq!((bench.numbers("b="), has_gap(&bench, "b=")), (vec![1, 2], false));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_kept_is_a_gap_and_never_a_silent_hole() {
    let bench = Bench::start().await;
    watching(&bench, "a=").await;
    bench.happen("approval:required", [1, 2]).await;
    let last = bench.last_id("a=");
    bench.leave("a=").await;
    bench.pass(Duration::hours(10));
    going_on(&bench, "b=", &last).await;
    assert!(!has_gap(&bench, "b="), "nothing happened meanwhile");
    bench.leave("b=").await;
    bench.pass(Duration::hours(20));
    bench.happen("approval:required", [3]).await;
    going_on(&bench, "c=", &last).await;
    assert_eq!((bench.numbers("c="), has_gap(&bench, "c=")), (vec![3], false), "somebody watched a day ago");
    let newer = bench.last_id("c=");
    bench.leave("c=").await;
    bench.pass(Duration::hours(25));
    going_on(&bench, "d=", &newer).await;
    assert!(has_gap(&bench, "d="), "nobody watched for a day, so what happened was not kept");
    for wrong in ["99999999999999999990".replace('9', "0"), "00000000000099999999".to_owned()] {
        let id = format!("{wrong}=");
        going_on(&bench, &id, &wrong).await;
        assert!(has_gap(&bench, &id), "{wrong}");
        bench.happen("approval:required", [u64::try_from(wrong.len()).unwrap()]).await;
    }
    bench.happen("approval:required", [99]).await;
    assert_eq!(bench.numbers("d=").last(), Some(&99), "it goes on from there");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_past_its_time_is_a_gap_even_before_it_is_swept() {
    let bench = Bench::start().await;
    watching(&bench, "a=").await;
    bench.happen("approval:required", [1]).await;
    let first = bench.last_id("a=");
    bench.happen("approval:required", [2]).await;
    bench.pass(Duration::hours(23));
    watching(&bench, "b=").await;
    bench.pass(Duration::hours(2));
    bench.happen("approval:required", [3]).await;
    going_on(&bench, "c=", &first).await;
    assert_eq!((bench.numbers("c="), has_gap(&bench, "c=")), (vec![], true));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_delivered_twice_is_in_the_log_once() {
    let bench = Bench::start().await;
    watching(&bench, "a=").await;
    bench.happen("approval:required", [1, 2, 2]).await;
    bench.happen("approval:required", [2, 3, 1]).await;
    bench.happen("approval:required", [3]).await;
    assert_eq!(bench.numbers("a="), [1, 2, 3]);
    assert_eq!(bench.rows("EVENT#").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nobody_watches_nothing_is_written() {
    let bench = Bench::start().await;
    bench.happen("approval:required", 1..=10).await;
    assert_eq!(bench.rows("").await, Vec::<String>::new());
    watching(&bench, "a=").await;
    bench.leave("a=").await;
    bench.happen("approval:required", 11..=12).await;
    assert_eq!(bench.rows("EVENT#").await.len(), 2, "somebody may come back");
    bench.pass(Duration::hours(25));
    bench.happen("approval:required", 13..=14).await;
    assert_eq!(bench.rows("EVENT#").await.len(), 2);
}
