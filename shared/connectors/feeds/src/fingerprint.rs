//! The identity of what a feed says: decides whether a product is "the same feed again".

use crate::item::Item;
use domain::Digest;
use serde_json::json;

impl Item {
    /// SHA-256 over supplier, key, price, cost, "in stock or not" and rating, in that order, as a JSON array.
    ///
    /// Two readings with one fingerprint are the same offer: nothing new is proposed for the second. The
    /// exact stock is left out on purpose, as it changes with every sale; so are texts, images and the place
    /// in the file. `4.50` and `4.5` are one rating.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        let semantic = json!([
            self.supplier,
            self.sku,
            self.price.map(|price| price.to_string()),
            self.cost.map(|cost| cost.to_string()),
            self.stock.map(|units| units > 0),
            self.rating.map(|rating| rating.normalize().to_string()),
        ]);
        Digest::of_bytes(semantic.to_string().as_bytes())
    }
}

#[cfg(test)]
mod tests;
