//! From a supplier's record to the facts that the rule reads, and from its answer to a finding.

use domain::{journey::Vetted, text::Lang};
use feeds::SupplierRecord;
use policy::{
    Policy,
    rules::vetting::{Input, Output, Verdict},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Deserialize;

/// What policy says of the service term.
#[derive(Debug, Deserialize)]
pub struct Limits {
    points_per_response_hour: i64,
}

/// What is known of a supplier, in the units of policy. What is rounded is rounded against the supplier, so
/// that nobody passes by rounding.
#[must_use]
pub fn known(record: &SupplierRecord, limits: &Limits) -> Input {
    let down = |value: Option<Decimal>| value.and_then(|value| value.floor().to_i64());
    let up = |value: Option<Decimal>| value.and_then(|value| value.ceil().to_i64());
    Input {
        on_time_percent: down(record.on_time_percent),
        delay_tenths_days: up(record.mean_delay_days.and_then(|days| days.checked_mul(Decimal::TEN))),
        defect_percent: up(record.defect_percent),
        return_percent: up(record.return_percent),
        cost_points: down(record.cost_index),
        service_points: record.mean_response_hours.and_then(|hours| service(hours, limits)),
    }
}

/// 100 - hours until an answer × points that an hour costs, not below 0, rounded down.
fn service(hours: Decimal, limits: &Limits) -> Option<i64> {
    let lost = hours.checked_mul(limits.points_per_response_hour.into())?;
    Decimal::ONE_HUNDRED.checked_sub(lost)?.max(Decimal::ZERO).floor().to_i64()
}

/// What vetting found.
#[must_use]
pub fn vetted(policy: &Policy, supplier: &str, on_record: bool, said: &Output) -> Vetted {
    let why = policy.sentences(&said.findings, Lang::En);
    let reason = if on_record {
        format!("supplier `{supplier}`: {why}")
    } else {
        format!("supplier `{supplier}` is not on record: nothing is known of its performance")
    };
    Vetted {
        passed: said.verdict == Verdict::Passed,
        score: said.score,
        band: said.band.clone(),
        terms: said.terms.clone(),
        missing: said.missing.iter().map(|name| field(name).to_owned()).collect(),
        reason,
    }
}

/// The field of the record that a fact of the rule comes from.
fn field(fact: &str) -> &str {
    match fact {
        "delay_tenths_days" => "mean_delay_days",
        "cost_points" => "cost_index",
        "service_points" => "mean_response_hours",
        same => same,
    }
}
