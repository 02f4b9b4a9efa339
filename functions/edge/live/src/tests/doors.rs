//! Who comes in, and who does not.

use super::bench::Bench;
use domain::Role;
use serde_json::json;
use time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_the_door_as_a_sub_protocol_or_as_a_header_and_the_protocol_is_echoed() {
    let bench = Bench::start().await;
    let token = bench.token(&[Role::Finance]);
    let answer = bench.knock("a=", json!({ "sec-websocket-protocol": format!("royal.live,bearer.{token}") })).await;
    assert_eq!(answer, json!({ "statusCode": 200, "headers": { "Sec-WebSocket-Protocol": "royal.live" } }));
    let answer = bench.knock("b=", json!({ "Authorization": format!("Bearer {token}") })).await;
    assert_eq!(answer, json!({ "statusCode": 200 }));
    assert_eq!(bench.rows("CONN#").await, ["CONN#a=", "CONN#b="]);
    bench.leave("a=").await;
    assert_eq!(bench.rows("CONN#").await, ["CONN#b="]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_brings_no_good_token_or_may_not_watch_stays_outside_and_leaves_no_row() {
    let bench = Bench::start().await;
    let good = bench.token(&[Role::Owner]);
    let (head, _signature) = good.rsplit_once('.').unwrap();
    let old = bench.token(&[Role::Owner]);
    bench.pass(Duration::days(30));
    let (new, machine) = (bench.token(&[Role::Owner]), bench.token(&[Role::Agent]));
    let (nobody, mixed) = (bench.token(&[]), bench.token(&[Role::Owner, Role::Agent]));
    let cases = [
        ("no token", json!({}), 401),
        ("only the protocol", json!({ "Sec-WebSocket-Protocol": "royal.live" }), 401),
        ("an ended token", json!({ "Sec-WebSocket-Protocol": format!("royal.live, bearer.{old}") }), 401),
        ("no signature", json!({ "Authorization": format!("Bearer {head}.") }), 401),
        ("a forged one", json!({ "Authorization": format!("Bearer {head}.AAAA") }), 401),
        ("another scheme", json!({ "Authorization": format!("Basic {new}") }), 401),
        ("nonsense", json!({ "Sec-WebSocket-Protocol": "royal.live, bearer.x.y.z, bearer." }), 401),
        (
            "two",
            json!({ "Authorization": format!("Bearer {new}"), "Sec-WebSocket-Protocol": format!("bearer.{new}") }),
            401,
        ),
        ("a machine", json!({ "Authorization": format!("Bearer {machine}") }), 403),
        ("a machine that says it is the owner", json!({ "Authorization": format!("Bearer {mixed}") }), 403),
        ("no role", json!({ "Authorization": format!("Bearer {nobody}") }), 403),
    ];
    for (what, headers, status) in cases {
        let answer = bench.knock("x=", headers).await;
        assert_eq!(answer, json!({ "statusCode": status }), "{what}");
    }
    assert_eq!(bench.rows("CONN#").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_time_of_a_connection_is_over_it_is_told_and_closed() {
    let bench = Bench::start().await;
    bench.connect("a=", Role::Owner).await;
    bench.say("a=", json!({ "subscribe": ["approval:required"] })).await;
    bench.pass(Duration::hours(2) + Duration::seconds(1));
    bench.happen("approval:required", [1]).await;
    let last = bench.received("a=").pop().unwrap();
    assert_eq!(last["error"]["field"], "token", "{last}");
    assert_eq!(bench.numbers("a="), [0_u64; 0]);
    assert!(bench.lines.closed.lock().unwrap().contains("a="));
    assert_eq!(bench.rows("CONN#").await.len() + bench.rows("TOPIC#").await.len(), 0);
}
