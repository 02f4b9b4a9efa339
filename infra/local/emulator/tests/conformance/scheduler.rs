//! EventBridge Scheduler.

use std::time::Duration;

use aws_sdk_eventbridge::types as events;
use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::operation::create_schedule::builders::CreateScheduleFluentBuilder;
use aws_sdk_scheduler::types::{
    ActionAfterCompletion, EventBridgeParameters, FlexibleTimeWindow, FlexibleTimeWindowMode, ScheduleState, Target,
};
use serde_json::{Value, json};

use crate::stack::{Stack, drain, eventually, queue, stack, stack_at, stack_with};

const ROLE: &str = "arn:aws:iam::000000000000:role/scheduler";

fn window() -> FlexibleTimeWindow {
    FlexibleTimeWindow::builder().mode(FlexibleTimeWindowMode::Off).build().unwrap()
}

fn target(arn: &str, input: &str) -> Target {
    Target::builder().arn(arn).role_arn(ROLE).input(input).build().unwrap()
}

fn schedule(scheduler: &Client, name: &str, expression: &str, target: Target) -> CreateScheduleFluentBuilder {
    let create = scheduler.create_schedule().name(name).schedule_expression(expression);
    create.flexible_time_window(window()).target(target)
}

/// Waits for `count` messages and deletes them.
async fn arrived(stack: &Stack, url: &str, count: usize) -> Vec<String> {
    let mut bodies = Vec::new();
    eventually("the messages arrived", async || {
        bodies.extend(drain(&stack.clients.sqs, url).await);
        bodies.len() >= count
    })
    .await;
    bodies
}

#[tokio::test]
async fn a_rate_runs_at_once_and_then_by_the_clock_with_its_input_filled_in() {
    let stack = stack().await;
    let (url, arn) = queue(&stack.clients.sqs, "ticks", &[]).await;
    let input = r#"{"at": "<aws.scheduler.scheduled-time>", "by": "<aws.scheduler.schedule-arn>"}"#;
    schedule(&stack.clients.scheduler, "tick", "rate(5 minutes)", target(&arn, input)).send().await.unwrap();
    let mut bodies = arrived(&stack, &url, 1).await;
    stack.clock.advance(Duration::from_secs(300));
    bodies.extend(arrived(&stack, &url, 1).await);
    let by = "arn:aws:scheduler:us-east-1:000000000000:schedule/default/tick";
    let expected =
        ["2026-11-20T10:00:00Z", "2026-11-20T10:05:00Z"].map(|at| format!(r#"{{"at": "{at}", "by": "{by}"}}"#));
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn a_cron_runs_in_its_time_zone() {
    let stack = stack().await;
    let (url, arn) = queue(&stack.clients.sqs, "ticks", &[]).await;
    let create = schedule(
        &stack.clients.scheduler,
        "noon",
        "cron(0 12 * * ? *)",
        target(&arn, r#"{"at":"<aws.scheduler.scheduled-time>"}"#),
    );
    create.schedule_expression_timezone("Europe/Amsterdam").send().await.unwrap();
    stack.clock.advance(Duration::from_secs(3600 - 1));
    assert!(drain(&stack.clients.sqs, &url).await.is_empty());
    stack.clock.advance(Duration::from_secs(1));
    assert_eq!(arrived(&stack, &url, 1).await, [r#"{"at":"2026-11-20T11:00:00Z"}"#]);
}

#[tokio::test]
async fn a_one_time_schedule_runs_once_and_goes_if_it_says_so() {
    let stack = stack().await;
    let scheduler = &stack.clients.scheduler;
    let (url, arn) = queue(&stack.clients.sqs, "ticks", &[]).await;
    let once = schedule(scheduler, "once", "at(2026-11-20T10:30:00)", target(&arn, "{}"));
    once.action_after_completion(ActionAfterCompletion::Delete).send().await.unwrap();
    stack.clock.advance(Duration::from_secs(1800));
    arrived(&stack, &url, 1).await;
    let gone = scheduler.get_schedule().name("once").send().await.unwrap_err().into_service_error();
    assert!(gone.is_resource_not_found_exception(), "{gone:?}");
}

#[tokio::test]
async fn speed_lets_hours_pass_as_seconds() {
    let stack = stack_with(|settings| settings.speed = 3600).await;
    let (url, arn) = queue(&stack.clients.sqs, "ticks", &[]).await;
    let input = r#"{"at":"<aws.scheduler.scheduled-time>"}"#;
    schedule(&stack.clients.scheduler, "hourly", "rate(1 hours)", target(&arn, input)).send().await.unwrap();
    let mut bodies = arrived(&stack, &url, 1).await;
    for _ in 0..2 {
        stack.clock.advance(Duration::from_secs(1));
        bodies.extend(arrived(&stack, &url, 1).await);
    }
    assert_eq!(bodies, ["10", "11", "12"].map(|hour| format!(r#"{{"at":"2026-11-20T{hour}:00:00Z"}}"#)));
}

#[tokio::test]
async fn what_a_stopped_stack_missed_is_run_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = stack_at(folder.path()).await;
    let (url, arn) = queue(&first.clients.sqs, "ticks", &[]).await;
    schedule(&first.clients.scheduler, "tick", "rate(1 minutes)", target(&arn, "{}")).send().await.unwrap();
    arrived(&first, &url, 1).await;
    first.aws.stop().await;

    let path = folder.path().to_owned();
    let second = stack_with(|settings| {
        let later = emulator::ManualClock::new(crate::stack::NOW_MS + 3_600_000 + 500);
        settings.clock = std::sync::Arc::new(later);
        settings.data_dir = Some(path);
    })
    .await;
    let (url, _) = queue(&second.clients.sqs, "ticks", &[]).await;
    assert_eq!(arrived(&second, &url, 1).await.len(), 1, "sixty were missed");
    assert!(drain(&second.clients.sqs, &url).await.is_empty());
}

#[tokio::test]
async fn a_schedule_can_send_to_an_event_bus() {
    let stack = stack().await;
    let (url, arn) = queue(&stack.clients.sqs, "q", &[]).await;
    let bus = &stack.clients.events;
    bus.put_rule().name("r").event_pattern(r#"{"source": ["clock"]}"#).send().await.unwrap();
    let to = events::Target::builder().id("q").arn(arn).build().unwrap();
    bus.put_targets().rule("r").targets(to).send().await.unwrap();
    let parameters = EventBridgeParameters::builder().source("clock").detail_type("Tick").build().unwrap();
    let to = Target::builder().arn("arn:aws:events:us-east-1:000000000000:event-bus/default").role_arn(ROLE);
    let to = to.input(r#"{"job":"health"}"#).event_bridge_parameters(parameters).build().unwrap();
    schedule(&stack.clients.scheduler, "tick", "rate(1 hours)", to).send().await.unwrap();
    let event: Value = serde_json::from_str(&arrived(&stack, &url, 1).await[0]).unwrap();
    assert_eq!((&event["detail-type"], &event["detail"]), (&json!("Tick"), &json!({"job": "health"})));
}

#[tokio::test]
async fn schedules_are_created_once_changed_listed_switched_off_and_deleted() {
    let stack = stack().await;
    let scheduler = &stack.clients.scheduler;
    let (url, arn) = queue(&stack.clients.sqs, "ticks", &[]).await;
    scheduler.create_schedule_group().name("agents").send().await.unwrap();
    let create =
        || schedule(scheduler, "tick", "rate(1 hours)", target(&arn, "{}")).group_name("agents").client_token("same");
    let created = create().send().await.unwrap();
    assert_eq!(create().send().await.unwrap().schedule_arn(), created.schedule_arn(), "the same call again");
    let twice = create().client_token("other").send().await.unwrap_err().into_service_error();
    assert!(twice.is_conflict_exception(), "{twice:?}");
    arrived(&stack, &url, 1).await;

    let update = || {
        let update = scheduler.update_schedule().name("tick").group_name("agents").flexible_time_window(window());
        update.schedule_expression("rate(1 hours)").target(target(&arn, r#"{"new":1}"#))
    };
    update().send().await.unwrap();
    let shown = scheduler.get_schedule().name("tick").group_name("agents").send().await.unwrap();
    assert_eq!(shown.target().unwrap().input(), Some(r#"{"new":1}"#));
    assert_eq!(shown.creation_date().unwrap().secs(), crate::stack::NOW_MS / 1000);
    stack.clock.advance(Duration::from_secs(3600));
    assert_eq!(arrived(&stack, &url, 1).await, [r#"{"new":1}"#], "an update that keeps the times does not run it");

    update().state(ScheduleState::Disabled).send().await.unwrap();
    stack.clock.advance(Duration::from_secs(36_000));
    let off = scheduler.list_schedules().group_name("agents").state(ScheduleState::Disabled).send().await.unwrap();
    assert_eq!(off.schedules().iter().map(|s| s.name().unwrap()).collect::<Vec<_>>(), ["tick"]);
    scheduler.delete_schedule().name("tick").group_name("agents").send().await.unwrap();
    assert!(scheduler.list_schedules().send().await.unwrap().schedules().is_empty());
    scheduler.delete_schedule_group().name("agents").send().await.unwrap();
    assert_eq!(scheduler.list_schedule_groups().send().await.unwrap().schedule_groups().len(), 1);
}

#[tokio::test]
async fn what_aws_refuses_and_what_is_not_emulated_is_refused() {
    let stack = stack().await;
    let scheduler = &stack.clients.scheduler;
    let queue = "arn:aws:sqs:us-east-1:000000000000:q";
    for (expression, arn) in [
        ("rate(1 fortnight)", queue),
        ("cron(0 12 * * *)", queue),
        ("rate(1 hours)", "arn:aws:lambda:us-east-1:000000000000:function:f"),
    ] {
        let refused =
            schedule(scheduler, "s", expression, target(arn, "{}")).send().await.unwrap_err().into_service_error();
        assert!(refused.is_validation_exception(), "{refused:?}");
    }
    let nowhere = schedule(scheduler, "s", "rate(1 hours)", target(queue, "{}")).group_name("no").send().await;
    assert!(nowhere.unwrap_err().into_service_error().is_resource_not_found_exception());
    let unknown = scheduler.list_tags_for_resource().resource_arn("arn").send().await.unwrap_err().into_service_error();
    assert_eq!(unknown.meta().code(), Some("UnknownOperationException"));
}
