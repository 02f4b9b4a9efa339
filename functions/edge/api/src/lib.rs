//! The HTTP API: what people and machines ask of the orchestrator, and where people decide.
//!
//! One [`axum::Router`] is all of it: [`serve`] hands it to the Lambda runtime, the local stack and the
//! tests call the same value. Nothing is kept between requests but the issuer's keys and counters.
//!
//! A handler reaches the table only through a permit that `policies/royal/access.rego` gave to the
//! person who asks; there is no other way in, so a forgotten check does not compile. A decision is one
//! transaction that is conditional on the state it was decided on: of two racing people one wins, and
//! the other is told who did.

mod auth;
mod extract;
mod layers;
mod metrics;
mod openapi;
mod problem;
mod propose;
mod refusals;
mod roster;
mod routes;
mod turns;
mod view;

pub use roster::{Member, Roster};

use auth::App;
use axum::Router;
use runtime::Env;

/// The whole API over what `env` gives it. Tasks can be given to the agents in `roster`.
pub fn router(env: &Env, roster: Roster) -> Router {
    let app = App::new(env.clone(), roster);
    let (routes, document) = routes::all().split_for_parts();
    let document = openapi::Document::of(document, app.roster().clone());
    let routes = routes.merge(openapi::pages(document.clone()));
    let api = layers::around(routes.clone(), &app).with_state(app.clone());
    layers::around(routes.merge(routes::mcp::route(api, document)), &app).with_state(app)
}

/// Serves the API on AWS Lambda until the environment is shut down.
///
/// The first connection to the table and the issuer's keys are fetched before the first request, while
/// the function still has the processor to itself.
///
/// # Errors
/// When the configuration is not complete, or the runtime's own API fails.
pub async fn serve(roster: Roster) -> Result<(), lambda_http::Error> {
    runtime::telemetry::init();
    let env = Env::load(&[]).await?;
    if let Err(error) = env.store().control().await {
        tracing::warn!(%error, "the table did not answer before the first request");
    }
    lambda_http::run(router(&env, roster)).await
}
