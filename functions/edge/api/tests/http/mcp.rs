//! The API for models: what its tools are, and that none of them decides.

use crate::bench::{Answer, Bench, publish, request};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use domain::{Role, Status};
use serde_json::{Value, json};

const ROBOT: (&str, Role) = ("product-publisher", Role::Agent);
const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

async fn send(bench: &Bench, who: (&str, Role), method: &str, params: Value) -> Answer {
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let request = bench.ask(Method::POST, who, "/mcp").header(header::CONTENT_TYPE, "application/json");
    let request =
        request.header(header::ACCEPT, "application/json, text/event-stream").header(header::HOST, "localhost");
    bench.send(request.body(Body::from(message.to_string())).unwrap()).await
}

async fn call(bench: &Bench, who: (&str, Role), tool: &str, arguments: Value) -> Value {
    send(bench, who, "tools/call", json!({"name": tool, "arguments": arguments})).await.with(200)
}

async fn tools(bench: &Bench) -> Vec<Value> {
    let listed = send(bench, ROBOT, "tools/list", json!({})).await.with(200);
    listed["result"]["tools"].as_array().unwrap_or_else(|| panic!("{listed}")).clone()
}

#[tokio::test]
async fn a_client_is_greeted_without_a_session() {
    let bench = Bench::start().await;
    let hello = json!({
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}
    });
    let greeted = send(&bench, ROBOT, "initialize", hello).await;
    assert_eq!(greeted.header("mcp-session-id"), "");
    assert_eq!(greeted.header("content-type"), "application/json");
    let greeted = greeted.with(200);
    assert_eq!(greeted["result"]["serverInfo"]["name"], "royal-equips", "{greeted}");
    assert!(greeted["result"]["capabilities"]["tools"].is_object());
}

#[tokio::test]
async fn nobody_gets_in_without_a_token() {
    let bench = Bench::start().await;
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}});
    let request = Request::post("/mcp").header(header::CONTENT_TYPE, "application/json");
    bench.send(request.body(Body::from(message.to_string())).unwrap()).await.problem(401, "token");
}

#[tokio::test]
async fn the_tools_propose_read_explain_and_take_back_and_none_of_them_decides() {
    let bench = Bench::start().await;
    let tools = tools(&bench).await;
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    let known = [
        "propose_action",
        "withdraw_action",
        "list_actions",
        "show_action",
        "list_approvals",
        "show_approval",
        "list_agents",
        "show_agent",
        "list_tasks",
        "show_task",
        "list_journeys",
        "show_journey",
        "explain_policy",
    ];
    assert_eq!(names, known);
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    // With an owner's token, every tool is called on a waiting request with all that an approval would take.
    for tool in &tools {
        let schema = &tool["inputSchema"];
        assert_eq!((&schema["type"], &schema["additionalProperties"]), (&json!("object"), &json!(false)), "{tool}");
        let mut arguments = json!({"id": record.proposal.id, "digest": record.bound, "reason": "yes", "agrees": true});
        let takes = schema["properties"].as_object().unwrap();
        arguments.as_object_mut().unwrap().retain(|name, _| takes.contains_key(name));
        if tool["name"] != "withdraw_action" {
            call(&bench, OLIVIA, tool["name"].as_str().unwrap(), arguments).await;
        }
    }
    let after = bench.action(&record).await;
    assert_eq!((after.status, after.approval.unwrap().votes.len()), (Status::Pending, 0));
}

#[tokio::test]
async fn what_the_tools_are_called_with_leads_to_no_other_operation() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let id = record.proposal.id;
    let crooked = [
        format!("{id}/approve"),
        format!("../approvals/{id}/approve"),
        format!("{id}?x=/approve"),
        "..".into(),
        format!("{id}%2Fapprove"),
    ];
    for id in crooked {
        for tool in ["show_action", "withdraw_action", "show_approval"] {
            let answer = call(&bench, OLIVIA, tool, json!({"id": id, "digest": record.bound})).await;
            assert_eq!(answer["result"]["isError"], true, "{tool} {id}: {answer}");
        }
    }
    for tool in ["approve", "reject", "decideMany", "modify", "delegate", "putControl", "resumeAgent", "undoAction", ""]
    {
        let answer = call(&bench, OLIVIA, tool, json!({"id": id, "digest": record.bound})).await;
        assert!(answer.get("error").is_some(), "{tool}: {answer}");
    }
    assert_eq!(bench.action(&record).await.status, Status::Pending);
}

#[tokio::test]
async fn a_machine_proposes_as_the_agent_it_is_and_problems_come_in_the_apis_words() {
    let bench = Bench::start().await;
    let proposed = call(&bench, ROBOT, "propose_action", crate::propose::expense("1.00")).await;
    let answer = &proposed["result"]["structuredContent"];
    assert_eq!((&proposed["result"]["isError"], &answer["status"]), (&json!(false), &json!("PROPOSED")), "{proposed}");
    let id = answer["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(bench.env.store().proposal(id).await.unwrap().unwrap().agent.as_str(), "product-publisher");
    let listed = call(&bench, ROBOT, "list_actions", json!({"limit": 5})).await;
    assert!(listed["result"]["structuredContent"]["items"].is_array(), "{listed}");
    let wrong = call(&bench, ROBOT, "list_actions", json!({"limit": 0})).await;
    let problem = &wrong["result"]["structuredContent"];
    assert_eq!(
        (&wrong["result"]["isError"], &problem["type"]),
        (&json!(true), &json!("/docs#problem-query")),
        "{wrong}"
    );
    let refused = call(&bench, ("anna", Role::Auditor), "propose_action", crate::propose::expense("1.00")).await;
    assert_eq!(refused["result"]["structuredContent"]["type"], "/docs#problem-forbidden", "{refused}");
}
