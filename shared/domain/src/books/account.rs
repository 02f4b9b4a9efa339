//! The chart of accounts.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What kind of account it is: which of its sides is the one where it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// What we have, or are owed.
    Asset,
    /// What we owe.
    Liability,
    /// What we earn.
    Income,
    /// What it costs.
    Expense,
}

impl Nature {
    /// Whether an account of this kind grows by debits.
    #[must_use]
    pub const fn grows_by_debit(self) -> bool {
        matches!(self, Self::Asset | Self::Expense)
    }
}

macro_rules! accounts {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $nature:ident;)+) => {
        /// An account.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Account {$(
            $(#[$doc])*
            #[serde(rename = $wire)]
            $name,
        )+}

        impl Account {
            /// All accounts, in the order of the chart.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The wire name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {$(Self::$name => $wire,)+}
            }

            /// What kind of account it is.
            #[must_use]
            pub const fn nature(self) -> Nature {
                match self {$(Self::$name => Nature::$nature,)+}
            }
        }
    };
}

accounts! {
    /// What payment providers hold for us: taken from customers, not yet paid out.
    Receivable = "receivable", Asset;
    /// Money in our bank.
    Cash = "cash", Asset;
    /// Goods of our own: ordered and paid for or owed, not sold.
    Stock = "stock", Asset;
    /// VAT that we charged and owe.
    Vat = "vat", Liability;
    /// VAT of closed periods, in a report that was approved.
    VatDeclared = "vat-declared", Liability;
    /// What suppliers are owed for customers' orders and for stock of our own.
    SupplierPayable = "supplier-payable", Liability;
    /// What advertising platforms are owed.
    AdPayable = "ad-payable", Liability;
    /// Bills that were approved and are not paid.
    Payable = "payable", Liability;
    /// Goods sold, without VAT.
    Revenue = "revenue", Income;
    /// Shipping charged to customers, without VAT.
    ShippingIncome = "shipping-income", Income;
    /// What was paid back to customers, without VAT: takes away from income.
    Refunds = "refunds", Income;
    /// What suppliers charge for goods sold, their shipping included.
    Cogs = "cogs", Expense;
    /// What carriers charge, where a supplier does not include it.
    ShippingCost = "shipping-cost", Expense;
    /// What payment providers keep.
    Fees = "fees", Expense;
    /// Advertising.
    AdSpend = "ad-spend", Expense;
    /// All other bills, by payee.
    Expenses = "expenses", Expense;
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No account has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no account")]
pub struct NoAccount(String);

impl FromStr for Account {
    type Err = NoAccount;

    fn from_str(name: &str) -> Result<Self, NoAccount> {
        let found = Self::ALL.iter().find(|account| account.name() == name);
        found.copied().ok_or_else(|| NoAccount(name.chars().take(40).collect()))
    }
}
