//! What speaks for an edit and against it: worked out here, and not by whoever asks.
//!
//! Everything is bounded: a sweep that takes longer than a request may is left to whoever decides to run, and says so.

mod past;

use crate::auth::Permit;
use policy::{Policy, Problem, sweep, tested};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// The longest that the proofs may take.
const LONGEST: Duration = Duration::from_secs(6);
/// The most lines of one kind.
const MOST: usize = 20;

/// What was found, for the record and for whoever decides.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// What was done, and what came of it: a line each.
    pub(super) done: Vec<String>,
    /// What becomes looser, and what else should be looked at first.
    pub(super) first: Vec<String>,
    /// What else moves.
    pub(super) moves: Vec<String>,
}

/// What the tests beside the rules, the sweep, and the decisions of the last days say of the edit.
pub(super) async fn of(permit: &Permit, now: &Arc<Policy>, edited: &Arc<Policy>) -> Evidence {
    let (mut proved, past) = tokio::join!(proved(permit, now, edited), past::of(permit, (now, edited)));
    proved.done.push(past.told());
    proved.first.extend(shown(past.looser.iter()));
    proved
}

async fn proved(permit: &Permit, now: &Arc<Policy>, edited: &Arc<Policy>) -> Evidence {
    let (now, edited) = (Arc::clone(now), Arc::clone(edited));
    let folder = permit.policy_folder().to_owned();
    let work = tokio::task::spawn_blocking(move || {
        let mut evidence = Evidence::default();
        evidence.tests(&edited, &folder);
        evidence.swept(&sweep::run(&now, &edited));
        evidence
    });
    match timeout(LONGEST, work).await {
        Ok(Ok(evidence)) => evidence,
        Ok(Err(error)) => Evidence::missing(&format!("they broke down: {error}")),
        Err(_) => Evidence::missing("they take longer than a request may"),
    }
}

impl Evidence {
    /// All of it, what to look at first before the rest.
    pub(super) fn lines(&self) -> Vec<String> {
        [self.first.clone(), self.done.clone(), self.moves.clone()].concat()
    }

    fn missing(why: &str) -> Self {
        let told =
            format!("tests and sweep: not done here, for {why}; run `royal policy test` and `royal policy sweep`");
        Self { first: vec![told.clone()], done: vec![told], moves: Vec::new() }
    }

    fn tests(&mut self, edited: &Policy, folder: &std::path::Path) {
        let tests = tested::read(folder).unwrap_or_default();
        if tests.is_empty() {
            return self.done.push("tests beside the rules: they are not at hand here".to_owned());
        }
        match tested::run(&edited.draft(), &tests) {
            Ok(tested) if tested.failed.is_empty() => {
                self.done.push(format!("tests beside the rules: all {} hold", tested.passed));
            }
            Ok(tested) => {
                self.done.push(format!("tests beside the rules: {} do not hold", tested.failed.len()));
                let failed = tested.failed.iter().take(MOST);
                self.first.extend(failed.map(|one| format!("test `{}` ({}) does not hold", one.test, one.file)));
            }
            Err(problems) => self.broken(&problems),
        }
    }

    fn broken(&mut self, problems: &[Problem]) {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        self.first.push(format!("the tests beside the rules cannot be run on it: {first}"));
        self.done.push("tests beside the rules: they cannot be run on it".to_owned());
    }

    fn swept(&mut self, swept: &sweep::Sweep) {
        self.done.push(format!("sweep: {}", swept.summary()));
        let looser = |line: &&String| swept.boundaries.iter().any(|one| one.looser && one.to_string() == **line);
        let wrong = swept.gaps.len() + swept.falls.len();
        let lines = swept.lines();
        let (first, other): (Vec<_>, Vec<_>) =
            lines.iter().enumerate().partition(|(n, line)| *n < wrong || looser(line));
        self.first.extend(shown(first.into_iter().map(|(_, line)| line)));
        self.moves.extend(shown(other.into_iter().map(|(_, line)| line)));
    }
}

/// The first of them, and how many more there are.
fn shown<'a>(lines: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.cloned().collect();
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}
