//! The four scenarios of the plan.

use crate::{feed::Row, world::World};
use domain::{Role, Status, journey::Stage};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_good_product_goes_from_the_feed_to_the_shop_without_a_person() {
    let world = World::of(&[Row::good("board")]).await;
    world.scout().await;
    let journey = world.journey_in("board", Stage::Published).await;
    assert_eq!(journey["vetted"]["passed"], json!(true));
    assert_eq!(journey["reviewed"]["approved"], json!(true));
    let executed = world.actions(Status::Executed).await;
    assert_eq!(executed.len(), 1);
    assert!(executed[0].approval.is_none(), "no person was asked");
    assert!(executed[0].outcome.as_ref().unwrap().remote_id.as_ref().unwrap().starts_with("gid://shopify/Product/"));
    let shop = world.shop().await;
    assert_eq!(shop["products"].as_array().unwrap().len(), 1, "{shop:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_low_margin_is_rejected_by_the_ceo_and_nothing_reaches_the_shop() {
    let thin = Row { cost: "33.50", ..Row::good("tray") };
    let world = World::of(&[thin]).await;
    world.scout().await;
    let journey = world.journey_in("tray", Stage::Stopped).await;
    assert_eq!(journey["reviewed"]["approved"], json!(false), "{journey:#}");
    assert_eq!(journey["ending"]["stage"], json!(Stage::Review));
    assert_eq!(world.shop().await["products"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_product_waits_until_a_person_approves_and_is_then_published() {
    let knife = Row { category: "Weapons > Knives", ..Row::good("knife") };
    let world = World::of(&[knife]).await;
    world.scout().await;
    let card = world.card().await;
    assert_eq!(world.shop().await["products"], json!([]));
    let path = format!("approvals/{}/approve", card["id"].as_str().unwrap());
    let (status, answer) = world.api(Role::Owner, Method::POST, &path, Some(json!({ "digest": card["digest"] }))).await;
    assert_eq!(status, 200, "{answer:#}");
    world.journey_in("knife", Stage::Published).await;
    assert_eq!(world.shop().await["products"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supplier_that_fails_vetting_stops_the_journey_and_the_ceo_knows() {
    let late = Row { vendor: "Langzaam", ..Row::good("bowl") };
    let world = World::of(&[late]).await;
    world.scout().await;
    let journey = world.journey_in("bowl", Stage::Stopped).await;
    assert_eq!(journey["ending"]["stage"], json!(Stage::Vetting));
    let told = world
        .until("the CEO function has noted the stop", async |world| {
            let (_, page) = world.api(Role::Owner, Method::GET, "orchestrator/tasks", None).await;
            let items = page["items"].as_array().unwrap().clone();
            items.into_iter().find(|task| task["agent"] == "ceo" && task["kind"] == "stopped")
        })
        .await;
    let path = format!("orchestrator/tasks/{}", told["id"].as_str().unwrap());
    let (_, told) = world.api(Role::Owner, Method::GET, &path, None).await;
    assert!(told["report"]["product"].as_str().unwrap().starts_with("Langzaam/"), "{told:#}");
    assert_eq!(world.shop().await["products"], json!([]));
}
