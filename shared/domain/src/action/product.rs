//! Actions of the product cluster.

use super::{Action, Effect, Executor, Facts, Reversibility};
use crate::{money::Money, order::Portion, text::Lang};
use serde::{Deserialize, Serialize};

/// An image of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Image {
    /// Where the shop fetches it from (https).
    pub url: String,
    /// What a person who cannot see it is told.
    pub alt: String,
}

/// One purchasable form of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Variant {
    /// Stock keeping unit, unique per supplier.
    pub sku: String,
    /// Option values by option name, in order, such as `[["Size", "M"]]`.
    pub options: Vec<(String, String)>,
    /// Selling price.
    pub price: Money,
    /// What the supplier charges.
    pub cost: Money,
    /// Units that the supplier has.
    pub stock: u32,
}

/// Everything that a shop's product page is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Listing {
    /// Supplier and its product key: the product's identity in every system.
    pub product: ProductKey,
    /// Name.
    pub title: String,
    /// Last part of the page's address.
    pub handle: String,
    /// Description, plain HTML of paragraphs and lists.
    pub description_html: String,
    /// Title for search engines, at most 70 characters.
    pub seo_title: String,
    /// Description for search engines, at most 160 characters.
    pub seo_description: String,
    /// Brand or supplier as shown.
    pub vendor: String,
    /// Category, as the shop names it.
    pub category: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Images, first one first.
    pub images: Vec<Image>,
    /// At least one.
    pub variants: Vec<Variant>,
}

/// A product's identity: who supplies it, and under which key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ProductKey {
    /// Supplier's name.
    pub supplier: String,
    /// Supplier's key of the product.
    pub sku: String,
}

impl std::fmt::Display for ProductKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.supplier, self.sku)
    }
}

/// Puts a product on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ProductPublish {
    /// What the page shows.
    pub listing: Listing,
}

impl ProductPublish {
    /// The variant with the thinnest margin: what policy judges.
    fn thinnest(&self) -> Option<&Variant> {
        let margin = |v: &Variant| (v.price.amount() - v.cost.amount()).checked_div(v.price.amount());
        self.listing.variants.iter().min_by_key(|variant| margin(variant))
    }
}

impl Effect for ProductPublish {
    const EXECUTOR: Executor = Executor::Storefront;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("product:{}", self.listing.product)
    }

    fn inverse(&self) -> Option<Action> {
        let product = self.listing.product.clone();
        let title = self.listing.title.clone();
        Some(ProductUnpublish { product, title, reason: UnpublishReason::Undo }.into())
    }

    fn tell(&self, facts: &mut Facts) {
        let thinnest = self.thinnest();
        let one_currency = self.listing.variants.iter().all(|v| v.price.currency() == v.cost.currency());
        facts.new_price_cents = thinnest.and_then(|v| v.price.cents()).filter(|_| one_currency);
        facts.cost_cents = thinnest.and_then(|v| v.cost.cents()).filter(|_| one_currency);
        facts.currency = thinnest.map(|v| v.price.currency().to_string());
        facts.category = Some(self.listing.category.clone());
    }

    fn sentence(&self, lang: Lang) -> String {
        let (title, product) = (&self.listing.title, &self.listing.product);
        let price = self.listing.variants.first().map_or_else(String::new, |v| v.price.to_string());
        lang.pick(
            format!("Publish “{title}” ({product}) in the shop at {price}"),
            format!("“{title}” ({product}) in de winkel publiceren voor {price}"),
        )
    }
}

/// Why a product leaves the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnpublishReason {
    /// The supplier has none left.
    OutOfStock,
    /// Customers report a defect.
    Quality,
    /// The supplier or an authority calls it back.
    Recall,
    /// A publication is undone.
    Undo,
}

impl UnpublishReason {
    const fn code(self) -> &'static str {
        match self {
            Self::OutOfStock => "out_of_stock",
            Self::Quality => "quality",
            Self::Recall => "recall",
            Self::Undo => "undo",
        }
    }
}

/// Takes a product off sale and archives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ProductUnpublish {
    /// Which product.
    pub product: ProductKey,
    /// Its name, for people.
    pub title: String,
    /// Why.
    pub reason: UnpublishReason,
}

impl Effect for ProductUnpublish {
    const EXECUTOR: Executor = Executor::Storefront;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("product:{}", self.product)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.reason = Some(self.reason.code().to_owned());
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { title, product, .. } = self;
        lang.pick(
            format!("Take “{title}” ({product}) off sale and archive it"),
            format!("“{title}” ({product}) uit de verkoop halen en archiveren"),
        )
    }
}

/// Changes a variant's price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PriceChange {
    /// Which product.
    pub product: ProductKey,
    /// Which of its variants.
    pub variant_sku: String,
    /// Price now.
    pub from: Money,
    /// Price afterwards.
    pub to: Money,
    /// What the supplier charges.
    pub cost: Money,
}

impl Effect for PriceChange {
    const EXECUTOR: Executor = Executor::Storefront;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("product:{}:{}", self.product, self.variant_sku)
    }

    fn inverse(&self) -> Option<Action> {
        Some(Self { from: self.to, to: self.from, ..self.clone() }.into())
    }

    fn tell(&self, facts: &mut Facts) {
        let currency = self.to.currency();
        let same = |money: &Money| money.cents().filter(|_| money.currency() == currency);
        facts.old_price_cents = same(&self.from);
        facts.new_price_cents = same(&self.to);
        facts.cost_cents = same(&self.cost);
        facts.currency = Some(currency.to_string());
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { product, variant_sku, from, to, .. } = self;
        lang.pick(
            format!("Change the price of {product} ({variant_sku}) from {from} to {to}"),
            format!("De prijs van {product} ({variant_sku}) wijzigen van {from} naar {to}"),
        )
    }
}

/// Sets the stock that the shop shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct InventorySet {
    /// Which product.
    pub product: ProductKey,
    /// Which of its variants.
    pub variant_sku: String,
    /// Units that the shop shows now.
    pub from: u32,
    /// Units afterwards.
    pub to: u32,
}

impl Effect for InventorySet {
    const EXECUTOR: Executor = Executor::Storefront;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("stock:{}:{}", self.product, self.variant_sku)
    }

    fn inverse(&self) -> Option<Action> {
        Some(Self { from: self.to, to: self.from, ..self.clone() }.into())
    }

    fn tell(&self, facts: &mut Facts) {
        facts.old_quantity = Some(i64::from(self.from));
        facts.quantity = Some(i64::from(self.to));
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { product, variant_sku, from, to } = self;
        lang.pick(
            format!("Set the stock of {product} ({variant_sku}) from {from} to {to}"),
            format!("De voorraad van {product} ({variant_sku}) van {from} op {to} zetten"),
        )
    }
}

/// Orders stock from a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct InventoryRestock {
    /// Which product.
    pub product: ProductKey,
    /// Units.
    pub quantity: u32,
    /// What the whole order costs.
    pub total: Money,
}

impl InventoryRestock {
    /// The same as a supplier is told: there is no line of the shop's.
    #[must_use]
    pub fn portion(&self) -> Portion {
        Portion { line: "stock".to_owned(), sku: self.product.sku.clone(), quantity: self.quantity }
    }
}

impl Effect for InventoryRestock {
    const EXECUTOR: Executor = Executor::Suppliers;

    fn target(&self) -> String {
        format!("supplier:{}", self.product.supplier)
    }

    fn amount(&self) -> Option<Money> {
        Some(self.total)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.quantity = Some(i64::from(self.quantity));
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { product, quantity, total } = self;
        lang.pick(
            format!("Order {quantity} units of {product} for {total}"),
            format!("{quantity} stuks van {product} bestellen voor {total}"),
        )
    }
}

/// Starts to buy from a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SupplierOnboard {
    /// The supplier's name.
    pub supplier: String,
}

impl Effect for SupplierOnboard {
    const EXECUTOR: Executor = Executor::Ledger;

    fn target(&self) -> String {
        format!("supplier:{}", self.supplier)
    }

    fn sentence(&self, lang: Lang) -> String {
        let supplier = &self.supplier;
        lang.pick(
            format!("Start buying from supplier “{supplier}”"),
            format!("Beginnen met inkopen bij leverancier “{supplier}”"),
        )
    }
}

/// Marks a supplier as risky: nothing new is bought there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SupplierFlag {
    /// The supplier's name.
    pub supplier: String,
    /// Code of what is wrong, such as `late_deliveries`.
    pub concern: String,
}

impl Effect for SupplierFlag {
    const EXECUTOR: Executor = Executor::Ledger;

    fn target(&self) -> String {
        format!("supplier:{}", self.supplier)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { supplier, concern } = self;
        lang.pick(
            format!("Flag supplier “{supplier}” as risky ({concern})"),
            format!("Leverancier “{supplier}” als risico markeren ({concern})"),
        )
    }
}
