//! When an action was decided and when it was settled, as the functions say in their own log lines.
//!
//! A line is written after its transaction was acknowledged. Reading them costs the system nothing, where
//! asking for a status over and over would be most of what is measured.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};
use tokio::sync::oneshot;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// What an action came to, and when that was acknowledged.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its status.
    pub status: String,
    /// When the function said so.
    pub at: Instant,
}

/// Actions that somebody waits for, and what was said before anybody did.
#[derive(Clone, Default)]
pub struct Observer(Arc<Mutex<HashMap<(String, Stage), Slot>>>);

enum Slot {
    Awaited(oneshot::Sender<Seen>),
    Said(Seen),
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The gate has decided.
    Decided,
    /// The executor has recorded an outcome.
    Settled,
}

impl Observer {
    /// Takes the log of this process from now on.
    ///
    /// # Errors
    /// When something else took it before.
    pub fn install() -> anyhow::Result<Self> {
        let observer = Self::default();
        tracing::subscriber::set_global_default(observer.clone())?;
        Ok(observer)
    }

    /// What will be said of this stage of the action, or was.
    #[must_use]
    pub fn expect(&self, action: &str, stage: Stage) -> oneshot::Receiver<Seen> {
        let (tell, told) = oneshot::channel();
        let key = (action.to_owned(), stage);
        let mut slots = self.slots();
        match slots.remove(&key) {
            // The receiver is in this very hand.
            Some(Slot::Said(seen)) => drop(tell.send(seen)),
            _ => drop(slots.insert(key, Slot::Awaited(tell))),
        }
        told
    }

    fn say(&self, action: String, stage: Stage, seen: Seen) {
        let mut slots = self.slots();
        match slots.remove(&(action.clone(), stage)) {
            // Nobody waits any more once the run is over.
            Some(Slot::Awaited(tell)) => drop(tell.send(seen)),
            _ => drop(slots.insert((action, stage), Slot::Said(seen))),
        }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<(String, Stage), Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The fields of a line that matter here.
#[derive(Default)]
struct Line {
    action: String,
    status: String,
    message: String,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let text = || format!("{value:?}").trim_matches('"').to_owned();
        match field.name() {
            "action.id" => self.action = text(),
            "status" => self.status = text(),
            "message" => self.message = text(),
            _ => {}
        }
    }
}

impl Line {
    fn stage(&self) -> Option<Stage> {
        match (self.message.as_str(), self.status.as_str()) {
            ("decided", _) => Some(Stage::Decided),
            (_, "EXECUTED" | "FAILED" | "SIMULATED" | "UNKNOWN" | "PENDING" | "HELD") => Some(Stage::Settled),
            _ => None,
        }
    }
}

impl Subscriber for Observer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() <= Level::INFO
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let at = Instant::now();
        let mut line = Line::default();
        event.record(&mut line);
        if *event.metadata().level() <= Level::WARN {
            crate::report::complain(event.metadata().target(), &line.message);
        }
        if let Some(stage) = line.stage() {
            self.say(line.action, stage, Seen { status: line.status, at });
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
