//! EventBridge.

use aws_lambda_events::event::eventbridge::EventBridgeEvent;
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::{DeadLetterConfig, InputTransformer, PutEventsRequestEntry, SqsParameters, Target};
use aws_sdk_sqs::types::QueueAttributeName as Q;
use serde_json::{Value, json};

use crate::stack::{drain, queue, stack};

fn entry(source: &str, detail: &Value) -> PutEventsRequestEntry {
    let entry = PutEventsRequestEntry::builder().source(source).detail_type("ProductVetted");
    entry.detail(detail.to_string()).event_bus_name("orchestrator").build()
}

async fn rule(events: &Client, name: &str, pattern: &Value, target: Target) {
    let put = events.put_rule().event_bus_name("orchestrator").name(name).event_pattern(pattern.to_string());
    put.send().await.unwrap();
    let put = events.put_targets().event_bus_name("orchestrator").rule(name).targets(target);
    assert_eq!(put.send().await.unwrap().failed_entry_count(), 0);
}

fn target(arn: &str) -> aws_sdk_eventbridge::types::builders::TargetBuilder {
    Target::builder().id("queue").arn(arn)
}

#[tokio::test]
async fn an_event_reaches_the_queues_of_the_rules_that_match_in_its_envelope() {
    let stack = stack().await;
    let events = &stack.clients.events;
    events.create_event_bus().name("orchestrator").send().await.unwrap();
    let (all, all_arn) = queue(&stack.clients.sqs, "all", &[]).await;
    let (high, high_arn) = queue(&stack.clients.sqs, "high", &[]).await;
    rule(events, "all", &json!({"source": [{"prefix": "orchestrator."}]}), target(&all_arn).build().unwrap()).await;
    let pattern = json!({"detail": {"score": [{"numeric": [">=", 80]}]}});
    rule(events, "high", &pattern, target(&high_arn).build().unwrap()).await;

    let time = DateTime::from_secs(1_795_000_000);
    let mut first = entry("orchestrator.product", &json!({"score": 82.5}));
    first = PutEventsRequestEntry::builder()
        .set_source(first.source)
        .set_detail(first.detail)
        .set_event_bus_name(first.event_bus_name)
        .detail_type("ProductVetted")
        .time(time)
        .resources("product/1")
        .build();
    let second = entry("orchestrator.product", &json!({"score": 12}));
    let put = events.put_events().entries(first).entries(second).send().await.unwrap();
    assert_eq!(put.failed_entry_count(), 0);

    let bodies = drain(&stack.clients.sqs, &all).await;
    let envelope: Value = serde_json::from_str(&bodies[0]).unwrap();
    assert_eq!(
        envelope,
        json!({
            "version": "0", "id": put.entries()[0].event_id().unwrap(), "detail-type": "ProductVetted",
            "source": "orchestrator.product", "account": "000000000000", "time": "2026-11-18T11:06:40Z",
            "region": "us-east-1", "resources": ["product/1"], "detail": {"score": 82.5},
        })
    );
    let typed: EventBridgeEvent<Value> = serde_json::from_str(&bodies[0]).unwrap();
    assert_eq!(typed.detail_type, "ProductVetted");
    assert_eq!((bodies.len(), drain(&stack.clients.sqs, &high).await.len()), (2, 1));
}

#[tokio::test]
async fn a_bad_entry_fails_alone() {
    let stack = stack().await;
    let events = &stack.clients.events;
    events.create_event_bus().name("orchestrator").send().await.unwrap();
    let (url, arn) = queue(&stack.clients.sqs, "all", &[]).await;
    rule(events, "all", &json!({"source": ["s"]}), target(&arn).build().unwrap()).await;
    let bad = |detail: &str| {
        PutEventsRequestEntry::builder()
            .source("s")
            .detail_type("t")
            .detail(detail)
            .event_bus_name("orchestrator")
            .build()
    };
    let large = entry("s", &json!({"text": "x".repeat(1_048_577)}));
    let put =
        events.put_events().entries(bad("not json")).entries(bad("[1]")).entries(entry("s", &json!({}))).entries(large);
    let put = put.entries(PutEventsRequestEntry::builder().detail("{}").build()).send().await.unwrap();
    let codes: Vec<_> = put.entries().iter().map(|e| e.error_code().unwrap_or("ok")).collect();
    assert_eq!(codes, ["MalformedDetail", "MalformedDetail", "ok", "InvalidArgument", "InvalidArgument"]);
    assert_eq!((put.failed_entry_count(), drain(&stack.clients.sqs, &url).await.len()), (4, 1));
}

#[tokio::test]
async fn a_target_can_get_a_part_a_constant_or_a_filled_in_template() {
    let stack = stack().await;
    let events = &stack.clients.events;
    events.create_event_bus().name("orchestrator").send().await.unwrap();
    let transformer =
        InputTransformer::builder().input_paths_map("id", "$.detail.id").input_template(r#"{"product": <id>}"#);
    let (fifo, fifo_arn) =
        queue(&stack.clients.sqs, "q.fifo", &[(Q::FifoQueue, "true"), (Q::ContentBasedDeduplication, "true")]).await;
    let group = SqsParameters::builder().message_group_id("g").build();
    let table = [
        ("whole", target("?")),
        ("part", target("?").input_path("$.detail")),
        ("constant", target("?").input(r#"{"fixed":1}"#)),
        ("template", target("?").input_transformer(transformer.build().unwrap())),
    ];
    let mut urls = Vec::new();
    for (name, builder) in table {
        let (url, arn) = queue(&stack.clients.sqs, name, &[]).await;
        rule(events, name, &json!({"source": ["s"]}), builder.arn(arn).build().unwrap()).await;
        urls.push(url);
    }
    rule(events, "fifo", &json!({"source": ["s"]}), target(&fifo_arn).sqs_parameters(group).build().unwrap()).await;
    events.put_events().entries(entry("s", &json!({"id": "p1"}))).send().await.unwrap();
    let mut bodies = Vec::new();
    for url in &urls[1..] {
        bodies.extend(drain(&stack.clients.sqs, url).await);
    }
    assert_eq!(bodies, [r#"{"id":"p1"}"#, r#"{"fixed":1}"#, r#"{"product": "p1"}"#]);
    assert_eq!(drain(&stack.clients.sqs, &fifo).await.len(), 1);
}

#[tokio::test]
async fn an_event_for_a_deleted_queue_goes_to_the_dead_letter_queue() {
    let stack = stack().await;
    let events = &stack.clients.events;
    events.create_event_bus().name("orchestrator").send().await.unwrap();
    let (dead, dead_arn) = queue(&stack.clients.sqs, "dead", &[]).await;
    let config = DeadLetterConfig::builder().arn(dead_arn).build();
    let gone = target("arn:aws:sqs:us-east-1:000000000000:gone").dead_letter_config(config).build().unwrap();
    rule(events, "r", &json!({"source": ["s"]}), gone).await;
    events.put_events().entries(entry("s", &json!({}))).send().await.unwrap();
    assert_eq!(drain(&stack.clients.sqs, &dead).await.len(), 1);
}

#[tokio::test]
async fn rules_are_listed_switched_off_and_deleted_in_order() {
    let stack = stack().await;
    let events = &stack.clients.events;
    events.create_event_bus().name("orchestrator").send().await.unwrap();
    let (url, arn) = queue(&stack.clients.sqs, "q", &[]).await;
    rule(events, "r1", &json!({"source": ["s"]}), target(&arn).build().unwrap()).await;
    let bus = "orchestrator";
    let listed = events.list_rules().event_bus_name(bus).send().await.unwrap().rules.unwrap();
    assert_eq!(listed[0].arn(), Some("arn:aws:events:us-east-1:000000000000:rule/orchestrator/r1"));
    let targets = events.list_targets_by_rule().event_bus_name(bus).rule("r1").send().await.unwrap().targets.unwrap();
    assert_eq!(targets[0].arn(), arn);
    events.disable_rule().event_bus_name(bus).name("r1").send().await.unwrap();
    events.put_events().entries(entry("s", &json!({}))).send().await.unwrap();
    assert!(drain(&stack.clients.sqs, &url).await.is_empty());
    let busy = events.delete_rule().event_bus_name(bus).name("r1").send().await.unwrap_err().into_service_error();
    assert_eq!(busy.meta().code(), Some("ValidationException"));
    events.remove_targets().event_bus_name(bus).rule("r1").ids("queue").send().await.unwrap();
    events.delete_rule().event_bus_name(bus).name("r1").send().await.unwrap();
    let gone = events.describe_rule().event_bus_name(bus).name("r1").send().await.unwrap_err().into_service_error();
    assert!(gone.is_resource_not_found_exception());
}

#[tokio::test]
async fn what_aws_refuses_and_what_is_not_emulated_is_refused() {
    let stack = stack().await;
    let events = &stack.clients.events;
    let put = events.put_rule().name("r");
    let pattern = put.clone().event_pattern(r#"{"source": "text"}"#).send().await.unwrap_err().into_service_error();
    assert!(pattern.is_invalid_event_pattern_exception(), "{pattern:?}");
    let bus = put
        .clone()
        .event_pattern(r#"{"source": ["s"]}"#)
        .event_bus_name("no")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(bus.is_resource_not_found_exception(), "{bus:?}");
    let schedule = put.clone().schedule_expression("rate(1 minute)").send().await.unwrap_err().into_service_error();
    assert_eq!(schedule.meta().code(), Some("ValidationException"));
    put.event_pattern(r#"{"source": ["s"]}"#).send().await.unwrap();
    let lambda = target("arn:aws:lambda:us-east-1:000000000000:function:f").build().unwrap();
    let lambda = events.put_targets().rule("r").targets(lambda).send().await.unwrap_err().into_service_error();
    assert_eq!(lambda.meta().code(), Some("ValidationException"));
    let unknown = events.list_archives().send().await.unwrap_err().into_service_error();
    assert_eq!(unknown.meta().code(), Some("UnknownOperationException"));
    let test = events
        .test_event_pattern()
        .event_pattern(r#"{"source": ["s"]}"#)
        .event(r#"{"source": "s"}"#)
        .send()
        .await
        .unwrap();
    assert!(test.result());
}
