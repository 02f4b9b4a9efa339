//! The facts of an item, in the units of policy, and what the rule says of them.

use domain::journey::Scored;
use feeds::{Item, Variant};
use policy::{
    Policy, PolicyError, Rule,
    rules::scout::{Input, Output},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// What the rule says of an item.
///
/// # Errors
/// When the rule gives no answer.
pub(crate) fn ask(policy: &Policy, item: &Item, trend_points: Option<i64>) -> Result<Output, PolicyError> {
    policy.rule(Rule::Scout, &known(item, trend_points))
}

/// What is known of an item. Cost and price are those of the variant with the thinnest margin; they are not
/// known as long as one variant's are not, for that one may be the thinnest.
pub(crate) fn known(item: &Item, trend_points: Option<i64>) -> Input {
    let every = |has: fn(&Variant) -> bool| item.variants.iter().all(has);
    let thinnest = item.variants.iter().min_by_key(|variant| margin(variant));
    let cost = thinnest.and_then(|variant| variant.cost).filter(|_| every(|variant| variant.cost.is_some()));
    let price = thinnest.and_then(|variant| variant.price).filter(|_| every(|variant| variant.price.is_some()));
    let one_currency = item.variants.iter().all(in_one_currency);
    Input {
        cost_cents: cost.and_then(|cost| cost.cents()).filter(|_| one_currency),
        price_cents: price.and_then(|price| price.cents()),
        stock_units: item.stock.and_then(|units| i64::try_from(units).ok()),
        rating_tenths: item.rating.and_then(|rating| rating.checked_mul(Decimal::TEN)?.floor().to_i64()),
        trend_points,
        shipping_days: item.shipping_days.map(i64::from),
    }
}

/// (price - cost) / price; least where it is not known.
fn margin(variant: &Variant) -> Option<Decimal> {
    let (price, cost) = (variant.price?.amount(), variant.cost?.amount());
    (price - cost).checked_div(price)
}

/// Cost and price can be compared, as far as both are there.
fn in_one_currency(variant: &Variant) -> bool {
    let currencies = variant.cost.zip(variant.price);
    currencies.is_none_or(|(cost, price)| cost.currency() == price.currency())
}

/// The needed facts that the rule missed.
pub(crate) fn missed(said: &Output) -> Vec<String> {
    let missed = said.findings.iter().filter(|finding| finding.code == "fact_missing");
    missed.filter_map(|finding| finding.value.as_ref()?.as_str().map(str::to_owned)).collect()
}

/// What goes on the journey.
pub(crate) fn scored(said: &Output, score: i64) -> Scored {
    Scored { score, terms: said.terms.clone(), missing: said.missing.clone(), confidence: said.confidence }
}
