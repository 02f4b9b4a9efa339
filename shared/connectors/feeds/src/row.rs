//! One record of any feed, and how records become a product.

use crate::{
    item::{Image, Item, Origin, Variant},
    limits,
    problem::{Extent, Fault, RowProblem},
};
use domain::Money;
use rust_decimal::Decimal;

/// What a reader of one format makes of one record.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// Neighbours with the same key are one product; `None` stands alone.
    pub(crate) key: Option<String>,
    /// Line or record number.
    pub(crate) number: u64,
    /// What is said of the product as a whole.
    pub(crate) head: Head,
    /// Its variants on this row.
    pub(crate) variants: Vec<Variant>,
    /// Its images on this row, with the position that the feed states.
    pub(crate) images: Vec<(Option<u64>, Image)>,
}

/// The product's own fields; a later row of the product does not change them.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) supplier: Option<String>,
    pub(crate) sku: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) description_html: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) product_type: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) price: Option<Money>,
    pub(crate) compare_at: Option<Money>,
    pub(crate) cost: Option<Money>,
    pub(crate) stock: Option<u64>,
    pub(crate) rating: Option<Decimal>,
    pub(crate) rating_count: Option<u64>,
    pub(crate) shipping_days: Option<u32>,
    pub(crate) weight_grams: Option<Decimal>,
    pub(crate) link: Option<String>,
    pub(crate) withdrawn: bool,
}

/// A record that is no row.
#[derive(Debug)]
pub(crate) struct Rejected {
    /// The product that it belongs to, as in [`Row::key`].
    pub(crate) key: Option<String>,
    /// What is wrong.
    pub(crate) problem: Box<RowProblem>,
}

impl Rejected {
    /// A record whose fault costs it and its product.
    pub(crate) fn row(file: &str, number: u64, key: Option<String>, fault: Fault) -> Self {
        Self { problem: Box::new(fault.at(file, number, key.clone(), Extent::Row)), key }
    }

    /// The same, with the name of the product if it is known otherwise than by its key.
    pub(crate) fn named(mut self, product: Option<String>) -> Self {
        self.problem.product = self.problem.product.or(product);
        self
    }

    /// A fault behind which nothing can be read.
    pub(crate) fn rest(file: &str, number: u64, fault: Fault) -> Self {
        Self { problem: Box::new(fault.at(file, number, None, Extent::RestOfFile)), key: None }
    }
}

/// The records of one file, one at a time.
pub(crate) trait Rows: Send {
    /// The next record; `None` at the end, and after a problem that costs the rest of the file.
    fn next_row(&mut self) -> Option<Result<Row, Rejected>>;
    /// Bytes held for the record being read.
    fn held(&self) -> usize;
    /// Names of fields that nobody knows, seen so far.
    fn unknown(&self) -> &[String];
}

impl Row {
    /// Takes over the variants and images of a later row of the same product.
    pub(crate) fn absorb(&mut self, later: Self) -> Result<(), Fault> {
        self.variants.extend(later.variants);
        let known = |images: &[(Option<u64>, Image)], url: &str| images.iter().any(|(_, image)| image.url == url);
        for placed in later.images {
            if !known(&self.images, &placed.1.url) {
                self.images.push(placed);
            }
        }
        self.check_size()
    }

    /// Refuses a product that no shop could take, before it fills memory.
    pub(crate) fn check_size(&self) -> Result<(), Fault> {
        let bounds = [
            ("variants", self.variants.len(), limits::VARIANTS),
            ("images", self.images.len(), limits::IMAGES),
            ("tags", self.head.tags.len(), limits::TAGS),
        ];
        for (what, count, most) in bounds {
            if count > most {
                let reason = format!("the product has more than {most} {what}");
                return Err(Fault::row(reason, format!("split the product, or leave some {what} out")));
            }
        }
        Ok(())
    }

    /// Bytes of text held, near enough to bound memory.
    pub(crate) fn held(&self) -> usize {
        let texts = [&self.head.title, &self.head.description_html, &self.head.category, &self.head.link];
        let variant = |variant: &Variant| {
            let options = variant.options.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
            size_of::<Variant>() + options + length(&variant.sku) + length(&variant.image) + length(&variant.barcode)
        };
        let image = |image: &Image| size_of::<Image>() + image.url.len() + length(&image.alt);
        texts.into_iter().map(length).sum::<usize>()
            + self.head.tags.iter().map(String::len).sum::<usize>()
            + self.variants.iter().map(variant).sum::<usize>()
            + self.images.iter().map(|(_, placed)| image(placed)).sum::<usize>()
    }

    /// The product that the rows make together.
    pub(crate) fn finish(self, file: &str) -> Result<Item, Fault> {
        let title = self.head.title.clone().ok_or_else(|| untitled(self.key.is_some()))?;
        let sku = self.head.sku.clone().ok_or_else(nameless)?;
        let variants = self.head.complete(self.variants);
        let stock = self.head.stock.or_else(|| variants.iter().map(|variant| variant.stock).sum());
        let first = variants.first().cloned().unwrap_or_default();
        let head = self.head;
        Ok(Item {
            supplier: head.supplier,
            sku,
            title,
            description_html: head.description_html,
            category: head.category.or_else(|| head.product_type.clone()),
            product_type: head.product_type,
            tags: head.tags,
            price: first.price,
            compare_at: first.compare_at,
            cost: first.cost,
            stock,
            rating: head.rating,
            rating_count: head.rating_count,
            shipping_days: head.shipping_days,
            weight_grams: first.weight_grams,
            images: in_order(self.images),
            link: head.link,
            offered: !head.withdrawn,
            variants,
            source: Origin { file: file.to_owned(), row: self.number },
        })
    }
}

impl Head {
    /// The variants with what the product says for all of them; a product without variants is one itself.
    fn complete(&self, mut variants: Vec<Variant>) -> Vec<Variant> {
        if variants.is_empty() {
            variants.push(Variant { sku: self.sku.clone(), ..Variant::default() });
        }
        let single = variants.len() == 1;
        for variant in &mut variants {
            variant.price = variant.price.or(self.price);
            variant.compare_at = variant.compare_at.or(self.compare_at);
            variant.cost = variant.cost.or(self.cost);
            variant.weight_grams = variant.weight_grams.or(self.weight_grams);
            variant.stock = variant.stock.or(self.stock.filter(|_| single));
        }
        variants
    }
}

/// Images by stated position, the others behind them as they came, each address once.
fn in_order(mut images: Vec<(Option<u64>, Image)>) -> Vec<Image> {
    images.sort_by_key(|(position, _)| position.unwrap_or(u64::MAX));
    let mut ordered: Vec<Image> = Vec::with_capacity(images.len());
    for (_, image) in images {
        if ordered.iter().all(|earlier| earlier.url != image.url) {
            ordered.push(image);
        }
    }
    ordered
}

fn untitled(grouped: bool) -> Fault {
    if grouped {
        let reason = "the row has no title and does not continue the product above it";
        let fix = "put all rows of a product together, the first one with its title";
        return Fault::row(reason, fix);
    }
    Fault::row("the product has no title", "give it one")
}

fn nameless() -> Fault {
    Fault::row("the product has no key", "give it a handle, an id or a SKU that stays the same from feed to feed")
}

fn length(text: &Option<String>) -> usize {
    text.as_ref().map_or(0, String::len)
}
