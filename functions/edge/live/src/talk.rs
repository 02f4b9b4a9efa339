//! What people who are connected say.

use crate::{
    Live, answer,
    event::Place,
    post::Lost,
    protocol::{self, Said, Wrong, wrong},
    rights,
    table::{Connection, TableError},
};
use runtime::{Call, Failure};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Why somebody is not served.
enum Unserved {
    /// What was said is wrong.
    Wrong(Wrong),
    /// Nobody is there any more, or cannot be reached.
    Lost(Lost),
    /// The table does not answer.
    Table(TableError),
}

impl From<Wrong> for Unserved {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

impl From<Lost> for Unserved {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl From<TableError> for Unserved {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl Live {
    /// Handles a message. What is wrong with it is told to whoever sent it.
    pub(crate) async fn said(&self, id: &str, text: &str, call: &Call) -> Result<Value, Failure> {
        let end = match self.serve(id, text, call).await {
            Err(Unserved::Wrong(wrong)) => self.post.send(id, &protocol::error(&wrong)).await.map_err(Unserved::Lost),
            end => end,
        };
        match end {
            Ok(()) => Ok(answer(200)),
            Err(Unserved::Lost(Lost::Gone)) => self.left(id).await,
            Err(Unserved::Lost(Lost::Failed(reason))) => Err(Failure::Retry(reason)),
            Err(Unserved::Table(error)) => Err(error.into()),
            Err(Unserved::Wrong(_)) => Ok(answer(400)),
        }
    }

    async fn serve(&self, id: &str, text: &str, call: &Call) -> Result<(), Unserved> {
        let said = Said::read(text)?;
        let Some(connection) = self.table.connection(id).await? else {
            self.post.close(id).await?;
            return Err(Lost::Gone.into());
        };
        match said {
            Said::Subscribe { topics, after } => self.subscribe((id, connection), topics, after, call).await,
            Said::Unsubscribe { topics } => self.unsubscribe((id, connection), &topics).await,
            Said::Ping(value) => {
                self.post.send(id, &json!({ "pong": value })).await?;
                if connection.place.is_some() {
                    self.bring_up_to_date(id, call).await?;
                }
                Ok(())
            }
        }
    }

    async fn subscribe(
        &self,
        (id, connection): (&str, Connection),
        topics: BTreeSet<String>,
        after: Option<Place>,
        call: &Call,
    ) -> Result<(), Unserved> {
        rights::allowed(&topics, &self.rights.of(&connection.guest.roles))?;
        let now = self.env.clock().now();
        let last = self.table.watch(now).await?;
        let (start, whole) = match (connection.place, after) {
            (Some(_), Some(_)) => {
                let fix = "leave it out, or connect anew to go on from there";
                return Err(wrong("after", "it goes with the first `subscribe` of a connection", fix).into());
            }
            (Some(place), None) => {
                // What happened until now was not wanted.
                self.bring_up_to_date(id, call).await?;
                (place.max(last), true)
            }
            (None, None) => (last, true),
            (None, Some(after)) if self.table.is_whole_after(after, last, now).await? => (after, true),
            (None, Some(_)) => (last, false),
        };
        if !whole {
            self.post.send(id, &protocol::gap()).await?;
        }
        let all = connection.topics.union(&topics).cloned().collect();
        self.post.send(id, &protocol::subscribed(&all, start)).await?;
        if !self.table.subscribe((id, &connection.guest), &topics, start).await? {
            return Err(Lost::Gone.into());
        }
        self.bring_up_to_date(id, call).await?;
        Ok(())
    }

    async fn unsubscribe(
        &self,
        (id, connection): (&str, Connection),
        topics: &BTreeSet<String>,
    ) -> Result<(), Unserved> {
        if !self.table.unsubscribe(id, topics).await? {
            return Err(Lost::Gone.into());
        }
        let left = connection.topics.difference(topics).cloned().collect();
        self.post.send(id, &protocol::subscribed(&left, connection.place.unwrap_or_default())).await?;
        Ok(())
    }
}
