//! What an edit would have made of what was decided.
//!
//! Both policies judge the facts of every logged decision again. Three things make that quick, and none of them guesses:
//! - A decision is *skipped* where both policies have the same rules and none of the numbers that differ is one that the
//!   rules of its action type read: then they say the same, whatever the facts.
//! - An answer is *reused* where the same facts were judged before: not all facts, but those that the rules of the type
//!   read. What is not read cannot make a difference.
//! - Everything else is *evaluated*; only the tier is worked out, no sentences.
//!
//! How many were which stands in the summary, and [`Backtest::plain`] does without the first two. Decisions stream
//! through: what is kept is bounded.

mod concern;
mod summary;

pub use summary::{Affected, Approval, Counts, Summary};

use crate::{Policy, policy};
use concern::{Concern, Concerns};
use domain::{Tier, audit::EventV1};
use serde_json::Value;
use std::collections::HashMap;

/// The most answers that are kept to be reused.
const MOST_KNOWN: usize = 100_000;

/// A comparison under way.
#[derive(Debug)]
pub struct Backtest<'a> {
    old: &'a Policy,
    new: &'a Policy,
    concerns: Option<Concerns<'a>>,
    known: HashMap<Vec<u8>, (Tier, Tier)>,
    summary: Summary,
}

impl<'a> Backtest<'a> {
    /// A comparison of `new` with `old`.
    #[must_use]
    pub fn new(old: &'a Policy, new: &'a Policy) -> Self {
        Self { concerns: Some(Concerns::of(old, new)), ..Self::plain(old, new) }
    }

    /// The same, in which every decision is evaluated.
    #[must_use]
    pub fn plain(old: &'a Policy, new: &'a Policy) -> Self {
        let summary =
            Summary { revision: new.revision().to_owned(), replaces: old.revision().to_owned(), ..Summary::default() };
        Self { old, new, concerns: None, known: HashMap::new(), summary }
    }

    /// Judges a decision again, and says so where the two policies differ about it.
    pub fn add(&mut self, event: &EventV1) -> Option<Affected> {
        let Some(input) = &event.input else {
            self.summary.without_facts += 1;
            return None;
        };
        self.summary.compared += 1;
        let tiers = self.tiers(input);
        let affected = tiers.filter(|(from, to)| from != to).map(|tiers| Affected::new(event, input, tiers));
        self.summary.count(event, input, affected.as_ref());
        affected
    }

    /// Goes through all of `events`, and says after each how many that makes.
    pub fn run(mut self, events: impl IntoIterator<Item = EventV1>, mut progress: impl FnMut(u64)) -> Summary {
        for event in events {
            self.add(&event);
            progress(self.summary.seen());
        }
        self.summary
    }

    /// What was found so far.
    #[must_use]
    pub const fn so_far(&self) -> &Summary {
        &self.summary
    }

    /// All that was found.
    #[must_use]
    pub fn summary(self) -> Summary {
        self.summary
    }

    /// What the two say; nothing where they cannot differ.
    fn tiers(&mut self, input: &Value) -> Option<(Tier, Tier)> {
        let kind = input.pointer("/action/type").and_then(Value::as_str).unwrap_or_default();
        let Some(concern) = self.concerns.as_mut().map(|concerns| concerns.about(kind)) else {
            return Some(self.evaluate(input));
        };
        if *concern == Concern::Same {
            self.summary.skipped += 1;
            return None;
        }
        let read = concern.read(kind, input);
        if let Some(tiers) = self.known.get(&read) {
            self.summary.reused += 1;
            return Some(*tiers);
        }
        let tiers = self.evaluate(input);
        if self.known.len() < MOST_KNOWN {
            self.known.insert(read, tiers);
        }
        Some(tiers)
    }

    fn evaluate(&mut self, input: &Value) -> (Tier, Tier) {
        self.summary.evaluated += 1;
        let facts = policy::facts(input);
        (self.old.tier_of_facts(facts.clone()), self.new.tier_of_facts(facts))
    }
}
