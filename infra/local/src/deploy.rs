//! Makes of the catalogue what the infrastructure as code makes of it on AWS: the same names, the same
//! queues, the same schedules. Doing it again changes nothing.

use crate::credentials;
use anyhow::{Context as _, Result};
use aws_config::SdkConfig;
use aws_sdk_eventbridge::types::{InputTransformer, Target as BusTarget};
use aws_sdk_scheduler::types::{FlexibleTimeWindow, FlexibleTimeWindowMode, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use catalog::{Catalog, Function, Rule};
use serde_json::{Value, json};
use store::Store;

/// Deliveries after which a message goes to the dead-letter queue.
const DELIVERIES: u32 = 5;
const ROLE: &str = "arn:aws:iam::000000000000:role/royal-scheduler";

/// Creates the table, queues, bus, rules, schedules and secrets.
pub(crate) async fn deploy(sdk: &SdkConfig, catalog: &Catalog, secrets: &[(&str, &str)]) -> Result<()> {
    let store = Store::new(aws_sdk_dynamodb::Client::new(sdk), "royal");
    store.create_table().await.context("the table cannot be created")?;
    let sqs = aws_sdk_sqs::Client::new(sdk);
    for function in catalog.queued() {
        queue(&sqs, function).await.with_context(|| format!("queue `{}` cannot be created", function.name()))?;
    }
    let bridge = aws_sdk_eventbridge::Client::new(sdk);
    bus(&bridge).await.context("the bus cannot be created")?;
    for rule in &catalog.rules {
        listen(&bridge, &sqs, rule)
            .await
            .with_context(|| format!("rule `{}` cannot be created", rule.name.get_ref()))?;
    }
    let scheduler = aws_sdk_scheduler::Client::new(sdk);
    for (name, every, input) in catalog.timetable() {
        schedule(&scheduler, &sqs, (&name, &every, &input))
            .await
            .with_context(|| format!("schedule `{name}` cannot be created"))?;
    }
    for (name, value) in secrets {
        secret(sdk, name, value).await.with_context(|| format!("secret `{name}` cannot be created"))?;
    }
    Ok(())
}

async fn queue(sqs: &aws_sdk_sqs::Client, function: &Function) -> Result<()> {
    let dead = format!("{}-dead", function.name());
    sqs.create_queue().queue_name(&dead).send().await?;
    let redrive = json!({ "deadLetterTargetArn": arn(sqs, &dead).await?, "maxReceiveCount": DELIVERIES });
    sqs.create_queue()
        .queue_name(function.name())
        .attributes(QueueAttributeName::VisibilityTimeout, function.visibility_seconds().to_string())
        .attributes(QueueAttributeName::RedrivePolicy, redrive.to_string())
        .send()
        .await?;
    Ok(())
}

async fn arn(sqs: &aws_sdk_sqs::Client, queue: &str) -> Result<String> {
    let url = sqs.get_queue_url().queue_name(queue).send().await?.queue_url.unwrap_or_default();
    let answer = sqs.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::QueueArn).send().await?;
    let arn = answer.attributes.and_then(|mut attributes| attributes.remove(&QueueAttributeName::QueueArn));
    arn.with_context(|| format!("queue `{queue}` has no ARN"))
}

async fn bus(bridge: &aws_sdk_eventbridge::Client) -> Result<()> {
    match bridge.create_event_bus().name("royal").send().await {
        Err(error) if !error.as_service_error().is_some_and(|e| e.is_resource_already_exists_exception()) => {
            Err(error.into())
        }
        _ => Ok(()),
    }
}

async fn listen(bridge: &aws_sdk_eventbridge::Client, sqs: &aws_sdk_sqs::Client, rule: &Rule) -> Result<()> {
    let name = rule.name.get_ref();
    bridge.put_rule().name(name).event_bus_name("royal").event_pattern(rule.pattern().to_string()).send().await?;
    let paths = rule.paths.clone().into_iter().collect();
    let transformer = rule
        .template
        .as_ref()
        .map(|template| InputTransformer::builder().set_input_paths_map(Some(paths)).input_template(template).build());
    let queue = arn(sqs, rule.queue.get_ref()).await?;
    let target = BusTarget::builder().id("queue").arn(queue).set_input_transformer(transformer.transpose()?).build()?;
    bridge.put_targets().rule(name).event_bus_name("royal").targets(target).send().await?;
    Ok(())
}

async fn schedule(
    scheduler: &aws_sdk_scheduler::Client,
    sqs: &aws_sdk_sqs::Client,
    (name, every, input): (&str, &str, &Value),
) -> Result<()> {
    let function = name.split(['.', '/']).next().unwrap_or_default();
    let wake = json!({ "wake": "schedule", "schedule": name, "at": "<aws.scheduler.scheduled-time>", "input": input });
    let target = Target::builder().arn(arn(sqs, function).await?).role_arn(ROLE).input(wake.to_string()).build()?;
    let exact = FlexibleTimeWindow::builder().mode(FlexibleTimeWindowMode::Off).build()?;
    let id = name.replace('/', "_");
    let created = scheduler
        .create_schedule()
        .name(&id)
        .schedule_expression(every)
        .flexible_time_window(exact.clone())
        .target(target.clone())
        .send()
        .await;
    match created {
        Err(error) if error.as_service_error().is_some_and(|e| e.is_conflict_exception()) => {
            let update = scheduler
                .update_schedule()
                .name(&id)
                .schedule_expression(every)
                .flexible_time_window(exact)
                .target(target);
            update.send().await?;
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}

async fn secret(sdk: &SdkConfig, name: &str, value: &str) -> Result<()> {
    let client = aws_sdk_secretsmanager::Client::new(sdk);
    let id = credentials::secret(name);
    match client.create_secret().name(&id).secret_string(value).send().await {
        Err(error) if error.as_service_error().is_some_and(|e| e.is_resource_exists_exception()) => {
            client.put_secret_value().secret_id(&id).secret_string(value).send().await?;
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}
