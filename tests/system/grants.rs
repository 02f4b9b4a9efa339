//! What the catalogue grants is what a function can do: asked of the running stack, with each function's credentials.

use crate::{feed::Row, world::World};
use aws_config::SdkConfig;
use aws_sdk_dynamodb::{
    config::{Credentials, SharedCredentialsProvider},
    error::{ProvideErrorMetadata, SdkError},
    types::AttributeValue,
};
use catalog::{Cloud, CloudFunction, Kind};
use domain::journey::Stage;
use std::collections::BTreeSet;

const DENIED: &str = "AccessDeniedException";

fn signing_as(world: &World, name: &str) -> SdkConfig {
    let credentials = Credentials::new(name, "worthless", None, None, "test");
    let sdk = world.stack().env().sdk().to_builder();
    sdk.credentials_provider(SharedCredentialsProvider::new(credentials)).build()
}

/// Whether a call was refused because it is not granted.
fn denied<T, E: ProvideErrorMetadata, R>(answer: &Result<T, SdkError<E, R>>) -> bool {
    let code = |error: &SdkError<E, R>| error.as_service_error().and_then(|e| e.code().map(str::to_owned));
    answer.as_ref().err().and_then(code).is_some_and(|code| code == DENIED)
}

/// The functions, as the cloud templates are made from them.
fn functions() -> Vec<CloudFunction> {
    Cloud::new("", &catalog::catalog().unwrap()).functions
}

fn has(granted: &[String], what: &str) -> bool {
    granted.iter().any(|one| one == what)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_function_reads_and_writes_the_rows_that_the_catalogue_grants_and_no_others() {
    let (world, functions) = (World::of(&[]).await, functions());
    let all = functions.iter().flat_map(|f| f.grants.reads.iter().chain(&f.grants.writes));
    let prefixes: BTreeSet<&String> = all.collect();
    for CloudFunction { name, grants, .. } in &functions {
        let client = aws_sdk_dynamodb::Client::new(&signing_as(&world, name));
        for prefix in &prefixes {
            let key = AttributeValue::S(format!("{prefix}of-nobody"));
            let sk = AttributeValue::S("STATE".to_owned());
            let read = client.get_item().table_name("royal").key("pk", key.clone()).key("sk", sk.clone()).send().await;
            assert_eq!(denied(&read), !has(&grants.reads, prefix), "{name} reads {prefix}: {read:?}");
            let write = client.put_item().table_name("royal").item("pk", key).item("sk", sk);
            let write = write.condition_expression("attribute_exists(pk)").send().await;
            assert_eq!(denied(&write), !has(&grants.writes, prefix), "{name} writes {prefix}: {write:?}");
        }
        assert!(denied(&client.scan().table_name("royal").send().await), "{name} scans");
    }
    world.stack().aws().forget_refusals();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_agent_writes_what_only_policy_a_person_or_an_executor_may() {
    let functions = functions();
    let agents = functions.iter().filter(|f| f.kind == Kind::Agent && f.name != "ceo");
    let writes = agents.flat_map(|agent| agent.grants.writes.iter().map(move |prefix| (agent.name.as_str(), prefix)));
    let taken = writes.filter(|(_, prefix)| ["ACTION#", "CONTROL#", "POLICY#", "POINTER#"].contains(&prefix.as_str()));
    let taken: Vec<_> = taken.collect();
    assert!(taken.is_empty(), "{taken:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_sends_can_send_and_a_secret_is_read_only_by_those_who_have_it() {
    let (world, functions) = (World::of(&[]).await, functions());
    let secrets: BTreeSet<&String> = functions.iter().flat_map(|f| &f.grants.secrets).collect();
    let queue = format!("{}gate", world.stack().env().config().queues.as_deref().unwrap());
    for CloudFunction { name, grants, .. } in &functions {
        let sdk = signing_as(&world, name);
        let vault = aws_sdk_secretsmanager::Client::new(&sdk);
        for secret in &secrets {
            let read = vault.get_secret_value().secret_id(format!("royal/{secret}")).send().await;
            assert_eq!(denied(&read), !has(&grants.secrets, secret), "{name} reads {secret}: {read:?}");
        }
        // Nothing reaches a queue: one does not exist, the other's message is too large.
        let large = "x".repeat(2 * 1024 * 1024);
        let send = aws_sdk_sqs::Client::new(&sdk).send_message().queue_url(&queue).message_body(large).send().await;
        assert_eq!(denied(&send), !grants.sends, "{name} sends: {send:?}");
        let entry = aws_sdk_eventbridge::types::PutEventsRequestEntry::builder().event_bus_name("of-nobody").build();
        let put = aws_sdk_eventbridge::Client::new(&sdk).put_events().entries(entry).send().await;
        assert_eq!(denied(&put), !grants.sends, "{name} puts events: {put:?}");
    }
    world.stack().aws().forget_refusals();
}

#[tokio::test(flavor = "multi_thread")]
#[should_panic(expected = "`product-pricing` is not authorized to perform `dynamodb:")]
async fn a_catalogue_that_grants_too_little_fails_the_journey_and_says_what_is_missing() {
    let mut smaller = catalog::catalog().unwrap();
    let pricing = smaller.functions.iter_mut().find(|function| function.name() == "product-pricing").unwrap();
    pricing.writes.retain(|prefix| prefix.get_ref() != "PROPOSAL#" && prefix.get_ref() != "TASK#");
    let world = World::with(&[Row::good("board")], move |settings| settings.catalog = Some(smaller.clone())).await;
    world.scout().await;
    world.journey_in("board", Stage::Published).await;
}
