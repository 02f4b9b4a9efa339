//! When stock of our own is ordered again, and how much.
//!
//! Exact decimals throughout; roots by `rust_decimal`. Sources: reorder point with safety stock for a constant lead
//! time, `ROP = d·L + z·σ·√L`; economic order quantity (Harris 1913), `EOQ = √(2·D·S / H)`.

use rust_decimal::{Decimal, MathematicalOps as _, prelude::ToPrimitive};
use serde::Deserialize;

/// Days in the year that demand and holding costs are counted over.
const YEAR: Decimal = Decimal::from_parts(365, 0, 0, false, 0);

/// What policy says of it (`thresholds.rego`, table `inventory`).
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Limits {
    /// Hundredths of z, the safety factor.
    pub reorder_z_hundredths: i64,
    /// What one purchase costs beside the goods, in cents.
    pub order_cost_cents: i64,
    /// What keeping stock for a year costs, in percent of its value.
    pub holding_percent: i64,
    /// Days of sales that demand is taken from.
    pub history_days: i64,
    /// With fewer days nothing is ordered.
    pub least_history_days: i64,
    /// Days beyond its supplier's time after which an order is no longer waited for.
    pub late_over_days: i64,
}

impl Limits {
    /// Days that an order is waited for whose supplier takes `lead` days.
    #[must_use]
    pub fn under_way_days(&self, lead: u32) -> i64 {
        i64::from(lead).saturating_add(self.late_over_days)
    }
}

/// Mean and standard deviation of what is sold in a day, in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// Units a day.
    pub mean: Decimal,
    /// Of the units a day, over the days looked at.
    pub deviation: Decimal,
}

/// Demand from the units sold on each day, the days without a sale included; nothing without a day. A day on which more
/// came back than was sold is negative.
#[must_use]
pub fn demand(days: &[i64]) -> Option<Demand> {
    let count = Decimal::from(days.len());
    let sum: Decimal = days.iter().map(|units| Decimal::from(*units)).sum();
    let mean = sum.checked_div(count)?;
    let squares = days.iter().try_fold(Decimal::ZERO, |sum, units| {
        let apart = Decimal::from(*units).checked_sub(mean)?;
        sum.checked_add(apart.checked_mul(apart)?)
    })?;
    Some(Demand { mean, deviation: squares.checked_div(count)?.sqrt()? })
}

/// Units at which to order again: `d·L + z·σ·√L`, rounded up. `lead` in days.
#[must_use]
pub fn reorder_point(demand: &Demand, lead: u32, limits: &Limits) -> Option<i64> {
    let lead = Decimal::from(lead);
    let z = Decimal::new(limits.reorder_z_hundredths, 2);
    let safety = z.checked_mul(demand.deviation)?.checked_mul(lead.sqrt()?)?;
    demand.mean.checked_mul(lead)?.checked_add(safety)?.ceil().to_i64()
}

/// Units to order: `√(2·D·S / H)`, with D the demand of a year, S the cost of one purchase and H what keeping one unit
/// for a year costs; rounded half away from zero, and nothing where keeping costs nothing. `unit` is what one costs.
#[must_use]
pub fn economic_quantity(demand: &Demand, unit: Decimal, limits: &Limits) -> Option<i64> {
    let yearly = demand.mean.checked_mul(YEAR)?;
    let purchase = Decimal::new(limits.order_cost_cents, 2);
    let holding = unit.checked_mul(Decimal::new(limits.holding_percent, 2))?;
    let square = Decimal::TWO.checked_mul(yearly)?.checked_mul(purchase)?.checked_div(holding)?;
    let rounded = square.sqrt()?.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    rounded.to_i64()
}
