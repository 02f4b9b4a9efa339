//! Carriers, followed through AfterShip.
//!
//! A parcel is registered once under its tracking number; that it is registered already counts as success. Our own
//! number goes along as `order_id`, so that AfterShip's callbacks name the parcel that they are about.

use crate::{
    Error,
    http::{Operation, Remote, Reply, ask, change, told},
};
use domain::{ActionId, order::ParcelState};
use reqwest::{Client, Method};
use runtime::Env;
use serde_json::{Value, json};

/// The version of the API that this speaks.
const VERSION: &str = "2026-07";
/// `meta.code` of a tracking that exists already.
const EXISTS: i64 = 4003;

/// A parcel as AfterShip knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// AfterShip's id.
    pub id: String,
    /// AfterShip's word, such as `InTransit`.
    pub tag: String,
    /// What it means for the parcel; absent while the carrier has nothing to say.
    pub state: Option<ParcelState>,
}

/// What a tag means for a parcel.
#[must_use]
pub fn state(tag: &str) -> Option<ParcelState> {
    match tag {
        "InTransit" | "OutForDelivery" | "AttemptFail" | "AvailableForPickup" => Some(ParcelState::Shipped),
        "Delivered" => Some(ParcelState::Delivered),
        _ => None,
    }
}

/// AfterShip's interface.
pub struct AfterShip {
    remote: Remote,
    secret: &'static str,
}

impl AfterShip {
    /// The name of its interface.
    pub const NAME: &'static str = "aftership";
    /// The secret that it needs: an API key.
    pub const SECRET: &'static str = "aftership-key";
    /// The secret that questions are asked with: an API key that may only read.
    pub const READ_SECRET: &'static str = "aftership-read-key";
    /// The secret that its callbacks are signed with.
    pub const CALLBACK_SECRET: &'static str = "aftership-webhook-secret";

    pub(crate) fn new(env: &Env, http: Client, secret: &'static str) -> Self {
        Self { remote: Remote::new(Self::NAME, &env.config().supply.aftership, http, env), secret }
    }

    /// Whether it can be asked now: not while it failed repeatedly and is left alone.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with the time until then.
    pub fn ready(&self) -> Result<(), Error> {
        self.remote.ready()
    }

    /// Has the parcel of our order number `parcel` followed under its carrier's `number`. Doing it again changes
    /// nothing; it is asked for once.
    ///
    /// # Errors
    /// When there is no key, or AfterShip does not answer or refuses the number.
    pub async fn follow(&self, parcel: ActionId, number: &str) -> Result<Followed, Error> {
        let operation = change("trackings");
        // No `slug`: suppliers' names of carriers are not AfterShip's, which finds the carrier by the number.
        let body = json!({ "tracking_number": number, "order_id": parcel.to_string() });
        match self.call(operation, Method::POST, With::Body(&body)).await? {
            Some(data) => self.read(operation, &data),
            None => self.status(number).await?.ok_or_else(|| self.remote.strange(operation, "it is not there")),
        }
    }

    /// Where a parcel is; nothing where it is not followed.
    ///
    /// # Errors
    /// When there is no key, or AfterShip does not answer.
    pub async fn status(&self, number: &str) -> Result<Option<Followed>, Error> {
        let operation = ask("trackings");
        let query = [("tracking_numbers", number)];
        let data = self.remote.patiently(|| self.call(operation, Method::GET, With::Query(&query))).await?;
        let first = data.as_ref().and_then(|data| data.pointer("/trackings/0"));
        first.map(|one| self.read(operation, one)).transpose()
    }

    /// The data; nothing where it exists already.
    async fn call(&self, operation: Operation, method: Method, with: With<'_>) -> Result<Option<Value>, Error> {
        let key = self.remote.secret(self.secret).await?;
        let segments = ["tracking", VERSION, "trackings"];
        let query = if let With::Query(query) = with { query } else { &[] };
        let mut request = self.remote.request(method, &segments, query)?.header("as-api-key", key.expose());
        if let With::Body(body) = with {
            request = request.json(body);
        }
        let Reply { status, mut body, .. } = self.remote.send(operation, request).await?;
        let why = format!("HTTP {status}: {}", told(&body));
        match status.as_u16() {
            200..=299 => Ok(body.get_mut("data").map(Value::take)),
            _ if body.pointer("/meta/code").and_then(Value::as_i64) == Some(EXISTS) => Ok(None),
            401..=403 => {
                self.remote.forget(self.secret);
                Err(self.remote.denied(&why))
            }
            _ => Err(self.remote.refused(operation, &why)),
        }
    }

    fn read(&self, operation: Operation, one: &Value) -> Result<Followed, Error> {
        let text = |name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(id), Some(tag)) = (text("id"), text("tag")) else {
            return Err(self.remote.strange(operation, "a tracking without its fields"));
        };
        Ok(Followed { id, state: state(&tag), tag })
    }
}

/// What goes along with a request.
#[derive(Clone, Copy)]
enum With<'a> {
    Query(&'a [(&'a str, &'a str)]),
    Body(&'a Value),
}
