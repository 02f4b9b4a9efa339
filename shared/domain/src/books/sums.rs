//! Sums of entries by time, account and what they are about.

use super::{Account, Dimension, Entry, Grain, Kind};
use crate::money::Currency;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Where a sum is kept: a period, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// What it is told apart by; absent for everything together.
    pub of: Option<Dimension>,
    /// How long the period is.
    pub grain: Grain,
    /// Which period, such as `2026-11`.
    pub period: String,
    /// The name in that dimension; empty for everything together.
    pub name: String,
}

/// Sums in minor units, by account and currency; how many entries of each kind they are of, and of how many units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<String, i64>);

/// What separates the parts of a column's name.
const BETWEEN: char = '|';
/// What the names of counts begin with.
const COUNT: &str = "n";
/// What the names of units begin with.
const UNITS: &str = "u";

/// Whether a column of this first part is one of money.
fn is_account(name: &str) -> bool {
    name != COUNT && name != UNITS
}

impl Sums {
    /// Sums as they were kept.
    #[must_use]
    pub const fn new(columns: BTreeMap<String, i64>) -> Self {
        Self(columns)
    }

    /// The columns to be kept: their names and whole numbers.
    pub fn columns(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds other sums.
    pub fn add(&mut self, other: &Self) {
        other.columns().for_each(|(name, value)| self.add_to(name, value));
    }

    fn add_to(&mut self, column: &str, value: i64) {
        let sum = self.0.entry(column.to_owned()).or_default();
        *sum = sum.saturating_add(value);
    }

    fn post(&mut self, account: Account, currency: Currency, minor: i64) {
        self.add_to(&format!("{account}{BETWEEN}{currency}"), minor);
    }

    fn count_one(&mut self, kind: Kind) {
        self.add_to(&format!("{COUNT}{BETWEEN}{kind}"), 1);
    }

    fn move_units(&mut self, kind: Kind, units: u32) {
        self.add_to(&format!("{UNITS}{BETWEEN}{kind}"), units.into());
    }

    /// Units in entries of this kind.
    #[must_use]
    pub fn units(&self, kind: Kind) -> i64 {
        self.0.get(&format!("{UNITS}{BETWEEN}{kind}")).copied().unwrap_or_default()
    }

    /// Units sold, less those that came back and are for sale again.
    #[must_use]
    pub fn units_sold(&self) -> i64 {
        let sold = self.units(Kind::Sale).saturating_add(self.units(Kind::SaleMore));
        sold.saturating_sub(self.units(Kind::Refund))
    }

    /// How many entries of this kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> i64 {
        self.0.get(&format!("{COUNT}{BETWEEN}{kind}")).copied().unwrap_or_default()
    }

    /// The currencies in it.
    #[must_use]
    pub fn currencies(&self) -> BTreeSet<String> {
        let parts = self.0.keys().filter_map(|name| name.split_once(BETWEEN));
        parts.filter(|(account, _)| is_account(account)).map(|(_, currency)| currency.to_owned()).collect()
    }

    /// Minor units on an account: debits less credits.
    #[must_use]
    pub fn minor(&self, account: Account, currency: Currency) -> i64 {
        self.0.get(&format!("{account}{BETWEEN}{currency}")).copied().unwrap_or_default()
    }

    /// What the account grew by, on the side where it grows, in units of the currency: revenue and costs are both
    /// positive.
    #[must_use]
    pub fn amount(&self, account: Account, currency: Currency) -> Decimal {
        let minor = self.minor(account, currency);
        let grown = if account.nature().grows_by_debit() { minor } else { minor.saturating_neg() };
        Decimal::new(grown, currency.decimals())
    }

    /// Debits less credits over all accounts, by currency: zero, or somebody wrote into the sums.
    #[must_use]
    pub fn difference(&self) -> BTreeMap<String, i64> {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        let parts = self.0.iter().filter_map(|(name, value)| Some((name.split_once(BETWEEN)?, value)));
        for ((account, currency), value) in parts {
            if is_account(account) {
                let sum = sums.entry(currency.to_owned()).or_default();
                *sum = sum.saturating_add(*value);
            }
        }
        sums.retain(|_, sum| *sum != 0);
        sums
    }
}

/// What an entry adds to every sum that it counts in: everything together by hour, day, week and month; what it is
/// about by day and month.
#[must_use]
pub fn slots(entry: &Entry) -> BTreeMap<Slot, Sums> {
    let mut slots: BTreeMap<Slot, Sums> = BTreeMap::new();
    let slot =
        |of, grain: Grain, name: &str| Slot { of, grain, period: grain.period(entry.at()), name: name.to_owned() };
    for grain in Grain::ALL {
        slots.entry(slot(None, grain, "")).or_default().count_one(entry.kind());
    }
    let mut named = BTreeSet::new();
    for posting in entry.postings() {
        for grain in Grain::ALL {
            slots.entry(slot(None, grain, "")).or_default().post(posting.account, posting.currency, posting.minor);
        }
        for (dimension, name) in posting.of {
            named.insert((*dimension, name.as_str()));
            for grain in [Grain::Day, Grain::Month] {
                let sums = slots.entry(slot(Some(*dimension), grain, name)).or_default();
                sums.post(posting.account, posting.currency, posting.minor);
            }
        }
    }
    for (dimension, name) in named {
        for grain in [Grain::Day, Grain::Month] {
            slots.entry(slot(Some(dimension), grain, name)).or_default().count_one(entry.kind());
        }
    }
    for (one, units) in entry.moves().iter().filter_map(|one| Some((one, one.units?))) {
        let whole = Grain::ALL.map(|grain| slot(None, grain, ""));
        let named = one
            .of
            .iter()
            .flat_map(|(dimension, name)| [Grain::Day, Grain::Month].map(|grain| slot(Some(*dimension), grain, name)));
        for slot in whole.into_iter().chain(named) {
            slots.entry(slot).or_default().move_units(entry.kind(), units);
        }
    }
    slots
}
