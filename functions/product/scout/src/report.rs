//! What the scout says of its run: counts, and the first few of everything that was left out.

use feeds::{Item, RowProblem};
use serde::Serialize;
use std::{cmp::Reverse, collections::BTreeMap};

/// How many of a kind are told in full.
const FIRST: usize = 20;
/// Opportunities that the CEO function is told.
pub(crate) const TOP: usize = 10;

/// One run over one or more feeds.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// Each feed, with the number of its products, or why it was not read.
    pub(crate) feeds: BTreeMap<String, FeedReport>,
    /// Products read.
    pub(crate) products: u64,
    /// Rows that are no product.
    pub(crate) rejected_rows: Counted<RowTold>,
    /// Products outside the errand's category.
    pub(crate) filtered: u64,
    /// Products that their supplier withdrew.
    pub(crate) withdrawn: u64,
    /// Products of which too little is known.
    pub(crate) abstained: Counted<Abstained>,
    /// How often each fact was missing.
    pub(crate) missing: BTreeMap<String, u64>,
    /// Products with a score.
    pub(crate) scored: u64,
    /// Why products with a score were turned down, by code.
    pub(crate) turned_down: BTreeMap<String, u64>,
    /// Products worth a journey.
    pub(crate) shortlisted: u64,
    /// Shortlisted products whose journey is under way: a changed offer waits for its end.
    pub(crate) under_way: u64,
    /// Shortlisted products whose journey was asked for before, among those that would have been started.
    pub(crate) known: u64,
    /// Journeys started.
    pub(crate) started: usize,
    /// Products under way whose facts changed.
    pub(crate) facts_changed: usize,
    /// The same, left to the next run.
    pub(crate) facts_left: usize,
    /// The best products, known ones included, highest first.
    pub(crate) top: Vec<Opportunity>,
    /// What is wrong with the trend data.
    pub(crate) trend_problems: Vec<String>,
}

/// One feed.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FeedReport {
    pub(crate) products: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    /// Files of a folder that are no feed, and fields that nobody knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) notes: Vec<String>,
}

/// A count, and the first of what was counted.
#[derive(Debug, Serialize)]
pub(crate) struct Counted<T> {
    pub(crate) count: u64,
    pub(crate) first: Vec<T>,
}

impl<T> Default for Counted<T> {
    fn default() -> Self {
        Self { count: 0, first: Vec::new() }
    }
}

impl<T> Counted<T> {
    fn add(&mut self, one: impl FnOnce() -> T) {
        self.count += 1;
        if self.first.len() < FIRST {
            self.first.push(one());
        }
    }
}

/// A row that is no product.
#[derive(Debug, Serialize)]
pub(crate) struct RowTold {
    row: u64,
    reason: String,
}

/// A product of which too little is known.
#[derive(Debug, Serialize)]
pub(crate) struct Abstained {
    row: u64,
    product: String,
    missing: Vec<String>,
}

/// A product worth a look; ranked by its score, then by its name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Opportunity {
    pub(crate) score: i64,
    pub(crate) product: Reverse<String>,
    pub(crate) title: String,
}

impl Report {
    /// A row that is no product.
    pub(crate) fn reject(&mut self, problem: &RowProblem) {
        self.rejected_rows.add(|| RowTold { row: problem.row, reason: problem.to_string() });
    }

    /// A product of which `missing` is not known.
    pub(crate) fn abstain(&mut self, item: &Item, missing: Vec<String>) {
        for fact in &missing {
            *self.missing.entry(fact.clone()).or_default() += 1;
        }
        let supplier = item.supplier.as_deref().unwrap_or("?");
        let product = || format!("{supplier}/{}", item.sku);
        self.abstained.add(|| Abstained { row: item.source.row, product: product(), missing });
    }

    /// A product with a score that the rule turned down.
    pub(crate) fn turn_down(&mut self, codes: impl IntoIterator<Item = String>) {
        for code in codes {
            *self.turned_down.entry(code).or_default() += 1;
        }
    }
}
