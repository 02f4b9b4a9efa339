//! What surrounds every request: its span and counters, problems as JSON, security headers, size limit.

mod observe;
mod render;
mod secure;

use crate::{
    auth::App,
    problem::{Kind, Problem},
};
use axum::{Router, extract::DefaultBodyLimit, http::Uri, middleware};

/// The largest body that is read, in bytes.
pub(crate) const LARGEST_BODY: usize = 256 * 1024;

/// Puts the layers around the routes. The last one added is the first one met.
pub(crate) fn around(routes: Router<App>, app: &App) -> Router<App> {
    routes
        .fallback(unknown)
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(render::problems))
        .layer(middleware::from_fn(secure::headers))
        .layer(middleware::from_fn_with_state(app.clone(), observe::request))
}

async fn unknown(uri: Uri) -> Problem {
    Problem::not_found("resource", uri.path())
}

async fn not_allowed() -> Problem {
    Problem::new(Kind::Method, "this path has other methods")
}
