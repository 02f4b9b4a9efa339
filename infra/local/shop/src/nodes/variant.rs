use super::{Fields, metafields_json};
use crate::gid::gid;
use crate::model::{Product, Variant};
use crate::text;
use serde_json::{Value, json};

pub(super) fn view(product: &Product, id: i64) -> Option<Fields> {
    let place = product.variants.iter().position(|v| v.id == id)?;
    let variant = product.variants.get(place)?;
    let title = product.variant_title(variant);
    let media: Vec<_> = variant.media.iter().map(|m| gid("MediaImage", *m)).collect();
    let view = json!({
        "legacyResourceId": id.to_string(),
        "title": title,
        "displayName": format!("{} - {title}", product.title),
        "position": place.saturating_add(1),
        "sku": variant.sku,
        "barcode": variant.barcode,
        "price": text::money(variant.price),
        "compareAtPrice": variant.compare_at_price.map(text::money),
        "taxable": variant.taxable,
        "inventoryPolicy": variant.inventory_policy,
        "inventoryQuantity": variant.item.available(),
        "inventoryItem": gid("InventoryItem", variant.item.id),
        "product": gid("Product", product.id),
        "selectedOptions": selected(product, variant),
        "requiresComponents": false,
        "showUnitPrice": false,
        "media": media,
        "metafields": metafields_json(&variant.metafields, "PRODUCTVARIANT", &gid("ProductVariant", id)),
        "createdAt": variant.created_at,
        "updatedAt": variant.updated_at,
    });
    view.as_object().cloned()
}

fn selected(product: &Product, variant: &Variant) -> Value {
    product
        .selected(variant)
        .map(|(option, value)| {
            json!({
                "name": option.name,
                "value": value.name,
                "optionValue": {
                    "id": gid("ProductOptionValue", value.id),
                    "name": value.name,
                    "hasVariants": true,
                },
            })
        })
        .collect()
}
