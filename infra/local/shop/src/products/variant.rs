use crate::cx::Cx;
use crate::fail::Fail;
use crate::inputs::{self, Input};
use crate::model::{Item, Variant};
use crate::text;
use crate::user_errors::UserErrors;
use rust_decimal::Decimal;
use serde_json::Value;

/// The first amount that is too large.
const TOO_MUCH: i64 = 1_000_000_000_000_000_000;

/// How a mutation words a price that is out of range.
#[derive(Clone, Copy)]
pub(super) struct Codes {
    low: &'static str,
    high: &'static str,
}

impl Codes {
    pub(super) const SET: Codes = Codes { low: "INVALID_VARIANT", high: "INVALID_VARIANT" };
    pub(super) const BULK: Codes = Codes { low: "GREATER_THAN_OR_EQUAL_TO", high: "INVALID_INPUT" };
}

/// A new variant with the given option values, free of charge and untracked.
pub(super) fn blank(cx: &Cx<'_>, values: Vec<i64>) -> Result<Variant, Fail> {
    Ok(Variant {
        id: cx.store.next_id()?,
        taxable: true,
        inventory_policy: "DENY".to_owned(),
        values,
        item: Item { id: cx.store.next_id()?, requires_shipping: true, ..Item::default() },
        created_at: cx.stamp(),
        updated_at: cx.stamp(),
        ..Variant::default()
    })
}

/// Applies the fields of a variant's input; what is absent stays.
pub(super) fn fill(variant: &mut Variant, input: &Input, at: &str, codes: Codes, errors: &mut UserErrors) {
    if input.contains_key("compareAtPrice") {
        let amount = inputs::amount(input, "compareAtPrice").map(text::cents);
        check(amount, at, ("compareAtPrice", "Compare at price"), codes, errors);
        variant.compare_at_price = amount;
    }
    if let Some(price) = inputs::amount(input, "price").map(text::cents) {
        check(Some(price), at, ("price", "Price"), codes, errors);
        variant.price = price;
    }
    inputs::patch_text(&mut variant.barcode, input, "barcode");
    if let Some(taxable) = inputs::flag(input, "taxable") {
        variant.taxable = taxable;
    }
    if let Some(policy) = inputs::text(input, "inventoryPolicy") {
        policy.clone_into(&mut variant.inventory_policy);
    }
    if let Some(item) = inputs::object(input, "inventoryItem") {
        inputs::patch_text(&mut variant.sku, item, "sku");
        fill_item(&mut variant.item, item, &format!("{at}.inventoryItem"), codes, errors);
    }
    inputs::patch_text(&mut variant.sku, input, "sku");
}

fn fill_item(item: &mut Item, input: &Input, at: &str, codes: Codes, errors: &mut UserErrors) {
    if input.contains_key("cost") {
        let cost = inputs::amount(input, "cost");
        check(cost, at, ("cost", "Cost per item"), codes, errors);
        item.cost = cost;
    }
    if let Some(tracked) = inputs::flag(input, "tracked") {
        item.tracked = tracked;
    }
    if let Some(shipped) = inputs::flag(input, "requiresShipping") {
        item.requires_shipping = shipped;
    }
    inputs::patch_text(&mut item.country_code, input, "countryCodeOfOrigin");
    inputs::patch_text(&mut item.hs_code, input, "harmonizedSystemCode");
    if let Some(measurement) = inputs::object(input, "measurement") {
        item.weight = measurement.get("weight").filter(|w: &&Value| !w.is_null()).cloned();
    }
}

fn check(amount: Option<Decimal>, at: &str, (name, label): (&str, &str), codes: Codes, errors: &mut UserErrors) {
    let at = format!("{at}.{name}");
    match amount {
        Some(a) if a.is_sign_negative() && !a.is_zero() => {
            errors.add(codes.low, &at, format!("{label} must be greater than or equal to 0"));
        }
        Some(a) if a >= Decimal::from(TOO_MUCH) => {
            errors.add(codes.high, &at, format!("{label} must be less than {TOO_MUCH}"));
        }
        _ => {}
    }
}
