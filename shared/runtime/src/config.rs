//! Settings, read once, with all problems reported together.
//!
//! Business numbers are policy, not configuration.

mod finance;
mod notices;
mod own;
mod rates;
mod supply;

pub use finance::Finance;
pub use notices::Notices;
pub use own::Own;
pub use rates::Rates;
pub use supply::Supply;

use domain::Currency;
use std::{fmt, path::PathBuf};

/// Everything that is wrong with the environment, each with its variable.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Problems(Vec<String>);

impl Problems {
    /// One problem.
    #[must_use]
    pub fn one(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration is not complete: {}", self.0.join("; "))
    }
}

/// The same: what `main` returns is printed so, and read by whoever deploys.
impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Problems {}

/// The settings of a function. What a function does not use may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `ROYAL_TABLE`: name of the table. Default `royal`.
    pub table: String,
    /// `ROYAL_BUS`: name of the event bus. Default `royal`.
    pub bus: String,
    /// `ROYAL_QUEUES`: what every queue's URL starts with; the function's name follows.
    pub queues: Option<String>,
    /// `ROYAL_POLICIES`: folder of the policies, or the bundle of one. Default `policies`.
    pub policies: PathBuf,
    /// `ROYAL_LAST_GOOD`: folder in which the last good policy revision is kept.
    pub last_good: Option<PathBuf>,
    /// `ROYAL_FEEDS`: supplier feeds, separated by `;` (files, folders or URLs).
    pub feeds: Vec<String>,
    /// `ROYAL_SUPPLIERS`: suppliers' performance records (file or URL).
    pub suppliers: Option<String>,
    /// `ROYAL_TRENDS`: trend data (file or URL).
    pub trends: Option<String>,
    /// `ROYAL_CURRENCY`: currency of feeds that name none. Default `EUR`.
    pub currency: Currency,
    /// `ROYAL_SHOP_URL`: the shop's Admin GraphQL endpoint.
    pub shop_url: Option<String>,
    /// `ROYAL_SHOP_PAGE`: where customers see the shop.
    pub shop_page: Option<String>,
    /// `ROYAL_ISSUER`: who signs people's tokens (OIDC issuer).
    pub issuer: Option<String>,
    /// `ROYAL_AUDIENCE`: for whom people's tokens are made. Default `royal-api`.
    pub audience: String,
    /// `ROYAL_JWKS`: URL of the issuer's keys.
    pub jwks: Option<String>,
    /// `ROYAL_EXECUTORS`: executors that are deployed, separated by `;`. Default `storefront;suppliers;ledger`.
    pub executors: Vec<String>,
    /// `ROYAL_SANDBOX`: `1` where the outside world is a sandbox.
    pub sandbox: bool,
    /// `ROYAL_LIVE_URL`: where the connections of people who watch are managed.
    pub live_url: Option<String>,
    /// `ROYAL_NOTICE_TO` and its kin: how approvers are told.
    pub notices: Notices,
    /// `ROYAL_READS_PER_SECOND` and `ROYAL_WRITES_PER_SECOND`: how often one caller may ask.
    pub rates: Rates,
    /// `ROYAL_SUPPLIER_ROUTES` and its kin: how orders reach suppliers.
    pub supply: Supply,
    /// `ROYAL_OWN_LOCATION` and its kin: where stock of our own is kept.
    pub own: Own,
    /// `ROYAL_SEAT` and its kin: where we are taxed, and where the books go.
    pub finance: Finance,
}

impl Config {
    /// Reads the settings from the process's environment.
    ///
    /// # Errors
    /// With every variable that is wrong, or that is in `needed` and not set.
    pub fn from_env(needed: &[&str]) -> Result<Self, Problems> {
        #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
        Self::read(&|name| std::env::var(name).ok(), needed)
    }

    /// Reads the settings from `vars`.
    ///
    /// # Errors
    /// As [`Config::from_env`].
    pub fn read(vars: &dyn Fn(&str) -> Option<String>, needed: &[&str]) -> Result<Self, Problems> {
        let var = |name: &str| vars(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let mut problems: Vec<String> =
            needed.iter().filter(|name| var(name).is_none()).map(|name| format!("`{name}` is not set")).collect();
        let or = |name: &str, default: &str| var(name).unwrap_or_else(|| default.to_owned());
        let currency = or("ROYAL_CURRENCY", "EUR").parse();
        let sandbox = flag(var("ROYAL_SANDBOX").as_deref());
        problems.extend(currency.as_ref().err().map(|e| format!("`ROYAL_CURRENCY`: {e}")));
        problems.extend(sandbox.as_ref().err().map(|e| format!("`ROYAL_SANDBOX`: {e}")));
        for name in ["ROYAL_QUEUES", "ROYAL_SHOP_URL", "ROYAL_JWKS", "ROYAL_LIVE_URL"] {
            problems.extend(var(name).and_then(|value| not_a_url(name, &value)));
        }
        let notices = Notices::read(&var, &mut problems);
        let rates = Rates::read(&var, &mut problems);
        let supply = Supply::read(&var, &mut problems);
        let own = Own::read(&var, &mut problems);
        let finance = Finance::read(&var, &mut problems);
        let (Ok(currency), Ok(sandbox), true) = (currency, sandbox, problems.is_empty()) else {
            return Err(Problems(problems));
        };
        Ok(Self {
            table: or("ROYAL_TABLE", "royal"),
            bus: or("ROYAL_BUS", "royal"),
            queues: var("ROYAL_QUEUES"),
            policies: or("ROYAL_POLICIES", "policies").into(),
            last_good: var("ROYAL_LAST_GOOD").map(PathBuf::from),
            feeds: list(&or("ROYAL_FEEDS", "")),
            suppliers: var("ROYAL_SUPPLIERS"),
            trends: var("ROYAL_TRENDS"),
            shop_url: var("ROYAL_SHOP_URL"),
            shop_page: var("ROYAL_SHOP_PAGE"),
            issuer: var("ROYAL_ISSUER"),
            audience: or("ROYAL_AUDIENCE", "royal-api"),
            jwks: var("ROYAL_JWKS"),
            live_url: var("ROYAL_LIVE_URL"),
            executors: list(&or("ROYAL_EXECUTORS", "storefront;suppliers;ledger")),
            currency,
            sandbox,
            notices,
            rates,
            supply,
            own,
            finance,
        })
    }
}

fn flag(value: Option<&str>) -> Result<bool, String> {
    match value {
        None | Some("0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(other) => Err(format!("`{other}` is neither `1` nor `0`")),
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn not_a_url(name: &str, value: &str) -> Option<String> {
    let is_url = value.starts_with("https://") || value.starts_with("http://");
    (!is_url).then(|| format!("`{name}`: `{value}` does not start with `https://`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_are_named_at_once() {
        let vars = |name: &str| match name {
            "ROYAL_CURRENCY" => Some("EURO".to_owned()),
            "ROYAL_SHOP_URL" => Some("shop.example".to_owned()),
            _ => None,
        };
        let problems = Config::read(&vars, &["ROYAL_QUEUES", "ROYAL_ISSUER"]).unwrap_err().to_string();
        for name in ["ROYAL_CURRENCY", "ROYAL_SHOP_URL", "ROYAL_QUEUES", "ROYAL_ISSUER"] {
            assert!(problems.contains(name), "{name} in: {problems}");
        }
    }

    #[test]
    fn an_empty_environment_has_defaults() {
        let config = Config::read(&|_| None, &[]).unwrap();
        assert_eq!((config.table.as_str(), config.currency), ("royal", Currency::EUR));
    }
}
