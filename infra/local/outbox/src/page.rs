//! What was sent, for a person.

use crate::{Message, Service};
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}\
article{border:1px solid #888;border-radius:.4rem;padding:0 1rem;margin:1rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}";

/// The page, latest message first. Nothing in it is a link.
pub(crate) fn answer(messages: &[Message]) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { "Sandbox outbox" }
                style { (STYLE) }
            }
            body {
                h1 { "Sandbox outbox" }
                p { "Mail and chat messages that were taken and delivered to nobody." }
                @if messages.is_empty() { p { "Nothing was sent so far." } }
                @for message in messages.iter().rev() { (one(message)) }
            }
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    ];
    (headers, page.into_string()).into_response()
}

fn one(message: &Message) -> Markup {
    let at = message.at.replace_nanosecond(0).unwrap_or(message.at);
    html! {
        article {
            h2 { (head(message)) }
            p { (name(message.service)) ", " (at) }
            pre { (text(message)) }
        }
    }
}

const fn name(service: Service) -> &'static str {
    match service {
        Service::Sendgrid => "Mail",
        Service::Slack => "Chat",
    }
}

fn head(message: &Message) -> &str {
    let field = match message.service {
        Service::Sendgrid => "subject",
        Service::Slack => "text",
    };
    message.body.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// What people would read.
fn text(message: &Message) -> String {
    let (list, field) = match message.service {
        Service::Sendgrid => ("content", "/value"),
        Service::Slack => ("blocks", "/text/text"),
    };
    let parts = message.body.get(list).and_then(Value::as_array).into_iter().flatten();
    let parts: Vec<&str> = parts.filter_map(|part| part.pointer(field)?.as_str()).collect();
    let to = message.body.get("personalizations").and_then(Value::as_array).into_iter().flatten();
    let to: Vec<&str> = to.filter_map(|one| one.pointer("/to/0/email")?.as_str()).collect();
    let to = if to.is_empty() { String::new() } else { format!("To: {}\n\n", to.join(", ")) };
    format!("{to}{}", parts.join("\n\n"))
}
