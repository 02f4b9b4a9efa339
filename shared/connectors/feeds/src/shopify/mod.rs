//! Shopify's product CSV, as exported, and as written by others for import.
//!
//! One product is one row or several: the rows behind the first repeat its handle, and add a variant, an image
//! or both. Option names stand on the first row only. The export names no currency, so that the options must.

mod columns;

use crate::{
    item::{Image, Variant},
    limits,
    problem::Fault,
    row::{Head, Row},
    table::{Cells, Class, Dialect},
    value::Value,
};
use columns::Column;
use domain::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;

/// Reads rows of a Shopify product CSV.
pub(crate) struct Shopify {
    currency: Option<Currency>,
    /// The option names of the product being read.
    options: Options,
}

#[derive(Default)]
struct Options {
    handle: Option<String>,
    names: [Option<String>; 3],
}

/// Whether enough of the headers, in lower case, are Shopify's.
pub(crate) fn recognises(headers: &[String]) -> bool {
    let own = headers.iter().filter(|header| matches!(columns::classify(header), Class::Used(_) | Class::Known));
    own.take(3).count() == 3
}

impl Shopify {
    pub(crate) fn new(currency: Option<Currency>) -> Self {
        Self { currency, options: Options::default() }
    }

    fn head(&self, cells: &Cells<'_, Column>, key: Option<String>) -> Result<Head, Fault> {
        let category = first_of(cells, [Column::Category, Column::GoogleCategory])?;
        Ok(Head {
            supplier: cells.value(Column::Vendor)?.name(limits::NAME)?,
            sku: key.map_or_else(|| cells.value(Column::Sku)?.name(limits::NAME), |key| Ok(Some(key)))?,
            title: cells.value(Column::Title)?.prose(limits::NAME)?,
            description_html: cells.value(Column::Description)?.prose(limits::DESCRIPTION)?,
            category,
            product_type: cells.value(Column::Type)?.name(limits::PHRASE)?,
            tags: cells.value(Column::Tags)?.parts(limits::NAME)?,
            rating: rating(cells.value(Column::Rating)?)?,
            rating_count: cells.value(Column::RatingCount)?.count()?,
            shipping_days: cells.value(Column::ShippingDays)?.days()?,
            withdrawn: cells.value(Column::Status)?.withdrawn()?,
            ..Head::default()
        })
    }

    /// The row's variant; rows that only add an image have none.
    fn variant(&mut self, cells: &Cells<'_, Column>, first: bool) -> Result<Option<Variant>, Fault> {
        let options = self.options.read(cells)?;
        let money = |column| cells.value(column)?.money(self.currency);
        let sku = cells.value(Column::Sku)?.name(limits::NAME)?;
        let price = money(Column::Price)?;
        if !first && sku.is_none() && price.is_none() && options.is_empty() {
            return Ok(None);
        }
        Ok(Some(Variant {
            sku,
            options: named(options),
            price,
            compare_at: money(Column::CompareAt)?,
            cost: money(Column::Cost)?,
            stock: cells.value(Column::Quantity)?.oversold_count()?,
            weight_grams: cells.value(Column::Grams)?.grams()?,
            barcode: cells.value(Column::Barcode)?.name(limits::NAME)?,
            image: cells.value(Column::VariantImage)?.address()?,
        }))
    }
}

impl Dialect for Shopify {
    type Column = Column;
    const REQUIRED: &'static [(Column, &'static str)] = &[(Column::Title, "Title")];

    fn classify(header: &str) -> Class<Column> {
        columns::classify(header)
    }

    fn repeatable(_: Column) -> bool {
        false
    }

    fn key(&self, cells: &Cells<'_, Column>) -> Option<String> {
        cells.value(Column::Handle).and_then(|handle| handle.prose(limits::NAME)).ok().flatten()
    }

    fn row(&mut self, cells: &Cells<'_, Column>) -> Result<Row, Fault> {
        let handle = cells.value(Column::Handle)?.prose(limits::NAME)?;
        self.options.enter(&handle);
        let head = self.head(cells, handle)?;
        let variant = self.variant(cells, head.title.is_some())?;
        let images = image(cells)?.into_iter().collect();
        Ok(Row { head, variants: variant.into_iter().collect(), images, ..Row::default() })
    }
}

impl Options {
    /// Forgets the names when another product begins.
    fn enter(&mut self, handle: &Option<String>) {
        if handle.is_none() || self.handle != *handle {
            *self = Self { handle: handle.clone(), names: [None, None, None] };
        }
    }

    /// Name and value of each option that the row fills in.
    fn read(&mut self, cells: &Cells<'_, Column>) -> Result<Vec<(String, String)>, Fault> {
        let mut options = Vec::new();
        for (number, name) in (1_u8..).zip(&mut self.names) {
            if let Some(given) = cells.value(Column::OptionName(number))?.prose(limits::NAME)? {
                *name = Some(given);
            }
            let value = cells.value(Column::OptionValue(number))?;
            let Some(given) = value.prose(limits::NAME)? else { continue };
            let fix = "name the option on the product's first row";
            let name = name.clone().ok_or_else(|| value.wrong("is the value of an option without a name", fix))?;
            options.push((name, given));
        }
        Ok(options)
    }
}

/// The options without Shopify's stand-in for "none": `Title` with the value `Default Title`.
fn named(options: Vec<(String, String)>) -> Vec<(String, String)> {
    options.into_iter().filter(|(name, value)| name != "Title" || value != "Default Title").collect()
}

fn image(cells: &Cells<'_, Column>) -> Result<Option<(Option<u64>, Image)>, Fault> {
    let Some(url) = cells.value(Column::Image)?.address()? else { return Ok(None) };
    let alt = cells.value(Column::ImageAlt)?.prose(limits::PHRASE)?;
    Ok(Some((cells.value(Column::ImagePosition)?.count()?, Image { url, alt })))
}

fn first_of<const N: usize>(cells: &Cells<'_, Column>, columns: [Column; N]) -> Result<Option<String>, Fault> {
    for column in columns {
        let text = cells.value(column)?.name(limits::PHRASE)?;
        // Older exports give Google's category as a number, which says nothing to people or policy.
        if let Some(text) = text.filter(|text| !text.bytes().all(|byte| byte.is_ascii_digit())) {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

/// A metafield of Shopify's type `rating`, as its API writes it.
#[derive(Deserialize)]
struct Scaled {
    value: String,
    scale_max: String,
}

/// A rating as a plain number, or as the JSON of a rating metafield whose scale ends at 5.
fn rating(cell: Value<'_>) -> Result<Option<Decimal>, Fault> {
    let Some(text) = cell.given().filter(|text| text.starts_with('{')) else { return cell.up_to(5) };
    let fix = "write a number from 0 to 5";
    let scaled: Scaled = serde_json::from_str(text).map_err(|_| cell.wrong("is not a rating", fix))?;
    if scaled.scale_max.parse() != Ok(Decimal::from(5)) {
        return Err(cell.wrong("is on another scale than 0 to 5", fix));
    }
    cell.replaced(&scaled.value).up_to(5)
}

#[cfg(test)]
mod tests;
