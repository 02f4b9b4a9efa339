//! Killed with SIGKILL at every stage of the work on a feed, and started again.

use crate::running::{PATIENCE, Running, folder, get, token};
use serde_json::Value;
use std::{
    thread,
    time::{Duration, Instant},
};

/// Products of the feed that are published without a person.
const PUBLISHED: usize = 3;
/// What is printed of each product on its way: the process is killed this many milliseconds after the first such
/// line.
const KILLS: [(&str, u64); 9] = [
    ("ready in", 0),
    ("found ", 0),
    ("vetted ", 0),
    ("priced ", 0),
    ("approved ", 0),
    ("approved ", 300),
    ("approved ", 900),
    ("waiting ", 0),
    ("published ", 0),
];

/// What the shop shows, once it shows everything that is planned.
async fn complete(http: &reqwest::Client, shop: &str) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let state = get(http, &format!("{shop}/sandbox/state"), "").await;
        let products = state["products"].as_array().unwrap();
        let live = products.iter().filter(|product| product["published"] == true).count();
        if live == PUBLISHED {
            return state;
        }
        assert!(Instant::now() < end, "{live} of {PUBLISHED} are published: {state:#}");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// Kills the program `after` milliseconds at `stage`, starts it again, and looks at what comes of it.
async fn killed_at((stage, after): (&'static str, u64)) {
    let (folder, http) = (folder(), reqwest::Client::builder().timeout(Duration::from_secs(10)).build().unwrap());
    let path = folder.path().to_owned();
    let first = {
        let path = path.clone();
        move || {
            let running = Running::start(&path);
            running.line(stage);
            thread::sleep(Duration::from_millis(after));
        }
    };
    tokio::task::spawn_blocking(first).await.unwrap();

    let began = Instant::now();
    let again = move || {
        let running = Running::start(&path);
        let (api, shop) = (running.address("API"), running.address("shop"));
        (running, api, shop)
    };
    let (running, api, shop) = tokio::task::spawn_blocking(again).await.unwrap();
    let state = complete(&http, &shop).await;
    for (id, effects) in state["effects"].as_object().unwrap() {
        for effect in ["productSet", "productUpdate", "publishablePublish"] {
            assert_eq!(effects[effect], 1, "killed at `{stage}`: {effect} of {id}: {state:#}");
        }
    }
    assert_eq!(state["effects"].as_object().unwrap().len(), PUBLISHED, "killed at `{stage}`: {state:#}");

    let token = token(&http, &api, "owner").await;
    let cards = loop {
        let page = get(&http, &format!("{api}/api/v1/approvals"), &token).await;
        let cards = page["items"].as_array().unwrap().clone();
        if !cards.is_empty() {
            break cards;
        }
        assert!(began.elapsed() < PATIENCE, "killed at `{stage}`: the approval is gone");
        tokio::time::sleep(Duration::from_millis(250)).await;
    };
    assert_eq!(cards.len(), 1, "killed at `{stage}`: {cards:#?}");
    assert!(cards[0].to_string().contains("Oak knife"), "{cards:#?}");
    for journey in get(&http, &format!("{api}/api/v1/journeys"), &token).await["items"].as_array().unwrap() {
        let id = journey["id"].as_str().unwrap();
        let whole = get(&http, &format!("{api}/api/v1/journeys/{id}"), &token).await;
        assert_eq!(whole["history"]["verified"], true, "{whole:#}");
    }
    println!("killed {after} ms after `{stage}`: complete {:?} after the new start", began.elapsed());
    drop(running);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_killed_at_any_stage_publishes_everything_once_and_still_waits_for_the_person() {
    let mut all = tokio::task::JoinSet::new();
    for kill in KILLS {
        all.spawn(killed_at(kill));
    }
    while let Some(ended) = all.join_next().await {
        ended.unwrap();
    }
}
