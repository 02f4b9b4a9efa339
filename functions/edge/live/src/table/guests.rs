//! Connections, and what they want to hear.

use super::{
    ATTEMPTS, Table, TableError, give_way,
    item::{self, Item, instant, number, text, texts},
};
use crate::event::Place;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Delete, Put, ReturnValue, TransactWriteItem, Update};
use domain::Role;
use futures::future::try_join_all;
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime};

/// How much longer a row is there than its connection may be.
const LEEWAY: Duration = Duration::minutes(10);
const STATE: &str = "STATE";

/// Somebody who was let in. Who it is, nobody needs to know any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guest {
    /// What the log calls the person.
    pub(crate) mark: String,
    /// What the person may be.
    pub(crate) roles: BTreeSet<Role>,
    /// When the token ends, or the connection at the latest.
    pub(crate) until: OffsetDateTime,
}

/// A connection, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Connection {
    /// Who.
    pub(crate) guest: Guest,
    /// What they want to hear.
    pub(crate) topics: BTreeSet<String>,
    /// Up to where they were told everything; absent until they say what they want.
    pub(crate) place: Option<Place>,
}

fn pk(id: &str) -> String {
    format!("CONN#{id}")
}

pub(super) fn key(id: &str) -> Item {
    item::key(pk(id), STATE)
}

fn topic_key(topic: &str, id: &str) -> Item {
    item::key(format!("TOPIC#{topic}"), id)
}

impl Connection {
    pub(super) fn read(row: &Item) -> Self {
        let guest = Guest {
            mark: item::get_text(row, "mark").unwrap_or_default().to_owned(),
            roles: item::get_texts(row, "roles").iter().filter_map(|name| name.parse().ok()).collect(),
            until: item::get_instant(row, "until").unwrap_or(OffsetDateTime::UNIX_EPOCH),
        };
        let place = item::get_number(row, "place").map(Place);
        Self { guest, topics: item::get_texts(row, "topics"), place }
    }
}

impl Table {
    /// Notes a new connection.
    pub(crate) async fn admit(&self, id: &str, guest: &Guest) -> Result<(), TableError> {
        let roles: Vec<String> = guest.roles.iter().map(ToString::to_string).collect();
        let mut row = key(id);
        row.extend([
            ("mark".to_owned(), text(&guest.mark)),
            ("roles".to_owned(), texts(roles.iter().map(String::as_str))),
            ("until".to_owned(), instant(guest.until)),
            ("ttl".to_owned(), instant(guest.until + LEEWAY)),
        ]);
        let put = self.client.put_item().table_name(&self.name).set_item(Some(row));
        put.send().await.map(|_| ()).map_err(|error| TableError::of(&error))
    }

    /// A connection, read consistently; absent if it was never let in or is gone.
    pub(crate) async fn connection(&self, id: &str) -> Result<Option<Connection>, TableError> {
        let request = self.client.get_item().table_name(&self.name).set_key(Some(key(id))).consistent_read(true);
        let row = request.send().await.map_err(|error| TableError::of(&error))?.item;
        Ok(row.as_ref().map(Connection::read))
    }

    /// Notes that this connection wants these topics too, from `start` if it wanted none before.
    /// Says whether it is there.
    pub(crate) async fn subscribe(
        &self,
        (id, guest): (&str, &Guest),
        topics: &BTreeSet<String>,
        start: Place,
    ) -> Result<bool, TableError> {
        let update = Update::builder()
            .table_name(&self.name)
            .set_key(Some(key(id)))
            .update_expression("ADD topics :topics SET place = if_not_exists(place, :start)")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":topics", texts(topics.iter().map(String::as_str)))
            .expression_attribute_values(":start", number(start.0));
        let update = update.build().map_err(|error| TableError::of(&error))?;
        let mut items = vec![TransactWriteItem::builder().update(update).build()];
        for topic in topics {
            let mut row = topic_key(topic, id);
            row.insert("ttl".to_owned(), instant(guest.until + LEEWAY));
            let put = Put::builder().table_name(&self.name).set_item(Some(row)).build();
            items.push(TransactWriteItem::builder().put(put.map_err(|error| TableError::of(&error))?).build());
        }
        self.write_all(items).await
    }

    /// Notes that this connection does not want these topics. Says whether it is there.
    pub(crate) async fn unsubscribe(&self, id: &str, topics: &BTreeSet<String>) -> Result<bool, TableError> {
        let update = Update::builder()
            .table_name(&self.name)
            .set_key(Some(key(id)))
            .update_expression("DELETE topics :topics")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":topics", texts(topics.iter().map(String::as_str)));
        let update = update.build().map_err(|error| TableError::of(&error))?;
        let mut items = vec![TransactWriteItem::builder().update(update).build()];
        for topic in topics {
            let delete = Delete::builder().table_name(&self.name).set_key(Some(topic_key(topic, id))).build();
            items.push(TransactWriteItem::builder().delete(delete.map_err(|error| TableError::of(&error))?).build());
        }
        self.write_all(items).await
    }

    /// Forgets a connection.
    pub(crate) async fn remove(&self, id: &str) -> Result<(), TableError> {
        let request = self.client.delete_item().table_name(&self.name).set_key(Some(key(id)));
        let old = request.return_values(ReturnValue::AllOld).send().await.map_err(|error| TableError::of(&error))?;
        let topics = old.attributes.map(|row| item::get_texts(&row, "topics")).unwrap_or_default();
        self.unlist(id, topics).await
    }

    /// Takes a connection out of the lists of these topics.
    pub(crate) async fn unlist(&self, id: &str, topics: BTreeSet<String>) -> Result<(), TableError> {
        // What is left over ends by itself, and until then it is found to lead nowhere.
        let request = |topic: &String| {
            self.client.delete_item().table_name(&self.name).set_key(Some(topic_key(topic, id))).send()
        };
        try_join_all(topics.iter().map(request)).await.map_err(|error| TableError::of(&error))?;
        Ok(())
    }

    /// The connections that want this topic.
    pub(crate) async fn listeners(&self, topic: &str) -> Result<Vec<String>, TableError> {
        let pages = self
            .client
            .query()
            .table_name(&self.name)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(format!("TOPIC#{topic}")))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let rows: Vec<Item> = pages.try_collect().await.map_err(|error| TableError::of(&error))?;
        Ok(rows.iter().filter_map(|row| item::get_text(row, "sk").map(str::to_owned)).collect())
    }

    /// Writes all of it, and says whether the connection was there.
    async fn write_all(&self, items: Vec<TransactWriteItem>) -> Result<bool, TableError> {
        for attempt in 0..ATTEMPTS {
            let request = self.client.transact_write_items().set_transact_items(Some(items.clone()));
            let Err(error) = request.send().await else {
                return Ok(true);
            };
            let reasons = match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(e)) => e.cancellation_reasons(),
                _ => return Err(TableError::of(&error)),
            };
            let is = |wanted: &str| reasons.iter().any(|reason| reason.code() == Some(wanted));
            match () {
                () if is("ConditionalCheckFailed") => return Ok(false),
                () if is("TransactionConflict") => give_way(attempt).await,
                () => return Err(TableError::of(&error)),
            }
        }
        Err(TableError("others changed a connection again and again".to_owned()))
    }
}
