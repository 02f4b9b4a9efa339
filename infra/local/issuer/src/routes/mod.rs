//! What the issuer answers.

mod authorize;
mod guard;
mod metadata;
mod query;
mod token;

pub(crate) use authorize::Asked;

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
        .route("/authorize", get(authorize::page).post(authorize::choose))
        .route_layer(middleware::from_fn(guard::loopback_only))
        .with_state(issuer)
}
