//! Goals, and what the CEO function ruled.

use crate::bench::{Bench, NOON, publish, request};
use domain::{Action, ActionId, Actor, Goal, Record, Role, audit::Entry};
use serde_json::json;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);
const SAM: (&str, Role) = ("sam", Role::Support);
const GOALS: &str = "/api/v1/ceo/goals";

#[tokio::test]
async fn a_goal_is_asked_for_and_stays_until_it_is_set() {
    let bench = Bench::start().await;
    assert_eq!(bench.get(SAM, GOALS).await.with(200), json!({"items": []}));
    let wish = json!({"goal": "daily_revenue_eur", "to": "1500", "reason": "it is Christmas"});
    let problem = bench.post(OLIVIA, GOALS, &wish).await.problem(422, "field");
    assert_eq!(problem["errors"][0]["field"], "from", "nobody knows what it is now");
    let wish = json!({"goal": "daily_revenue_eur", "from": "1000", "to": "1500", "reason": "it is Christmas"});
    let asked = bench.post(OLIVIA, GOALS, &wish).await.with(202);
    assert_eq!(asked["willHappen"], "Set goal daily_revenue_eur from 1000 to 1500");
    let id: ActionId = asked["id"].as_str().unwrap().parse().unwrap();
    let proposal = bench.env.store().proposal(id).await.unwrap().unwrap();
    assert!(matches!(proposal.action, Action::GoalSet(_)));
    assert_eq!(proposal.authors[0].account, "olivia");
    assert_eq!(bench.get(SAM, GOALS).await.with(200), json!({"items": []}), "asking sets nothing");
    bench.post(SAM, GOALS, &wish).await.problem(403, "forbidden");
}

#[tokio::test]
async fn a_goal_in_force_is_listed_and_nobody_changes_it_from_another_value() {
    let bench = Bench::start().await;
    let goal = Goal {
        name: "margin_percent".into(),
        value: "40".parse().unwrap(),
        action: ActionId::of("x"),
        by: vec!["olivia".into()],
        updated: NOON,
    };
    bench.keep(&goal).await;
    let listed = bench.get(SAM, GOALS).await.with(200);
    assert_eq!((&listed["items"][0]["goal"], &listed["items"][0]["value"]), (&json!("margin_percent"), &json!("40")));
    let stale = json!({"goal": "margin_percent", "from": "35", "to": "45", "reason": "more"});
    bench.post(OLIVIA, GOALS, &stale).await.problem(422, "field");
    let fresh = json!({"goal": "margin_percent", "to": "45", "reason": "more"});
    let asked = bench.post(OLIVIA, GOALS, &fresh).await.with(202);
    let proposal = bench.env.store().proposal(asked["id"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(proposal.premises[0].source, "goal:margin_percent");
}

#[tokio::test]
async fn rulings_are_listed_with_the_action_as_it_is_now() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    assert_eq!(bench.get(SAM, "/api/v1/ceo/decisions").await.with(200), json!({"items": []}));
    let row = bench.env.store().get::<Record>(&record.proposal.id.to_string()).await.unwrap().unwrap();
    let ruled = Entry::new(Actor::Function("ceo".into()), "escalated", "PENDING").because(["it is dear"]);
    let mut tx = bench.env.store().tx(NOON);
    tx.update(&row, &record, ruled).unwrap();
    tx.commit().await.unwrap();
    let page = bench.get(SAM, "/api/v1/ceo/decisions").await.with(200);
    let ruling = &page["items"][0];
    assert_eq!((&ruling["ruling"], &ruling["reasons"]), (&json!("escalated"), &json!(["it is dear"])));
    assert_eq!((&ruling["action"]["id"], &ruling["action"]["status"]), (&json!(record.proposal.id), &json!("PENDING")));
    assert_eq!(bench.get(SAM, "/api/v1/ceo/decisions?day=2026-11-19").await.with(200), json!({"items": []}));
}
