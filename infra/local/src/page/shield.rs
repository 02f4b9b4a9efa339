//! What a browser may do with the page: show it, run its own scripts, and talk to this system alone.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use std::sync::Arc;

const HEADERS: [(HeaderName, &str); 4] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The origin that the page is served from, and the policy that follows from it.
#[derive(Clone)]
pub(super) struct Shield(Arc<Origin>);

struct Origin {
    url: String,
    host: String,
    policy: Option<HeaderValue>,
}

impl Shield {
    /// For a page at `url`, which has a scheme and an authority and nothing more.
    pub(super) fn new(url: &str) -> Self {
        let host = url.split_once("://").map_or(url, |(_, host)| host).to_owned();
        let policy = HeaderValue::from_str(&policy(&live_origin(url))).ok();
        Self(Arc::new(Origin { url: url.to_owned(), host, policy }))
    }

    fn add(&self, headers: &mut HeaderMap) {
        headers.extend(self.0.policy.clone().map(|policy| (header::CONTENT_SECURITY_POLICY, policy)));
        headers.extend(HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))));
    }

    /// Where somebody who came by another name has to go; nothing if no name of this machine led here.
    fn home(&self, request: &Request) -> Option<String> {
        let port = self.0.host.rsplit_once(':').map_or("", |(_, port)| port);
        let is_local = host(request) == Some(format!("localhost:{port}").as_str());
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        is_local.then(|| format!("{}{path}", self.0.url))
    }
}

/// Address of the live connection's origin: some browsers do not count it as `'self'`.
fn live_origin(url: &str) -> String {
    url.replacen("http", "ws", 1)
}

fn policy(live: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
         connect-src 'self' {live}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'"
    )
}

fn host(request: &Request) -> Option<&str> {
    request.headers().get(header::HOST).and_then(|host| host.to_str().ok())
}

/// Serves the page under one name only, so that what one signs in to is what one looks at, and a name elsewhere that
/// points here shows nothing.
pub(super) async fn around(State(shield): State<Shield>, request: Request, next: Next) -> Response {
    if host(&request) != Some(shield.0.host.as_str()) {
        return match shield.home(&request) {
            Some(home) => Redirect::temporary(&home).into_response(),
            None => (StatusCode::MISDIRECTED_REQUEST, format!("the page is at {}", shield.0.url)).into_response(),
        };
    }
    let mut response = next.run(request).await;
    shield.add(response.headers_mut());
    response
}
