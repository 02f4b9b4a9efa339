//! Entries of what is no order.

use super::{Account, Dimension, Entry, EntryError, Kind, Move};
use crate::{ActionId, action::InventoryRestock, money::Money};
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

/// Stock of our own that `action` ordered at `at`: ours from then on, and owed to its supplier.
///
/// # Errors
/// When the amount is negative.
pub fn restock(action: ActionId, bought: &InventoryRestock, at: OffsetDateTime) -> Result<Entry, EntryError> {
    Entry::new(Kind::Restock, format!("restock/{action}"), at, vec![bought_of(bought)])
}

/// The same that has come, as was told at `at`: its units are no longer on order.
///
/// # Errors
/// When the amount is negative.
pub fn restock_in(action: ActionId, bought: &InventoryRestock, at: OffsetDateTime) -> Result<Entry, EntryError> {
    let InventoryRestock { product, quantity, total } = bought;
    let come = Move::new(Account::Stock, Account::Stock, total.zero()).counting(Some(*quantity));
    Entry::new(Kind::RestockIn, format!("restock-in/{action}"), at, vec![come.about(Dimension::Product, &product.sku)])
}

/// The same that does not come after all, of which the supplier told at `at`: nothing is owed for it.
///
/// # Errors
/// When the amount is negative.
pub fn restock_back(action: ActionId, bought: &InventoryRestock, at: OffsetDateTime) -> Result<Entry, EntryError> {
    Entry::new(Kind::RestockBack, format!("restock-back/{action}"), at, vec![bought_of(bought).back()])
}

fn bought_of(InventoryRestock { product, quantity, total }: &InventoryRestock) -> Move {
    let owed = Move::new(Account::Stock, Account::SupplierPayable, *total).counting(Some(*quantity));
    owed.about(Dimension::Product, &product.sku).about(Dimension::Supplier, &product.supplier)
}
