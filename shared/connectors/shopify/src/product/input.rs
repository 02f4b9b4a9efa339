//! A listing as the shop's input.

use super::{
    key::{action_field, custom_id},
    refuse,
};
use crate::{
    Error, html,
    model::{Gid, ProductStatus},
    operation::{Operation, PRODUCT_SET},
};
use domain::{
    ActionId, Currency, Money,
    action::{Listing, Variant},
};
use serde_json::{Value, json};

/// What the shop calls the option, and the value, of a product that has no choice.
const NO_CHOICE: (&str, &str) = ("Title", "Default Title");

/// `ProductSetInput`.
pub(super) fn product(
    listing: &Listing,
    currency: Currency,
    location: &Gid,
    action: ActionId,
    status: ProductStatus,
) -> Result<Value, Error> {
    let variants = listing
        .variants
        .iter()
        .map(|variant| self::variant(variant, currency, location))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "title": listing.title,
        "handle": listing.handle,
        "descriptionHtml": html::clean(&listing.description_html),
        "seo": { "title": listing.seo_title, "description": listing.seo_description },
        "vendor": listing.vendor,
        "productType": listing.category,
        "tags": listing.tags,
        "status": status,
        "files": files(listing),
        "metafields": [custom_id(&listing.product)?, action_field(action)],
        "productOptions": options(&listing.variants)?,
        "variants": variants,
    }))
}

fn files(listing: &Listing) -> Vec<Value> {
    let file = |image: &domain::action::Image| json!({ "originalSource": image.url, "alt": image.alt, "contentType": "IMAGE" });
    listing.images.iter().map(file).collect()
}

fn variant(variant: &Variant, currency: Currency, location: &Gid) -> Result<Value, Error> {
    let chosen: Vec<_> =
        choices(variant).map(|(option, value)| json!({ "optionName": option, "name": value })).collect();
    let stock = json!({ "locationId": location, "name": "available", "quantity": variant.stock });
    Ok(json!({
        "optionValues": chosen,
        "sku": variant.sku,
        "price": amount(&PRODUCT_SET, &variant.price, currency)?,
        "inventoryPolicy": "DENY",
        "inventoryItem": { "tracked": true, "cost": amount(&PRODUCT_SET, &variant.cost, currency)? },
        "inventoryQuantities": [stock],
    }))
}

/// An amount as a decimal text; the shop takes every amount to be in its own currency.
pub(super) fn amount(operation: &Operation, money: &Money, currency: Currency) -> Result<String, Error> {
    if money.currency() != currency {
        let message = format!("{money} is not in the shop's currency {currency}");
        return Err(refuse(operation, "OTHER_CURRENCY", &["price"], message));
    }
    Ok(money.amount().to_string())
}

fn choices(variant: &Variant) -> impl Iterator<Item = (&str, &str)> {
    let none = variant.options.is_empty().then_some(NO_CHOICE);
    let named = variant.options.iter().map(|(option, value)| (option.as_str(), value.as_str()));
    named.chain(none)
}

/// The options with all values that occur, in the order in which they do.
fn options(variants: &[Variant]) -> Result<Vec<Value>, Error> {
    let mut options: Vec<(&str, Vec<&str>)> = Vec::new();
    for (n, variant) in variants.iter().enumerate() {
        let names = choices(variant).map(|(option, _)| option);
        if n > 0 && !names.eq(options.iter().map(|(option, _)| *option)) {
            let message = format!("`{}` has other options than the first variant", variant.sku);
            return Err(refuse(&PRODUCT_SET, "UNEVEN_OPTIONS", &["variants"], message));
        }
        for (place, (option, value)) in choices(variant).enumerate() {
            match options.get_mut(place) {
                None => options.push((option, vec![value])),
                Some((_, values)) if !values.contains(&value) => values.push(value),
                Some(_) => {}
            }
        }
    }
    Ok(options.into_iter().map(option).collect())
}

fn option((name, values): (&str, Vec<&str>)) -> Value {
    let values: Vec<_> = values.iter().map(|value| json!({ "name": value })).collect();
    json!({ "name": name, "values": values })
}
