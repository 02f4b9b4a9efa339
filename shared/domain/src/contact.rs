//! Who an order is for, and where it goes: the personal part of an order.
//!
//! It lives in the customer's partition, is read by who scores or places the order, and goes when the customer is
//! forgotten. It never shows its content in a log.

use serde::{Deserialize, Serialize};
use std::fmt;
use time::OffsetDateTime;

/// A postal address.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Address {
    /// Full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address1: Option<String>,
    /// Second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State or province, as a code where the shop has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// ISO 3166 code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

/// The personal part of one order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Shop's id of the order.
    pub order: String,
    /// Shop's id of the customer, or `guest-<order>`.
    pub customer: String,
    /// Mail address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Where it goes; absent where nothing is sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shipping: Option<Address>,
    /// Who pays.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub billing: Option<Address>,
    /// VAT number that the customer gave.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub vat_number: Option<String>,
    /// Address on the internet that it was ordered from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ip: Option<String>,
    /// When the shop last changed the order that this was read from.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Contact {
    /// A place of our own, as a supplier is told: it belongs to no order.
    #[must_use]
    pub fn of_place(address: Address, now: OffsetDateTime) -> Self {
        Self {
            order: String::new(),
            customer: String::new(),
            email: None,
            phone: None,
            shipping: Some(address),
            billing: None,
            vat_number: None,
            ip: None,
            updated: now,
        }
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").field("order", &self.order).finish_non_exhaustive()
    }
}
