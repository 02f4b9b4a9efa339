//! What the store keeps. One product is one document with everything that belongs to it, so that
//! replacing its lists is one write.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Product {
    pub(crate) id: i64,
    pub(crate) handle: String,
    pub(crate) title: String,
    pub(crate) description_html: String,
    pub(crate) vendor: String,
    pub(crate) product_type: String,
    /// Global id of the taxonomy category.
    pub(crate) category: Option<String>,
    pub(crate) status: String,
    pub(crate) tags: Vec<String>,
    pub(crate) seo_title: Option<String>,
    pub(crate) seo_description: Option<String>,
    pub(crate) template_suffix: Option<String>,
    pub(crate) options: Vec<ProductOption>,
    pub(crate) variants: Vec<Variant>,
    pub(crate) media: Vec<Media>,
    pub(crate) metafields: Vec<Metafield>,
    /// Publication -> the instant from which the product is published there, Unix seconds.
    pub(crate) publications: BTreeMap<i64, i64>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ProductOption {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) values: Vec<OptionValue>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OptionValue {
    pub(crate) id: i64,
    pub(crate) name: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Variant {
    pub(crate) id: i64,
    pub(crate) sku: Option<String>,
    pub(crate) barcode: Option<String>,
    pub(crate) price: Decimal,
    pub(crate) compare_at_price: Option<Decimal>,
    pub(crate) taxable: bool,
    pub(crate) inventory_policy: String,
    /// One value id per option of the product, in the order of the options.
    pub(crate) values: Vec<i64>,
    pub(crate) item: Item,
    pub(crate) media: Option<i64>,
    pub(crate) metafields: Vec<Metafield>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) id: i64,
    pub(crate) cost: Option<Decimal>,
    pub(crate) tracked: bool,
    pub(crate) requires_shipping: bool,
    pub(crate) country_code: Option<String>,
    pub(crate) hs_code: Option<String>,
    /// `{ "unit": ..., "value": ... }` as given.
    pub(crate) weight: Option<Value>,
    /// Location -> stock there.
    pub(crate) levels: BTreeMap<i64, Level>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Level {
    pub(crate) id: i64,
    pub(crate) available: i64,
    /// Ordered and not sent yet.
    #[serde(default)]
    pub(crate) committed: i64,
    pub(crate) updated_at: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Media {
    pub(crate) id: i64,
    pub(crate) source: String,
    pub(crate) alt: Option<String>,
    /// Unix seconds; decides whether the image is still being processed.
    pub(crate) added: i64,
    pub(crate) created_at: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Metafield {
    pub(crate) id: i64,
    pub(crate) namespace: String,
    pub(crate) key: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Definition {
    pub(crate) id: i64,
    pub(crate) owner: String,
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) unique: bool,
}

/// A stock location, or a publication (a sales channel's catalogue).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) created_at: String,
}

/// A mutation that was applied to a product.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Effect {
    pub(crate) mutation: String,
    pub(crate) product: i64,
    /// `namespace.key=value` of the product's unique ids, so that the count survives a deletion.
    pub(crate) custom_ids: Vec<String>,
    pub(crate) at: String,
}

impl Product {
    /// `namespace.key=value` of each metafield of type `id`.
    pub(crate) fn custom_ids(&self) -> Vec<String> {
        self.metafields.iter().filter(|m| m.kind == "id").map(|m| custom_word(&m.namespace, &m.key, &m.value)).collect()
    }

    /// The words under which the product is found.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words = vec![format!("handle:{}", self.handle)];
        words.extend(self.custom_ids().iter().map(|id| format!("custom:{id}")));
        words.extend(self.media.iter().map(|m| format!("media:{}", m.id)));
        for variant in &self.variants {
            words.push(format!("variant:{}", variant.id));
            words.push(format!("item:{}", variant.item.id));
            words.extend(variant.sku.iter().map(|s| sku_word(s)));
        }
        words
    }

    /// The option values of a variant, by option name.
    pub(crate) fn selected<'a>(
        &'a self,
        variant: &'a Variant,
    ) -> impl Iterator<Item = (&'a ProductOption, &'a OptionValue)> {
        self.options.iter().filter_map(|option| {
            let value = option.values.iter().find(|v| variant.values.contains(&v.id));
            value.map(|value| (option, value))
        })
    }

    /// The title of a variant: its option values joined by ` / `.
    pub(crate) fn variant_title(&self, variant: &Variant) -> String {
        let names: Vec<_> = self.selected(variant).map(|(_, v)| v.name.as_str()).collect();
        names.join(" / ")
    }

    /// Whether shoppers of a publication see the product at `now` (Unix seconds).
    pub(crate) fn is_published_on(&self, publication: i64, now: i64) -> bool {
        let visible = matches!(self.status.as_str(), "ACTIVE" | "UNLISTED");
        visible && self.publications.get(&publication).is_some_and(|at| *at <= now)
    }
}

impl Item {
    /// Stock over all locations.
    pub(crate) fn available(&self) -> i64 {
        self.levels.values().map(|l| l.available).sum()
    }
}

/// The mark of a product's custom id.
pub(crate) fn custom_word(namespace: &str, key: &str, value: &str) -> String {
    format!("{namespace}.{key}={value}")
}

/// The mark of a stock keeping unit; searching ignores case.
pub(crate) fn sku_word(sku: &str) -> String {
    format!("sku:{}", sku.to_lowercase())
}
