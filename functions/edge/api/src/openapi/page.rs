//! The documentation as one page without scripts: nothing is fetched from anywhere.

use super::operations;
use crate::problem::Kind;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use utoipa::openapi::{OpenApi, RefOr, path::Operation};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
code{font-family:ui-monospace,monospace}\
h2{margin-top:2.5rem}h3{margin:1.5rem 0 .25rem}p{margin:.25rem 0}\
table{border-collapse:collapse;margin:.5rem 0}\
th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8884}";

/// The page and the content security policy that it is shown under.
pub(super) struct Page {
    pub(super) html: String,
    pub(super) policy: String,
}

/// The page of this document.
pub(super) fn render(document: &OpenApi) -> Page {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    Page {
        html: markup(document).into_string(),
        policy: format!(
            "default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        ),
    }
}

fn markup(document: &OpenApi) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (document.info.title) " API" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (document.info.title) " API " (document.info.version) }
                @if let Some(about) = &document.info.description { p { (about) } }
                p { "As a machine reads it: " a href="/openapi.json" { "OpenAPI 3.1" } "." }
                h2 { "Operations" }
                @for (path, item) in &document.paths.paths {
                    @for (method, operation) in operations(item) { (one(method, path, operation)) }
                }
                h2 { "Problems" }
                p { "Every refusal and failure is a problem (RFC 9457). Its " code { "type" } " is one of these." }
                @for kind in Kind::ALL { (problem(*kind)) }
            }
        }
    }
}

fn one(method: &str, path: &str, operation: &Operation) -> Markup {
    html! {
        h3 id=[operation.operation_id.as_deref()] { code { (method) " " (path) } }
        @if let Some(summary) = &operation.summary { p { (summary) } }
        @if let Some(more) = &operation.description { p { (more) } }
        table {
            @for (name, about) in parameters(operation) {
                tr { th scope="row" { code { (name) } } td { (about) } }
            }
            @for (status, about) in answers(operation) {
                tr { th scope="row" { (status) } td { (about) } }
            }
        }
    }
}

fn problem(kind: Kind) -> Markup {
    html! {
        h3 id={ "problem-" (kind.slug()) } { (kind.status().as_u16()) " " (kind.title()) }
        p { (kind.help()) }
    }
}

fn parameters(operation: &Operation) -> impl Iterator<Item = (&str, &str)> {
    let parameters = operation.parameters.iter().flatten();
    parameters.filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some((parameter.name.as_str(), parameter.description.as_deref().unwrap_or_default())),
        RefOr::Ref(_) => None,
    })
}

fn answers(operation: &Operation) -> impl Iterator<Item = (&str, &str)> {
    operation.responses.responses.iter().filter_map(|(status, answer)| match answer {
        RefOr::T(answer) => Some((status.as_str(), answer.description.as_str())),
        RefOr::Ref(_) => None,
    })
}
