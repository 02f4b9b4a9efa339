//! The price of every variant, and what they come to for the product.

use domain::{
    Money,
    journey::{Candidate, Offer, Priced},
    text::Lang,
};
use policy::{Policy, PolicyError, Rule, rules::pricing};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What the rule said of one variant.
struct Answer<'a> {
    offer: &'a Offer,
    price: Option<Money>,
    said: pricing::Output,
}

/// Prices every variant of a candidate by the rule. One variant without a price leaves the product without.
///
/// # Errors
/// When the rule gives no answer.
pub fn price(policy: &Policy, candidate: &Candidate) -> Result<Priced, PolicyError> {
    let unclear: BTreeSet<String> = candidate.offers.iter().filter_map(unclear).collect();
    if !unclear.is_empty() || candidate.offers.is_empty() {
        return Ok(abstained(unclear));
    }
    let answers = candidate.offers.iter().map(|offer| ask(policy, offer)).collect::<Result<Vec<_>, _>>()?;
    Ok(together(policy, &answers))
}

/// What keeps the rule from being asked about a variant: it counts in hundredths of one currency.
fn unclear(offer: &Offer) -> Option<String> {
    let Offer { sku, cost, suggested, .. } = offer;
    if cost.currency() != suggested.currency() {
        return Some(format!("one currency for cost and suggested price of `{sku}`"));
    }
    let whole = cost.cents().and(suggested.cents()).is_some();
    (!whole).then(|| format!("amounts of `{sku}` in whole hundredths"))
}

fn abstained(unclear: BTreeSet<String>) -> Priced {
    let missing: Vec<String> = unclear.into_iter().collect();
    let what = if missing.is_empty() { "there is no variant".to_owned() } else { missing.join(", ") };
    let reason = format!("no price without {what}");
    Priced { passed: false, prices: BTreeMap::new(), margin_percent: 0, missing, reason }
}

fn ask<'a>(policy: &Policy, offer: &'a Offer) -> Result<Answer<'a>, PolicyError> {
    let known = pricing::Input {
        cost_cents: offer.cost.cents(),
        suggested_cents: offer.suggested.cents(),
        ..pricing::Input::default()
    };
    let said: pricing::Output = policy.rule(Rule::Pricing, &known)?;
    let price = said.price_cents.filter(|_| said.verdict == pricing::Verdict::Priced);
    let price = price.and_then(|cents| Money::new(Decimal::new(cents, 2), offer.cost.currency()).ok());
    Ok(Answer { offer, price, said })
}

/// The product's prices: judged by the variant that has none, or else by the one with the thinnest margin.
fn together(policy: &Policy, answers: &[Answer<'_>]) -> Priced {
    let margin = |answer: &&Answer<'_>| (answer.price.is_some(), answer.said.margin_percent);
    let worst = answers.iter().min_by_key(margin);
    let passed = answers.iter().all(|answer| answer.price.is_some());
    let missing: BTreeSet<String> = answers.iter().flat_map(|answer| answer.said.missing.clone()).collect();
    let prices = answers.iter().filter_map(|answer| Some((answer.offer.sku.clone(), answer.price?)));
    Priced {
        passed,
        prices: prices.filter(|_| passed).collect(),
        margin_percent: worst.and_then(|answer| answer.said.margin_percent).unwrap_or_default(),
        missing: missing.into_iter().collect(),
        reason: worst.map_or_else(String::new, |answer| reason(policy, answer)),
    }
}

fn reason(policy: &Policy, answer: &Answer<'_>) -> String {
    let Answer { offer, price, said } = answer;
    let why = policy.sentences(&said.findings, Lang::En);
    match price {
        Some(price) => format!("`{}` at {price}: {why}", offer.sku),
        None => format!("`{}` has no price: {why}", offer.sku),
    }
}
