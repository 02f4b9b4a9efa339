//! Where for VAT an order goes: mostly the country of its address, sometimes not.

use crate::treatment::Unknown;
use domain::{Contact, Order, contact::Address};

/// Parts of a country that are outside the Union's VAT, by how their postal codes begin (articles 6 and 7 of Directive
/// 2006/112/EC): the Canary Islands, Ceuta, Melilla; Heligoland, Büsingen; Livigno; Mount Athos.
const OUTSIDE: [(&str, &[&str]); 4] =
    [("ES", &["35", "38", "51", "52"]), ("DE", &["27498", "78266"]), ("IT", &["23041", "23030"]), ("GR", &["63086"])];
/// Northern Ireland, which is in the Union for goods and in the Kingdom for the rest.
const NORTHERN_IRELAND: &str = "BT";
/// What a place outside the Union's VAT is called, where its country is inside.
pub(crate) const BEYOND: &str = "beyond";

/// The country whose rules hold, or [`BEYOND`].
pub(crate) fn place(order: &Order, contact: Option<&Contact>) -> Result<String, Unknown> {
    let country = order.shop.country.as_deref().unwrap_or_default().trim().to_ascii_uppercase();
    let is_code = country.len() == 2 && country.chars().all(|c| c.is_ascii_uppercase());
    if !is_code {
        return Err(Unknown("the country that it goes to".to_owned()));
    }
    let zip = contact.and_then(|contact| contact.shipping.as_ref()).and_then(plain_zip);
    let begins =
        |prefixes: &[&str]| zip.as_ref().is_some_and(|zip| prefixes.iter().any(|begin| zip.starts_with(begin)));
    if country == "GB" && begins(&[NORTHERN_IRELAND]) {
        return Err(Unknown("how goods for Northern Ireland are taxed".to_owned()));
    }
    if OUTSIDE.iter().any(|(of, prefixes)| *of == country && begins(prefixes)) {
        return Ok(BEYOND.to_owned());
    }
    // Monaco is France for VAT; Greece is `EL` in numbers and `GR` in addresses.
    Ok(match country.as_str() {
        "MC" => "FR".to_owned(),
        "EL" => "GR".to_owned(),
        _ => country,
    })
}

fn plain_zip(address: &Address) -> Option<String> {
    let zip = address.zip.as_ref()?.chars().filter(char::is_ascii_alphanumeric);
    Some(zip.collect::<String>().to_ascii_uppercase())
}
