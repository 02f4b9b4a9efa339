//! The books: double entry, exact, derived.
//!
//! An [`Entry`] is a list of moves from one account to another, so it balances whatever is in it: there is no way to
//! write one side only. Entries are derived from what happened by pure functions ([`of_order`], [`ad_spend`],
//! [`expense`], [`restock`], [`tax_report`]); each has a natural key, so what happened once is booked once, whoever says it again
//! and in whatever order. What reports show are sums of entries ([`Slot`]), kept up to date beside them.
//!
//! A move of goods says how many units it is about, so the same sums tell what was sold.
//!
//! Amounts stay in the currency in which they happened. Nothing here converts.

mod account;
mod entry;
mod order;
mod other;
mod period;
mod share;
mod statement;
mod sums;
#[cfg(test)]
mod tests;

pub use account::{Account, Nature};
pub use entry::{Dimension, Entry, EntryError, Kind, Move, Posting, named};
pub use order::{Terms, Unbookable, of_order};
pub use other::{ad_spend, expense, restock, restock_back, restock_in, tax_report};
pub use period::{Grain, Quarter};
pub use share::{shared, within};
pub use statement::{Statement, percent};
pub use sums::{Slot, Sums, slots};
