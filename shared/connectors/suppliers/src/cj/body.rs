//! `createOrderV2`, with the lengths that CJ documents.

use crate::{
    Error, Wanted,
    http::{Operation, Remote},
};
use domain::contact::Address;
use serde_json::{Map, Value, json};

/// Create only: no money is spent.
const CREATE_ONLY: u8 = 3;

/// The body of an order.
///
/// # Errors
/// When the address lacks what CJ asks for, or does not fit.
pub(super) fn order(
    remote: &Remote,
    operation: Operation,
    wanted: &Wanted<'_>,
    (logistic, from): (&str, &str),
) -> Result<Value, Error> {
    let nowhere = Address::default();
    let to = wanted.contact.shipping.as_ref().unwrap_or(&nowhere);
    let phone = to.phone.as_ref().or(wanted.contact.phone.as_ref());
    let country = to.country.as_ref();
    let fields: [(&str, Option<&String>, usize, bool); 12] = [
        ("shippingZip", to.zip.as_ref(), 20, false),
        ("shippingCountryCode", country, 20, true),
        ("shippingCountry", country, 50, true),
        // Not every country has provinces, and CJ wants one: the city stands for it.
        ("shippingProvince", to.province.as_ref().or(to.city.as_ref()), 50, true),
        ("shippingCity", to.city.as_ref(), 50, true),
        ("shippingPhone", phone, 20, false),
        ("shippingCustomerName", to.name.as_ref().or(to.company.as_ref()), 50, true),
        ("shippingAddress", to.address1.as_ref(), 200, true),
        ("shippingAddress2", to.address2.as_ref(), 200, false),
        ("email", wanted.contact.email.as_ref(), 50, false),
        ("taxId", wanted.contact.vat_number.as_ref(), 20, false),
        ("remark", None, 500, false),
    ];
    let mut body = Map::new();
    for (name, value, most, needed) in fields {
        match value.map(|text| text.trim()).filter(|text| !text.is_empty()) {
            // A cut address goes astray: the fields that may be left out are, the others are refused.
            Some(text) if text.chars().count() <= most => drop(body.insert(name.to_owned(), text.into())),
            Some(_) if needed => return Err(remote.refused(operation, &format!("`{name}` is longer than {most}"))),
            None if needed => return Err(remote.refused(operation, &format!("there is no `{name}` in the address"))),
            _ => {}
        }
    }
    let products: Vec<Value> = wanted.items.iter().map(product).collect();
    body.insert("orderNumber".to_owned(), wanted.number.to_string().into());
    body.insert("payType".to_owned(), CREATE_ONLY.into());
    body.insert("logisticName".to_owned(), logistic.into());
    body.insert("fromCountryCode".to_owned(), from.into());
    body.insert("products".to_owned(), products.into());
    Ok(body.into())
}

fn product(item: &crate::Item) -> Value {
    let mut product = json!({ "sku": item.sku, "quantity": item.quantity, "storeLineItemId": item.line });
    if let (Some(id), Some(fields)) = (&item.reference, product.as_object_mut()) {
        fields.insert("vid".to_owned(), id.clone().into());
    }
    product
}
