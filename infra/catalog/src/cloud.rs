//! What the cloud templates are made from: the catalogue with every default filled in, as JSON.
//!
//! `catalog.json` is committed, so that templates can be made where no Rust is. It holds the hash of the file that it
//! was made from: whoever reads it can tell that it is not the one of another catalogue.

use crate::{Catalog, Function, Kind, Trigger};
use domain::Role;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The whole catalogue.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cloud {
    /// What it was made from.
    pub source: Source,
    /// All functions.
    pub functions: Vec<CloudFunction>,
    /// Everything that happens at set times.
    pub schedules: Vec<Wake>,
    /// All rules of the bus.
    pub rules: Vec<CloudRule>,
    /// All secrets, which an operator sets.
    pub secrets: Vec<CloudSecret>,
    /// The names of all outside systems.
    pub systems: Vec<String>,
    /// What functions measure and somebody watches.
    pub metrics: Vec<CloudMetric>,
    /// What people can be: the groups of the user pool.
    pub roles: Vec<&'static str>,
}

/// A secret.
#[derive(Debug, Serialize)]
pub struct CloudSecret {
    /// Its name.
    pub name: String,
    /// What it opens, and what it looks like.
    pub about: String,
}

/// Something that functions measure.
#[derive(Debug, Serialize)]
pub struct CloudMetric {
    /// Its name, as it is written.
    pub name: String,
    /// What it is split by.
    pub by: Vec<String>,
}

/// The file that the JSON was made from.
#[derive(Debug, Serialize)]
pub struct Source {
    /// Its name.
    pub file: &'static str,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A function.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CloudFunction {
    /// Its name.
    pub name: String,
    /// What it does.
    pub about: String,
    /// What it is for.
    pub kind: Kind,
    /// The functions that it is deployed with.
    pub stack: String,
    /// What wakes it.
    pub wakes: Vec<Trigger>,
    /// Memory, in MB.
    pub memory_mb: u32,
    /// Seconds after which it is cut off.
    pub timeout_seconds: u32,
    /// Seconds for which its queue hides a message that it is working on.
    pub visibility_seconds: u32,
    /// Messages that it takes at once.
    pub batch: u32,
    /// How many calls of it may run at once.
    pub concurrency: u32,
    /// Event patterns of the stream records that it is woken for.
    pub filters: Vec<Value>,
    /// What it may do.
    pub grants: Grants,
}

/// What a function may do, and nothing else.
#[derive(Debug, Serialize)]
pub struct Grants {
    /// Prefixes of partitions, of the table and of its indexes, that it may read.
    pub reads: Vec<String>,
    /// Prefixes of partitions that it may write.
    pub writes: Vec<String>,
    /// Secrets that it may read.
    pub secrets: Vec<String>,
    /// Whether it may send to every queue and to the bus.
    pub sends: bool,
    /// Whether it may write to open WebSocket connections.
    pub pushes: bool,
}

/// A message at set times.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wake {
    /// Its name: `<function>.<kind>`, or `<function>/<specialty>.<kind>`.
    pub name: String,
    /// The function whose queue gets the message.
    pub function: String,
    /// An `EventBridge` Scheduler expression, in UTC.
    pub every: String,
    /// Minutes by which it may come later, so that not everything happens in one second.
    pub window_minutes: u32,
    /// Whether it wakes a specialist.
    pub specialist: bool,
    /// The message.
    pub message: Value,
}

/// Who is told of an event on the bus.
#[derive(Debug, Serialize)]
pub struct CloudRule {
    /// Its name.
    pub name: String,
    /// The pattern of the events.
    pub pattern: Value,
    /// The function whose queue gets a message.
    pub queue: String,
    /// Values of the event that the template uses, as JSON paths by name.
    pub paths: BTreeMap<String, String>,
    /// The message, with `<name>` where a value goes. Without one it is the event as it is.
    pub template: Option<String>,
}

impl Cloud {
    /// What the cloud needs of `catalog`, which was read from `text`.
    #[must_use]
    pub fn new(text: &str, catalog: &Catalog) -> Self {
        Self {
            source: Source { file: "catalog.toml", sha256: hex::encode(Sha256::digest(text.as_bytes())) },
            functions: catalog.functions.iter().map(function).collect(),
            schedules: catalog.timetable().into_iter().map(wake).collect(),
            rules: catalog.rules.iter().map(rule).collect(),
            secrets: catalog.secrets.iter().map(secret).collect(),
            systems: catalog.systems.iter().map(|system| system.name.get_ref().clone()).collect(),
            metrics: catalog.metrics.iter().map(metric).collect(),
            roles: Role::ALL.map(Role::name).into(),
        }
    }
}

fn function(of: &Function) -> CloudFunction {
    let patterns = of.filters.iter().filter_map(|filter| serde_json::from_str(filter.get_ref()).ok().map(sorted));
    CloudFunction {
        name: of.name().to_owned(),
        about: of.about.clone(),
        kind: of.kind,
        stack: of.stack().to_owned(),
        wakes: of.wakes.all().collect(),
        memory_mb: of.memory_mb,
        timeout_seconds: of.timeout_seconds,
        visibility_seconds: of.visibility_seconds(),
        batch: of.batch,
        concurrency: of.concurrency(),
        filters: patterns.collect(),
        grants: Grants {
            reads: words(&of.reads),
            writes: words(&of.writes),
            secrets: words(&of.secrets),
            sends: of.sends,
            pushes: of.pushes,
        },
    }
}

/// The same with its fields by name: how a map is kept depends on what else is built with this.
fn sorted(mut value: Value) -> Value {
    value.sort_all_objects();
    value
}

fn words(spanned: &[toml::Spanned<String>]) -> Vec<String> {
    spanned.iter().map(|word| word.get_ref().clone()).collect()
}

fn wake((name, every, input): (String, String, Value)) -> Wake {
    let function = name.split(['.', '/']).next().unwrap_or_default().to_owned();
    let specialist = name.contains('/');
    let message =
        json!({ "wake": "schedule", "schedule": name, "at": "<aws.scheduler.scheduled-time>", "input": input });
    let window_minutes = window(&every);
    Wake { name, function, every, window_minutes, specialist, message: sorted(message) }
}

/// A tenth of the time between two wakes, a quarter of an hour at most; below a minute none.
fn window(every: &str) -> u32 {
    let rate = every.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')'));
    let Some((count, unit)) = rate.and_then(|rate| rate.split_once(' ')) else { return 15 };
    let minutes = match unit.trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        _ => 24 * 60,
    };
    count.parse::<u32>().unwrap_or_default().saturating_mul(minutes).checked_div(10).unwrap_or_default().min(15)
}

fn rule(of: &crate::Rule) -> CloudRule {
    CloudRule {
        name: of.name.get_ref().clone(),
        pattern: sorted(of.pattern()),
        queue: of.queue.get_ref().clone(),
        paths: of.paths.clone(),
        template: of.template.clone(),
    }
}

fn secret(of: &crate::Secret) -> CloudSecret {
    CloudSecret { name: of.name.get_ref().clone(), about: of.about.clone() }
}

fn metric(of: &crate::Metric) -> CloudMetric {
    CloudMetric { name: of.name.get_ref().clone(), by: of.by.clone() }
}
