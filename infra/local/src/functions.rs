//! Every function of the system that is woken by messages, built the way it is on AWS.

use crate::credentials::acting_as;
use runtime::{Env, Function, Problems, function::Build};
use std::sync::Arc;

/// The functions by the name under which the catalogue grants them what they need.
const ALL: &[(&str, Build)] = &[
    ("gate", gate::function),
    ("relay", relay::function),
    ("clock", clock::function),
    ("live", live::function),
    ("notify", notify::function),
    ("export", export::function),
    ("webhooks", webhooks::function),
    ("ceo", ceo::function),
    ("product-manager", product_manager::function),
    ("product-scout", product_scout::function),
    ("product-vetting", product_vetting::function),
    ("product-pricing", product_pricing::function),
    ("product-publisher", product_publisher::function),
    ("finance-analyst", finance_analyst::function),
    ("finance-tax", finance_tax::function),
    ("product-inventory", product_inventory::function),
    ("finance-manager", finance_manager::function),
    ("finance-fraud", finance_fraud::function),
    ("finance-fulfillment", finance_fulfillment::function),
    ("storefront", storefront::function),
    ("suppliers", suppliers::function),
    ("ledger", ledger::function),
];

/// Builds all functions, each with credentials of its own.
///
/// # Errors
/// With what is wrong in the settings of the first one that cannot be built.
pub(crate) fn all(env: &Env) -> Result<Vec<Arc<dyn Function>>, Problems> {
    ALL.iter().map(|(name, build)| build(&own(env, name))).collect()
}

/// `env` with the credentials of the function `name`.
pub(crate) fn own(env: &Env, name: &str) -> Env {
    env.acting_as(acting_as(env.sdk(), name))
}
