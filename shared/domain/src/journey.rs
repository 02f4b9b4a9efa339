//! The product journey: from a row in a supplier's feed to a product in the shop.
//!
//! The product manager alone writes it. Each stage's finding stays on it, so that a person who asks why
//! a product is on sale, or is not, finds the whole answer in one place.

use crate::{
    ActionId, JourneyId, Money,
    action::{Image, ProductKey},
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Where a journey is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Stage {
    /// Its supplier is being vetted.
    Vetting,
    /// Its price is being found.
    Pricing,
    /// The CEO function looks at it.
    Review,
    /// Its page is being written.
    Publishing,
    /// The gate, a person or the executor has it.
    Deciding,
    /// On sale.
    Published,
    /// Ended without a product on sale.
    Stopped,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 7] = [
        Self::Vetting,
        Self::Pricing,
        Self::Review,
        Self::Publishing,
        Self::Deciding,
        Self::Published,
        Self::Stopped,
    ];

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vetting => "VETTING",
            Self::Pricing => "PRICING",
            Self::Review => "REVIEW",
            Self::Publishing => "PUBLISHING",
            Self::Deciding => "DECIDING",
            Self::Published => "PUBLISHED",
            Self::Stopped => "STOPPED",
        }
    }
}

/// One purchasable form of a candidate, as the supplier offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Stock keeping unit.
    pub sku: String,
    /// Option values by option name, in order.
    pub options: Vec<(String, String)>,
    /// What the supplier charges.
    pub cost: Money,
    /// What the supplier suggests to sell it for.
    pub suggested: Money,
    /// Units that the supplier has.
    pub stock: u32,
}

/// A product that a supplier offers, with everything that was known when it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// Supplier and its product key.
    pub product: ProductKey,
    /// Name.
    pub title: String,
    /// Description as the supplier wrote it: text from outside.
    pub description: String,
    /// Category.
    pub category: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Images.
    pub images: Vec<Image>,
    /// At least one.
    pub offers: Vec<Offer>,
    /// Hash over the facts that decide whether this is the same offer as before.
    pub fingerprint: String,
    /// File and row it was read from.
    pub source: String,
}

/// What the scout found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scored {
    /// 0 to 100.
    pub score: i64,
    /// Each term of the score that was known, 0 to 100, by name.
    pub terms: std::collections::BTreeMap<String, i64>,
    /// Terms that were not known.
    pub missing: Vec<String>,
}

/// What vetting found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vetted {
    /// Whether the supplier is good enough.
    pub passed: bool,
    /// 0 to 100, where enough is known to say.
    pub score: Option<i64>,
    /// Band, such as `excellent`.
    pub band: Option<String>,
    /// Each term of the score that was known, 0 to 100, by name.
    pub terms: std::collections::BTreeMap<String, i64>,
    /// Facts that were not known.
    pub missing: Vec<String>,
    /// Why, for people.
    pub reason: String,
}

/// What pricing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Priced {
    /// Whether a price above the floor exists.
    pub passed: bool,
    /// Price of each variant, by SKU.
    pub prices: std::collections::BTreeMap<String, Money>,
    /// Thinnest margin, in whole percent of the price, rounded down.
    pub margin_percent: i64,
    /// Terms left out because their data was not there.
    pub missing: Vec<String>,
    /// Why, for people.
    pub reason: String,
}

/// What the CEO function said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reviewed {
    /// Whether the journey goes on.
    pub approved: bool,
    /// Reason codes of the rules.
    pub codes: Vec<String>,
    /// Why, for people.
    pub reason: String,
}

/// Why a journey ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ending {
    /// The stage in which it ended.
    pub stage: Stage,
    /// Why, for people.
    pub reason: String,
    /// Facts that were missing, if that is why.
    pub missing: Vec<String>,
}

/// One journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Journey {
    /// Derived from the product, so that one product has one journey.
    pub id: JourneyId,
    /// Where it is.
    pub stage: Stage,
    /// What it is about.
    pub candidate: Candidate,
    /// What the scout found.
    pub scored: Scored,
    /// What vetting found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub vetted: Option<Vetted>,
    /// What pricing found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub priced: Option<Priced>,
    /// What the CEO function said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reviewed: Option<Reviewed>,
    /// The proposal to publish.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub action: Option<ActionId>,
    /// Why it ended early.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ending: Option<Ending>,
    /// How often it has been started: a changed offer starts a stopped journey again.
    pub round: u32,
    /// When it started.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Journey {
    /// The id of the one journey of a product.
    #[must_use]
    pub fn id_of(product: &ProductKey) -> JourneyId {
        JourneyId::of(&format!("product/{product}"))
    }
}
