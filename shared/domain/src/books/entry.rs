//! One thing that happened, as moves between accounts.

use super::Account;
use crate::{
    digest::{Digest, NotCanonical},
    money::Money,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};
use time::OffsetDateTime;

/// The longest name that a dimension holds as it is.
const LONGEST_NAME: usize = 160;

/// What figures are told apart by, beside time and account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// What was sold, by its stock keeping unit.
    Product,
    /// The campaign that it was spent on.
    Campaign,
    /// Who delivered it.
    Supplier,
    /// Who sent the bill.
    Payee,
    /// How it is taxed: treatment, country and rate, such as `oss/DE/19`.
    Vat,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Product, Self::Campaign, Self::Supplier, Self::Payee, Self::Vat];

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Campaign => "campaign",
            Self::Supplier => "supplier",
            Self::Payee => "payee",
            Self::Vat => "vat",
        }
    }
}

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A customer paid for an order.
    Sale,
    /// More lines of the same order than one entry holds.
    SaleMore,
    /// A payment provider kept its fee.
    Fee,
    /// A supplier charged for a parcel.
    Cost,
    /// A supplier took back what it charged for a parcel.
    CostBack,
    /// A customer was paid back.
    Refund,
    /// Stock of our own was ordered.
    Restock,
    /// Stock of our own that was ordered has come: units alone, their money was booked when they were ordered.
    RestockIn,
    /// Stock of our own that was ordered does not come.
    RestockBack,
    /// A platform charged for advertising.
    AdSpend,
    /// A bill was approved.
    Expense,
    /// A tax report was approved.
    TaxReport,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Sale,
        Self::SaleMore,
        Self::Fee,
        Self::Cost,
        Self::CostBack,
        Self::Refund,
        Self::Restock,
        Self::RestockIn,
        Self::RestockBack,
        Self::AdSpend,
        Self::Expense,
        Self::TaxReport,
    ];

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::SaleMore => "sale-more",
            Self::Fee => "fee",
            Self::Cost => "cost",
            Self::CostBack => "cost-back",
            Self::Refund => "refund",
            Self::Restock => "restock",
            Self::RestockIn => "restock-in",
            Self::RestockBack => "restock-back",
            Self::AdSpend => "ad-spend",
            Self::Expense => "expense",
            Self::TaxReport => "tax-report",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Money from one account to another. A move balances by what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Move {
    /// The account whose debit side it is on.
    pub debit: Account,
    /// The account whose credit side it is on.
    pub credit: Account,
    /// How much; never negative: what goes the other way is a move the other way.
    pub amount: Money,
    /// What it is about.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub of: BTreeMap<Dimension, String>,
    /// Units of it that went the same way; absent where it is about no units, or where nobody said how many.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub units: Option<u32>,
}

/// One side of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting<'a> {
    /// The account.
    pub account: Account,
    /// Minor units of the currency: debits are positive, credits negative.
    pub minor: i64,
    /// ISO 4217 code.
    pub currency: crate::Currency,
    /// What it is about.
    pub of: &'a BTreeMap<Dimension, String>,
}

/// Why something is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// An amount is negative.
    #[error("entry `{0}` moves a negative amount: turn the move around")]
    Negative(String),
    /// The sums do not fit a whole number of minor units.
    #[error("entry `{0}` has an amount that is no whole number of minor units")]
    Amount(String),
}

/// One thing that happened, booked once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Entry(Wire);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    key: String,
    kind: Kind,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    booked: OffsetDateTime,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    order: Option<String>,
    moves: Vec<Move>,
}

impl Entry {
    /// The only status of an entry: it is never changed.
    pub const STATUS: &'static str = "BOOKED";

    /// The entry `key`: what happened at `at`. Moves of nothing, neither money nor units, are left out.
    ///
    /// # Errors
    /// When an amount is negative.
    pub fn new(kind: Kind, key: String, at: OffsetDateTime, moves: Vec<Move>) -> Result<Self, EntryError> {
        let moves = moves.into_iter().filter(|one| !one.is_nothing()).map(Move::bounded).collect();
        Wire { key, kind, at, booked: at, order: None, moves }.try_into()
    }

    /// The same about the shop's order `id`.
    #[must_use]
    pub fn of_order(self, id: &str) -> Self {
        Self(Wire { order: Some(id.to_owned()), ..self.0 })
    }

    /// The same, written into the books at `now`.
    #[must_use]
    pub fn booked_at(self, now: OffsetDateTime) -> Self {
        Self(Wire { booked: now, ..self.0 })
    }

    /// Its natural key: what happened once has one key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// What kind of thing happened.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.0.kind
    }

    /// When it happened: the period it counts in.
    #[must_use]
    pub const fn at(&self) -> OffsetDateTime {
        self.0.at
    }

    /// When it was written.
    #[must_use]
    pub const fn booked(&self) -> OffsetDateTime {
        self.0.booked
    }

    /// The shop's order that it is about.
    #[must_use]
    pub fn order(&self) -> Option<&str> {
        self.0.order.as_deref()
    }

    /// Its moves.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.0.moves
    }

    /// Whether nothing is moved by it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.moves.is_empty()
    }

    /// Both sides of every move: their sum is zero in every currency.
    pub fn postings(&self) -> impl Iterator<Item = Posting<'_>> {
        self.0.moves.iter().flat_map(|one| {
            let minor = minor(&one.amount).unwrap_or_default();
            let side = move |account, minor| Posting { account, minor, currency: one.amount.currency(), of: &one.of };
            [side(one.debit, minor), side(one.credit, -minor)]
        })
    }

    /// Whether it says the same happened, whenever it was written. Units count where both tell of some: what was
    /// written before units were kept tells of none.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        let other = other.clone().booked_at(self.booked());
        if self.tells_units() && other.tells_units() {
            return *self == other;
        }
        self.clone().in_money() == other.in_money()
    }

    fn tells_units(&self) -> bool {
        self.0.moves.iter().any(|one| one.units.is_some())
    }

    /// The same without units.
    fn in_money(mut self) -> Self {
        self.0.moves.iter_mut().for_each(|one| one.units = None);
        self.0.moves.retain(|one| !one.is_nothing());
        self
    }

    /// The digest of what happened, whenever it was written.
    ///
    /// # Errors
    /// Never in practice: an entry has a canonical form.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        Digest::of(&self.clone().booked_at(self.at()))
    }
}

impl Move {
    /// A move that is about nothing in particular.
    #[must_use]
    pub const fn new(debit: Account, credit: Account, amount: Money) -> Self {
        Self { debit, credit, amount, of: BTreeMap::new(), units: None }
    }

    /// The same, about `name`.
    #[must_use]
    pub fn about(mut self, dimension: Dimension, name: impl Into<String>) -> Self {
        self.of.insert(dimension, name.into());
        self
    }

    /// The same, of so many units.
    #[must_use]
    pub fn counting(self, units: Option<u32>) -> Self {
        Self { units, ..self }
    }

    /// The same the other way.
    #[must_use]
    pub fn back(self) -> Self {
        Self { debit: self.credit, credit: self.debit, ..self }
    }

    fn is_nothing(&self) -> bool {
        self.amount.amount().is_zero() && self.units.unwrap_or_default() == 0
    }

    /// The same with names that fit a key: a longer one stands there as its digest.
    fn bounded(mut self) -> Self {
        for name in self.of.values_mut() {
            *name = named(name);
        }
        self
    }
}

/// A name as sums have it: one that fits a key is itself, a longer one its digest.
#[must_use]
pub fn named(name: &str) -> String {
    if name.len() > LONGEST_NAME { Digest::of_bytes(name.as_bytes()).to_string() } else { name.to_owned() }
}

/// An amount in minor units of its currency: cents for the euro, yen for the yen.
fn minor(amount: &Money) -> Option<i64> {
    let scaled = amount.amount();
    i64::try_from(scaled.mantissa()).ok().filter(|_| scaled.scale() == amount.currency().decimals())
}

impl TryFrom<Wire> for Entry {
    type Error = EntryError;

    fn try_from(wire: Wire) -> Result<Self, EntryError> {
        for amount in wire.moves.iter().map(|one| &one.amount) {
            let minor = minor(amount).ok_or_else(|| EntryError::Amount(wire.key.clone()))?;
            if minor < 0 {
                return Err(EntryError::Negative(wire.key));
            }
        }
        Ok(Self(wire))
    }
}

impl From<Entry> for Wire {
    fn from(entry: Entry) -> Self {
        entry.0
    }
}
