//! The HTTP surface.

use crate::{
    Fault, FaultKind, OutboxError, Service,
    faults::Faults,
    kept::Kept,
    page,
    sendgrid::{self, Rules},
    slack,
};
use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use futures::stream;
use serde_json::{Value, json};
use std::{future::ready, sync::Arc, time::Duration};
use time::OffsetDateTime;

/// Larger bodies are refused with 413.
const MAX_BODY: usize = 1024 * 1024;
/// How long a silent service says nothing.
const SILENCE: Duration = Duration::from_secs(60);

/// What the sandbox is told at its start.
#[derive(Clone)]
pub struct Settings {
    /// The API key that mail must carry.
    pub sendgrid_key: String,
    /// The path of the webhook, such as `/services/T000/B000/secret`.
    pub webhook: String,
    /// The clock port.
    pub now: Arc<dyn Fn() -> OffsetDateTime + Send + Sync>,
}

/// The sandbox.
#[derive(Clone)]
pub struct Outbox(Arc<Inner>);

struct Inner {
    settings: Settings,
    rules: Rules,
    kept: Kept,
    faults: Faults,
}

impl Outbox {
    /// An empty sandbox.
    ///
    /// # Errors
    /// When SendGrid's schema cannot be used.
    pub fn new(settings: Settings) -> Result<Self, OutboxError> {
        let rules = Rules::official()?;
        Ok(Self(Arc::new(Inner { settings, rules, kept: Kept::default(), faults: Faults::default() })))
    }

    /// All routes.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/v3/mail/send", post(mail))
            .route("/services/{team}/{app}/{key}", post(chat))
            .route("/sandbox/outbox", get(show))
            .route("/sandbox/outbox/faults", get(faults).post(add_faults).delete(clear_faults))
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .with_state(self.clone())
    }

    /// What happens to a request that its service accepts: it is kept and answered, or it meets a fault.
    async fn take(&self, service: Service, body: Value, accepted: impl FnOnce(&str) -> Response) -> Response {
        let fault = self.0.faults.take(service);
        let id = match fault {
            Some(kind) if !kind.takes() => String::new(),
            _ => self.0.kept.keep(service, (self.0.settings.now)(), body),
        };
        match fault {
            Some(kind) => misbehave(kind).await,
            None => accepted(&id),
        }
    }

    fn refuse(&self, service: Service, why: &str) {
        self.0.kept.refuse(format!("{service:?}: {why}"));
    }
}

async fn misbehave(kind: FaultKind) -> Response {
    match kind {
        FaultKind::TooManyRequests => {
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "1")], "rate_limited").into_response()
        }
        FaultKind::InternalErrorBefore | FaultKind::InternalErrorAfter => {
            (StatusCode::INTERNAL_SERVER_ERROR, "rollup_error").into_response()
        }
        FaultKind::Denied => (StatusCode::FORBIDDEN, "invalid_token").into_response(),
        FaultKind::Silent => {
            tokio::time::sleep(SILENCE).await;
            broken_off()
        }
        FaultKind::DroppedBefore | FaultKind::DroppedAfter => broken_off(),
    }
}

/// An answer whose body breaks at its first byte: the server closes the connection without having sent anything.
fn broken_off() -> Response {
    let broken = Err::<&[u8], _>(std::io::Error::other("sandbox fault: connection dropped"));
    Body::from_stream(stream::once(ready(broken))).into_response()
}

async fn mail(State(outbox): State<Outbox>, headers: HeaderMap, body: Bytes) -> Response {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given != Some(format!("Bearer {}", outbox.0.settings.sendgrid_key).as_str()) {
        let problem = ("The provided authorization grant is invalid, expired, or revoked".to_owned(), String::new());
        return (StatusCode::UNAUTHORIZED, Json(sendgrid::errors(&[problem]))).into_response();
    }
    let read = is_json(&headers).then(|| serde_json::from_slice::<Value>(&body).ok()).flatten();
    let Some(body) = read else {
        outbox.refuse(Service::Sendgrid, "no JSON");
        return bad_mail(&[("Bad Request".to_owned(), String::new())]);
    };
    let problems = outbox.0.rules.problems(&body);
    if !problems.is_empty() {
        outbox.refuse(Service::Sendgrid, &sendgrid::errors(&problems).to_string());
        return bad_mail(&problems);
    }
    outbox.take(Service::Sendgrid, body, |id| (StatusCode::ACCEPTED, [("x-message-id", id)]).into_response()).await
}

fn bad_mail(problems: &[(String, String)]) -> Response {
    (StatusCode::BAD_REQUEST, Json(sendgrid::errors(problems))).into_response()
}

async fn chat(
    State(outbox): State<Outbox>,
    Path((team, app, key)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if format!("/services/{team}/{app}/{key}") != outbox.0.settings.webhook {
        return (StatusCode::NOT_FOUND, "no_service").into_response();
    }
    let read = is_json(&headers).then(|| serde_json::from_slice::<Value>(&body).ok()).flatten();
    let problem = read.as_ref().map_or(Some("invalid_payload"), slack::problem);
    if let Some(problem) = problem {
        outbox.refuse(Service::Slack, problem);
        return (StatusCode::BAD_REQUEST, problem).into_response();
    }
    outbox.take(Service::Slack, read.unwrap_or_default(), |_| "ok".into_response()).await
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| given.split(';').next().map(str::trim) == Some("application/json"))
}

/// What was sent: a page for a browser, JSON for everybody else.
async fn show(State(outbox): State<Outbox>, headers: HeaderMap) -> Response {
    let (messages, refused) = outbox.0.kept.all();
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") {
        return page::answer(&messages);
    }
    Json(json!({ "messages": messages, "refused": refused })).into_response()
}

async fn faults(State(outbox): State<Outbox>) -> Json<Value> {
    Json(json!({ "faults": outbox.0.faults.waiting() }))
}

/// The body is one fault or a list of them.
async fn add_faults(State(outbox): State<Outbox>, Json(body): Json<Value>) -> Response {
    let all = if body.is_array() { body } else { json!([body]) };
    match serde_json::from_value::<Vec<Fault>>(all) {
        Ok(all) => {
            outbox.0.faults.add(all);
            faults(State(outbox)).await.into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, format!("not a fault: {error}")).into_response(),
    }
}

async fn clear_faults(State(outbox): State<Outbox>) -> Json<Value> {
    outbox.0.faults.clear();
    faults(State(outbox)).await
}
