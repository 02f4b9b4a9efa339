//! The documentation: an OpenAPI 3.1 document made from the routes, and a page for people.
//!
//! Both are made when they are first asked for: few who start this function ever read them.

mod actions;
mod page;
mod refusals;
mod tidy;

use crate::{Roster, auth::App, problem::ProblemView, routes::BASE};
use axum::{
    Json, Router,
    http::header,
    response::{Html, IntoResponse as _},
    routing::get,
};
use serde_json::Value;
use std::sync::{Arc, LazyLock, OnceLock};
use utoipa::{
    PartialSchema as _, ToSchema as _,
    openapi::{
        Components, Info, OpenApi, OpenApiBuilder,
        path::{Operation, PathItem},
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

/// Name of the way to prove who one is.
const BEARER: &str = "bearer";

/// The document before any route is added to it.
pub(crate) fn base() -> OpenApi {
    let mut info = Info::new("Royal Equips Orchestrator", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Agents propose, policy decides, people approve what matters, executors act exactly once, and everything is \
         on the record. Problems are RFC 9457 problem details. Lists come in pages: follow `next` until it is absent. \
         Models find the same API, as far as it proposes, reads and explains, as a Model Context Protocol server at `/mcp`."
            .to_owned(),
    );
    let mut components = Components::new();
    let mut schemas = vec![(ProblemView::name().into_owned(), ProblemView::schema())];
    ProblemView::schemas(&mut schemas);
    components.schemas.extend(schemas);
    let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.security_schemes.insert(BEARER.to_owned(), SecurityScheme::Http(scheme).into());
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

/// The document that the routes made, with what can be said only of the whole.
#[derive(Clone)]
pub(crate) struct Document(Arc<LazyLock<OpenApi, Box<dyn FnOnce() -> OpenApi + Send>>>);

impl Document {
    /// The finished form of `document`.
    pub(crate) fn of(document: OpenApi, roster: Roster) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(move || finished(document, &roster)))))
    }

    /// The document as JSON.
    pub(crate) fn told(&self) -> Value {
        serde_json::to_value(&**self.0).unwrap_or_default()
    }
}

fn finished(mut document: OpenApi, roster: &Roster) -> OpenApi {
    actions::add(&mut document);
    tidy::tidy(&mut document, roster);
    for (path, item) in &mut document.paths.paths {
        let guarded = path.starts_with(BASE) || path == "/metrics";
        operations_mut(item).for_each(|operation| refusals::add(operation, path, guarded));
    }
    document
}

/// `/openapi.json` and `/docs`, from the finished document.
pub(crate) fn pages(document: Document) -> Router<App> {
    let (page, shown) = (Arc::new(OnceLock::new()), document.clone());
    let json = move || {
        let document = document.clone();
        async move { Json(&**document.0).into_response() }
    };
    let html = move || {
        let page = page.get_or_init(|| page::render(&shown.0));
        let answer = ([(header::CONTENT_SECURITY_POLICY, page.policy.clone())], Html(page.html.clone()));
        async move { answer }
    };
    Router::new().route("/openapi.json", get(json)).route("/docs", get(html))
}

/// The operations of a path, with the names of their methods.
fn operations(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    let all = [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("DELETE", &item.delete)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
    all.into_iter().filter_map(Option::as_mut)
}
