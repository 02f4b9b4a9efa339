//! What the tests share.

use crate::{AgentFacts, CeoReview, Context, FraudBand, Input, Policy, source::Source};
use domain::{Decision, Facts, Tier};
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

/// An action of this type about which every fact is known, and nothing speaks against it.
pub(super) fn calm(kind: &str) -> Input {
    Input {
        action: facts(kind),
        agent: AgentFacts { name: "api".to_owned(), cluster: "api".to_owned(), probation: false },
        context: context(),
        confidence: Some(100),
    }
}

fn facts(kind: &str) -> Facts {
    Facts {
        kind: kind.to_owned(),
        target: "thing:1".to_owned(),
        irreversible: matches!(kind, "order.cancel" | "tax.report.file"),
        amount_cents: Some(100),
        currency: Some("EUR".to_owned()),
        old_price_cents: Some(10_000),
        new_price_cents: Some(10_000),
        cost_cents: Some(1_000),
        category: Some("Home & Garden".to_owned()),
        quantity: Some(10),
        old_quantity: Some(10),
        recipients: Some(1),
        reason: Some("out_of_stock".to_owned()),
        topics: Vec::new(),
        intent: Some("order_status".to_owned()),
        old_goal: Some(10_000),
        new_goal: Some(10_000),
        country: Some("NL".to_owned()),
    }
}

fn context() -> Context {
    Context {
        ceo_review: Some(CeoReview::Approved),
        supplier_known: Some(true),
        supplier_proven: Some(true),
        price_24h_ago_cents: Some(10_000),
        price_changes_24h: Some(0),
        minutes_since_price_change: None,
        similar_24h_cents: Some(0),
        budget_overflow: Some(Vec::new()),
        campaign_budget_left_cents: Some(100_000_000),
        refunds_30d: Some(0),
        order_paid_cents: Some(100_000_000),
        fraud_band: Some(FraudBand::Low),
        fraud_checks_passed: None,
        order_was_high: Some(false),
        consented: Some(true),
        within_frequency: Some(true),
        offers_customer_cents: Some(0),
        unpublished_24h: Some(0),
        usual_quantity: Some(10),
        topics: Vec::new(),
        stopped: None,
        rejected_minutes_ago: None,
        undo: None,
        unwatched_hours: Some(0),
        inverse_valid: Some(true),
    }
}
