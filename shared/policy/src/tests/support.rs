//! What the tests share.

pub(super) use crate::sweep::calm;
use crate::{Input, Policy, source::Source};
use domain::{Decision, Tier};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};
use time::OffsetDateTime;

/// The policy folder of the repository.
pub(super) fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

/// The policy as it is shipped.
pub(super) static POLICY: LazyLock<Arc<Policy>> =
    LazyLock::new(|| Arc::new(Policy::load(&dir()).unwrap_or_else(|e| panic!("{e}"))));

thread_local! {
    static INSTEAD: RefCell<Option<Arc<Policy>>> = const { RefCell::new(None) };
}

/// The policy that tests ask: the one that is shipped, if not another one is put in its place.
pub(super) fn in_force() -> Arc<Policy> {
    INSTEAD.with_borrow(Clone::clone).unwrap_or_else(|| Arc::clone(&POLICY))
}

/// Puts another policy in its place while `asked` runs.
pub(super) fn instead<T>(policy: &Arc<Policy>, asked: impl FnOnce() -> T) -> T {
    INSTEAD.set(Some(Arc::clone(policy)));
    let said = asked();
    INSTEAD.set(None);
    said
}

/// Its files.
pub(super) fn sources() -> Vec<Source> {
    crate::source::read(&dir()).unwrap()
}

/// Its files with one of them changed.
pub(super) fn edited(name: &str, from: &str, to: &str) -> Vec<Source> {
    let mut sources = sources();
    let file = sources.iter_mut().find(|source| source.name == name).unwrap();
    assert!(file.text.contains(from), "`{from}` is not in {name}");
    file.text = file.text.replacen(from, to, 1);
    sources
}

/// Compares a file of the repository with what it should be; with `REWRITE` set, writes it.
#[allow(clippy::disallowed_methods, reason = "a switch for whoever changes what is kept, not configuration")]
pub(super) fn kept(path: &Path, text: &str) {
    if std::env::var("REWRITE").is_ok() {
        std::fs::write(path, text).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    let wrong = there.lines().zip(text.lines()).find(|(there, new)| there != new);
    assert!(there == text, "{} is not current; run the test with REWRITE=1: {wrong:?}", path.display());
}

pub(super) fn judge(input: &Input) -> Decision {
    in_force().judge(input, OffsetDateTime::UNIX_EPOCH)
}

pub(super) fn tier(input: &Input) -> Tier {
    judge(input).tier
}

pub(super) fn codes(decision: &Decision) -> Vec<&str> {
    decision.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

/// A number of `thresholds.rego`.
pub(super) fn limit(path: &str) -> i64 {
    in_force().limit(path).unwrap_or_else(|| panic!("no limit {path}")).0
}
