//! The shape of the catalogue.

use crate::{Trigger, Wakes};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use toml::Spanned;

/// What a function is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Reads, thinks, proposes.
    Agent,
    /// Holds one system's write credential.
    Executor,
    /// Answers people and the outside.
    Edge,
    /// Keeps the machine running.
    Plumbing,
}

/// One Lambda function.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Its name: of the crate, the Lambda function and the queue.
    pub name: Spanned<String>,
    /// What it does, in one line.
    pub about: String,
    /// Folder of its crate.
    pub folder: String,
    /// What it is for.
    pub kind: Kind,
    /// What wakes it.
    pub wakes: Wakes,
    /// Memory, in MB.
    pub memory_mb: u32,
    /// Seconds after which it is cut off; its queue hides a message for six times as long.
    pub timeout_seconds: u32,
    /// For one that wakes on the stream: which records it is woken for, each an event pattern. None: for all.
    #[serde(default)]
    pub filters: Vec<Spanned<String>>,
    /// Messages that it takes at once. One, where each takes most of the time that it has.
    #[serde(default = "ten")]
    pub batch: u32,
    /// Partition-key prefixes that it may read.
    pub reads: Vec<Spanned<String>>,
    /// Partition-key prefixes that it may write.
    pub writes: Vec<Spanned<String>>,
    /// Secrets that it may read.
    #[serde(default)]
    pub secrets: Vec<Spanned<String>>,
    /// Whether it may send to queues and the bus.
    #[serde(default)]
    pub sends: bool,
    /// Whether it may write to open WebSocket connections.
    #[serde(default)]
    pub pushes: bool,
    /// The kinds of schedules that it understands: each has a schedule here.
    #[serde(default)]
    pub schedules: Vec<Spanned<String>>,
    /// How many calls of it may run at once; by default what its kind gets.
    #[serde(default)]
    pub concurrency: Option<u32>,
}

const fn ten() -> u32 {
    10
}

impl Function {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.get_ref()
    }

    /// Its cluster: the first word of the name.
    #[must_use]
    pub fn cluster(&self) -> &str {
        self.name().split('-').next().unwrap_or_default()
    }

    /// The group of functions that is deployed together: an agent's cluster, else what its kind is called.
    #[must_use]
    pub fn stack(&self) -> &str {
        match self.kind {
            Kind::Agent => self.cluster(),
            Kind::Executor => "executors",
            Kind::Edge => "edge",
            Kind::Plumbing => "plumbing",
        }
    }

    /// How many calls of it may run at once. Few for executors: an outside system counts what it is asked.
    #[must_use]
    pub fn concurrency(&self) -> u32 {
        self.concurrency.unwrap_or(match self.kind {
            Kind::Agent => 5,
            Kind::Executor => 2,
            Kind::Edge | Kind::Plumbing => 20,
        })
    }

    /// Seconds for which its queue hides a message that it is working on.
    #[must_use]
    pub const fn visibility_seconds(&self) -> u32 {
        self.timeout_seconds.saturating_mul(6)
    }
}

/// Something that happens at set times: a wake on the queue of the function that its name starts with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// `<function>.<kind>`; the kind is what the agent's input is tagged with.
    pub name: Spanned<String>,
    /// An EventBridge Scheduler expression.
    pub every: Spanned<String>,
    /// What it carries.
    #[serde(default)]
    pub input: Value,
}

impl Schedule {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.get_ref()
    }

    /// The function that it wakes, without the specialist.
    #[must_use]
    pub fn function(&self) -> &str {
        self.name().split(['.', '/']).next().unwrap_or_default()
    }
}

/// Who is told of an event on the bus.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name.
    pub name: Spanned<String>,
    /// The events, such as `journey:stopped`. None: all of ours.
    #[serde(default)]
    pub events: Vec<String>,
    /// Values of the event's detail that it is about, by field, such as `tier = ["MEDIUM"]`. None: any.
    #[serde(default)]
    pub detail: BTreeMap<String, Vec<String>>,
    /// The queue that gets a message.
    pub queue: Spanned<String>,
    /// Values of the event that the template uses, as JSON paths by name.
    #[serde(default)]
    pub paths: BTreeMap<String, String>,
    /// The message, with `<name>` where a value goes. Without one it is the event as it is.
    #[serde(default)]
    pub template: Option<String>,
}

impl Rule {
    /// The pattern of the events that it is about.
    #[must_use]
    pub fn pattern(&self) -> Value {
        let events = (!self.events.is_empty()).then(|| ("detail-type", json!(self.events)));
        let detail = (!self.detail.is_empty()).then(|| ("detail", json!(self.detail)));
        let all = [Some(("source", json!(["royal"]))), events, detail].into_iter().flatten();
        all.map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// A named instance of an agent, with its own schedule and record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Specialist {
    /// `<function>/<specialty>`.
    pub name: Spanned<String>,
    /// An EventBridge Scheduler expression.
    pub every: Spanned<String>,
    /// The kind that its schedule wakes it with.
    pub kind: Spanned<String>,
    /// What its schedule carries.
    #[serde(default)]
    pub input: Value,
}

/// A secret, as an operator sets it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// Its name.
    pub name: Spanned<String>,
    /// What it opens, and what it looks like.
    pub about: String,
}

/// An outside system that can be slow, down, or tired of us.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Its name: of its breaker, and in what is measured of it.
    pub name: Spanned<String>,
    /// What it is for.
    pub about: String,
}

/// Something that functions measure and that somebody watches or looks at.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// Its name, as it is written.
    pub name: Spanned<String>,
    /// What it is split by, in the order in which it is written.
    #[serde(default)]
    pub by: Vec<String>,
    /// What it says.
    pub about: String,
}

/// Everything.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// What partition keys of the table, and of its index by day, begin with.
    pub parts: Vec<Spanned<String>>,
    /// All functions.
    #[serde(rename = "function")]
    pub functions: Vec<Function>,
    /// All secrets.
    #[serde(rename = "secret", default)]
    pub secrets: Vec<Secret>,
    /// All outside systems.
    #[serde(rename = "system", default)]
    pub systems: Vec<System>,
    /// What is measured and watched.
    #[serde(rename = "metric", default)]
    pub metrics: Vec<Metric>,
    /// All schedules.
    #[serde(rename = "schedule", default)]
    pub schedules: Vec<Schedule>,
    /// All rules of the bus.
    #[serde(rename = "rule", default)]
    pub rules: Vec<Rule>,
    /// All specialists.
    #[serde(rename = "specialist", default)]
    pub specialists: Vec<Specialist>,
}

impl Catalog {
    /// Functions that have a queue.
    pub fn queued(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().filter(|function| function.wakes.on(Trigger::Queue))
    }

    /// All agents, specialists included, as name and what they do.
    #[must_use]
    pub fn agents(&self) -> Vec<(String, String)> {
        let agents = self.functions.iter().filter(|f| f.kind == Kind::Agent);
        let special = self.specialists.iter().filter_map(|s| {
            let of = self.functions.iter().find(|f| s.name.get_ref().split('/').next() == Some(f.name()))?;
            Some((s.name.get_ref().clone(), of.about.clone()))
        });
        agents.map(|f| (f.name().to_owned(), f.about.clone())).chain(special).collect()
    }

    /// Every schedule, those of specialists included, as name, expression and input.
    #[must_use]
    pub fn timetable(&self) -> Vec<(String, String, Value)> {
        let own = self.schedules.iter().map(|s| (s.name().to_owned(), s.every.get_ref().clone(), s.input.clone()));
        let special = self.specialists.iter().map(|s| {
            let name = format!("{}.{}", s.name.get_ref(), s.kind.get_ref());
            (name, s.every.get_ref().clone(), s.input.clone())
        });
        own.chain(special).collect()
    }
}
