//! Finance's numbers, out of the policy in force.

use agent::{AgentError, Context};
use domain::books::Terms;
use serde::Deserialize;

/// How the analyst looks and looks ahead.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Numbers {
    /// A fall of revenue by this share is told at once.
    pub(crate) revenue_drop_from_percent: u32,
    /// Days that a forecast looks ahead.
    pub(crate) forecast_days: u16,
    /// Days of history without which there is none.
    pub(crate) forecast_from_days: u16,
}

#[derive(Deserialize)]
struct Fee {
    percent_hundredths: u32,
    fixed_cents: u32,
}

/// The numbers in force.
pub(crate) fn numbers(ctx: &Context<'_>) -> Result<Numbers, AgentError> {
    ctx.policy.thresholds("analyst").map_err(|error| AgentError::Retry(error.to_string()))
}

/// What the payment provider keeps.
pub(crate) fn terms(ctx: &Context<'_>) -> Result<Terms, AgentError> {
    let fee: Fee = ctx.policy.thresholds("payment_fee").map_err(|error| AgentError::Retry(error.to_string()))?;
    Ok(Terms { basis_points: fee.percent_hundredths, fixed_cents: fee.fixed_cents })
}
