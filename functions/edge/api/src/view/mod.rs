//! What the API shows, where that differs from how things are kept.

pub(crate) mod action;
mod history;
mod money;
mod page;

pub(crate) use history::{HistoryView, LinkView, who};
pub(crate) use money::MoneyView;
pub(crate) use page::{Order, Page, walk};

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::text::Lang;
use serde::Serialize;

/// An answer with the version of the thing as its `ETag`.
pub(crate) fn versioned<T: Serialize>(value: T, seq: u64) -> Response {
    let mut response = Json(value).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{seq}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The same answer, marked with the language of its sentences.
pub(crate) fn spoken(mut response: Response, lang: Lang) -> Response {
    let lang = match lang {
        Lang::En => "en",
        Lang::Nl => "nl",
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    response
}
