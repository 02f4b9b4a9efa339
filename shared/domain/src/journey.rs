//! The product journey: from a row in a supplier's feed to a product in the shop.
//!
//! The product manager alone writes it. Each stage's finding stays on it, so that a person who asks why
//! a product is on sale, or is not, finds the whole answer in one place.

use crate::{
    ActionId, Digest, JourneyId, Money,
    action::{Image, ProductKey},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    pub const ALL: [Self; 7] =
        [Self::Vetting, Self::Pricing, Self::Review, Self::Publishing, Self::Deciding, Self::Published, Self::Stopped];

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

impl Candidate {
    /// Where its facts are kept, such as `product:acme/sku-1`.
    #[must_use]
    pub fn source(&self) -> String {
        format!("product:{}", self.product)
    }

    /// The facts that a decision about it can rest on: `cost`, `price` and `stock`.
    ///
    /// Amounts that differ between its offers are told as their range and a digest over all of them, so
    /// that a change of any one shows. `stock` is the sum over all offers.
    #[must_use]
    pub fn facts(&self) -> BTreeMap<String, String> {
        let stock: u64 = self.offers.iter().map(|offer| u64::from(offer.stock)).sum();
        let named = [
            ("cost", self.amounts(|offer| offer.cost)),
            ("price", self.amounts(|offer| offer.suggested)),
            ("stock", stock.to_string()),
        ];
        named.map(|(name, text)| (name.to_owned(), text)).into()
    }

    fn amounts(&self, of: impl Fn(&Offer) -> Money) -> String {
        let by_sku: BTreeMap<&str, String> =
            self.offers.iter().map(|offer| (offer.sku.as_str(), of(offer).to_string())).collect();
        let all = || self.offers.iter().map(&of);
        let low = all().min_by_key(Money::amount).map(|low| low.to_string());
        let high = all().max_by_key(Money::amount).map(|high| high.to_string());
        match (low, high) {
            (Some(low), Some(high)) if low != high => {
                let digest = Digest::of_bytes(format!("{by_sku:?}").as_bytes());
                format!("{low} to {high} ({})", digest.short())
            }
            (low, _) => low.unwrap_or_default(),
        }
    }
}

/// What the scout found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scored {
    /// 0 to 100.
    pub score: i64,
    /// Each term of the score that was known, 0 to 100, by name.
    pub terms: BTreeMap<String, i64>,
    /// Terms that were not known.
    pub missing: Vec<String>,
    /// How sure one can be with what was known, in whole percent.
    pub confidence: u8,
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
    pub terms: BTreeMap<String, i64>,
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
    pub prices: BTreeMap<String, Money>,
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
    /// Whether it approves.
    pub approved: bool,
    /// Whether it leaves the word to a person: the journey goes on, and a person decides at its end.
    #[serde(default)]
    pub escalated: bool,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(sku: &str, cost: i32, stock: u32) -> Offer {
        Offer {
            sku: sku.to_owned(),
            options: Vec::new(),
            cost: Money::eur_cents(cost),
            suggested: Money::eur_cents(2 * cost),
            stock,
        }
    }

    fn facts(offers: Vec<Offer>) -> BTreeMap<String, String> {
        let product = ProductKey { supplier: "acme".to_owned(), sku: "lamp".to_owned() };
        let candidate = Candidate {
            product,
            title: String::new(),
            description: String::new(),
            category: String::new(),
            tags: Vec::new(),
            images: Vec::new(),
            offers,
            fingerprint: String::new(),
            source: String::new(),
        };
        assert_eq!(candidate.source(), "product:acme/lamp");
        candidate.facts()
    }

    #[test]
    fn one_amount_is_told_plainly_and_stock_is_summed() {
        let told = facts(vec![offer("a", 1000, 2), offer("b", 1000, 3)]);
        assert_eq!(told["cost"], "EUR 10.00");
        assert_eq!(told["price"], "EUR 20.00");
        assert_eq!(told["stock"], "5");
    }

    #[test]
    fn a_change_of_any_amount_shows_and_the_order_does_not() {
        let told = |middle| {
            let offers = vec![offer("a", 1000, 1), offer("b", middle, 1), offer("c", 1200, 1)];
            facts(offers)["cost"].clone()
        };
        assert!(told(1100).starts_with("EUR 10.00 to EUR 12.00 ("));
        assert_ne!(told(1100), told(1150));
        let reversed = vec![offer("c", 1200, 1), offer("b", 1100, 1), offer("a", 1000, 1)];
        assert_eq!(facts(reversed)["cost"], told(1100));
    }
}
