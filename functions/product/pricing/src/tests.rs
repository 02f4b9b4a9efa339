use super::*;
use agent::testing::{self, Bench};
use domain::{Money, journey::Priced};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

fn lamp(cost: i32, suggested: i32) -> Candidate {
    let mut candidate = testing::candidate();
    for offer in &mut candidate.offers {
        (offer.cost, offer.suggested) = (Money::eur_cents(cost), Money::eur_cents(suggested));
    }
    candidate
}

fn priced(candidate: &Candidate) -> Priced {
    price(&testing::policies(), candidate).unwrap()
}

/// Least margin of the policy in force, in percent of the price.
fn least_margin(policy: &policy::Policy) -> Decimal {
    let limits: serde_json::Value = policy.thresholds("pricing").unwrap();
    limits["min_margin_percent"].as_i64().unwrap().into()
}

#[tokio::test]
async fn the_price_of_each_variant_is_reported_with_the_thinnest_margin() {
    let mut candidate = lamp(1000, 2000);
    candidate.offers[1].cost = Money::eur_cents(1200);
    let bench = Bench::of::<Pricing>();
    let turn = bench.ask(&Pricing, "price", json!({ "candidate": candidate })).await.unwrap();
    let priced: Priced = serde_json::from_value(turn.report).unwrap();
    assert!(priced.passed);
    assert_eq!(priced.prices["lamp-S"], Money::eur_cents(2000));
    assert_eq!(priced.prices["lamp-L"], Money::eur_cents(2000));
    assert_eq!(priced.margin_percent, 40);
    assert!(priced.reason.starts_with("`lamp-L` at EUR 20.00: "), "{}", priced.reason);
    assert_eq!(priced.missing, ["competitor"]);
}

#[test]
fn one_variant_below_the_floor_leaves_the_product_without_a_price() {
    let mut candidate = lamp(1000, 2000);
    candidate.offers[1].suggested = Money::eur_cents(1010);
    let priced = priced(&candidate);
    assert!(!priced.passed);
    assert!(priced.prices.is_empty());
    assert!(priced.reason.starts_with("`lamp-L` has no price: "), "{}", priced.reason);
}

#[test]
fn what_cannot_be_compared_is_named_and_not_priced() {
    let yen = |amount: i64| Money::new(Decimal::from(amount), "JPY".parse().unwrap()).unwrap();
    let dinar = Money::parse("1.234", "KWD".parse().unwrap()).unwrap();
    let cases = [
        (Money::eur_cents(1000), yen(2000), "one currency for cost and suggested price of `lamp-S`"),
        (dinar, dinar, "amounts of `lamp-S` in whole hundredths"),
    ];
    for (cost, suggested, missing) in cases {
        let mut candidate = lamp(1000, 2000);
        candidate.offers.truncate(1);
        (candidate.offers[0].cost, candidate.offers[0].suggested) = (cost, suggested);
        let priced = priced(&candidate);
        assert!(!priced.passed);
        assert_eq!(priced.missing, [missing]);
        assert_eq!(priced.reason, format!("no price without {missing}"));
    }
}

#[test]
fn a_product_without_a_cost_has_no_price() {
    let priced = priced(&lamp(0, 2000));
    assert!(!priced.passed);
    assert!(priced.missing.contains(&"cost".to_owned()), "{:?}", priced.missing);
}

#[test]
fn the_sample_event_wakes_it_for_a_task() {
    let wakes = testing::wakes(include_str!("../../../../events/sqs/product-pricing.json"));
    assert!(matches!(wakes[..], [domain::task::Wake::Task { .. }]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_price_keeps_the_least_margin_and_never_goes_above_what_is_suggested(
        cost in 1_i32..5_000_000,
        suggested in 1_i32..10_000_000,
    ) {
        let policy = testing::policies();
        let priced = price(&policy, &lamp(cost, suggested)).unwrap();
        for price in priced.prices.values() {
            let margin = (price.amount() - Decimal::new(cost.into(), 2)) * Decimal::ONE_HUNDRED;
            prop_assert!(margin >= least_margin(&policy) * price.amount());
            prop_assert!(price.cents().unwrap() <= i64::from(suggested));
            prop_assert!(Decimal::from(priced.margin_percent) * price.amount() <= margin);
        }
        prop_assert_eq!(priced.passed, !priced.prices.is_empty());
    }
}
