//! Facts that decisions rest on, kept as the feeds say them now.

use crate::{best::Found, candidate};
use agent::Reads;
use feeds::Item;
use std::collections::{BTreeMap, BTreeSet};
use store::{StoreError, fact::Fact};
use time::OffsetDateTime;

/// Changed facts written in one run: with the started journeys they are one transaction.
const MOST_CHANGED: usize = 25;

/// What changed for products whose journey is under way.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    live: BTreeSet<String>,
    changed: BTreeMap<String, BTreeMap<String, String>>,
    left: usize,
}

impl Watch {
    pub(crate) fn over(live: BTreeSet<String>) -> Self {
        Self { live, changed: BTreeMap::new(), left: 0 }
    }

    /// Whether a product's journey is under way.
    pub(crate) fn is_live(&self, source: &str) -> bool {
        self.live.contains(source)
    }

    /// Compares an item with what is on record of it, if its journey is under way.
    pub(crate) async fn see(&mut self, item: &Item, reads: &dyn Reads) -> Result<(), StoreError> {
        let Some(source) = candidate::product(item).map(|product| format!("product:{product}")) else { return Ok(()) };
        if !self.live.contains(&source) {
            return Ok(());
        }
        let now = told(item);
        let known = reads.fact(&source).await?;
        if known.is_some_and(|fact| fact.fields == now) {
            return Ok(());
        }
        if self.changed.len() < MOST_CHANGED {
            self.changed.insert(source, now);
        } else {
            self.left += 1;
        }
        Ok(())
    }

    /// Products whose facts changed, and those of them that are left to the next run.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.changed.len(), self.left)
    }

    /// The facts to be written: of the journeys to start, and of what changed.
    pub(crate) fn facts(&self, best: &[Found], at: OffsetDateTime) -> Vec<Fact> {
        let started = best.iter().map(|found| (found.candidate.source(), found.candidate.facts()));
        let mut all = self.changed.clone();
        all.extend(started);
        all.into_iter().map(|(source, fields)| Fact { source, fields, at }).collect()
    }
}

/// What the feed says now; nothing where it no longer says all, or the product is withdrawn: a decision that
/// rests on it does not hold any more.
fn told(item: &Item) -> BTreeMap<String, String> {
    let candidate = candidate::candidate(item).ok().filter(|_| item.offered);
    candidate.map(|candidate| candidate.facts()).unwrap_or_default()
}
