//! One entry of the feed, whatever the file's form, and what it means.

use super::{attribute::Attribute, shipping};
use crate::{
    item::{Image, Variant},
    limits,
    problem::Fault,
    row::{Head, Row},
    value::Value,
};
use domain::{Currency, Money};

/// The attributes of one entry.
#[derive(Default)]
pub(super) struct Entry<'a> {
    pub(super) values: Vec<(Attribute, Value<'a>)>,
    pub(super) shipping: Vec<shipping::Parts>,
}

impl<'a> Entry<'a> {
    fn get(&self, attribute: Attribute) -> Value<'a> {
        let named =
            |(name, value): &(Attribute, Value<'a>)| (*name == attribute && !value.is_empty()).then_some(*value);
        self.values.iter().find_map(named).unwrap_or(Value::missing(""))
    }

    /// Neighbours of one group are one product.
    pub(super) fn key(&self) -> Option<String> {
        self.get(Attribute::Group).name(limits::NAME).ok().flatten()
    }

    /// What to call the entry in a message.
    pub(super) fn name(&self) -> Option<String> {
        self.get(Attribute::Id).name(limits::NAME).ok().flatten()
    }

    /// What the entry says.
    pub(super) fn row(&self, currency: Option<Currency>) -> Result<Row, Fault> {
        let fix = "give every entry an `id` that stays the same from feed to feed";
        let id =
            self.get(Attribute::Id).name(limits::NAME)?.ok_or_else(|| Fault::of("id", "the id is missing", fix))?;
        let key = self.get(Attribute::Group).name(limits::NAME)?;
        let head = self.head(key.clone().unwrap_or_else(|| id.clone()))?;
        let variant = self.variant(id, currency)?;
        let images = self.images()?.into_iter().map(|url| (None, Image { url, alt: None })).collect();
        Ok(Row { key, head, variants: vec![variant], images, ..Row::default() })
    }

    fn head(&self, sku: String) -> Result<Head, Fault> {
        let numeric = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
        Ok(Head {
            supplier: self.get(Attribute::Brand).name(limits::NAME)?,
            sku: Some(sku),
            title: self.get(Attribute::Title).prose(limits::NAME)?,
            description_html: self.get(Attribute::Description).prose(limits::DESCRIPTION)?,
            // Google's own category may be a number of its taxonomy, which says nothing to people or policy.
            category: self.get(Attribute::Category).name(limits::PHRASE)?.filter(|text| !numeric(text)),
            product_type: self.get(Attribute::ProductType).name(limits::PHRASE)?,
            rating: self.get(Attribute::Rating).up_to(5)?,
            rating_count: self.get(Attribute::RatingCount).count()?,
            shipping_days: shipping::days(&self.shipping)?,
            link: self.get(Attribute::Link).address()?,
            ..Head::default()
        })
    }

    fn variant(&self, id: String, currency: Option<Currency>) -> Result<Variant, Fault> {
        let (price, compare_at) = self.prices(currency)?;
        Ok(Variant {
            sku: Some(id),
            options: self.options()?,
            price,
            compare_at,
            cost: self.get(Attribute::Cost).money(currency)?,
            stock: self.stock()?,
            weight_grams: self.get(Attribute::ShippingWeight).weight()?,
            barcode: self.get(Attribute::Gtin).name(limits::NAME)?,
            image: self.get(Attribute::Image).address()?,
        })
    }

    /// The price to pay and the price before a reduction.
    ///
    /// A sale with dates may be over or still to come, which the feed alone cannot tell: the regular price is
    /// taken then.
    fn prices(&self, currency: Option<Currency>) -> Result<(Option<Money>, Option<Money>), Fault> {
        let regular = self.get(Attribute::Price).money(currency)?;
        let sale = self.get(Attribute::SalePrice).money(currency)?;
        let dated = self.get(Attribute::SaleDates).given().is_some();
        Ok(if sale.is_some() && !dated { (sale, regular) } else { (regular, None) })
    }

    /// What is not available now counts as none, whatever number stands beside it.
    fn stock(&self) -> Result<Option<u64>, Fault> {
        let availability = self.get(Attribute::Availability);
        let counted = self.get(Attribute::Quantity).count()?;
        let counted = counted.or(self.get(Attribute::SellOnGoogleQuantity).count()?);
        match availability.given().map(|text| text.to_lowercase().replace(' ', "_")).as_deref() {
            None | Some("in_stock") => Ok(counted),
            Some("out_of_stock" | "preorder" | "backorder") => Ok(Some(0)),
            Some(_) => {
                let fix = "write `in_stock`, `out_of_stock`, `preorder` or `backorder`";
                Err(availability.wrong("is no availability", fix))
            }
        }
    }

    fn options(&self) -> Result<Vec<(String, String)>, Fault> {
        let named = [
            ("Color", Attribute::Color),
            ("Size", Attribute::Size),
            ("Material", Attribute::Material),
            ("Pattern", Attribute::Pattern),
        ];
        // Outside a group they describe the product, and offer no choice.
        let grouped = self.get(Attribute::Group).given().is_some();
        let mut options = Vec::new();
        for (name, attribute) in named.into_iter().filter(|_| grouped) {
            let value = self.get(attribute).name(limits::NAME)?;
            options.extend(value.map(|value| (name.to_owned(), value)));
        }
        Ok(options)
    }

    fn images(&self) -> Result<Vec<String>, Fault> {
        let mut images: Vec<String> = self.get(Attribute::Image).address()?.into_iter().collect();
        for (_, value) in self.values.iter().filter(|(name, _)| *name == Attribute::AdditionalImage) {
            for part in value.parts(limits::ADDRESS)? {
                images.extend(value.replaced(&part).address()?);
            }
        }
        Ok(images)
    }
}
