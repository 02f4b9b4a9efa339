//! Writes problems into their responses.

use crate::problem::{Kind, Problem, ProblemView};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Gives a problem its body, with the path that was asked for, and its headers.
pub(super) async fn problems(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let kind = problem.kind();
    if kind.status().is_server_error() {
        tracing::error!(problem = kind.slug(), cause = problem.cause(), "request failed");
    }
    let retry_after = problem.retry_after();
    let json = serde_json::to_vec(&ProblemView::new(problem, &path)).unwrap_or_default();
    *response.body_mut() = Body::from(json);
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if kind == Kind::Token {
        let told = HeaderValue::from_static("Bearer realm=\"royal\", error=\"invalid_token\"");
        headers.insert(header::WWW_AUTHENTICATE, told);
    }
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
