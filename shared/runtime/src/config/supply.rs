//! Which suppliers are reached how.

use super::{list, not_a_url};
use domain::Currency;
use std::collections::BTreeMap;

/// Interfaces that suppliers are reached through; whoever has none is ordered from by people.
const INTERFACES: [&str; 2] = ["cj", "printful"];

/// How orders reach suppliers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supply {
    /// `ROYAL_SUPPLIER_ROUTES`: suppliers by the interface they are reached through, such as
    /// `cj=Polderworks Supply,Quickcrate Imports;printful=Fjordlicht Atelier`.
    pub routes: BTreeMap<String, String>,
    /// `ROYAL_CJ_URL`: CJdropshipping's API. Default `https://developers.cjdropshipping.com`.
    pub cj: String,
    /// `ROYAL_CJ_LOGISTIC`: with whom CJdropshipping sends. Default `CJPacket Ordinary`.
    pub cj_logistic: String,
    /// `ROYAL_CJ_FROM`: ISO 3166 code of the country that CJdropshipping sends from. Default `CN`.
    pub cj_from: String,
    /// `ROYAL_CJ_CURRENCY`: currency of the account with CJdropshipping. Default `USD`.
    pub cj_currency: Currency,
    /// `ROYAL_PRINTFUL_URL`: Printful's API. Default `https://api.printful.com`.
    pub printful: String,
    /// `ROYAL_PRINTFUL_STORE`: id of the store there; only tokens of a whole account need it.
    pub printful_store: Option<String>,
    /// `ROYAL_AFTERSHIP_URL`: AfterShip's API. Default `https://api.aftership.com`.
    pub aftership: String,
}

impl Supply {
    /// Reads the settings, and adds to `problems` what is wrong with them.
    pub(super) fn read(var: &dyn Fn(&str) -> Option<String>, problems: &mut Vec<String>) -> Self {
        let mut url = |name: &str, usual: &str| {
            let value = var(name).unwrap_or_else(|| usual.to_owned());
            problems.extend(not_a_url(name, &value));
            value.trim_end_matches('/').to_owned()
        };
        let (cj, printful, aftership) = (
            url("ROYAL_CJ_URL", "https://developers.cjdropshipping.com"),
            url("ROYAL_PRINTFUL_URL", "https://api.printful.com"),
            url("ROYAL_AFTERSHIP_URL", "https://api.aftership.com"),
        );
        let usd = var("ROYAL_CJ_CURRENCY").unwrap_or_else(|| "USD".to_owned());
        let cj_currency = usd.parse().unwrap_or_else(|error| {
            problems.push(format!("`ROYAL_CJ_CURRENCY`: {error}"));
            Currency::EUR
        });
        Self {
            routes: routes(&var("ROYAL_SUPPLIER_ROUTES").unwrap_or_default(), problems),
            cj,
            cj_logistic: var("ROYAL_CJ_LOGISTIC").unwrap_or_else(|| "CJPacket Ordinary".to_owned()),
            cj_from: var("ROYAL_CJ_FROM").unwrap_or_else(|| "CN".to_owned()),
            cj_currency,
            printful,
            printful_store: var("ROYAL_PRINTFUL_STORE"),
            aftership,
        }
    }
}

fn routes(text: &str, problems: &mut Vec<String>) -> BTreeMap<String, String> {
    const NAME: &str = "ROYAL_SUPPLIER_ROUTES";
    let mut routes = BTreeMap::new();
    for part in list(text) {
        match part.split_once('=').map(|(interface, names)| (interface.trim(), names)) {
            Some((interface, names)) if INTERFACES.contains(&interface) => {
                let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
                routes.extend(names.map(|name| (name.to_owned(), interface.to_owned())));
            }
            Some((other, _)) => problems.push(format!("`{NAME}`: `{other}` is no interface: use cj or printful")),
            None => problems.push(format!("`{NAME}`: `{part}` has no `=`: use `cj=Polderworks Supply`")),
        }
    }
    routes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> (Supply, Vec<String>) {
        let mut problems = Vec::new();
        let var = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        (Supply::read(&var, &mut problems), problems)
    }

    #[test]
    fn a_supplier_is_reached_through_the_interface_that_names_it() {
        let (supply, problems) = read(&[("ROYAL_SUPPLIER_ROUTES", "cj = Polder Works , Kestrel; printful=Fjord")]);
        assert_eq!(problems, Vec::<String>::new());
        let routes: Vec<_> =
            supply.routes.iter().map(|(name, interface)| (name.as_str(), interface.as_str())).collect();
        assert_eq!(routes, [("Fjord", "printful"), ("Kestrel", "cj"), ("Polder Works", "cj")]);
    }

    #[test]
    fn whatever_is_wrong_is_named_with_its_variable() {
        let wrong = [
            ("ROYAL_SUPPLIER_ROUTES", "Polderworks"),
            ("ROYAL_SUPPLIER_ROUTES", "autods=Polderworks"),
            ("ROYAL_CJ_URL", "developers.cjdropshipping.com"),
            ("ROYAL_PRINTFUL_URL", "ftp://api.printful.com"),
            ("ROYAL_CJ_CURRENCY", "DOLLAR"),
        ];
        for (name, value) in wrong {
            let problems = read(&[(name, value)]).1;
            assert!(problems.len() == 1 && problems[0].contains(name), "{name}={value}: {problems:?}");
        }
    }
}
