//! One request, from its variables to the payload of its root field.

mod answer;
mod judge;
mod post;
#[cfg(test)]
mod tests;

use crate::{
    Client, Error,
    error::Problem,
    leave::NoLeave,
    operation::{Kind, Operation},
    patience::Effort,
    throttle::{Bucket, Cost},
    token::{NoToken, Token},
};
use post::Reply;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::{MutexGuard, PoisonError, atomic::Ordering};
use std::time::Duration;

impl Client {
    /// Sends `operation` and reads the payload of its root field.
    pub(crate) async fn send<T: DeserializeOwned>(&self, operation: &Operation, variables: Value) -> Result<T, Error> {
        let body = json!({
            "query": operation.document,
            "operationName": operation.name,
            "variables": variables,
        });
        let payload = self.insist(operation, &body.to_string()).await?;
        serde_json::from_value(payload)
            .map_err(|error| strange(operation, format!("its answer has another shape: {error}")))
    }

    /// Tries within the bounds of patience, and only where trying again is safe.
    async fn insist(&self, operation: &Operation, body: &str) -> Result<Value, Error> {
        let mut effort = Effort::new(self.patience);
        loop {
            self.make_room(operation, &mut effort).await?;
            let error = match self.once(operation, body).await {
                Ok(payload) => return Ok(payload),
                Err(error) => error,
            };
            let Some(wait) = effort.wait_after(&error, operation.kind, &*self.time) else {
                return Err(error);
            };
            tracing::debug!(shop.operation = operation.name, wait_ms = millis(wait), %error, "trying again");
            self.time.sleep(wait).await;
        }
    }

    /// Waits until the shop's bucket can pay for the request.
    async fn make_room(&self, operation: &Operation, effort: &mut Effort) -> Result<(), Error> {
        loop {
            let wait = self.bucket().wait(operation.name, self.time.now());
            if wait.is_zero() {
                return Ok(());
            }
            if !effort.afford(wait) {
                return Err(Error::Throttled { operation: operation.name, after: wait });
            }
            self.time.sleep(wait).await;
        }
    }

    async fn once(&self, operation: &Operation, body: &str) -> Result<Value, Error> {
        let start = self.time.now();
        let reply = self.reply(operation, body).await?;
        self.check_version(&reply);
        let (cost, verdict) = judge::judge(operation, &reply);
        self.learn(operation, cost.as_ref());
        self.measure(cost.as_ref(), &verdict);
        tracing::debug!(
            shop.operation = operation.name,
            shop.cost = cost.as_ref().map(Cost::requested),
            http.status = reply.status.as_u16(),
            duration_ms = millis(self.time.now().saturating_sub(start)),
            "the shop answered"
        );
        verdict
    }

    /// The answer, under a newer token if the shop no longer takes the first one.
    async fn reply(&self, operation: &Operation, body: &str) -> Result<Reply, Error> {
        let no_token = |error| no_token(operation, &error);
        let token = self.tokens.token().await.map_err(no_token)?;
        let mut reply = self.post(operation, body, &token).await?;
        if reply.status == StatusCode::UNAUTHORIZED {
            let newer = self.tokens.renewed(&token).await.map_err(no_token)?;
            if newer != token {
                reply = self.post(operation, body, &newer).await?;
            }
        }
        Ok(reply)
    }

    async fn post(&self, operation: &Operation, body: &str, token: &Token) -> Result<Reply, Error> {
        self.ask_leave(operation).await?;
        post::post(&self.http, self.endpoint.url().clone(), body, token)
            .await
            .map_err(|failure| failure.error(operation))
    }

    /// Nothing lies between the answer and the request: no wait, no other request.
    async fn ask_leave(&self, operation: &Operation) -> Result<(), Error> {
        let Some(leave) = self.leave.as_ref().filter(|_| operation.kind != Kind::Read) else {
            return Ok(());
        };
        let operation = operation.name;
        leave.to_change().await.map_err(|refused| match refused {
            NoLeave::CalledOff(reason) => Error::CalledOff { operation, reason },
            NoLeave::NoAnswer(reason) => Error::Unavailable { operation, reason },
        })
    }

    fn learn(&self, operation: &Operation, cost: Option<&Cost>) {
        if let Some(cost) = cost {
            let now = self.time.now();
            self.bucket().learn(operation.name, cost, now);
        }
    }

    fn measure(&self, cost: Option<&Cost>, verdict: &Result<Value, Error>) {
        match (verdict, cost) {
            (Err(Error::Throttled { .. }), _) => self.meter.uses(1, 1),
            (_, Some(cost)) => {
                let (used, most) = cost.used();
                self.meter.uses(used, most);
            }
            (_, None) => {}
        }
    }

    /// The shop falls forward to another version once the one asked for has expired.
    fn check_version(&self, reply: &Reply) {
        let Some(served) = &reply.version else { return };
        if served != crate::API_VERSION && !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                shop.api_version = served,
                "the shop answers in another API version than {}, which this client is checked against",
                crate::API_VERSION
            );
        }
    }

    fn bucket(&self) -> MutexGuard<'_, Bucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn no_token(operation: &Operation, error: &NoToken) -> Error {
    let reason = error.to_string();
    match error {
        NoToken::Missing => Error::Denied { reason },
        NoToken::Unreadable(_) => Error::Unavailable { operation: operation.name, reason },
    }
}

/// The request arrived, or may have, and what became of it is not known.
pub(crate) fn lost(operation: &Operation, reason: String) -> Error {
    let operation_name = operation.name;
    match operation.kind {
        Kind::Read => Error::Unavailable { operation: operation_name, reason },
        Kind::Write | Kind::Keyed => Error::Unknown { operation: operation_name, reason },
    }
}

/// The shop answered something that is not in its schema; asking again gives the same.
pub(crate) fn strange(operation: &Operation, reason: String) -> Error {
    match operation.kind {
        Kind::Read => Error::refused(operation.name, Problem::ours("ANSWER_NOT_UNDERSTOOD", &[], reason)),
        Kind::Write | Kind::Keyed => lost(operation, reason),
    }
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
