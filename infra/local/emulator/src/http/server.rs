//! Listening, dispatching and answering.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use tokio::net::TcpListener;

use super::{ApiError, Call, Service, injected};
use crate::dynamodb::Proxy;
use crate::env::Core;
use crate::error::StartError;
use crate::faults::Fate;
use crate::tasks::Stop;
use crate::{crossing, events, scheduler, secrets, sqs};

/// What the router serves from.
pub(crate) struct App {
    pub(crate) core: Arc<Core>,
    pub(crate) dynamodb: Proxy,
    pub(crate) requests: AtomicU64,
}

/// Opens a loopback port; 0 takes any free one.
pub(crate) fn bind(port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |e| StartError::bind(port, e);
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let listener = TcpListener::from_std(listener).map_err(failed)?;
    Ok((listener, address))
}

/// Serves until asked to stop; calls that are running are finished.
pub(crate) async fn serve(listener: TcpListener, app: Arc<App>, stop: Stop) {
    let router = Router::new().fallback(handle).with_state(app);
    let served = axum::serve(listener, router).with_graceful_shutdown(async move { stop.requested().await }).await;
    if let Err(error) = served {
        tracing::error!(%error, "an endpoint of the local stack ended");
    }
}

async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    if from_a_web_page(request.headers()) {
        let message = "the local stack answers programs on this machine, not web pages";
        return failed(Service::Unknown, &ApiError::new(403, "AccessDeniedException", message));
    }
    if request.method() == Method::GET && request.uri().path() == "/" {
        return Response::new(Body::from("the local stack is running\n"));
    }
    let mut response = app.answer(request).await;
    let number = app.requests.fetch_add(1, Ordering::Relaxed);
    if let Ok(id) = HeaderValue::from_str(&format!("local-{number}")) {
        let headers = response.headers_mut();
        headers.entry(HeaderName::from_static("x-amzn-requestid")).or_insert(id);
    }
    response
}

/// A page in a browser can send requests to this machine, under another name for it too. No SDK
/// names an origin or another host.
fn from_a_web_page(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    headers.contains_key(header::ORIGIN) || !matches!(name, "127.0.0.1" | "localhost")
}

impl App {
    async fn answer(&self, request: Request) -> Response {
        let call = match Call::read(request).await {
            Ok(call) => call,
            Err(error) => return failed(Service::Unknown, &error),
        };
        let service = call.service;
        let fate = self.core.env.faults.admit(service.name(), &call.operation);
        if let Some(error) = injected::refusal(fate, &call) {
            return failed(service, &error);
        }
        let crossing = self.core.env.crossing.as_ref();
        let crossing = crossing.and_then(|crossing| Some((crossing, crossing::step(&call)?)));
        let begun = crossing.map(|(crossing, step)| (crossing, crossing.begins(&step)));
        let response = self.dispatch(call).await;
        begun.iter().for_each(|(crossing, number)| crossing.ended(*number));
        match fate {
            Fate::ErrorAfter => failed(service, &injected::lost()),
            _ => response,
        }
    }

    async fn dispatch(&self, call: Call) -> Response {
        let service = call.service;
        if service != Service::DynamoDb
            && let Err(error) = self.core.env.warden.admit(&call, |_| None)
        {
            return failed(service, &error);
        }
        let result = match service {
            Service::DynamoDb | Service::DynamoDbStreams => {
                return match self.dynamodb.serve(call).await {
                    Ok(response) => response,
                    Err(error) => failed(service, &error),
                };
            }
            Service::Sqs => sqs::call(&self.core, &call).await,
            Service::Events => events::call(&self.core, &call).await,
            Service::Scheduler => scheduler::call(&self.core, &call).await,
            Service::Secrets => secrets::call(&self.core, &call).await,
            Service::Unknown => Err(ApiError::unknown(&call.operation)),
        };
        match result {
            Ok(body) => respond(service, StatusCode::OK, &body),
            Err(error) => failed(service, &error),
        }
    }
}

fn respond(service: Service, status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static(service.content_type());
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn failed(service: Service, error: &ApiError) -> Response {
    let mut error = error.clone();
    if error.status == 500 && error.code == "InternalFailure" {
        error.code = service.internal_error().into();
    }
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = respond(service, status, &error.body());
    let headers = response.headers_mut();
    if let Ok(code) = HeaderValue::from_str(&error.code) {
        headers.insert(HeaderName::from_static("x-amzn-errortype"), code);
    }
    if let Some(query_code) = error.query_code
        && let Ok(value) = HeaderValue::from_str(&format!("{query_code};Sender"))
    {
        headers.insert(HeaderName::from_static("x-amzn-query-error"), value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_page_is_told_apart_from_a_program() {
        let table = [
            (vec![("host", "127.0.0.1:4566")], false),
            (vec![("host", "localhost:4566")], false),
            (vec![("host", "127.0.0.1:4566"), ("origin", "http://evil.example")], true),
            (vec![("host", "evil.example:4566")], true),
            (vec![], true),
        ];
        for (pairs, expected) in table {
            let headers = pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)));
            assert_eq!(from_a_web_page(&headers.collect()), expected, "{pairs:?}");
        }
    }
}
