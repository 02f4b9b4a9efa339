//! An edit of the policy files, and what a look at it finds.

use crate::problem::{Kind, Problem};
use policy::{Draft, Moved, Policy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The most files of one edit.
const MOST: usize = 50;
/// The longest name of a file.
const LONGEST_NAME: usize = 120;

/// One edited file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct EditedFile {
    /// Its path in the policy folder; a new one adds a file.
    #[schema(pattern = r"^royal/([a-z0-9_]+/)*[a-z0-9_]+\.rego$", max_length = 120, example = "royal/thresholds.rego")]
    name: String,
    /// Its whole text.
    text: String,
}

/// Something wrong in a policy file, in words for whoever edits it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyProblem)]
pub(super) struct WrongView {
    /// The file; empty where all of them are meant.
    #[schema(example = "royal/thresholds.rego")]
    file: String,
    /// Line, counted from one; absent where the whole file is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    /// Column, counted from one; absent where the whole line is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    /// What is wrong.
    what: String,
    /// What to do about it.
    fix: String,
}

/// A number that the edit changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MovedThreshold)]
pub(super) struct MovedView {
    /// Its path.
    #[schema(example = "expense_pay.low_up_to_cents")]
    path: String,
    /// The number now; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<i64>,
    /// The number afterwards; absent where there is none any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<i64>,
}

/// What a look at an edit finds.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyCheck)]
pub(super) struct CheckView {
    /// Whether the edited policy could decide.
    pub(super) valid: bool,
    /// The revision that it would be.
    pub(super) revision: String,
    /// The revision in force.
    pub(super) replaces: String,
    /// Everything that is wrong with it.
    pub(super) problems: Vec<WrongView>,
    /// The files that it changes or adds.
    pub(super) files: Vec<String>,
    /// The numbers that it changes; none where it does not hold.
    pub(super) moved: Vec<MovedView>,
    /// Whether it changes nothing: only remarks or empty lines differ.
    pub(super) idle: bool,
}

/// The files in force with an edit.
pub(super) struct Edited {
    /// What was found.
    pub(super) check: CheckView,
    /// The policy, where it holds.
    pub(super) policy: Option<Policy>,
}

impl Edited {
    /// The policy `now` with these files instead of its own.
    ///
    /// # Errors
    /// When the request is not one of an edit: none or too many files, the same one twice, an impossible name.
    pub(super) fn of(now: &Policy, files: &[EditedFile]) -> Result<Self, Problem> {
        named(files)?;
        let old = now.draft();
        let draft = files.iter().fold(old.clone(), |draft, file| draft.with(&file.name, &file.text));
        let compiled = draft.compile();
        let moved = compiled.as_ref().map(|policy| now.moved(policy)).unwrap_or_default();
        let problems = compiled.as_ref().err().cloned().unwrap_or_default();
        let check = CheckView {
            valid: compiled.is_ok(),
            revision: draft.revision(),
            replaces: now.revision().to_owned(),
            problems: problems.into_iter().map(WrongView::from).collect(),
            files: changed(&old, &draft),
            moved: moved.into_iter().map(MovedView::from).collect(),
            idle: old.says_the_same(&draft),
        };
        Ok(Self { check, policy: compiled.ok() })
    }

    /// The policy, where the edit holds.
    ///
    /// # Errors
    /// With everything that is wrong with it.
    pub(super) fn sound(self) -> Result<(CheckView, Policy), Problem> {
        let Self { check, policy } = self;
        match policy {
            Some(policy) => Ok((check, policy)),
            None => {
                let told = format!("the edited policy does not hold: {} problem(s)", check.problems.len());
                let first = check.problems.first().map(|problem| problem.fix.clone()).unwrap_or_default();
                Err(Problem::field(Kind::Field, "files", told, first).with("problems", &check.problems))
            }
        }
    }
}

/// Whether they can be an edit at all.
///
/// # Errors
/// When there are none or too many, the same one comes twice, or a name is impossible.
pub(super) fn named(files: &[EditedFile]) -> Result<(), Problem> {
    if files.is_empty() || files.len() > MOST {
        let told = format!("{} files are no edit", files.len());
        return Err(Problem::field(Kind::Field, "files", told, format!("send 1 to {MOST} files")));
    }
    let mut seen = BTreeSet::new();
    for (n, file) in files.iter().enumerate() {
        let field = format!("files[{n}].name");
        if !is_name(&file.name) {
            let told = "it is no path of a policy file";
            let fix = "send a path such as `royal/thresholds.rego`; tests are not part of a revision";
            return Err(Problem::field(Kind::Field, &field, told, fix));
        }
        if !seen.insert(&file.name) {
            return Err(Problem::field(Kind::Field, &field, "the same file comes twice", "send it once"));
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let inside = name.strip_prefix("royal/").and_then(|rest| rest.strip_suffix(".rego"));
    let inside = inside.filter(|inside| name.len() <= LONGEST_NAME && !inside.ends_with("_test"));
    inside.is_some_and(|inside| inside.split('/').all(word))
}

/// Names of the files that are others in `new`.
fn changed(old: &Draft, new: &Draft) -> Vec<String> {
    let old = old.files();
    let new = new.files().into_iter().filter(|file| !old.contains(file));
    new.map(|file| file.name).collect()
}

impl From<policy::Problem> for WrongView {
    fn from(problem: policy::Problem) -> Self {
        let policy::Problem { file, line, column, what, fix } = problem;
        let there = |place: u32| Some(place).filter(|place| *place > 0);
        Self { file, line: there(line), column: there(column), what, fix }
    }
}

impl From<Moved> for MovedView {
    fn from(Moved { path, from, to }: Moved) -> Self {
        Self { path, from, to }
    }
}

impl std::fmt::Display for MovedView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told = |value: Option<i64>| value.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
        write!(f, "{}: {} instead of {}", self.path, told(self.to), told(self.from))
    }
}
