//! One request to an outside system, and what its failure says: can it be that it was applied?

use crate::Error;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use runtime::{
    Clock, Env, Problems,
    breaker::{Breaker, CallError, Refused},
    retry::{Limits, Retry, Verdict},
    secrets::{Secret, SecretError, Secrets},
};
use serde_json::Value;
use std::{error::Error as _, sync::Arc, time::Duration};

/// The most that is read of an answer, and the most of it that is told.
const LARGEST: usize = 2 * 1024 * 1024;
const TOLD: usize = 200;
/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How often a question is asked; nothing that changes something is sent again in here.
const QUESTIONS: Limits = Limits {
    attempts: 3,
    first: Duration::from_millis(200),
    most: Duration::from_secs(2),
    total: Duration::from_secs(15),
};

/// Whether a request changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A question.
    Ask,
    /// A change.
    Change,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

pub(crate) const fn ask(name: &'static str) -> Operation {
    Operation { name, kind: Kind::Ask }
}

pub(crate) const fn change(name: &'static str) -> Operation {
    Operation { name, kind: Kind::Change }
}

/// An answer that is JSON, or empty.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) after: Option<Duration>,
    pub(crate) body: Value,
}

/// An outside system with its breaker.
#[derive(Clone)]
pub(crate) struct Remote {
    pub(crate) name: &'static str,
    base: String,
    http: Client,
    clock: Arc<dyn Clock>,
    breaker: Arc<Breaker>,
    secrets: Arc<Secrets>,
    retry: Retry,
    pub(crate) timeout: Duration,
}

/// A client with time-outs that follows no redirect: it would take the credential along.
pub(crate) fn client() -> Result<Client, Problems> {
    runtime::http::builder()?
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| Problems::one(format!("no HTTP client for suppliers: {error}")))
}

impl Remote {
    pub(crate) fn new(name: &'static str, base: &str, http: Client, env: &Env) -> Self {
        Self {
            name,
            base: base.to_owned(),
            http,
            clock: Arc::clone(env.clock()),
            breaker: env.breakers().of(name),
            secrets: Arc::clone(env.secrets()),
            retry: Retry::new(QUESTIONS),
            timeout: TIMEOUT,
        }
    }

    /// A credential by its name.
    pub(crate) async fn secret(&self, name: &'static str) -> Result<Secret, Error> {
        self.secrets.get(name).await.map_err(|error| match error {
            SecretError::Missing { .. } => Error::NoCredential(error.to_string()),
            SecretError::Retry { .. } => {
                Error::Unavailable { supplier: self.name, operation: "credential", why: error.to_string() }
            }
        })
    }

    /// The credential is refused: a new one may be there already.
    pub(crate) fn forget(&self, secret: &'static str) {
        self.secrets.invalidate(secret);
    }

    /// A request to a path of segments, which are escaped, with a query.
    pub(crate) fn request(
        &self,
        method: Method,
        segments: &[&str],
        query: &[(&str, &str)],
    ) -> Result<RequestBuilder, Error> {
        let wrong = || Error::Denied { supplier: self.name, why: format!("`{}` is no address", self.base) };
        let mut url = Url::parse(&self.base).map_err(|_| wrong())?;
        url.path_segments_mut().map_err(|()| wrong())?.pop_if_empty().extend(segments);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(self.http.request(method, url).timeout(self.timeout))
    }

    /// Asks again what may be asked again: a question whose answer did not come.
    pub(crate) async fn patiently<T, F>(&self, mut asked: impl FnMut() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        self.retry.run(verdict, &mut asked).await
    }

    /// Sends a request once.
    pub(crate) async fn send(&self, operation: Operation, request: RequestBuilder) -> Result<Reply, Error> {
        let counts = |error: &Error| matches!(error, Error::Unavailable { .. } | Error::Unknown { .. });
        let answered = self.breaker.call(counts, self.once(operation, request)).await;
        answered.map_err(|error| match error {
            CallError::Failed(error) => error,
            CallError::Refused(refused) => self.resting(operation.name, &refused),
        })
    }

    /// Whether it is not being left alone.
    pub(crate) fn ready(&self) -> Result<(), Error> {
        self.breaker.ready().map_err(|refused| self.resting("anything", &refused))
    }

    fn resting(&self, operation: &'static str, refused: &Refused) -> Error {
        let rest = Duration::try_from(refused.until - self.clock.now()).unwrap_or_default();
        let why = format!("{refused}, for {} s", rest.as_secs());
        Error::Unavailable { supplier: self.name, operation, why }
    }

    async fn once(&self, operation: Operation, request: RequestBuilder) -> Result<Reply, Error> {
        let response = request.send().await.map_err(|error| self.unanswered(operation, error))?;
        let (status, after) = (response.status(), wait(&response));
        self.breaker.heard(status, response.headers());
        let bytes = read(response).await.map_err(|error| self.unanswered(operation, error))?;
        let body = if bytes.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(&bytes) };
        match (status.as_u16(), body) {
            (500.., body) => Err(self.lost(operation, format!("HTTP {status}: {}", told(&body.unwrap_or_default())))),
            (408, _) => Err(self.lost(operation, format!("HTTP {status}"))),
            (429, _) => {
                let after = after.unwrap_or(Duration::from_secs(1));
                Err(Error::Busy { supplier: self.name, operation: operation.name, after })
            }
            (300..=399, _) => Err(Error::Denied { supplier: self.name, why: format!("HTTP {status}") }),
            (_, Ok(body)) => Ok(Reply { status, after, body }),
            (_, Err(error)) => Err(self.lost(operation, format!("HTTP {status}, and its answer is no JSON: {error}"))),
        }
    }

    /// No answer came. Only where no connection was made, nothing was sent.
    fn unanswered(&self, operation: Operation, error: reqwest::Error) -> Error {
        let not_sent = error.is_connect() || error.is_builder();
        let error = error.without_url();
        let mut why = if error.is_timeout() { "no answer in time".to_owned() } else { error.to_string() };
        let mut cause = error.source();
        while let Some(inner) = cause {
            why = format!("{why}: {inner}");
            cause = inner.source();
        }
        if not_sent {
            return Error::Unavailable { supplier: self.name, operation: operation.name, why };
        }
        self.lost(operation, why)
    }

    /// It arrived, or may have, and what became of it is not known.
    pub(crate) const fn lost(&self, operation: Operation, why: String) -> Error {
        let (supplier, name) = (self.name, operation.name);
        match operation.kind {
            Kind::Ask => Error::Unavailable { supplier, operation: name, why },
            Kind::Change => Error::Unknown { supplier, operation: name, why },
        }
    }

    /// Certainly not applied, and never will be.
    pub(crate) fn refused(&self, operation: Operation, why: &str) -> Error {
        Error::Refused { supplier: self.name, operation: operation.name, why: short(why) }
    }

    /// Certainly not applied, and a person has to look.
    pub(crate) fn denied(&self, why: &str) -> Error {
        Error::Denied { supplier: self.name, why: short(why) }
    }

    /// An answer that is not in the supplier's own description.
    pub(crate) fn strange(&self, operation: Operation, what: &str) -> Error {
        self.lost(operation, format!("its answer is not understood: {what}"))
    }
}

fn verdict(error: &Error) -> Verdict {
    match error {
        Error::Busy { after, .. } => Verdict::After(*after),
        Error::Unavailable { .. } => Verdict::Again,
        _ => Verdict::Stop,
    }
}

async fn read(mut response: Response) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            break;
        }
    }
    Ok(body)
}

/// `Retry-After` in seconds, whole or decimal, rounded up.
fn wait(response: &Response) -> Option<Duration> {
    let text = response.headers().get("retry-after")?.to_str().ok()?.trim();
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let more = u64::from(rest.bytes().any(|digit| digit != b'0'));
    Some(Duration::from_secs(whole.parse::<u64>().ok()?.saturating_add(more)))
}

/// What the supplier says in an error, wherever it says it; never a whole body, which may repeat an address.
pub(crate) fn told(body: &Value) -> String {
    let places = ["/error/message", "/message", "/meta/message", "/detail", "/details", "/title", "/result"];
    let said = places.iter().find_map(|place| body.pointer(place)?.as_str());
    short(said.unwrap_or("no reason given"))
}

/// Text from outside on one line, cut to a length that fits a sentence.
pub(crate) fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(TOLD).collect()
}
