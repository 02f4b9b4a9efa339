//! Products: upsert, update, delete, prices, and how they are found.

mod bulk;
mod delete;
mod fields;
mod files;
pub(crate) mod find;
pub(crate) mod identify;
mod options;
mod set;
mod stock;
mod update;
mod variant;
mod variants;

use crate::cx::Cx;
use crate::fail::Fail;
use crate::model::Product;
use crate::mutation::Handler;

pub(crate) const MUTATIONS: [Handler; 4] = [set::SET, update::UPDATE, delete::DELETE, bulk::UPDATE];

/// A product that is not saved yet.
fn blank(cx: &Cx<'_>) -> Result<Product, Fail> {
    Ok(Product {
        id: cx.store.next_id()?,
        status: "ACTIVE".to_owned(),
        vendor: cx.settings.shop_name.clone(),
        created_at: cx.stamp(),
        ..Product::default()
    })
}
