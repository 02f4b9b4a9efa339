//! The spending ledger: sliding windows that no interleaving overspends.
//!
//! One row per budget holds what was reserved or spent, by the time it happened. A reservation is
//! written in the decision's own transaction, conditional on the row being as it was read, so two
//! reservations can never both count on the same room. Slots are ten minutes wide for the last two hours
//! and an hour wide before; a slot that a window touches counts in full, so rounding never lets more
//! through.

use crate::{CommitError, Page, Store, StoreError, chain::parse, item, item::Item, keys, page::Cut};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

const FINE: Duration = Duration::minutes(10);
const COARSE: Duration = Duration::hours(1);
const RECENT: Duration = Duration::hours(2);
const KEPT: Duration = Duration::days(8);
/// What the names of budgets begin with that nobody but the ledger knows, and their status in the index.
const CAMPAIGN: &str = "campaign:";
const LISTED: &str = "CAMPAIGN";

/// A sliding window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// The last 60 minutes.
    Hour,
    /// The last 24 hours.
    Day,
    /// The last 7 days.
    Week,
}

impl Window {
    const fn length(self) -> Duration {
        match self {
            Self::Hour => Duration::hours(1),
            Self::Day => Duration::days(1),
            Self::Week => Duration::days(7),
        }
    }
}

/// What one budget has reserved and spent, in whole cents.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Budget {
    name: String,
    /// Cents by start of the slot (unix seconds).
    slots: BTreeMap<i64, i64>,
    #[serde(skip)]
    version: u64,
}

impl Budget {
    /// A budget of which nothing is used.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), slots: BTreeMap::new(), version: 0 }
    }

    /// Its name, such as `cluster:marketing`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Cents reserved or spent in the window that ends at `now`.
    #[must_use]
    pub fn used(&self, window: Window, now: OffsetDateTime) -> i64 {
        let from = now - window.length();
        let touches = |start: i64| start + self.width(start, now) > from.unix_timestamp();
        self.slots.iter().filter(|(start, _)| touches(**start)).fold(0, |sum, (_, cents)| sum.saturating_add(*cents))
    }

    /// The same budget with `cents` more reserved now (fewer, where negative).
    #[must_use]
    pub fn with(mut self, cents: i64, now: OffsetDateTime) -> Self {
        self.compact(now);
        let slot = self.slots.entry(floor(now.unix_timestamp(), FINE)).or_default();
        *slot = slot.saturating_add(cents);
        self
    }

    /// The same budget with a reservation of `then` given back.
    #[must_use]
    pub fn without(mut self, cents: i64, then: OffsetDateTime, now: OffsetDateTime) -> Self {
        self.compact(now);
        let fine = floor(then.unix_timestamp(), FINE);
        let slot = if self.slots.contains_key(&fine) { fine } else { floor(then.unix_timestamp(), COARSE) };
        if let Some(used) = self.slots.get_mut(&slot) {
            *used = used.saturating_sub(cents);
        }
        self.slots.retain(|_, cents| *cents != 0);
        self
    }

    pub(crate) const fn version(&self) -> u64 {
        self.version
    }

    pub(crate) fn from_item(row: &Item) -> Result<Self, StoreError> {
        Ok(Self { version: item::get_number(row, "seq")?, ..parse(row)? })
    }

    pub(crate) fn to_item(&self) -> Result<Item, CommitError> {
        let mut row = item::key(&keys::pk("BUDGET", &self.name), keys::STATE);
        row.insert("seq".to_owned(), item::number(self.version + 1));
        row.insert("body".to_owned(), item::text(serde_json::to_string(self)?));
        // Agents and clusters are in the catalogue; which campaigns there are, only this row says.
        if self.name.starts_with(CAMPAIGN) {
            let used = self.slots.keys().last().and_then(|start| OffsetDateTime::from_unix_timestamp(*start).ok());
            let sort = keys::instant(used.unwrap_or(OffsetDateTime::UNIX_EPOCH));
            row.insert("gsi1pk".to_owned(), item::text(keys::status("BUDGET", LISTED, keys::shard(&self.name))));
            row.insert("gsi1sk".to_owned(), item::text(format!("{sort}#{}", self.name)));
        }
        Ok(row)
    }

    /// Width in seconds of the slot that starts at `start`: fine while it is recent.
    fn width(&self, start: i64, now: OffsetDateTime) -> i64 {
        let coarse = start % COARSE.whole_seconds() == 0 && start < (now - RECENT).unix_timestamp();
        if coarse { COARSE.whole_seconds() } else { FINE.whole_seconds() }
    }

    /// Merges slots that are no longer recent, and forgets those that no window reaches.
    fn compact(&mut self, now: OffsetDateTime) {
        let (recent, kept) = ((now - RECENT).unix_timestamp(), (now - KEPT).unix_timestamp());
        let old: Vec<i64> = self.slots.range(..recent).map(|(start, _)| *start).collect();
        for start in old {
            let cents = self.slots.remove(&start).unwrap_or_default();
            if start >= kept {
                let slot = self.slots.entry(floor(start, COARSE)).or_default();
                *slot = slot.saturating_add(cents);
            }
        }
    }
}

fn floor(seconds: i64, width: Duration) -> i64 {
    seconds - seconds.rem_euclid(width.whole_seconds())
}

impl Store {
    /// A budget as it stands, read consistently; one that nobody used yet is empty.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn budget(&self, name: &str) -> Result<Budget, StoreError> {
        let Some(row) = self.item(&keys::pk("BUDGET", name), keys::STATE).await? else {
            return Ok(Budget::new(name));
        };
        Budget::from_item(&row)
    }

    /// Budgets of campaigns, in the order of their last use.
    ///
    /// # Errors
    /// When the table does not answer, a row cannot be understood, or the cursor is not ours.
    pub async fn campaigns(&self, cut: &Cut) -> Result<Page<Budget>, StoreError> {
        let page = self.rows("BUDGET", LISTED, cut).await?;
        let items = page.items.iter().map(Budget::from_item).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: OffsetDateTime = time::macros::datetime!(2026-11-20 12:34 UTC);

    #[test]
    fn a_window_counts_what_is_inside_it_and_forgets_what_is_older() {
        let budget =
            Budget::new("agent:x").with(100, NOW - Duration::days(6)).with(20, NOW - Duration::hours(5)).with(3, NOW);
        assert_eq!(budget.used(Window::Hour, NOW), 3);
        assert_eq!(budget.used(Window::Day, NOW), 23);
        assert_eq!(budget.used(Window::Week, NOW), 123);
        assert_eq!(budget.used(Window::Week, NOW + Duration::days(8)), 0);
    }

    proptest! {
        #[test]
        fn a_window_never_counts_less_than_what_was_spent_in_it(
            spends in proptest::collection::vec((0_i64..20_000, 1_i64..1000), 1..60)
        ) {
            let mut budget = Budget::new("x");
            let mut ordered = spends.clone();
            ordered.sort_by_key(|(minutes, _)| std::cmp::Reverse(*minutes));
            for (minutes_ago, cents) in &ordered {
                budget = budget.with(*cents, NOW - Duration::minutes(*minutes_ago));
            }
            for (window, minutes) in [(Window::Hour, 60), (Window::Day, 1440), (Window::Week, 10_080)] {
                let spent: i64 = spends.iter().filter(|(ago, _)| *ago < minutes).map(|(_, cents)| cents).sum();
                prop_assert!(budget.used(window, NOW) >= spent);
            }
        }

        #[test]
        fn what_is_given_back_is_free_again(ago in 0_i64..10_000, cents in 1_i64..1000) {
            let then = NOW - Duration::minutes(ago);
            let budget = Budget::new("x").with(cents, then).with(7, NOW).without(cents, then, NOW);
            prop_assert_eq!(budget.used(Window::Week, NOW), 7);
        }
    }
}
