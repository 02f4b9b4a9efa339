//! The best of many, in bounded memory.

use domain::{
    TaskId,
    journey::{Candidate, Scored},
};
use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
};

/// A candidate with its score.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) candidate: Candidate,
    pub(crate) scored: Scored,
}

impl Found {
    /// The natural key of its journey's start: product and offer.
    pub(crate) fn key(&self) -> String {
        key(&self.candidate.product, &self.candidate.fingerprint)
    }

    /// What it is ranked by: its score, and its product where scores are equal, so that a run can be repeated.
    fn rank(&self) -> (i64, Reverse<String>) {
        (self.scored.score, Reverse(self.candidate.product.to_string()))
    }
}

/// The natural key of a journey's start.
fn key(product: &domain::action::ProductKey, fingerprint: &str) -> String {
    format!("journey.start/{product}/{fingerprint}")
}

/// The task that a start with this key is.
pub(crate) fn task(product: &domain::action::ProductKey, fingerprint: &str) -> TaskId {
    TaskId::of(&key(product, fingerprint))
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Found {}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

/// Keeps the highest `most` of what it is shown.
#[derive(Debug)]
pub(crate) struct Best<T> {
    most: usize,
    heap: BinaryHeap<Reverse<T>>,
}

impl<T: Ord> Best<T> {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, heap: BinaryHeap::with_capacity(most.min(64)) }
    }

    /// Whether `one` would be kept.
    pub(crate) fn takes(&self, one: &T) -> bool {
        self.heap.len() < self.most || self.heap.peek().is_some_and(|Reverse(least)| one > least)
    }

    pub(crate) fn show(&mut self, one: T) {
        if self.takes(&one) {
            self.heap.push(Reverse(one));
            if self.heap.len() > self.most {
                self.heap.pop();
            }
        }
    }

    /// Highest first.
    pub(crate) fn into_sorted(self) -> Vec<T> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(one)| one).collect()
    }
}
