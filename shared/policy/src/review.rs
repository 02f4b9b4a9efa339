//! What a look at policy files finds, in words for whoever edits them.

use crate::{Draft, Moved, Policy, Problem, check};
use serde::Serialize;

/// What a look finds.
#[derive(Debug, Clone, Serialize)]
pub struct Review {
    /// The revision that the files would be.
    pub revision: String,
    /// Everything that is wrong with them.
    pub problems: Vec<Problem>,
    /// The numbers that differ from the other files, where there are any and nothing is wrong.
    pub moved: Vec<Moved>,
    /// Whether they decide everything as the other files do.
    pub idle: bool,
}

impl Review {
    /// Looks at `draft`, and at what it changes of `now`.
    #[must_use]
    pub fn of(draft: &Draft, now: Option<&Draft>) -> (Self, Option<Policy>) {
        let compiled = draft.compile();
        let old = now.and_then(|now| now.compile().ok());
        let moved = compiled.as_ref().ok().zip(old).map(|(new, old)| old.moved(new)).unwrap_or_default();
        let review = Self {
            revision: draft.revision(),
            problems: compiled.as_ref().err().cloned().unwrap_or_default(),
            moved,
            idle: now.is_some_and(|now| now.says_the_same(draft)),
        };
        (review, compiled.ok())
    }

    /// Whether the files could decide.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// What was found, line by line: of each problem the place, the line with a mark below it, what is wrong, what to do.
    #[must_use]
    pub fn lines(&self, draft: &Draft) -> Vec<String> {
        if !self.is_sound() {
            return self.problems.iter().flat_map(|problem| told(problem, draft)).collect();
        }
        let mut lines: Vec<String> = self.moved.iter().map(number).collect();
        if self.idle {
            lines.push("this changes nothing: at most remarks or empty lines differ".to_owned());
        }
        lines.push("nothing is wrong".to_owned());
        lines
    }
}

fn told(problem: &Problem, draft: &Draft) -> Vec<String> {
    let Problem { file, line, column, what, fix } = problem;
    let files = draft.files();
    let text = files.iter().find(|source| source.name == *file).map(|source| source.text.as_str());
    let at = usize::try_from(*line).unwrap_or_default().checked_sub(1);
    let shown = text.zip(at).and_then(|(text, at)| text.lines().nth(at));
    let mut lines = vec![match (file.as_str(), line) {
        ("", _) => "all files".to_owned(),
        (file, 0) => file.to_owned(),
        _ => format!("{file}, line {line}, column {column}"),
    }];
    if let Some(shown) = shown {
        let plain = shown.trim_start();
        let before = shown.chars().count() - plain.chars().count();
        let mark = usize::try_from(*column).unwrap_or_default().saturating_sub(before.saturating_add(1));
        lines.push(format!("    {plain}"));
        lines.push(format!("    {}^", " ".repeat(mark)));
    }
    lines.push(format!("  wrong: {what}"));
    lines.push(format!("  do:    {fix}"));
    lines
}

fn number(moved: &Moved) -> String {
    let told = |value: Option<i64>| value.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
    let euro = |value: Option<i64>| value.map_or_else(|| "nothing".to_owned(), |value| check::euro(&value.to_string()));
    let Moved { path, from, to } = moved;
    let plain = format!("{path}: {} instead of {}", told(*to), told(*from));
    if path.ends_with("_cents") { format!("{plain} ({} instead of {})", euro(*to), euro(*from)) } else { plain }
}
