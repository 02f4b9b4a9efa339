//! Entries of what is no order.

use super::{Account, Dimension, Entry, EntryError, Kind, Move};
use crate::money::Money;
use time::{Date, OffsetDateTime};

/// What a platform charged for a campaign on one day that is over.
///
/// # Errors
/// When the amount is negative.
pub fn ad_spend(platform: &str, campaign: &str, day: Date, amount: Money) -> Result<Entry, EntryError> {
    let spent = Move::new(Account::AdSpend, Account::AdPayable, amount);
    let spent = spent.about(Dimension::Campaign, campaign).about(Dimension::Payee, platform);
    let key = format!("ad-spend/{platform}/{campaign}/{day}");
    Entry::new(Kind::AdSpend, key, day.midnight().assume_utc(), vec![spent])
}

/// A bill that was approved: owed until a bank has paid it.
///
/// # Errors
/// When the amount is negative.
pub fn expense(payee: &str, bill: &str, amount: Money, at: OffsetDateTime) -> Result<Entry, EntryError> {
    let owed = Move::new(Account::Expenses, Account::Payable, amount).about(Dimension::Payee, payee);
    Entry::new(Kind::Expense, format!("expense/{payee}/{bill}"), at, vec![owed])
}

/// A tax report that was approved: its VAT is declared, and owed until a bank has paid it.
///
/// # Errors
/// When the amount is negative.
pub fn tax_report(report: &str, amount: Money, at: OffsetDateTime) -> Result<Entry, EntryError> {
    let declared = Move::new(Account::Vat, Account::VatDeclared, amount);
    Entry::new(Kind::TaxReport, format!("tax-report/{report}"), at, vec![declared])
}
