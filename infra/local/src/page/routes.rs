//! The page's own paths. Every other path keeps the answer that it has without a page.

use super::{
    Absence, Page,
    shield::{self, Shield},
};
use axum::{
    Json, Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse as _, Response},
    routing::get,
};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

/// First parts of the paths that the page itself makes views of.
pub(super) const VIEWS: [&str; 13] = [
    "inbox",
    "actions",
    "audit",
    "agents",
    "policies",
    "goals",
    "budgets",
    "products",
    "orders",
    "finance",
    "marketing",
    "control",
    "signed-in",
];
/// Files of the page that keep their names.
const FILES: [&str; 1] = ["crown.svg"];

/// How long a browser keeps what has its content's hash in its name, and how it keeps what has not.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_FIRST: &str = "no-cache";

/// The page for people who reach this system at `url`; `audience` is whom its tokens are for.
pub(crate) fn router(page: &Page, url: &str, audience: &str) -> Router {
    let settings = settings(url, audience);
    let settings = get(move || async move { ([(header::CACHE_CONTROL, ASK_FIRST)], Json(settings)) });
    let mut router: Router<Page> = Router::new().route("/", get(index)).route("/config.json", settings);
    for view in VIEWS {
        router = router.route(&format!("/{view}"), get(index)).route(&format!("/{view}/{{*rest}}"), get(index));
    }
    if let Some(dist) = page.dist() {
        router = router.nest_service("/assets", assets(&dist.join("assets")));
        for file in FILES {
            router = router.route_service(&format!("/{file}"), kept(ServeFile::new(dist.join(file)), ASK_FIRST));
        }
    }
    router.layer(middleware::from_fn_with_state(Shield::new(url), shield::around)).with_state(page.clone())
}

fn assets(folder: &std::path::Path) -> Router {
    let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_gzip();
    kept(files, FOR_EVER)
}

/// `files`, of which a browser keeps those that are there in this way.
fn kept<S, B>(files: S, how: &'static str) -> Router
where
    S: tower::Service<Request, Response = axum::http::Response<B>, Error = std::convert::Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
    B: axum::body::HttpBody<Data = axum::body::Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    let marked = move |response: axum::http::Response<B>| {
        let mut response = response.map(Body::new);
        let found = !response.status().is_client_error() && !response.status().is_server_error();
        let how = HeaderValue::from_static(if found { how } else { "no-store" });
        response.headers_mut().insert(header::CACHE_CONTROL, how);
        response
    };
    Router::new().fallback_service(files.map_response(marked))
}

/// What the page has to know before anybody has signed in. The client is the audience of its tokens, as it is with the
/// ID tokens of any OIDC issuer.
fn settings(url: &str, audience: &str) -> Value {
    json!({
        "sandbox": true,
        "issuer": url,
        "authorizationEndpoint": format!("{url}/authorize"),
        "tokenEndpoint": format!("{url}/token"),
        "clientId": audience,
        "live": format!("{}/live", url.replacen("http", "ws", 1)),
    })
}

/// The one document of the page, whichever of its views is asked for.
async fn index(State(page): State<Page>, request: Request) -> Response {
    let Some(dist) = page.dist().filter(|_| page.is_there()) else {
        return absent(page.absence());
    };
    let file = kept(ServeFile::new(dist.join("index.html")).precompressed_gzip(), ASK_FIRST);
    file.oneshot(request).await.into_response()
}

/// Why there is no page, as plain text: nothing that a build said can be more than words here.
fn absent(absence: Absence) -> Response {
    let text = format!(
        "The page is not here yet.\n\n{}\n\nEverything else works: the API is described at /docs.\n",
        absence.why
    );
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, headers, text).into_response();
    if absence.passes {
        response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("2"));
    }
    response
}
