//! The fields of the input and the values that are tried for each.

use super::{calm::calm, reads::Reads};
use crate::{CeoReview, FraudBand, Policy, input::Judged};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A field of the input, and what is tried for it.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// Its path with dots.
    pub(super) name: String,
    /// Its value in a calm action.
    pub(super) calm: Value,
    /// Values that are crossed with those of other fields: at, below and above limits.
    pub(super) core: Vec<Value>,
    /// Values that are tried with all other fields calm: what a percentage of another field is.
    pub(super) more: Vec<Value>,
}

/// More of it is riskier.
pub(super) const RISKIER: [&str; 8] = [
    "action.amount_cents",
    "action.recipients",
    "context.similar_24h_cents",
    "context.price_changes_24h",
    "context.refunds_30d",
    "context.offers_customer_cents",
    "context.unpublished_24h",
    "context.unwatched_hours",
];

/// More of it is safer.
pub(super) const SAFER: [&str; 5] = [
    "confidence",
    "context.campaign_budget_left_cents",
    "context.order_paid_cents",
    "context.minutes_since_price_change",
    "context.rejected_minutes_ago",
];

/// The calm action as the rules see it.
pub(super) fn seen(kind: &str) -> Value {
    serde_json::to_value(Judged::from(&calm(kind))).unwrap_or_default()
}

/// What a field can be.
enum Can {
    Count,
    Flag,
    Word(Vec<Value>),
}

/// What a field of the input can be; nothing for those that no rule compares.
fn can(name: &str, words: &Words) -> Option<Can> {
    let list = |words: &[&str]| Can::Word(words.iter().map(|word| json!(word)).collect());
    Some(match name {
        "action.type" | "action.target" | "agent.name" | "malformed" | "action.topics" | "context.topics" => {
            return None;
        }
        "agent.cluster" => list(&["api", "product", "marketing", "customer", "finance", "insight", "ceo"]),
        "action.irreversible" | "agent.probation" => Can::Word(vec![json!(true), json!(false)]),
        "action.currency" => list(&["EUR", "USD"]),
        "context.ceo_review" => Can::Word(
            [CeoReview::Approved, CeoReview::Rejected, CeoReview::Escalated].map(|review| json!(review)).to_vec(),
        ),
        "context.fraud_band" => Can::Word(
            [FraudBand::Low, FraudBand::Medium, FraudBand::High, FraudBand::Blocked].map(|band| json!(band)).to_vec(),
        ),
        "context.budget_overflow" => Can::Word(vec![json!([]), json!(["store/day"])]),
        "topics" => Can::Word(
            std::iter::once(json!([]))
                .chain(words.of(&["delicate_topics", "brand_topics"]).map(|word| json!([word])))
                .collect(),
        ),
        "action.category" => {
            Can::Word(std::iter::once(json!("Home & Garden")).chain(words.of(&["restricted_categories"])).collect())
        }
        "action.country" => {
            Can::Word(std::iter::once(json!("NL")).chain(words.of(&["sanctioned_countries"])).collect())
        }
        "action.intent" => Can::Word(std::iter::once(json!("another")).chain(words.of(&["known_intents"])).collect()),
        "action.reason" => list(&["out_of_stock", "quality", "recall", "undo", "another"]),
        "context.supplier_known"
        | "context.supplier_proven"
        | "context.fraud_checks_passed"
        | "context.order_was_high"
        | "context.order_held"
        | "context.consented"
        | "context.within_frequency"
        | "context.stopped"
        | "context.undo"
        | "context.inverse_valid" => Can::Flag,
        _ => Can::Count,
    })
}

/// Words of the lists that are tried: one that both policies have, and all that only one of them has.
pub(super) struct Words(BTreeMap<String, BTreeSet<String>>);

impl Words {
    pub(super) fn of_both(old: &Policy, new: &Policy) -> Self {
        let lists = |policy: &Policy| -> BTreeMap<String, BTreeSet<String>> {
            policy.at("/royal/lists").cloned().and_then(|lists| serde_json::from_value(lists).ok()).unwrap_or_default()
        };
        let (old, new) = (lists(old), lists(new));
        let none = BTreeSet::new();
        let tried = old.keys().chain(new.keys()).map(|name| {
            let (before, after) = (old.get(name).unwrap_or(&none), new.get(name).unwrap_or(&none));
            let one = before.intersection(after).next();
            (name.clone(), before.symmetric_difference(after).chain(one).cloned().collect())
        });
        Self(tried.collect())
    }

    fn of(&self, lists: &[&str]) -> impl Iterator<Item = Value> {
        let words: BTreeSet<&String> = lists.iter().filter_map(|list| self.0.get(*list)).flatten().collect();
        words.into_iter().map(|word| json!(word)).collect::<Vec<_>>().into_iter()
    }
}

/// The limits of one type, by what they count.
#[derive(Debug, Default)]
pub(super) struct Limits {
    pub(super) cents: BTreeSet<i64>,
    pub(super) percent: BTreeSet<i64>,
    pub(super) count: BTreeSet<i64>,
}

impl Limits {
    pub(super) fn of(reads: &Reads, policies: [&Policy; 2]) -> Self {
        let numbers = || reads.numbers.iter().copied();
        let mut limits = Self { cents: numbers().collect(), percent: BTreeSet::new(), count: numbers().collect() };
        for (path, value, _) in policies.into_iter().flat_map(Policy::numbers_at).filter(|(path, ..)| reads.limit(path))
        {
            let of = if path.ends_with("_cents") {
                &mut limits.cents
            } else if path.ends_with("_percent") {
                &mut limits.percent
            } else {
                &mut limits.count
            };
            of.insert(value);
        }
        limits
    }
}

/// The axes of the fields that are read.
pub(super) fn axes(reads: &Reads, limits: &Limits, (calm, words): (&Value, &Words)) -> Vec<Axis> {
    let at = |name: &str| calm.pointer(&format!("/{}", name.replace('.', "/"))).cloned().unwrap_or(Value::Null);
    let known: Vec<(String, Can)> =
        reads.inputs.iter().filter_map(|name| Some((name.clone(), can(name, words)?))).collect();
    let counted = known.iter().filter(|(_, can)| matches!(can, Can::Count)).map(|(name, _)| name);
    let beside: BTreeMap<bool, BTreeSet<i64>> = counted.fold(BTreeMap::new(), |mut found, name| {
        found.entry(name.ends_with("_cents")).or_insert_with(BTreeSet::new).extend(at(name).as_i64());
        found
    });
    let axis = |(name, can): (String, Can)| {
        let near = beside.get(&name.ends_with("_cents"));
        let (core, more) = match can {
            Can::Word(words) => (words, Vec::new()),
            Can::Flag => (vec![json!(true), json!(false)], Vec::new()),
            Can::Count => numbers(&name, limits, near.unwrap_or(&BTreeSet::new())),
        };
        let always = ["action.irreversible", "agent.probation", "agent.cluster", "topics"].contains(&name.as_str());
        let core = core.into_iter().chain((!always).then_some(Value::Null)).collect();
        Axis { calm: at(&name), core, more, name }
    };
    known.into_iter().map(axis).collect()
}

/// The numbers that are tried for a field: around its limits and what it may be compared with, and around what a
/// percentage of that is.
fn numbers(name: &str, limits: &Limits, beside: &BTreeSet<i64>) -> (Vec<Value>, Vec<Value>) {
    let own = match name {
        "confidence" => &limits.percent,
        name if name.ends_with("_cents") => &limits.cents,
        _ => &limits.count,
    };
    let around = |number: i64| [number.saturating_sub(1), number, number.saturating_add(1)];
    let most = if name == "confidence" { 100 } else { i64::MAX };
    let fits = |number: &i64| (0..=most).contains(number);
    let beside: Vec<i64> = if name == "confidence" { vec![100] } else { beside.iter().copied().collect() };
    let core: BTreeSet<i64> = own.iter().chain(&beside).copied().flat_map(around).chain([0]).filter(fits).collect();
    let sums = own.iter().flat_map(|limit| {
        beside.iter().flat_map(move |other| {
            [limit.saturating_sub(*other), limit.saturating_add(*other), other.saturating_sub(*limit)]
        })
    });
    let shares =
        limits.percent.iter().flat_map(|percent| beside.iter().flat_map(move |other| shares(*other, *percent)));
    let derived: BTreeSet<i64> =
        if name == "confidence" { BTreeSet::new() } else { sums.chain(shares).flat_map(around).filter(fits).collect() };
    let more = derived.difference(&core).map(|number| json!(number)).collect();
    (core.iter().map(|number| json!(number)).collect(), more)
}

/// What is so many percent more or less than a figure, and what the figure is so many percent less than.
fn shares(figure: i64, percent: i64) -> [i64; 4] {
    let of = |numerator: i64, denominator: i64| {
        figure.checked_mul(numerator).and_then(|product| product.checked_div(denominator)).unwrap_or_default()
    };
    [of(100 + percent, 100), of(100 - percent, 100), of(100, 100 - percent), of(100, 100 + percent)]
}
