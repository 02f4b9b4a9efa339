//! VIES: the Commission's register of VAT numbers, as one question and three answers.
//!
//! A business in another country is sold to without tax only with proof. The proof is the identifier that VIES gives
//! to a question asked under our own number. VIES is often down for single countries and says so with HTTP 200: that
//! is [`Answer::Unknown`], never [`Answer::Invalid`].

mod number;

pub use number::{NotANumber, VatNumber};

use runtime::{
    Env,
    breaker::{Breaker, CallError},
    retry::{Limits, Retry, Verdict},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// Three questions within 10 s.
const LIMITS: Limits = Limits {
    attempts: 3,
    first: Duration::from_millis(300),
    most: Duration::from_secs(2),
    total: Duration::from_secs(10),
};
const TIMEOUT: Duration = Duration::from_secs(8);
/// The most of an error's name that is told.
const TOLD: usize = 60;

/// What the register says of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It belongs to a business, and this identifier proves that we asked; absent where we asked without a number of
    /// our own.
    Valid {
        /// `requestIdentifier`
        identifier: Option<String>,
    },
    /// It belongs to nobody.
    Invalid,
    /// The register cannot say now.
    Unknown(String),
}

/// The register.
pub struct Vies {
    url: String,
    own: Option<VatNumber>,
    http: reqwest::Client,
    breaker: Arc<Breaker>,
    retry: Retry,
}

/// What is used of an answer. The name and address of the business are not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    valid: Option<bool>,
    #[serde(default)]
    request_identifier: String,
    action_succeed: Option<bool>,
    #[serde(default)]
    error_wrappers: Vec<Wrapped>,
}

#[derive(Deserialize)]
struct Wrapped {
    #[serde(default)]
    error: String,
}

impl Vies {
    /// The register with the settings, client and breaker of `env`.
    #[must_use]
    pub fn new(env: &Env) -> Self {
        let finance = &env.config().finance;
        Self {
            url: finance.vies.clone(),
            own: finance.vat_number.as_deref().and_then(|number| number.parse().ok()),
            http: env.http().clone(),
            breaker: env.breakers().of("vies"),
            retry: Retry::new(LIMITS),
        }
    }

    /// Whether `number` belongs to a business.
    pub async fn check(&self, number: &VatNumber) -> Answer {
        let asked = self.retry.run(verdict, || self.once(number)).await;
        asked.unwrap_or_else(Answer::Unknown)
    }

    async fn once(&self, number: &VatNumber) -> Result<Answer, String> {
        let asked = self.breaker.call(|_: &String| true, self.ask(number)).await;
        asked.map_err(|error| match error {
            CallError::Refused(refused) => refused.to_string(),
            CallError::Failed(why) => why,
        })
    }

    async fn ask(&self, number: &VatNumber) -> Result<Answer, String> {
        let url = format!("{}/check-vat-number", self.url);
        let request = self.http.post(url).timeout(TIMEOUT).json(&self.body(number));
        let response = request.send().await.map_err(|error| format!("vies did not answer: {}", error.without_url()))?;
        let status = response.status();
        self.breaker.heard(status, response.headers());
        if !status.is_success() {
            return Err(format!("vies answered {status}"));
        }
        let reply = response.json::<Reply>().await.map_err(|_| "vies answered what is no answer".to_owned())?;
        read(&reply)
    }

    fn body(&self, number: &VatNumber) -> Value {
        let mut body = json!({ "countryCode": number.country(), "vatNumber": number.digits() });
        if let (Some(own), Some(fields)) = (&self.own, body.as_object_mut()) {
            fields.insert("requesterMemberStateCode".to_owned(), own.country().into());
            fields.insert("requesterNumber".to_owned(), own.digits().into());
        }
        body
    }
}

/// Whatever failed may work when it is asked again.
fn verdict(_: &String) -> Verdict {
    Verdict::Again
}

/// An answer is one only where it says so: an error, or a reply without a verdict, is none.
fn read(reply: &Reply) -> Result<Answer, String> {
    let error = reply.error_wrappers.iter().map(|wrapped| wrapped.error.as_str()).find(|error| !error.is_empty());
    match (reply.valid, error) {
        (_, Some("INVALID_INPUT")) => Ok(Answer::Invalid),
        (_, Some(error)) => Err(format!("vies cannot say: {}", error.chars().take(TOLD).collect::<String>())),
        (Some(true), None) if reply.action_succeed != Some(false) => {
            let identifier = Some(reply.request_identifier.clone()).filter(|identifier| !identifier.is_empty());
            Ok(Answer::Valid { identifier })
        }
        (Some(false), None) if reply.action_succeed != Some(false) => Ok(Answer::Invalid),
        _ => Err("vies answered without a verdict".to_owned()),
    }
}

#[cfg(test)]
mod tests;
