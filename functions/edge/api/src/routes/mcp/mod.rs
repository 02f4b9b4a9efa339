//! The same API for models: a Model Context Protocol server at `/mcp`.
//!
//! A tool is an operation of the API, no more: a call becomes the HTTP request that anybody could have sent, with the
//! caller's own token, through the same router, so the same rules decide who may do what and the same words say why
//! not. Which operations are tools is the list in [`TOOLS`]: proposing, reading, explaining, taking back. None of them
//! decides anything, and there is no other way from here to the table: this module has no permit.
//!
//! The protocol is the official SDK's (`rmcp`), over Streamable HTTP without sessions, each answer one JSON document:
//! nothing is kept between two requests, so any instance of the function can answer any of them.

mod call;
mod server;
mod tool;

use crate::{
    auth::{App, Caller},
    openapi::Document,
};
use axum::{Router, body::Body, extract::Request, http::header, response::Response, routing::post};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
};
use server::Server;
use std::sync::{Arc, OnceLock};
use tool::Tool;

/// Tools and the operations that they are.
const TOOLS: [(&str, &str); 13] = [
    ("propose_action", "proposeAction"),
    ("withdraw_action", "withdrawAction"),
    ("list_actions", "listActions"),
    ("show_action", "showAction"),
    ("list_approvals", "listApprovals"),
    ("show_approval", "showApproval"),
    ("list_agents", "listAgents"),
    ("show_agent", "showAgent"),
    ("list_tasks", "listTasks"),
    ("show_task", "showTask"),
    ("list_journeys", "listJourneys"),
    ("show_journey", "showJourney"),
    ("explain_policy", "explainPolicy"),
];

/// What a server is made from.
#[derive(Clone)]
struct Parts {
    api: Router,
    tools: Arc<[Tool]>,
}

/// The route, over the API as it is served and its document.
pub(crate) fn route(api: Router, document: Document) -> Router<App> {
    let tools = Arc::new(OnceLock::new());
    let parts = move || Parts { api: api.clone(), tools: Arc::clone(tools.get_or_init(|| all(&document))) };
    Router::new().route("/mcp", post(move |caller: Caller, request: Request| answer(parts(), caller, request)))
}

fn all(document: &Document) -> Arc<[Tool]> {
    let told = document.told();
    TOOLS.iter().filter_map(|(name, operation)| Tool::of(&told, name, operation)).collect()
}

/// Answers one message of whoever has a good token. What the caller may do is asked when a tool is called.
async fn answer(parts: Parts, _: Caller, request: Request) -> Response {
    let token = request.headers().get(header::AUTHORIZATION).cloned();
    let language = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let server = Server { parts, token, language };
    let service =
        StreamableHttpService::new(move || Ok(server.clone()), Arc::new(NeverSessionManager::default()), config());
    service.handle(request).await.map(Body::new)
}

/// No browser sends a bearer token by itself, so which host it believes to speak to proves nothing here.
fn config() -> StreamableHttpServerConfig {
    StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None)
        .disable_allowed_hosts()
        .with_max_request_body_bytes(crate::layers::LARGEST_BODY)
}
