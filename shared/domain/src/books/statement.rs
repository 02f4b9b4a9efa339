//! Profit and loss of a period.

use super::{Account, Kind, Sums};
use crate::money::Currency;
use rust_decimal::{Decimal, RoundingStrategy::MidpointAwayFromZero};

/// Profit and loss in one currency; all amounts in its units, without VAT. Costs are positive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The currency.
    pub currency: Currency,
    /// Orders that were paid.
    pub orders: i64,
    /// Units sold, less those that came back and are for sale again; in all currencies together.
    pub units: i64,
    /// Goods sold.
    pub sales: Decimal,
    /// Shipping charged.
    pub shipping: Decimal,
    /// Paid back to customers; positive.
    pub refunds: Decimal,
    /// What suppliers charge.
    pub goods: Decimal,
    /// What carriers charge beside that.
    pub carriage: Decimal,
    /// What payment providers keep.
    pub fees: Decimal,
    /// Advertising.
    pub advertising: Decimal,
    /// All other bills.
    pub expenses: Decimal,
    /// VAT charged, less what was paid back of it: owed, and no part of profit.
    pub vat: Decimal,
}

impl Statement {
    /// The statement of these sums in this currency.
    #[must_use]
    pub fn of(sums: &Sums, currency: Currency) -> Self {
        let amount = |account| sums.amount(account, currency);
        Self {
            currency,
            orders: sums.count(Kind::Sale),
            units: sums.units_sold(),
            sales: amount(Account::Revenue),
            shipping: amount(Account::ShippingIncome),
            refunds: Decimal::ZERO - amount(Account::Refunds),
            goods: amount(Account::Cogs),
            carriage: amount(Account::ShippingCost),
            fees: amount(Account::Fees),
            advertising: amount(Account::AdSpend),
            expenses: amount(Account::Expenses),
            vat: amount(Account::Vat),
        }
    }

    /// What was earned: sales and shipping, less what was paid back.
    #[must_use]
    pub fn income(&self) -> Decimal {
        self.sales + self.shipping - self.refunds
    }

    /// What is left of it after all costs.
    #[must_use]
    pub fn profit(&self) -> Decimal {
        self.income() - self.goods - self.carriage - self.fees - self.advertising - self.expenses
    }

    /// Profit of income in percent, to a tenth; nothing where nothing was earned.
    #[must_use]
    pub fn margin_percent(&self) -> Option<Decimal> {
        percent(self.profit(), self.income())
    }
}

/// `part` of `whole` in percent, to a tenth; nothing where the whole is nothing or less.
#[must_use]
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = (whole > Decimal::ZERO).then(|| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)).flatten();
    share.map(|share| share.round_dp_with_strategy(1, MidpointAwayFromZero))
}
