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
    proved.done.push(past.told);
    proved.first.extend(shown(past.looser.iter()));
    proved
}

/// The proofs, each by itself: one that takes too long leaves the other standing.
async fn proved(permit: &Permit, now: &Arc<Policy>, edited: &Arc<Policy>) -> Evidence {
    let folder = permit.policy_folder().to_owned();
    let draft = Arc::clone(edited);
    let tests = work("tests beside the rules", "test", move |evidence| evidence.tests(&draft, &folder));
    let (now, edited) = (Arc::clone(now), Arc::clone(edited));
    let swept = work("sweep", "sweep", move |evidence| evidence.swept(&sweep::run(&now, &edited)));
    let (tests, swept) = tokio::join!(tests, swept);
    Evidence { done: [tests.done, swept.done].concat(), first: [swept.first, tests.first].concat(), moves: swept.moves }
}

/// What `prove` finds in time.
async fn work(name: &str, command: &str, prove: impl FnOnce(&mut Evidence) + Send + 'static) -> Evidence {
    let work = tokio::task::spawn_blocking(move || {
        let mut evidence = Evidence::default();
        prove(&mut evidence);
        evidence
    });
    let why = match timeout(LONGEST, work).await {
        Ok(Ok(evidence)) => return evidence,
        Ok(Err(error)) => format!("it broke down: {error}"),
        Err(_) => "it takes longer than a request may".to_owned(),
    };
    let told = format!("{name}: not done here, for {why}; run `royal policy {command}`");
    Evidence { first: vec![told], ..Evidence::default() }
}

impl Evidence {
    /// All of it, what to look at first before the rest.
    pub(super) fn lines(&self) -> Vec<String> {
        [self.first.clone(), self.done.clone(), self.moves.clone()].concat()
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
