//! Who comes in.

use crate::{Live, Request, answer, table::Guest};
use aws_lambda_events::http::HeaderMap;
use identity::{Denied, Person};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

/// The sub-protocol that is spoken.
const PROTOCOL: &str = "royal.live";
/// What stands before the token where it is offered as a sub-protocol: a browser can send no other header.
const BEARER: &str = "bearer.";
/// The longest that API Gateway keeps a connection.
const LONGEST: Duration = Duration::hours(2);

impl Live {
    /// Lets somebody in whose token holds and who may watch. What is answered here is the answer to the
    /// browser's request to open the WebSocket.
    pub(crate) async fn connect(&self, id: &str, request: &Request) -> Value {
        let now = self.env.clock().now();
        let offered = offered(headers(request));
        let status = match self.recognise(&offered, now).await {
            Ok(person) => self.admit(id, &person, now).await,
            Err(status) => status,
        };
        let status_name = status.to_string();
        self.env.metrics().count("live_connects_total", 1, &[("status", status_name.as_str())]);
        if status == 200 && offered.speaks {
            return json!({ "statusCode": status, "headers": { "Sec-WebSocket-Protocol": PROTOCOL } });
        }
        answer(status)
    }

    async fn recognise(&self, offered: &Offered, now: OffsetDateTime) -> Result<Person, u16> {
        let token = match offered.tokens.as_slice() {
            [one] => Some(one.as_str()),
            // Two tokens are nobody's: a proxy might have read the other one.
            _ => None,
        };
        self.verifier.verify(token, now).await.map_err(|denied| match denied {
            Denied::Token(refused) => {
                tracing::warn!(security.event = "token_refused", reason = %refused, "token refused");
                401
            }
            Denied::Unreachable(cause) => {
                tracing::error!(cause, "the issuer's keys cannot be fetched");
                503
            }
            Denied::NotConfigured(name) => {
                tracing::error!(name, "a setting is missing: nobody can connect");
                503
            }
        })
    }

    async fn admit(&self, id: &str, person: &Person, now: OffsetDateTime) -> u16 {
        match self.rights.may_connect(person.caller()) {
            // Whoever could hear nothing has no business here either.
            Some(true) if !self.rights.of(&person.roles).heard.is_empty() => {}
            Some(_) => {
                tracing::warn!(security.event = "refused", verb = "live.subscribe", person.mark = person.mark());
                return 403;
            }
            None => return 503,
        }
        let until = person.until.min(now + LONGEST);
        let guest = Guest { mark: person.mark(), roles: person.roles.clone(), until };
        match self.table.admit(id, &guest).await {
            Ok(()) => 200,
            Err(error) => {
                tracing::error!(%error, "a connection cannot be noted");
                503
            }
        }
    }
}

/// What somebody brings.
#[derive(Debug, Default, PartialEq, Eq)]
struct Offered {
    /// Whether our sub-protocol is among those offered.
    speaks: bool,
    tokens: Vec<String>,
}

fn headers(request: &Request) -> &HeaderMap {
    if request.headers.is_empty() { &request.multi_value_headers } else { &request.headers }
}

fn offered(headers: &HeaderMap) -> Offered {
    let all =
        |name: &str| headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>();
    let bearer = all("authorization").into_iter().filter_map(|header| {
        let (scheme, token) = header.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.to_owned())
    });
    let mut offered = Offered { speaks: false, tokens: bearer.collect() };
    for protocol in all("sec-websocket-protocol").into_iter().flat_map(|list| list.split(',')).map(str::trim) {
        offered.speaks |= protocol == PROTOCOL;
        offered.tokens.extend(protocol.strip_prefix(BEARER).map(str::to_owned));
    }
    offered
}
