//! What can be wrong with a policy.

use std::{fmt, io, path::PathBuf};

/// One thing wrong in a policy file, in words for whoever edits it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// File, as in the policy folder.
    pub file: String,
    /// Line, counted from one; zero when the whole file is meant.
    pub line: u32,
    /// Column, counted from one; zero when the whole line is meant.
    pub column: u32,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.file)?;
        if self.line > 0 {
            write!(f, " line {}", self.line)?;
        }
        if self.column > 0 {
            write!(f, " column {}", self.column)?;
        }
        write!(f, ": {}", self.what)?;
        if !self.fix.is_empty() {
            write!(f, "; {}", self.fix)?;
        }
        Ok(())
    }
}

/// Why there is no policy, or no answer from one.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The files cannot be read: put them in place, or try again.
    #[error("cannot read policy files in `{}`: {cause}", path.display())]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The files are wrong: edit them. Every problem found is listed.
    #[error("{}", list(.0))]
    Broken(Vec<Problem>),
    /// A rule gave no answer that can be used: treat it as a refusal.
    #[error("policy rule `{rule}` gave no usable answer: {cause}")]
    NoAnswer {
        /// Path of the rule.
        rule: &'static str,
        /// Why.
        cause: String,
    },
    /// A kept revision is not what was kept: use another one.
    #[error("the kept revision cannot be used: {0}")]
    Damaged(String),
    /// A threshold table is not there, or not in the shape asked for.
    #[error("thresholds `{path}` do not have the shape that is needed: {cause}")]
    Thresholds {
        /// Its path.
        path: String,
        /// Why.
        cause: String,
    },
}

impl PolicyError {
    /// As problems: those found, or one that tells what else went wrong.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        match self {
            Self::Broken(problems) => problems,
            other => vec![Problem {
                file: String::new(),
                line: 0,
                column: 0,
                what: other.to_string(),
                fix: "undo the last edit".to_owned(),
            }],
        }
    }
}

fn list(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
