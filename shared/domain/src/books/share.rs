//! Dividing amounts without losing a cent.

use crate::money::{Money, MoneyError};
use rust_decimal::Decimal;

/// The tax that is inside `gross` at `rate` percent, to the nearest minor unit.
///
/// # Errors
/// When the amount is too large to be counted with.
pub fn within(gross: &Money, rate: Decimal) -> Result<Money, MoneyError> {
    let whole = Decimal::ONE_HUNDRED.checked_add(rate).filter(|whole| !whole.is_zero());
    let tax = whole.and_then(|whole| gross.amount().checked_mul(rate)?.checked_div(whole));
    Money::rounded(tax.ok_or(MoneyError::TooLarge(gross.amount()))?, gross.currency())
}

/// Divides `amount` by `weights`: every part is rounded down to a minor unit, and what is left goes to the parts that
/// weigh something in their order, a unit each, so that the parts are the whole again. Where all weights are zero, they
/// count the same.
///
/// # Errors
/// When the amount is too large to be counted with.
pub fn shared(amount: &Money, weights: &[Decimal]) -> Result<Vec<Money>, MoneyError> {
    let even = vec![Decimal::ONE; weights.len()];
    let weights = if weights.iter().all(Decimal::is_zero) { &even } else { weights };
    let all: Decimal = weights.iter().sum();
    let unit = Decimal::new(1, amount.currency().decimals());
    let too_large = || MoneyError::TooLarge(amount.amount());
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        let part = amount.amount().checked_mul(*weight).and_then(|part| part.checked_div(all)).ok_or_else(too_large)?;
        parts.push(part.trunc_with_scale(unit.scale()));
    }
    let mut left = amount.amount() - parts.iter().sum::<Decimal>();
    for (part, _) in parts.iter_mut().zip(weights).filter(|(_, weight)| !weight.is_zero()) {
        let step = unit.min(left.abs());
        let step = if left.is_sign_negative() { -step } else { step };
        *part += step;
        left -= step;
    }
    parts.into_iter().map(|part| Money::new(part, amount.currency())).collect()
}
