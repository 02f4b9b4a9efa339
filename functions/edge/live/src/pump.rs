//! What happened goes to everybody who wants to hear it.

use crate::{
    Live,
    event::{Event, Place},
    post::Lost,
    protocol,
    table::{Claim, Connection, Returned, TableError},
};
use futures::{StreamExt as _, stream};
use runtime::{Call, Failure};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// Connections that are sent to at the same time.
const AT_ONCE: usize = 16;
/// The longest that bringing one connection up to date may take. A slower one is let go: it can come back and
/// go on where it was, and meanwhile nobody waits for it.
const LONGEST: Duration = Duration::from_secs(10);

/// How bringing a connection up to date ended.
enum End {
    /// It has everything, or somebody else is at it.
    Current,
    /// It is not there any more.
    Gone,
    /// It is too slow, its token has ended, or it cannot be reached, for this reason.
    LetGo(String),
}

impl Live {
    /// Handles messages of the queue: what happened.
    pub(crate) async fn happened(&self, event: Value, call: &Call) -> Result<Value, Failure> {
        let records = event.get("Records").and_then(Value::as_array);
        let records = records.ok_or_else(|| Failure::Reject("no event of a queue: `Records` is missing".to_owned()))?;
        let (mut events, mut failed) = (Vec::new(), Vec::new());
        for record in records {
            match Event::read(record["body"].as_str().unwrap_or_default()) {
                Ok(event) => events.push(event),
                Err(error) => {
                    tracing::error!(%error, "a message is no event of ours");
                    failed.push(json!({ "itemIdentifier": record["messageId"] }));
                }
            }
        }
        self.table.append(&events, self.env.clock().now()).await?;
        self.tell(&events, call).await?;
        Ok(json!({ "batchItemFailures": failed }))
    }

    /// Brings everybody up to date who wants to hear of one of these.
    async fn tell(&self, events: &[Event], call: &Call) -> Result<(), TableError> {
        let topics: BTreeSet<&str> = events.iter().map(|event| event.topic.as_str()).collect();
        let mut listeners: BTreeSet<String> = BTreeSet::new();
        for topic in topics.iter().copied() {
            listeners.extend(self.table.listeners(topic).await?);
        }
        let told = stream::iter(listeners).map(|id| async move {
            let end = self.bring_up_to_date(&id, call).await?;
            Ok::<_, TableError>((id, end))
        });
        let ends: Vec<_> = told.buffer_unordered(AT_ONCE).collect().await;
        let mut failure = None;
        for end in ends {
            match end {
                Ok((id, gone)) if gone => {
                    self.table.unlist(&id, topics.iter().map(|t| (*t).to_owned()).collect()).await?
                }
                Ok(_) => {}
                Err(error) => failure = Some(error),
            }
        }
        failure.map_or(Ok(()), Err)
    }

    /// Sends a connection everything that it wants and has not got. Says whether it is gone.
    pub(crate) async fn bring_up_to_date(&self, id: &str, call: &Call) -> Result<bool, TableError> {
        let end = tokio::time::timeout(LONGEST, self.pump(id, call)).await;
        match end.unwrap_or_else(|_| Ok(End::LetGo("it takes too long".to_owned())))? {
            End::Current => Ok(false),
            End::Gone => {
                self.table.remove(id).await?;
                Ok(true)
            }
            End::LetGo(reason) => {
                tracing::warn!(connection = id, reason, "a connection is let go");
                self.env.metrics().count("live_let_go_total", 1, &[]);
                if let Err(error) = self.post.close(id).await {
                    tracing::warn!(connection = id, %error, "a connection cannot be closed");
                }
                self.table.remove(id).await?;
                Ok(true)
            }
        }
    }

    async fn pump(&self, id: &str, call: &Call) -> Result<End, TableError> {
        let now = self.env.clock().now();
        let (mut turn, mut connection) = match self.table.claim(id, &call.request_id, now).await? {
            Claim::Ours(turn, connection) => (turn, connection),
            Claim::Busy => return Ok(End::Current),
            Claim::Gone => return Ok(End::Gone),
        };
        loop {
            if connection.guest.until <= now {
                let wrong = protocol::wrong("token", "its time is over", "sign in again and connect anew");
                // It is let go either way.
                let _told = self.post.send(id, &protocol::error(&wrong)).await;
                return Ok(End::LetGo("its token has ended".to_owned()));
            }
            let place = match self.send_missing(id, &connection).await? {
                Ok(place) => place,
                Err(Lost::Gone) => return Ok(End::Gone),
                Err(Lost::Failed(reason)) => return Ok(End::LetGo(reason)),
            };
            match self.table.give_back(turn, place).await? {
                Returned::Done | Returned::Lost => return Ok(End::Current),
                Returned::More(again, changed) => (turn, connection) = (again, changed),
            }
        }
    }

    /// Sends everything that is in the log, and returns up to where that was.
    async fn send_missing(&self, id: &str, connection: &Connection) -> Result<Result<Place, Lost>, TableError> {
        let mut place = connection.place.unwrap_or_default();
        let heard = self.rights.of(&connection.guest.roles).heard;
        loop {
            let last = self.table.last().await?;
            if connection.place.is_none() || connection.topics.is_empty() || place >= last {
                return Ok(Ok(last.max(place)));
            }
            let missing = self.table.after(place, last).await?;
            let end = missing.last().map_or(last, |(place, _)| *place);
            for (at, event) in missing {
                let wanted = connection.topics.contains(&event.topic) && heard.contains(&event.topic);
                if !wanted {
                    continue;
                }
                if let Err(lost) = self.post.send(id, &protocol::told(at, &event)).await {
                    return Ok(Err(lost));
                }
            }
            place = end;
        }
    }
}
