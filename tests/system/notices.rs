//! What people are sent opens cards and decides nothing, whoever follows it.

use crate::{feed::Row, world::World};
use domain::{Role, Status};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Messages of the sandbox, as service and body.
async fn sent(world: &World) -> Vec<(String, Value)> {
    let url = format!("{}/sandbox/outbox", world.stack().servers().shop_url());
    let all: Value = client().get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(all["refused"], json!([]), "everything that is sent is valid");
    let of = |message: &Value| (message["service"].as_str().unwrap().to_owned(), message["body"].clone());
    all["messages"].as_array().unwrap().iter().map(of).collect()
}

fn client() -> reqwest::Client {
    runtime::http::client().unwrap()
}

/// Bodies of mail about `subject`.
async fn mail(world: &World, subject: &str) -> Vec<Value> {
    let about = |(service, body): &(String, Value)| {
        service == "sendgrid" && body["subject"].as_str().unwrap().starts_with(subject)
    };
    sent(world).await.into_iter().filter(about).map(|(_, body)| body).collect()
}

/// Everything in a text that a mail program, a chat program or a scanner would follow.
fn addresses(text: &str) -> BTreeSet<String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '|' | '\\');
    let from = text.match_indices("http").map(|(at, _)| &text[at..]);
    from.filter(|rest| rest.starts_with("http://") || rest.starts_with("https://"))
        .map(|rest| rest.split(ends).next().unwrap().to_owned())
        .collect()
}

/// Waits for a request and both notices of it.
async fn told(world: &World) -> Value {
    world.scout().await;
    let card = world.card().await;
    world.until("both notices", async |world| (sent(world).await.len() >= 2).then_some(())).await;
    card
}

#[tokio::test(flavor = "multi_thread")]
async fn row_11_following_every_link_of_every_notice_decides_nothing() {
    let world = World::of(&[Row::restricted("knife")]).await;
    let card = told(&world).await;
    let stop = json!({ "scope": "action:expense.pay", "stopped": true, "reason": "a look around" });
    assert_eq!(world.api(Role::Owner, Method::PUT, "control", Some(stop)).await.0, 200);
    world.until("the stop is told of", async |world| (sent(world).await.len() >= 4).then_some(())).await;
    world.settle().await;

    let notices = sent(&world).await;
    let links: BTreeSet<String> = notices.iter().flat_map(|(_, body)| addresses(&body.to_string())).collect();
    let (api, id) = (world.stack().servers().api_url(), card["id"].as_str().unwrap());
    let page = format!("{api}/inbox/{id}");
    assert_eq!(links, BTreeSet::from([page]), "the card and nothing else, without a token");

    let (actions, changes) = (world.actions(Status::Pending).await, decisions(&world));
    for link in &links {
        for method in [Method::GET, Method::HEAD] {
            // What the page opens for somebody who has signed in is what the API shows of it.
            let anonymous = client().request(method.clone(), link).send().await.unwrap();
            assert!(!anonymous.text().await.unwrap().contains(id), "{link} tells whoever has it nothing");
            for role in [Role::Owner, Role::Operations, Role::Auditor, Role::Agent] {
                let who = format!("{role}@sandbox.example");
                let token = world.stack().servers().issuer().unwrap().token(&who, &[role]).unwrap();
                client().request(method.clone(), link).bearer_auth(token).send().await.unwrap();
                let shown = world.request((&who, role), method.clone(), &format!("approvals/{id}"));
                assert!(!shown.send().await.unwrap().status().is_server_error(), "{link} {role}");
            }
        }
    }
    world.settle().await;
    assert_eq!(world.actions(Status::Pending).await, actions, "nothing about the request has changed");
    assert_eq!(decisions(&world), changes);
    assert_eq!(world.shop().await["effects"], json!({}));
}

/// Changes of actions and of the switch.
fn decisions(world: &World) -> Vec<(String, String)> {
    let decides = |(pk, _): &(String, String)| pk.starts_with("ACTION#") || pk.starts_with("CONTROL#");
    world.mirror.changes().into_iter().filter(decides).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_told_of_once_in_each_channel_to_whoever_may_decide_it() {
    let world = World::of(&[Row::restricted("knife")]).await;
    let card = told(&world).await;
    let id = card["id"].as_str().unwrap();
    let again = json!({ "wake": "action", "action": id, "status": "PENDING" });
    for _ in 0..10 {
        crate::queues::send(world.stack().env(), "notify", &again).await;
    }
    world.settle().await;
    let asked = mail(&world, "Approval needed: ").await;
    assert_eq!((asked.len(), sent(&world).await.len()), (1, 2));
    let to: BTreeSet<&str> = asked[0]["personalizations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["to"][0]["email"].as_str().unwrap().split_once('@').unwrap().0)
        .collect();
    let record = &world.actions(Status::Pending).await[0];
    let roles = record.approval.as_ref().unwrap().roles.iter().map(|role| role.name()).collect();
    assert_eq!(to, roles);
    assert!(world.dead_letters().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_channels_people_decide_all_the_same_and_the_fact_shows() {
    let world = World::with(&[Row::restricted("knife")], |settings| {
        settings.vars.insert("ROYAL_NOTICE_FROM".to_owned(), String::new());
    })
    .await;
    world.scout().await;
    let card = world.card().await;
    world.settle().await;
    assert!(sent(&world).await.iter().all(|(service, _)| service == "slack"));
    let fact = world.store().fact("channel:mail").await.unwrap().unwrap();
    assert_eq!(fact.fields["state"], "off", "{fact:?}");
    let (_, ready) = world.api(Role::Owner, Method::GET, "readyz", None).await;
    assert_eq!((&ready["ready"], &ready["channels"]["mail"]["state"]), (&json!(true), &json!("off")), "{ready:#}");
    let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
    let yes = json!({ "digest": card["digest"] });
    assert_eq!(world.api(Role::Owner, Method::POST, &path, Some(yes)).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outbox_is_a_page_for_people() {
    let world = World::of(&[Row::restricted("knife")]).await;
    told(&world).await;
    let url = format!("{}/sandbox/outbox", world.stack().servers().shop_url());
    let page = client().get(url).header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Approval needed: ") && page.contains("Who decides: "), "{page}");
    assert!(!page.contains("href="), "{page}");
}
