//! What is counted about requests.

use axum::http::Method;
use runtime::{
    Env,
    metrics::{Metrics as _, Registry},
};
use std::time::Duration;

/// The counters of this function.
#[derive(Clone, Copy)]
pub(crate) struct Metrics<'a>(&'a Env);

impl<'a> Metrics<'a> {
    pub(crate) const fn of(env: &'a Env) -> Self {
        Self(env)
    }

    /// A request was answered. On Lambda it ends the invocation, so what was measured is handed on.
    pub(crate) fn request(self, method: &Method, route: &str, status: u16, took: Duration) {
        let (metrics, status) = (self.0.metrics(), status.to_string());
        let dims = [("route", route), ("method", known(method)), ("status", status.as_str())];
        metrics.count("api_requests_total", 1, &dims);
        metrics.millis("api_request_ms", took, &[("route", route)]);
        metrics.flush();
    }

    /// A token was refused, for the reason with this code.
    pub(crate) fn token_refused(self, code: &str) {
        self.0.metrics().count("api_tokens_refused_total", 1, &[("reason", code)]);
    }

    /// Somebody asked for what they may not do.
    pub(crate) fn refused(self, verb: &str) {
        self.0.metrics().count("api_refused_total", 1, &[("verb", verb)]);
    }

    /// So many things of this name have this status now.
    pub(crate) fn stands(self, name: &'static str, status: &str, count: usize) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.0.registry().gauge(name, count, &[("status", status)]);
    }

    /// Everything, and its content type.
    pub(crate) fn text(self) -> (&'static str, String) {
        (Registry::CONTENT_TYPE, self.0.registry().render())
    }
}

/// Methods that a client made up share one name, so that nobody fills the counters.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "OTHER",
    }
}
