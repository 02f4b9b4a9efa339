//! An order as Printful's description wants it.

use crate::{
    Error, Item, Wanted,
    http::{Operation, Remote},
};
use domain::{ActionId, contact::Address};
use serde_json::{Map, Value, json};

/// How things are printed where nothing else is known.
pub(super) const TECHNIQUE: &str = "dtg";
/// How things are sent.
pub(super) const SHIPPING: &str = "STANDARD";
/// What stands for a street and a city where only the country is known.
const ANYWHERE: &str = "-";

/// Printful's number of the variant: its own id where that is known, else a stock keeping unit that is one.
pub(super) fn variant(remote: &Remote, operation: Operation, item: &Item) -> Result<u64, Error> {
    let text = item.reference.as_deref().unwrap_or(&item.sku);
    text.parse().map_err(|_| remote.refused(operation, &format!("`{}` names no catalogue variant", item.sku)))
}

/// Our order number without hyphens: at Printful an external id has 32 characters at most.
pub(super) fn external(number: ActionId) -> String {
    number.uuid().simple().to_string()
}

/// The body of a question for shipping rates. They go by the country; the description asks for a street and a city
/// too, which whoever asks before an order is placed must not see. What is paid is the draft's own sum.
pub(super) fn rates(remote: &Remote, operation: Operation, items: &[Item], country: &str) -> Result<Value, Error> {
    let item = |item: &Item| {
        let id = variant(remote, operation, item)?;
        Ok(json!({ "source": "catalog", "catalog_variant_id": id, "quantity": item.quantity }))
    };
    let items = items.iter().map(item).collect::<Result<Vec<_>, Error>>()?;
    let recipient = json!({ "address1": ANYWHERE, "city": ANYWHERE, "country_code": country });
    Ok(json!({ "recipient": recipient, "order_items": items }))
}

/// The body of a draft.
pub(super) fn order(remote: &Remote, operation: Operation, wanted: &Wanted<'_>) -> Result<Value, Error> {
    let items = wanted.items.iter().map(|thing| item(remote, operation, thing)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "external_id": external(wanted.number),
        "shipping": SHIPPING,
        "recipient": recipient(remote, operation, wanted)?,
        "order_items": items,
    }))
}

fn item(remote: &Remote, operation: Operation, item: &Item) -> Result<Value, Error> {
    let layers = item.print.iter().map(|url| json!({ "type": "file", "url": url })).collect::<Vec<_>>();
    let placements = match layers.is_empty() {
        true => json!([]),
        false => json!([{ "placement": "front", "technique": TECHNIQUE, "layers": layers }]),
    };
    Ok(json!({
        "source": "catalog",
        "catalog_variant_id": variant(remote, operation, item)?,
        "external_id": item.line,
        "quantity": item.quantity,
        "placements": placements,
    }))
}

fn recipient(remote: &Remote, operation: Operation, wanted: &Wanted<'_>) -> Result<Value, Error> {
    let nowhere = Address::default();
    let to = wanted.contact.shipping.as_ref().unwrap_or(&nowhere);
    let fields: [(&str, Option<&String>, bool); 11] = [
        ("name", to.name.as_ref().or(to.company.as_ref()), true),
        ("company", to.company.as_ref(), false),
        ("address1", to.address1.as_ref(), true),
        ("address2", to.address2.as_ref(), false),
        ("city", to.city.as_ref(), true),
        ("state_code", to.province.as_ref(), false),
        ("country_code", to.country.as_ref(), true),
        ("zip", to.zip.as_ref(), false),
        ("phone", to.phone.as_ref().or(wanted.contact.phone.as_ref()), false),
        ("email", wanted.contact.email.as_ref(), false),
        ("tax_number", wanted.contact.vat_number.as_ref(), false),
    ];
    let mut recipient = Map::new();
    for (name, value, needed) in fields {
        match value.map(|text| text.trim()).filter(|text| !text.is_empty()) {
            Some(text) => drop(recipient.insert(name.to_owned(), text.into())),
            None if needed => return Err(remote.refused(operation, &format!("there is no `{name}` in the address"))),
            None => {}
        }
    }
    Ok(recipient.into())
}
