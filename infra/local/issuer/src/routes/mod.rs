//! What the issuer answers.

mod guard;
mod metadata;
mod sign_in;
mod token;

use crate::Issuer;
use axum::{
    Router, middleware,
    routing::{get, post},
};

/// All of it.
pub(crate) fn router(issuer: Issuer) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(metadata::configuration))
        .route("/jwks.json", get(metadata::keys))
        .route("/token", post(token::token))
        .route("/sign-in", get(sign_in::page).post(sign_in::choose))
        .route_layer(middleware::from_fn(guard::loopback_only))
        .with_state(issuer)
}
