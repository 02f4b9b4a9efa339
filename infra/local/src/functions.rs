//! Every function of the system that is woken by messages, built the way it is on AWS.

use runtime::{Env, Function, Problems};
use std::sync::Arc;

/// Builds all functions.
///
/// # Errors
/// With what is wrong in the settings of the first one that cannot be built.
pub(crate) fn all(env: &Env) -> Result<Vec<Arc<dyn Function>>, Problems> {
    let builds: [runtime::function::Build; 13] = [
        gate::function,
        relay::function,
        clock::function,
        live::function,
        notify::function,
        ceo::function,
        product_manager::function,
        product_scout::function,
        product_vetting::function,
        product_pricing::function,
        product_publisher::function,
        storefront::function,
        ledger::function,
    ];
    builds.into_iter().map(|build| build(env)).collect()
}
