//! From rows to products: neighbours with one key are one product, and no product comes twice.

use crate::{
    item::Item,
    problem::{Extent, Fault, RowProblem},
    row::{Rejected, Row, Rows},
};
use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

/// The products that were already read, by a 64-bit hash of supplier and key.
pub(crate) struct Seen {
    hashes: HashSet<u64>,
    most: usize,
}

impl Seen {
    /// Room for so many products.
    pub(crate) fn new(most: usize) -> Self {
        Self { hashes: HashSet::new(), most }
    }

    fn is_full(&self) -> bool {
        self.hashes.len() >= self.most
    }

    /// Notes a product; refuses one that was there before.
    fn note(&mut self, item: &Item) -> Result<(), Fault> {
        let mut hasher = DefaultHasher::new();
        (&item.supplier, &item.sku).hash(&mut hasher);
        let fix = "put the rows of a product together, and each product in the feed once";
        let again = || Fault::row("the product was already read from an earlier row", fix);
        self.hashes.insert(hasher.finish()).then_some(()).ok_or_else(again)
    }
}

/// The products of one file.
pub(crate) struct Products {
    file: String,
    /// Who supplies what names no supplier.
    supplier: Option<String>,
    rows: Box<dyn Rows>,
    /// The row behind the product that was read last.
    ahead: Option<Result<Row, Rejected>>,
    /// The product that is left out because one of its rows is wrong.
    dropped: Option<String>,
    peak: (usize, usize),
    ended: bool,
}

impl Products {
    pub(crate) fn new(file: &str, supplier: Option<String>, rows: Box<dyn Rows>) -> Self {
        Self { file: file.to_owned(), supplier, rows, ahead: None, dropped: None, peak: (0, 0), ended: false }
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    pub(crate) fn unknown(&self) -> &[String] {
        self.rows.unknown()
    }

    /// Most variants, and most bytes, held at once so far.
    pub(crate) const fn peak(&self) -> (usize, usize) {
        self.peak
    }

    /// The next product.
    pub(crate) fn next(&mut self, seen: &mut Seen) -> Option<Result<Item, RowProblem>> {
        loop {
            let row = match self.take()? {
                Ok(row) if row.key.is_some() && row.key == self.dropped => continue,
                Ok(row) => row,
                Err(rejected) if rejected.key.is_some() && rejected.key == self.dropped => continue,
                Err(rejected) => return Some(Err(self.drop_product(rejected))),
            };
            self.dropped = None;
            let read = if seen.is_full() { Err(self.too_many(&row, seen.most)) } else { self.product(row, seen) };
            return Some(read);
        }
    }

    fn too_many(&mut self, row: &Row, most: usize) -> RowProblem {
        self.ended = true;
        let fault = Fault::row(format!("the feed has more than {most} products"), "split the feed");
        *Rejected::rest(&self.file, row.number, fault).problem
    }

    fn take(&mut self) -> Option<Result<Row, Rejected>> {
        self.ahead.take().or_else(|| self.read())
    }

    fn read(&mut self) -> Option<Result<Row, Rejected>> {
        if self.ended {
            return None;
        }
        let row = self.rows.next_row();
        self.peak.1 = self.peak.1.max(self.rows.held());
        row
    }

    fn drop_product(&mut self, rejected: Rejected) -> RowProblem {
        self.dropped = rejected.key;
        *rejected.problem
    }

    fn product(&mut self, mut product: Row, seen: &mut Seen) -> Result<Item, RowProblem> {
        let (number, key) = (product.number, product.key.clone());
        self.collect(&mut product).map_err(|rejected| self.drop_product(rejected))?;
        let item = self.finish(product, seen);
        item.map_err(|fault| self.drop_product(Rejected::row(&self.file, number, key, fault)))
    }

    fn finish(&self, product: Row, seen: &mut Seen) -> Result<Item, Fault> {
        let mut item = product.finish(&self.file)?;
        item.supplier = item.supplier.or_else(|| self.supplier.clone());
        seen.note(&item)?;
        Ok(item)
    }

    /// Reads on as long as rows belong to the product.
    fn collect(&mut self, product: &mut Row) -> Result<(), Rejected> {
        self.check(product, product.number, product.key.clone())?;
        let Some(key) = product.key.clone() else { return Ok(()) };
        loop {
            match self.read() {
                Some(Ok(row)) if row.key.as_ref() == Some(&key) => {
                    let number = row.number;
                    let absorbed = product.absorb(row);
                    absorbed.map_err(|fault| Rejected::row(&self.file, number, Some(key.clone()), fault))?;
                    self.measure(product);
                }
                Some(Err(rejected)) if rejected.ends(&key) => return Err(rejected.of_product(key)),
                other => {
                    self.ahead = other;
                    return Ok(());
                }
            }
        }
    }

    fn check(&mut self, product: &Row, number: u64, key: Option<String>) -> Result<(), Rejected> {
        self.measure(product);
        product.check_size().map_err(|fault| Rejected::row(&self.file, number, key, fault))
    }

    fn measure(&mut self, product: &Row) {
        let (variants, bytes) = self.peak;
        self.peak = (variants.max(product.variants.len()), bytes.max(product.held() + self.rows.held()));
    }
}

impl Rejected {
    /// Whether the product of this key cannot be completed.
    fn ends(&self, key: &str) -> bool {
        self.key.as_deref() == Some(key) || self.problem.extent == Extent::RestOfFile
    }

    fn of_product(mut self, key: String) -> Self {
        self.problem.product = Some(key.clone());
        self.key = Some(key);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{Products, Seen};
    use crate::{
        json::{Json, Layout},
        problem::Extent,
    };
    use std::io::{BufReader, Cursor};

    #[test]
    fn a_feed_of_more_products_than_can_be_remembered_is_read_up_to_there() {
        let feed: String = (0..5).map(|number| format!("{{\"sku\":\"{number}\",\"title\":\"T\"}}\n")).collect();
        let input = BufReader::new(Box::new(Cursor::new(feed)) as Box<dyn std::io::Read + Send>);
        let mut products = Products::new("f", None, Box::new(Json::new("f", input, Layout::Lines, None)));
        let mut seen = Seen::new(3);
        let read: Vec<_> = std::iter::from_fn(|| products.next(&mut seen)).collect();
        assert_eq!(read.iter().filter(|read| read.is_ok()).count(), 3);
        let problem = read[3].as_ref().unwrap_err();
        assert_eq!((read.len(), problem.row, problem.extent), (4, 4, Extent::RestOfFile));
        assert_eq!(problem.reason, "the feed has more than 3 products");
    }
}
