//! How one order is taxed.

use crate::{Rates, territory::BEYOND};
use domain::{
    Order,
    books::within,
    money::MoneyError,
    order::{Taxed, Treatment},
};
use rust_decimal::Decimal;
use time::UtcOffset;

/// What is not known of an order, in words that follow "unknown is".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unknown(pub(crate) String);

/// Who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Buyer {
    /// A person, or a business that did not prove to be one.
    Consumer,
    /// A business, by the register's proof.
    Business {
        /// The register's identifier of our question.
        identifier: String,
    },
    /// Somebody with a VAT number that nobody can look up now.
    Unsure(String),
}

/// The VAT of `order`, sold from `seat` to `place`.
pub(crate) fn taxed(
    order: &Order,
    (seat, place): (&str, &str),
    buyer: &Buyer,
    rates: &Rates,
) -> Result<Taxed, Unknown> {
    let evidence = vec![format!("place:{place}")];
    if place == BEYOND || !(rates.knows(place) || place == seat) {
        return made(order, Treatment::Export, None, Decimal::ZERO, evidence);
    }
    let rate = || {
        let rate = rates.at(place, order.shop.placed);
        rate.ok_or_else(|| Unknown(format!("the rate of {place} when it was placed")))
    };
    if place == seat {
        return made(order, Treatment::Domestic, Some(place), rate()?, evidence);
    }
    match buyer {
        Buyer::Consumer => made(order, Treatment::Oss, Some(place), rate()?, evidence),
        Buyer::Business { identifier } => {
            let proved = [format!("vies:{identifier}")];
            let evidence = evidence.into_iter().chain(proved).collect();
            made(order, Treatment::ReverseCharge, None, Decimal::ZERO, evidence)
        }
        Buyer::Unsure(why) => Err(Unknown(format!("whether the customer is a business ({why})"))),
    }
}

fn made(
    order: &Order,
    treatment: Treatment,
    country: Option<&str>,
    rate: Decimal,
    evidence: Vec<String>,
) -> Result<Taxed, Unknown> {
    let tax = within(&order.shop.totals.total, rate);
    let tax = tax.map_err(|error: MoneyError| Unknown(format!("its tax: {error}")))?;
    let on = order.shop.placed.to_offset(UtcOffset::UTC).date().to_string();
    Ok(Taxed { treatment, country: country.map(str::to_owned), rate, tax, evidence, on })
}
