use super::variant::{self, Codes};
use super::variants;
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs::{self, Input};
use crate::model::Product;
use crate::mutation::{Handler, Outcome};
use crate::user_errors::UserErrors;
use serde_json::{Value, json};

pub(super) const UPDATE: Handler = Handler {
    name: "productVariantsBulkUpdate",
    run: update,
    inputs: &[
        "productId",
        "allowPartialUpdates",
        "variants.id",
        "variants.price",
        "variants.compareAtPrice",
        "variants.barcode",
        "variants.taxable",
        "variants.inventoryPolicy",
        "variants.inventoryItem.sku",
        "variants.inventoryItem.cost",
        "variants.inventoryItem.tracked",
        "variants.inventoryItem.requiresShipping",
        "variants.inventoryItem.countryCodeOfOrigin",
        "variants.inventoryItem.harmonizedSystemCode",
        "variants.inventoryItem.measurement.weight.unit",
        "variants.inventoryItem.measurement.weight.value",
        "variants.inventoryQuantities.availableQuantity",
        "variants.inventoryQuantities.locationId",
        "variants.metafields.id",
        "variants.metafields.namespace",
        "variants.metafields.key",
        "variants.metafields.type",
        "variants.metafields.value",
    ],
};

fn update(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let id = call.text("productId").and_then(|t| Gid::of("Product", t));
    let Some(found) = cx.product(id.unwrap_or_default())? else {
        let errors = UserErrors::one("PRODUCT_DOES_NOT_EXIST", "productId", "Product does not exist");
        let payload = json!({ "product": null, "productVariants": null });
        return Ok(Outcome::refused(payload, errors));
    };
    let mut product = Product::clone(&found);
    let mut errors = UserErrors::default();
    let mut links = Vec::new();
    let mut changed = false;
    for (i, input) in inputs::list(&call.args, "variants").unwrap_or_default().iter().enumerate() {
        let before = errors.len();
        let one = one(cx, &mut product, input, &format!("variants.{i}"), &mut errors)?;
        changed |= errors.len() == before;
        links.extend(one.map(|id| gid("ProductVariant", id)));
    }
    let payload = json!({ "product": gid("Product", product.id), "productVariants": links });
    if errors.is_empty() || (changed && call.flag("allowPartialUpdates")) {
        cx.save(&mut product, "productVariantsBulkUpdate")?;
        let mut outcome = Outcome::refused(payload, errors);
        outcome.applied = true;
        return Ok(outcome);
    }
    Ok(Outcome::refused(payload, errors))
}

/// Updates one variant, leaving it as it was when its input is refused.
fn one(
    cx: &Cx<'_>,
    product: &mut Product,
    input: &Input,
    at: &str,
    errors: &mut UserErrors,
) -> Result<Option<i64>, Fail> {
    let before = errors.len();
    let at_id = format!("{at}.id");
    let Some(id) = inputs::text(input, "id") else {
        let message = "Product variant is missing ID attribute";
        errors.add("PRODUCT_VARIANT_ID_MISSING", &at_id, message);
        return Ok(None);
    };
    let id = Gid::of("ProductVariant", id);
    let owner = product.id;
    let Some(variant) = product.variants.iter_mut().find(|v| Some(v.id) == id) else {
        let message = "Product variant does not exist";
        errors.add("PRODUCT_VARIANT_DOES_NOT_EXIST", &at_id, message);
        return Ok(None);
    };
    if input.get("inventoryQuantities").is_some_and(|q: &Value| !q.is_null()) {
        let message = "Inventory quantities can only be provided during create. To update inventory for existing variants, use inventoryAdjustQuantities.";
        let at = format!("{at}.inventoryQuantities");
        errors.add("NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE", &at, message);
    }
    let mut next = variant.clone();
    variant::fill(&mut next, input, at, Codes::BULK, errors);
    variants::write_metafields(cx, owner, &mut next, input, at, Some("INVALID_INPUT"), errors)?;
    next.updated_at = cx.stamp();
    if errors.len() == before {
        *variant = next;
    }
    Ok(id)
}
