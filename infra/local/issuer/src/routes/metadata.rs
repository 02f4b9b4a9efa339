//! What verifiers ask for.

use crate::Issuer;
use axum::{Json, extract::State};
use jsonwebtoken::jwk::JwkSet;
use serde::Serialize;

/// OpenID Connect discovery, as far as there is something to discover.
#[derive(Serialize)]
pub(super) struct Configuration {
    issuer: String,
    jwks_uri: String,
    authorization_endpoint: String,
    token_endpoint: String,
    id_token_signing_alg_values_supported: [&'static str; 1],
    response_types_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 1],
    code_challenge_methods_supported: [&'static str; 1],
    token_endpoint_auth_methods_supported: [&'static str; 1],
    authorization_response_iss_parameter_supported: bool,
    subject_types_supported: [&'static str; 1],
    claims_supported: [&'static str; 9],
}

pub(super) async fn configuration(State(issuer): State<Issuer>) -> Json<Configuration> {
    let url = issuer.url();
    Json(Configuration {
        issuer: url.to_owned(),
        jwks_uri: format!("{url}/jwks.json"),
        authorization_endpoint: format!("{url}/authorize"),
        token_endpoint: format!("{url}/token"),
        id_token_signing_alg_values_supported: ["ES256"],
        response_types_supported: ["code"],
        grant_types_supported: ["authorization_code"],
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["none"],
        authorization_response_iss_parameter_supported: true,
        subject_types_supported: ["public"],
        claims_supported: ["iss", "aud", "sub", "name", "nonce", "royal_roles", "iat", "nbf", "exp"],
    })
}

pub(super) async fn keys(State(issuer): State<Issuer>) -> Json<JwkSet> {
    Json(issuer.keys().published())
}
