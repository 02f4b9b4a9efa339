//! Feeds as JSON: an array of objects, or JSON Lines (one object per line).
//!
//! Fields of a product; case, `_` and `-` in names do not matter:
//!
//! | field | value |
//! |---|---|
//! | `sku` | the supplier's key of the product; needed |
//! | `title` | name; needed |
//! | `description` | HTML or plain text |
//! | `supplier` | who supplies it; `vendor` and `brand` mean the same |
//! | `category`, `productType` | paths such as `Home > Lighting` |
//! | `tags` | array of texts, or one text with commas |
//! | `price`, `compareAtPrice`, `cost` | `"19.99"`, `19.99` or `"19.99 EUR"` |
//! | `currency` | ISO 4217 code of the amounts without one |
//! | `stock` | units available |
//! | `rating`, `ratingCount` | 0 to 5, and the number of reviews |
//! | `images` | array of addresses, or of `{"url", "alt"}` |
//! | `link` | the supplier's page |
//! | `shippingDays` | days from order to delivery |
//! | `weightGrams` | weight |
//! | `barcode` | GTIN, EAN, UPC or ISBN |
//! | `status` | `active`, `draft`, `archived` or `unlisted` |
//! | `variants` | array of `{"sku", "options": {"Size": "M"}, "price", "compareAtPrice", "cost", "stock", "weightGrams", "barcode", "image"}`; prices, cost and weight of the product hold for variants that state none |
//!
//! Numbers are taken as written, never through floating point. Fields that nobody knows are ignored, and
//! reported once per feed.

pub(crate) mod object;
mod product;
mod split;

use crate::{
    input::Input,
    limits,
    problem::{Fault, shown},
    row::{Rejected, Row, Rows},
    table::{too_long, unreadable},
};
use domain::Currency;
use object::Object;
pub(crate) use split::{Piece, Splitter};

/// Reads the objects of a JSON feed.
pub(crate) struct Json {
    file: String,
    splitter: Splitter,
    currency: Option<Currency>,
    unknown: Vec<String>,
    ended: bool,
}

/// How the objects are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `[{…}, {…}]`
    Array,
    /// One object per line.
    Lines,
}

impl Json {
    pub(crate) fn new(file: &str, input: Input, layout: Layout, currency: Option<Currency>) -> Self {
        let splitter = Splitter::new(input, layout);
        Self { file: file.to_owned(), splitter, currency, unknown: Vec::new(), ended: false }
    }

    fn row(&mut self, number: u64) -> Result<Row, Rejected> {
        let rejected = |fault| Rejected::row(&self.file, number, None, fault);
        let object = Object::read(self.splitter.text()).map_err(rejected)?;
        let mut unknown = Vec::new();
        let row = product::row(&object, self.currency, &mut unknown);
        let row = row.map(|row| Row { number, ..row });
        let row = row.map_err(|fault| rejected(fault).named(product::name(&object)));
        for name in unknown {
            let name = shown(&name);
            if self.unknown.len() < limits::UNKNOWN_FIELDS && !self.unknown.contains(&name) {
                self.unknown.push(name);
            }
        }
        row
    }
}

impl Rows for Json {
    fn next_row(&mut self) -> Option<Result<Row, Rejected>> {
        if self.ended {
            return None;
        }
        let piece = self.splitter.next();
        let number = self.splitter.number();
        let fault = match piece {
            Ok(Piece::Whole) => return Some(self.row(number)),
            Ok(Piece::TooLong) => return Some(Err(Rejected::row(&self.file, number, None, too_long()))),
            Ok(Piece::End) => None,
            Ok(Piece::CutOff) => {
                Some(Fault::row("the file ends before the array is closed", "read the feed again, it may be cut off"))
            }
            Err(cause) => Some(unreadable(&cause)),
        };
        self.ended = true;
        fault.map(|fault| Err(Rejected::rest(&self.file, number, fault)))
    }

    fn held(&self) -> usize {
        self.splitter.held()
    }

    fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

#[cfg(test)]
mod tests;
