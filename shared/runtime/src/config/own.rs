//! Stock of our own: which of the shop's locations holds it, and where suppliers send it.

use super::list;
use domain::contact::Address;

/// What the id of a location begins with in the shop's API.
const LOCATION: &str = "gid://shopify/Location/";
/// What an address cannot do without.
const NEEDED: [&str; 4] = ["name", "address1", "city", "country"];

/// Where stock of our own is kept. Without it none is: nothing is ordered again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// `ROYAL_OWN_LOCATION`: the shop's id of the location that holds it, such as `655441491`.
    pub location: Option<String>,
    /// `ROYAL_OWN_ADDRESS`: where suppliers send it, such as
    /// `name=Royal Equips;address1=Kade 1;zip=2611 AA;city=Delft;country=NL;phone=+31 15 212 3456`. It may also have a
    /// `company`, `address2` and `province`.
    pub address: Option<Address>,
}

impl Own {
    /// Reads the settings, and adds to `problems` what is wrong with them.
    pub(super) fn read(var: &dyn Fn(&str) -> Option<String>, problems: &mut Vec<String>) -> Self {
        Self {
            location: var("ROYAL_OWN_LOCATION").and_then(|text| location(&text, problems)),
            address: var("ROYAL_OWN_ADDRESS").and_then(|text| address(&text, problems)),
        }
    }
}

fn location(text: &str, problems: &mut Vec<String>) -> Option<String> {
    let number = text.strip_prefix(LOCATION).unwrap_or(text);
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(number.to_owned());
    }
    problems.push(format!("`ROYAL_OWN_LOCATION`: `{text}` is no location: use its number in the shop"));
    None
}

fn address(text: &str, problems: &mut Vec<String>) -> Option<Address> {
    const NAME: &str = "ROYAL_OWN_ADDRESS";
    let (before, mut to) = (problems.len(), Address::default());
    for part in list(text) {
        let Some((name, value)) = part.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else {
            problems.push(format!("`{NAME}`: a part has no `=`: use `city=Delft`"));
            continue;
        };
        match field(&mut to, name) {
            Some(field) => *field = Some(value.to_owned()).filter(|value| !value.is_empty()),
            None => problems.push(format!("`{NAME}`: `{name}` is no part of an address")),
        }
    }
    let missing: Vec<&str> =
        NEEDED.into_iter().filter(|name| field(&mut to, name).is_none_or(|field| field.is_none())).collect();
    if !missing.is_empty() {
        problems.push(format!("`{NAME}`: there is no {}", missing.join(", ")));
    }
    let is_code = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if let Some(code) = to.country.as_ref().filter(|code| !is_code(code)) {
        problems.push(format!("`{NAME}`: `{code}` is no country: use two letters, such as `NL`"));
    }
    (problems.len() == before).then_some(to)
}

fn field<'a>(to: &'a mut Address, name: &str) -> Option<&'a mut Option<String>> {
    Some(match name {
        "name" => &mut to.name,
        "company" => &mut to.company,
        "address1" => &mut to.address1,
        "address2" => &mut to.address2,
        "city" => &mut to.city,
        "province" => &mut to.province,
        "zip" => &mut to.zip,
        "country" => &mut to.country,
        "phone" => &mut to.phone,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> (Own, Vec<String>) {
        let mut problems = Vec::new();
        let var = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        (Own::read(&var, &mut problems), problems)
    }

    #[test]
    fn a_location_is_its_number_and_an_address_its_parts() {
        let address = "name = Royal Equips; address1=Kade 1; zip=2611 AA;city=Delft;country=NL;phone=";
        for location in ["655441491", "gid://shopify/Location/655441491"] {
            let (own, problems) = read(&[("ROYAL_OWN_LOCATION", location), ("ROYAL_OWN_ADDRESS", address)]);
            assert_eq!(problems, Vec::<String>::new());
            assert_eq!(own.location.as_deref(), Some("655441491"));
            let to = own.address.unwrap();
            assert_eq!((to.name.as_deref(), to.zip.as_deref()), (Some("Royal Equips"), Some("2611 AA")));
            assert_eq!(to.phone, None);
        }
        assert_eq!(read(&[]), (Own::default(), Vec::new()));
    }

    #[test]
    fn whatever_is_wrong_is_named_with_its_variable() {
        let wrong = [
            ("ROYAL_OWN_LOCATION", "Delft"),
            ("ROYAL_OWN_LOCATION", "gid://shopify/Product/1"),
            ("ROYAL_OWN_ADDRESS", "Kade 1, Delft"),
            ("ROYAL_OWN_ADDRESS", "name=A;address1=Kade 1;city=Delft"),
            ("ROYAL_OWN_ADDRESS", "name=A;address1=Kade 1;city=Delft;country=Netherlands"),
            ("ROYAL_OWN_ADDRESS", "name=A;address1=Kade 1;city=Delft;country=NL;planet=Earth"),
        ];
        for (name, value) in wrong {
            let problems = read(&[(name, value)]).1;
            assert!(
                !problems.is_empty() && problems.iter().all(|one| one.contains(name)),
                "{name}={value}: {problems:?}"
            );
        }
    }
}
