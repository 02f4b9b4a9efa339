//! The local stack consists of what the cloud templates are made from: `infra/catalog/catalog.json`.

use crate::world::World;
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Things of one kind, each as text, so that a difference can be read.
type Things = BTreeSet<String>;

fn catalog() -> Value {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../infra/catalog/catalog.json"));
    serde_json::from_str(&text.unwrap()).unwrap()
}

/// What `of` makes of each entry of a list of the catalogue.
fn listed(catalog: &Value, list: &str, of: impl Fn(&Value) -> Option<Value>) -> Things {
    catalog[list].as_array().unwrap().iter().filter_map(of).map(text).collect()
}

/// A thing as text, its fields by name.
fn text(mut thing: Value) -> String {
    thing.sort_all_objects();
    thing.to_string()
}

fn last(arn: &str) -> &str {
    arn.rsplit([':', '/']).next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_local_stack_has_what_the_cloud_has_functions_queues_schedules_and_rules() {
    let world = World::of(&[]).await;
    let (sdk, catalog) = (world.stack().env().sdk(), catalog());
    for function in catalog["functions"].as_array().unwrap() {
        let name = function["name"].as_str().unwrap();
        // The API is a router, which no event wakes.
        assert!(function["wakes"] == json!(["http"]) || world.stack().function(name).is_some(), "{name}");
    }
    let asks = |f: &Value| f["wakes"].as_array().unwrap().contains(&json!("queue"));
    let expected = listed(&catalog, "functions", |f| asks(f).then(|| json!([f["name"], f["visibilitySeconds"]])));
    assert_eq!(queues(&aws_sdk_sqs::Client::new(sdk)).await, expected);
    let of = |s: &Value| Some(json!([s["name"], s["every"], s["function"], s["message"]]));
    assert_eq!(schedules(&aws_sdk_scheduler::Client::new(sdk)).await, listed(&catalog, "schedules", of));
    let of = |r: &Value| Some(json!([r["name"], r["pattern"], r["queue"], r["paths"], r["template"]]));
    assert_eq!(rules(&aws_sdk_eventbridge::Client::new(sdk)).await, listed(&catalog, "rules", of));
}

/// Queues that have a dead-letter queue, with the seconds for which they hide a message.
async fn queues(sqs: &aws_sdk_sqs::Client) -> Things {
    let urls = sqs.list_queues().send().await.unwrap().queue_urls.unwrap_or_default();
    let names: BTreeSet<&str> = urls.iter().map(|url| last(url)).collect();
    let mut things = Things::new();
    for url in urls.iter().filter(|url| names.contains(format!("{}-dead", last(url)).as_str())) {
        let asked = sqs.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::All);
        let told = asked.send().await.unwrap().attributes.unwrap();
        let hidden: u32 = told[&QueueAttributeName::VisibilityTimeout].parse().unwrap();
        assert!(told[&QueueAttributeName::RedrivePolicy].contains(&format!("{}-dead", last(url))));
        things.insert(text(json!([last(url), hidden])));
    }
    things
}

async fn schedules(scheduler: &aws_sdk_scheduler::Client) -> Things {
    let mut things = Things::new();
    for schedule in scheduler.list_schedules().send().await.unwrap().schedules {
        let id = schedule.name.unwrap();
        let told = scheduler.get_schedule().name(&id).send().await.unwrap();
        let target = told.target.unwrap();
        let message: Value = serde_json::from_str(target.input().unwrap()).unwrap();
        let every = told.schedule_expression.unwrap();
        things.insert(text(json!([id.replace('_', "/"), every, last(target.arn()), message])));
    }
    things
}

async fn rules(bridge: &aws_sdk_eventbridge::Client) -> Things {
    let mut things = Things::new();
    for rule in bridge.list_rules().event_bus_name("royal").send().await.unwrap().rules.unwrap_or_default() {
        let (name, pattern) = (rule.name.unwrap(), rule.event_pattern.unwrap());
        let pattern: Value = serde_json::from_str(&pattern).unwrap();
        let told = bridge.list_targets_by_rule().rule(&name).event_bus_name("royal").send().await.unwrap();
        let target = told.targets.unwrap().remove(0);
        let transformer = target.input_transformer;
        let paths = transformer.as_ref().and_then(|t| t.input_paths_map.clone()).unwrap_or_default();
        let template = transformer.map(|t| t.input_template);
        things.insert(text(json!([name, pattern, last(&target.arn), paths, template])));
    }
    things
}
