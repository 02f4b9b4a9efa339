//! The publisher's words about its proposal: for people, never read by a rule.

use crate::Work;
use domain::{
    Money,
    action::{Listing, Variant},
    proposal::{Alternative, Case, Impact},
};
use policy::{Policy, Rule, rules::pricing};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Why this product should be on sale, what is not known, and what could be done instead.
pub(crate) fn of(policy: &Policy, work: &Work, listing: &Listing) -> Case {
    let missing = missing(work, listing);
    Case {
        title: format!("Sell “{}”", listing.title),
        description: description(listing),
        reasoning: reasoning(work),
        data_sources: data_sources(work),
        risk_factors: risks(work, listing, &missing),
        impact: Impact { margin_percent: Some(work.priced.margin_percent), ..Impact::default() },
        alternatives: listing.variants.first().and_then(|variant| at_target(policy, variant)).into_iter().collect(),
        missing: missing.into_iter().collect(),
    }
}

fn description(listing: &Listing) -> String {
    let prices = || listing.variants.iter().map(|variant| variant.price);
    let (low, high) = (prices().min_by_key(Money::amount), prices().max_by_key(Money::amount));
    let price = match (low, high) {
        (Some(low), Some(high)) if low != high => format!("{low} to {high}"),
        (low, _) => low.map_or_else(String::new, |low| low.to_string()),
    };
    let count = listing.variants.len();
    let variants = if count == 1 { "one variant".to_owned() } else { format!("{count} variants") };
    format!("{} by {} in {}: {variants} at {price}", listing.title, listing.vendor, listing.category)
}

fn reasoning(work: &Work) -> String {
    let scored = format!("The scout gave it {} of 100 points.", work.scored.score);
    let vetted = work.vetted.as_ref().map(|vetted| format!("Its supplier: {}", vetted.reason));
    let priced = format!("Price: {}", work.priced.reason);
    let reviewed = format!("CEO function: {}", work.reviewed.reason);
    [Some(scored), vetted, Some(priced), Some(reviewed)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn data_sources(work: &Work) -> Vec<String> {
    let feed = format!("supplier feed: {}", work.candidate.source);
    let record = work.vetted.as_ref().map(|_| format!("performance record of {}", work.candidate.product.supplier));
    [Some(feed), record].into_iter().flatten().collect()
}

/// Everything that somebody on the way would have liked to know.
fn missing(work: &Work, listing: &Listing) -> BTreeSet<String> {
    let mut missing: BTreeSet<String> = work.scored.missing.iter().chain(&work.priced.missing).cloned().collect();
    missing.extend(work.vetted.iter().flat_map(|vetted| vetted.missing.clone()));
    let page = [("description", listing.description_html.is_empty()), ("images", listing.images.is_empty())];
    missing.extend(page.iter().filter(|(_, absent)| *absent).map(|(name, _)| (*name).to_owned()));
    missing
}

fn risks(work: &Work, listing: &Listing, missing: &BTreeSet<String>) -> Vec<String> {
    let sold_out = listing.variants.iter().filter(|variant| variant.stock == 0).count();
    let stock: u64 = listing.variants.iter().map(|variant| u64::from(variant.stock)).sum();
    let mut risks = vec![format!("the supplier has {stock} units, and may sell them to others")];
    if sold_out > 0 {
        risks.push(format!("{sold_out} of {} variants are sold out", listing.variants.len()));
    }
    if work.reviewed.escalated {
        risks.push("the CEO function left the word to a person".to_owned());
    }
    risks.extend(missing.iter().map(|name| format!("not known: {name}")));
    risks
}

/// The same product at the price that reaches the target margin, where that is another price.
fn at_target(policy: &Policy, variant: &Variant) -> Option<Alternative> {
    let known = pricing::Input { cost_cents: variant.cost.cents(), ..pricing::Input::default() };
    let said: pricing::Output = policy.rule(Rule::Pricing, &known).ok()?;
    let target = Money::new(Decimal::new(said.target_cents?, 2), variant.price.currency()).ok()?;
    let (description, pros, cons) = if target.amount() < variant.price.amount() {
        ("lower price", "cheaper for customers", "less margin on each sale")
    } else {
        ("higher price", "the target margin on each sale", "dearer than the supplier suggests")
    };
    (target != variant.price).then(|| Alternative {
        description: format!("{description}: sell `{}` at its target margin, for {target}", variant.sku),
        pros: vec![pros.to_owned()],
        cons: vec![cons.to_owned()],
        estimated_impact: None,
    })
}
