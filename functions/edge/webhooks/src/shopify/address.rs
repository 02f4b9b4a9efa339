//! The personal part of an order.

use super::order::OrderBody;
use domain::{Contact, contact::Address};
use serde::Deserialize;

/// An address as the shop writes it.
#[derive(Deserialize)]
pub(super) struct AddressBody {
    name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    city: Option<String>,
    province: Option<String>,
    province_code: Option<String>,
    zip: Option<String>,
    pub(super) country_code: Option<String>,
    phone: Option<String>,
}

/// Something that the shopper or the shop's theme added.
#[derive(Deserialize)]
pub(super) struct NoteBody {
    name: Option<String>,
    value: Option<serde_json::Value>,
}

/// Text without card numbers, which have no place here: whoever typed one into an address line gets no parcel for it.
pub(super) fn clean(text: Option<&String>) -> Option<String> {
    let text = text.map(|text| text.trim()).filter(|text| !text.is_empty())?;
    Some(mask::cards(text).into_owned())
}

/// Who an order is for.
pub(super) fn contact(order: &OrderBody) -> Contact {
    Contact {
        order: order.id.0.clone(),
        customer: order.customer(),
        email: clean(order.email.as_ref().or(order.contact_email.as_ref())),
        phone: clean(order.phone.as_ref()),
        shipping: order.shipping_address.as_ref().map(address),
        billing: order.billing_address.as_ref().map(address),
        vat_number: order.note_attributes.iter().find_map(vat_number),
        ip: clean(order.browser_ip.as_ref()),
        updated: order.updated_at,
    }
}

fn address(body: &AddressBody) -> Address {
    let both = || {
        let parts = [&body.first_name, &body.last_name].into_iter().flatten().map(String::as_str);
        parts.collect::<Vec<_>>().join(" ")
    };
    let name = body.name.clone().unwrap_or_else(both);
    Address {
        name: clean(Some(&name)),
        company: clean(body.company.as_ref()),
        address1: clean(body.address1.as_ref()),
        address2: clean(body.address2.as_ref()),
        city: clean(body.city.as_ref()),
        province: clean(body.province_code.as_ref().or(body.province.as_ref())),
        zip: clean(body.zip.as_ref()),
        country: body.country_code.clone(),
        phone: clean(body.phone.as_ref()),
    }
}

/// The VAT number, where a field of the shop's own asked for it (`vat_number`, `VAT ID` …).
fn vat_number(note: &NoteBody) -> Option<String> {
    let name: String = note.name.as_ref()?.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let asked = matches!(name.as_str(), "vat" | "vatnumber" | "vatid" | "vatno" | "euvat" | "euvatnumber" | "taxid");
    let value = note.value.as_ref().filter(|_| asked)?.as_str()?.to_owned();
    clean(Some(&value))
}
