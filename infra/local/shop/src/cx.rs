//! What one request works with: the state, the clock's instant, the settings.

use crate::fail::Fail;
use crate::model::{Effect, Place, Product};
use crate::settings::Settings;
use crate::store::Store;
use crate::text;
use apollo_compiler::response::JsonMap;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use time::OffsetDateTime;

/// The surroundings of one executing request.
pub(crate) struct Cx<'a> {
    pub(crate) store: &'a Store,
    pub(crate) settings: &'a Settings,
    pub(crate) now: OffsetDateTime,
    pub(crate) variables: &'a JsonMap,
    /// Idempotency keys that another request is working on right now.
    pub(crate) busy: &'a HashSet<String>,
    products: RefCell<HashMap<i64, Rc<Product>>>,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        store: &'a Store,
        settings: &'a Settings,
        variables: &'a JsonMap,
        busy: &'a HashSet<String>,
    ) -> Self {
        Self { store, settings, now: (settings.now)(), variables, busy, products: RefCell::default() }
    }

    /// This request's instant as the API writes it.
    pub(crate) fn stamp(&self) -> String {
        text::stamp(self.now)
    }

    pub(crate) fn unix(&self) -> i64 {
        self.now.unix_timestamp()
    }

    pub(crate) fn product(&self, id: i64) -> Result<Option<Rc<Product>>, Fail> {
        if let Some(known) = self.products.borrow().get(&id) {
            return Ok(Some(Rc::clone(known)));
        }
        let Some(product) = self.store.get::<Product>("product", &id.to_string())? else {
            return Ok(None);
        };
        let product = Rc::new(product);
        self.products.borrow_mut().insert(id, Rc::clone(&product));
        Ok(Some(product))
    }

    /// The product found under a word of `Product::words`.
    pub(crate) fn product_by(&self, word: &str) -> Result<Option<Rc<Product>>, Fail> {
        match self.store.marked(word)?.first() {
            Some(id) => self.product(*id),
            None => Ok(None),
        }
    }

    /// Writes a changed product and counts the mutation that changed it.
    pub(crate) fn save(&self, product: &mut Product, mutation: &str) -> Result<(), Fail> {
        product.updated_at = self.stamp();
        self.store.put("product", &product.id.to_string(), product)?;
        self.store.mark(product.id, &product.words())?;
        self.forget(product.id);
        self.count(product, mutation)
    }

    /// Removes a product and counts the mutation that removed it.
    pub(crate) fn delete(&self, product: &Product, mutation: &str) -> Result<(), Fail> {
        self.store.remove("product", &product.id.to_string())?;
        self.store.mark(product.id, &[])?;
        self.forget(product.id);
        self.count(product, mutation)
    }

    /// Writes a product whose stock an order moved: neither its date nor its count change.
    pub(crate) fn keep(&self, product: &Product) -> Result<(), Fail> {
        self.store.put("product", &product.id.to_string(), product)?;
        self.forget(product.id);
        Ok(())
    }

    fn count(&self, product: &Product, mutation: &str) -> Result<(), Fail> {
        let effect = Effect {
            mutation: mutation.to_owned(),
            product: product.id,
            custom_ids: product.custom_ids(),
            at: self.stamp(),
        };
        let id = self.store.next_id()?;
        self.store.put("effect", &id.to_string(), &effect)
    }

    /// Drops what was read of a product, after it changed or its change was undone.
    pub(crate) fn forget(&self, id: i64) {
        self.products.borrow_mut().remove(&id);
    }

    pub(crate) fn locations(&self) -> Result<Vec<Place>, Fail> {
        self.store.all("location")
    }

    pub(crate) fn publications(&self) -> Result<Vec<Place>, Fail> {
        self.store.all("publication")
    }
}
