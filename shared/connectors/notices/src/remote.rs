//! One call of an outside service, and what its answer means: did the notice go out?

use crate::Fault;
use reqwest::{Client, RequestBuilder, Response, StatusCode, header::HeaderMap};
use runtime::{
    Clock, Env,
    breaker::{Breaker, CallError},
    retry::{Limits, Retry, Verdict},
    secrets::{Secret, SecretError, Secrets},
};
use std::{sync::Arc, time::Duration};

/// The most that is read of an answer, and the most of it that is told.
const LARGEST: usize = 16 * 1024;
const TOLD: usize = 200;

/// Three calls within 12 s, and only after such as were certainly not taken.
const LIMITS: Limits = Limits {
    attempts: 3,
    first: Duration::from_millis(200),
    most: Duration::from_secs(2),
    total: Duration::from_secs(12),
};
/// How long one call may take: three of them and the waits stay within the function's own time.
const TIMEOUT: Duration = Duration::from_secs(10);

/// An outside service with its credential and its breaker.
pub(crate) struct Remote {
    name: &'static str,
    secret: &'static str,
    secrets: Arc<Secrets>,
    http: Client,
    clock: Arc<dyn Clock>,
    breaker: Arc<Breaker>,
    retry: Retry,
    pub(crate) timeout: Duration,
}

/// What is used of an answer.
pub(crate) struct Reply {
    pub(crate) message_id: Option<String>,
}

impl Remote {
    pub(crate) fn new(name: &'static str, secret: &'static str, env: &Env) -> Self {
        Self {
            name,
            secret,
            secrets: Arc::clone(env.secrets()),
            http: env.http().clone(),
            clock: Arc::clone(env.clock()),
            breaker: env.breakers().of(name),
            retry: Retry::new(LIMITS),
            timeout: TIMEOUT,
        }
    }

    /// Its credential.
    pub(crate) async fn secret(&self) -> Result<Secret, Fault> {
        self.secrets.get(self.secret).await.map_err(|error| match error {
            SecretError::Missing { .. } => Fault::Off(error.to_string()),
            SecretError::Retry { .. } => Fault::Later { why: error.to_string(), after: None },
        })
    }

    /// Posts what `request` makes of the credential, again where that certainly makes no second notice.
    pub(crate) async fn post(&self, request: impl Fn(&Client, &Secret) -> RequestBuilder) -> Result<Reply, Fault> {
        self.retry.run(verdict, || self.once(&request)).await
    }

    async fn once(&self, request: impl Fn(&Client, &Secret) -> RequestBuilder) -> Result<Reply, Fault> {
        let request = request(&self.http, &self.secret().await?);
        let counts = |fault: &Fault| matches!(fault, Fault::Doubt(_) | Fault::Later { after: None, .. });
        let answered = self.breaker.call(counts, self.call(request.timeout(self.timeout))).await;
        answered.map_err(|error| match error {
            CallError::Refused(refused) => {
                let rest = Duration::try_from(refused.until - self.clock.now()).unwrap_or_default();
                Fault::Later { why: refused.to_string(), after: Some(rest) }
            }
            CallError::Failed(fault) => fault,
        })
    }

    async fn call(&self, request: RequestBuilder) -> Result<Reply, Fault> {
        let response = request.send().await.map_err(|error| self.unanswered(error))?;
        let status = response.status();
        self.breaker.heard(status, response.headers());
        if status.is_success() {
            let id = response.headers().get("x-message-id").and_then(|id| id.to_str().ok());
            return Ok(Reply { message_id: id.map(str::to_owned) });
        }
        let wait = self.wait(response.headers());
        let why = format!("{} answered {status}: {}", self.name, excerpt(response).await);
        Err(self.by_status(status, wait, why))
    }

    /// No answer came. Only where no connection was made, nothing was sent.
    fn unanswered(&self, error: reqwest::Error) -> Fault {
        let not_sent = error.is_connect() || error.is_builder();
        // The address may be the credential.
        let error = error.without_url();
        let mut why = format!("{} did not answer: {error}", self.name);
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            why = format!("{why}: {inner}");
            cause = inner.source();
        }
        if not_sent { Fault::Later { why, after: None } } else { Fault::Doubt(why) }
    }

    fn by_status(&self, status: StatusCode, wait: Option<Duration>, why: String) -> Fault {
        match status.as_u16() {
            429 => Fault::Later { why, after: Some(wait.unwrap_or(Duration::from_secs(1))) },
            // The key was withdrawn, or the webhook: a new one may be there already.
            401 | 403 | 404 | 410 => {
                self.secrets.invalidate(self.secret);
                Fault::Later { why, after: None }
            }
            408 => Fault::Doubt(why),
            300..=499 => Fault::Refused(why),
            _ => Fault::Doubt(why),
        }
    }

    /// How long it asks to be left alone: `Retry-After` in seconds, or SendGrid's `X-RateLimit-Reset` as Unix time.
    fn wait(&self, headers: &HeaderMap) -> Option<Duration> {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let reset = || {
            let now = u64::try_from(self.clock.now().unix_timestamp()).ok()?;
            number("x-ratelimit-reset").map(|at| at.saturating_sub(now))
        };
        number("retry-after").or_else(reset).map(Duration::from_secs)
    }
}

fn verdict(fault: &Fault) -> Verdict {
    match fault {
        Fault::Later { after: Some(after), .. } => Verdict::After(*after),
        Fault::Later { after: None, .. } => Verdict::Again,
        Fault::Off(_) | Fault::Refused(_) | Fault::Doubt(_) => Verdict::Stop,
    }
}

/// The beginning of an answer, on one line.
async fn excerpt(mut response: Response) -> String {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            break;
        }
    }
    crate::inert::line(&String::from_utf8_lossy(&body), TOLD)
}
