//! The policy files as texts: those in force, or with an edit that nobody agreed to yet.

use crate::{
    Policy, PolicyError, Problem,
    source::{self, Source},
};
use serde::Serialize;
use std::path::Path;

/// One policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// Path inside the policy folder, with `/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A set of policy files, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft(Vec<Source>);

impl Draft {
    /// The files below `dir`; tests of rules are not among them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read(dir: &Path) -> Result<Self, PolicyError> {
        source::read(dir).map(Self)
    }

    pub(crate) fn sources(&self) -> &[Source] {
        &self.0
    }

    pub(crate) fn of(sources: &[Source]) -> Self {
        Self(sources.to_vec())
    }

    /// The files, by name.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        self.0.iter().map(|Source { name, text }| File { name: name.clone(), text: text.clone() }).collect()
    }

    /// Whether there is a file of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|source| source.name == name)
    }

    /// The same with another text of the file `name`; a new one, where there was none.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.0.retain(|source| source.name != name);
        self.0.push(Source { name: name.to_owned(), text: text.to_owned() });
        self.0.sort_by(|a, b| Path::new(&a.name).cmp(Path::new(&b.name)));
        self
    }

    /// The revision that these files would be.
    #[must_use]
    pub fn revision(&self) -> String {
        source::revision(&self.0)
    }

    /// Whether the other files decide everything alike, because only remarks and empty lines differ.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said =
            |draft: &Self| draft.0.iter().map(|source| (source.name.clone(), said(&source.text))).collect::<Vec<_>>();
        said(self) == said(other)
    }

    /// The policy that these files are.
    ///
    /// # Errors
    /// With every problem found, each with its line and what to do.
    pub fn compile(&self) -> Result<Policy, Vec<Problem>> {
        Policy::compile(&self.0).map_err(PolicyError::into_problems)
    }
}

/// The lines of a file that are no remarks; one behind a value counts as one where no text holds its sign.
fn said(text: &str) -> Vec<String> {
    let line = |line: &str| match line.split_once('#') {
        Some((before, _)) if before.matches('"').count() % 2 == 0 => before.trim().to_owned(),
        _ => line.trim().to_owned(),
    };
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}
