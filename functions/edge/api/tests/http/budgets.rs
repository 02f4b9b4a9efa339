//! Budgets: limit, use and room.

use crate::bench::{Bench, NOON};
use domain::Role;
use serde_json::{Value, json};
use time::Duration;

const FRANK: (&str, Role) = ("frank", Role::Finance);

async fn spend(bench: &Bench, name: &str, cents: i64, ago: Duration) {
    let store = bench.env.store();
    let mut tx = store.tx(NOON);
    tx.move_budget(&store.budget(name).await.unwrap().with(cents, NOON - ago)).unwrap();
    tx.commit().await.unwrap();
}

async fn all(bench: &Bench, query: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let page = bench.get(FRANK, &format!("/api/v1/budgets?limit=5{query}{next}")).await.with(200);
        found.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next"].as_str() else { return found };
        next = format!("&cursor={cursor}");
    }
}

fn of<'a>(budgets: &'a [Value], name: &str) -> &'a Value {
    budgets.iter().find(|budget| budget["name"] == name).unwrap_or_else(|| panic!("{name}"))
}

#[tokio::test]
async fn a_budget_shows_what_is_used_and_what_is_left_in_every_window() {
    let bench = Bench::start().await;
    spend(&bench, "cluster:marketing", 30_000, Duration::minutes(5)).await;
    spend(&bench, "cluster:marketing", 50_000, Duration::hours(5)).await;
    spend(&bench, "agent:marketing-copy", 80_000, Duration::hours(5)).await;
    let budgets = all(&bench, "").await;
    let marketing = of(&budgets, "cluster:marketing");
    let figures = |window: usize| {
        let window = &marketing["windows"][window];
        ["used", "limit", "left"].map(|name| window[name]["amount"].as_str().unwrap().to_owned())
    };
    assert_eq!(figures(0), ["300.00", "1000.00", "700.00"]);
    assert_eq!(figures(1), ["800.00", "2500.00", "1700.00"]);
    assert_eq!(figures(2), ["800.00", "10000.00", "9200.00"]);
    assert_eq!(marketing["windows"][0]["reserved"]["amount"], "0.00");
    assert_eq!(
        marketing["most"],
        json!({"name": "agent:marketing-copy", "used": {"amount": "800.00", "currency": "EUR"}})
    );
    assert_eq!(of(&budgets, "store")["most"]["name"], "cluster:marketing");
    assert_eq!(budgets[0]["name"], "store");
}

#[tokio::test]
async fn campaigns_are_found_by_what_was_used_of_them_and_no_budget_comes_twice() {
    let bench = Bench::start().await;
    for n in 0..12 {
        spend(&bench, &format!("campaign:c{n}"), 100, Duration::minutes(n)).await;
    }
    let budgets = all(&bench, "").await;
    let mut names: Vec<&str> = budgets.iter().map(|budget| budget["name"].as_str().unwrap()).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("campaign:")).count(), 12);
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert_eq!(of(&budgets, "campaign:c3")["windows"][1]["limit"]["amount"], "1500.00");
    let only = all(&bench, "&kind=campaign").await;
    assert_eq!(only.len(), 12);
    assert!(all(&bench, "&kind=cluster").await.iter().all(|budget| budget["kind"] == "cluster"));
}

#[tokio::test]
async fn a_budget_without_limit_or_use_is_not_listed_and_wrong_questions_are_named() {
    let bench = Bench::start().await;
    let names = all(&bench, "").await;
    assert!(names.iter().all(|budget| budget["name"] != "cluster:api"));
    spend(&bench, "cluster:api", 100, Duration::minutes(1)).await;
    let api = all(&bench, "").await;
    assert!(of(&api, "cluster:api")["windows"][0].get("limit").is_none());
    for (query, field) in [
        ("kind=team", "kind"),
        ("cursor=", "cursor"),
        ("cursor=x.y", "cursor"),
        ("cursor=n.nothing", "cursor"),
        ("colour=red", "colour"),
    ] {
        bench.get(FRANK, &format!("/api/v1/budgets?{query}")).await.wrong_query(field);
    }
}
