//! Products: found by our own key, made or replaced as a whole, put on and off sale.

mod input;
mod key;

use crate::{
    Client, Error,
    error::Problem,
    model::{Gid, Page, PageInfo, Product, ProductStatus, Variant},
    operation::{Operation, PRODUCT_BY_KEY, PRODUCT_SET, PRODUCT_STATUS, VARIANT_PRICES},
};
use domain::{
    ActionId, Money,
    action::{Listing, ProductKey},
};
use key::{action_field, custom_id};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Set {
    product: Option<Product>,
}

/// A new price of one variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrice<'a> {
    /// The variant.
    pub variant: &'a Gid,
    /// What it is to cost.
    pub price: Money,
}

impl Client {
    /// The product with this key, if the shop has it.
    ///
    /// # Errors
    /// As every call; nothing is changed, so never [`Error::Unknown`] beyond the first use of the key.
    pub async fn find_product(&self, key: &ProductKey) -> Result<Option<Product>, Error> {
        self.define_key().await?;
        let Some(product) = self.product_page(key, None).await? else {
            return Ok(None);
        };
        self.all_variants(key, product).await
    }

    async fn product_page(&self, key: &ProductKey, after: Option<&str>) -> Result<Option<Product>, Error> {
        let identifier = json!({ "customId": custom_id(key)? });
        let variables = json!({ "identifier": identifier, "after": after });
        self.send(&PRODUCT_BY_KEY, variables).await
    }

    /// Reads the variants that did not fit the first page; nothing if the product is gone meanwhile.
    async fn all_variants(&self, key: &ProductKey, mut product: Product) -> Result<Option<Product>, Error> {
        let mut next = take_page(&mut product, None);
        while let Some(after) = next {
            let Some(more) = self.product_page(key, Some(&after)).await? else {
                return Ok(None);
            };
            next = take_page(&mut product, Some(more.page));
        }
        Ok(Some(product))
    }

    /// Makes the product, or replaces everything about the one that has this key.
    ///
    /// `action` stays on the product as evidence of who did it last. Lists replace: variants and images
    /// that the listing does not name are deleted.
    ///
    /// # Errors
    /// [`Error::Rejected`] also when the listing's prices are not in the shop's currency, its variants do
    /// not share one set of options, or no location can hold its stock.
    pub async fn upsert_product(
        &self,
        listing: &Listing,
        action: ActionId,
        status: ProductStatus,
    ) -> Result<Product, Error> {
        self.define_key().await?;
        let shop = self.shop_info().await?;
        let location = self.selling_location(&PRODUCT_SET).await?;
        let input = input::product(listing, shop.currency_code, &location, action, status)?;
        let identifier = json!({ "customId": custom_id(&listing.product)? });
        let variables = json!({ "identifier": identifier, "input": input });
        let set: Set = self.send(&PRODUCT_SET, variables).await?;
        let product = set.product.ok_or_else(|| nothing(&PRODUCT_SET))?;
        let product = self.all_variants(&listing.product, product).await?;
        product.ok_or_else(|| nothing(&PRODUCT_SET))
    }

    /// Puts a product on sale, back to draft, or into the archive, and leaves `action` on it.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_status(&self, product: &Gid, status: ProductStatus, action: ActionId) -> Result<(), Error> {
        let change = json!({ "id": product, "status": status, "metafields": [action_field(action)] });
        let _: Value = self.send(&PRODUCT_STATUS, json!({ "product": change })).await?;
        Ok(())
    }

    /// Changes prices, all or none, and leaves `action` on each variant.
    ///
    /// # Errors
    /// [`Error::Rejected`] also when a price is not in the shop's currency.
    pub async fn set_prices(&self, product: &Gid, prices: &[NewPrice<'_>], action: ActionId) -> Result<(), Error> {
        let currency = self.shop_info().await?.currency_code;
        let variants: Vec<_> = prices
            .iter()
            .map(|new| {
                let price = input::amount(&VARIANT_PRICES, &new.price, currency)?;
                let evidence = [action_field(action)];
                Ok(json!({ "id": new.variant, "price": price, "metafields": evidence }))
            })
            .collect::<Result<_, Error>>()?;
        let variables = json!({ "productId": product, "variants": variants });
        let _: Value = self.send(&VARIANT_PRICES, variables).await?;
        Ok(())
    }
}

/// Moves a page's variants to the product; the cursor of the next page, if there is one.
fn take_page(product: &mut Product, page: Option<Page<Variant>>) -> Option<String> {
    let Page { nodes, page_info } = page.unwrap_or_else(|| std::mem::take(&mut product.page));
    product.variants.extend(nodes);
    PageInfo::next(&page_info)
}

fn nothing(operation: &Operation) -> Error {
    Error::Unknown { operation: operation.name, reason: "the shop reports success without a product".to_owned() }
}

/// A refusal of ours before `operation` is sent.
pub(crate) fn refuse(operation: &Operation, code: &str, field: &[&str], message: impl Into<String>) -> Error {
    Error::refused(operation.name, Problem::ours(code, field, message))
}

#[cfg(test)]
mod tests;
