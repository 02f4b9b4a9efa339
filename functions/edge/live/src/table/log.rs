//! The log: what happened, in one order, kept for a day.
//!
//! The order is that in which events were put in, not that of the stream: what comes late takes the next
//! place, so nobody who has seen later events misses it. Nothing is written while nobody has watched for
//! longer than events are kept; when somebody comes after that, one place stays empty, and whoever wants to
//! go on from before it is told that there is a gap.

use super::{
    ATTEMPTS, Table, TableError, give_way,
    item::{self, Item, instant, number, text},
};
use crate::event::{Event, Place};
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{Put, ReturnValue, TransactWriteItem, Update},
};
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime};

/// How long events are kept.
const KEPT: Duration = Duration::hours(24);
/// How much longer they are written after somebody last watched: two clocks may differ.
const SLACK: Duration = Duration::minutes(5);
/// Places in one partition.
const BUCKET: u64 = 1000;
/// The most places that somebody can be behind.
const MOST_MISSED: u64 = 20_000;

const HEAD: &str = "LIVE#head";
const STATE: &str = "STATE";

/// The end of the log.
struct Head {
    last: Place,
    watched: OffsetDateTime,
}

/// How an attempt to write ended.
enum Wrote {
    Done,
    /// These events are in the log already.
    There(BTreeSet<String>),
    /// Somebody else was faster.
    Raced,
}

fn bucket(place: Place) -> String {
    format!("LIVE#{:016}", place.0 / BUCKET)
}

impl Table {
    /// The last place of the log.
    pub(crate) async fn last(&self) -> Result<Place, TableError> {
        Ok(self.head().await?.map(|head| head.last).unwrap_or_default())
    }

    /// Notes that somebody watches, so that events are kept from now on, and returns the last place.
    pub(crate) async fn watch(&self, now: OffsetDateTime) -> Result<Place, TableError> {
        for _ in 0..ATTEMPTS {
            for (change, condition) in [
                ("SET watched = :now", "watched >= :since"),
                ("SET watched = :now ADD #last :one", "attribute_not_exists(watched) OR watched < :since"),
            ] {
                let mut request = self.client.update_item().table_name(&self.name);
                request = request.set_key(Some(item::key(HEAD, STATE))).return_values(ReturnValue::AllNew);
                request = request.update_expression(change).condition_expression(condition);
                if change.contains(":one") {
                    request = request.expression_attribute_names("#last", "last");
                    request = request.expression_attribute_values(":one", number(1));
                }
                let request = request.expression_attribute_values(":now", instant(now));
                match request.expression_attribute_values(":since", instant(now - KEPT)).send().await {
                    Ok(head) => return Ok(place(&head.attributes.unwrap_or_default(), "last")),
                    Err(error)
                        if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => {}
                    Err(error) => return Err(TableError::of(&error)),
                }
            }
        }
        Err(TableError("others changed the end of the log again and again".to_owned()))
    }

    /// Puts events at the end of the log, each once, unless nobody watches. Those that are there stay where they
    /// are.
    pub(crate) async fn append(&self, events: &[Event], now: OffsetDateTime) -> Result<(), TableError> {
        let mut seen = BTreeSet::new();
        let mut fresh: Vec<&Event> = events.iter().filter(|event| seen.insert(&event.source)).collect();
        fresh.retain(|event| now - event.at < KEPT);
        for attempt in 0..ATTEMPTS {
            let head = self.head().await?.filter(|head| now - head.watched < KEPT + SLACK);
            let (Some(head), false) = (head, fresh.is_empty()) else {
                return Ok(());
            };
            match self.write(&fresh, head.last, now).await? {
                Wrote::Done => return Ok(()),
                Wrote::There(ids) => fresh.retain(|event| !ids.contains(&event.source)),
                Wrote::Raced => give_way(attempt).await,
            }
        }
        Err(TableError("others wrote to the log again and again".to_owned()))
    }

    /// Everything after this place, in order; at most about a thousand events, and all of them if there are fewer.
    pub(crate) async fn after(&self, after: Place, last: Place) -> Result<Vec<(Place, Event)>, TableError> {
        let first = Place(after.0 + 1);
        for bucket_start in (first.0 / BUCKET..=last.0 / BUCKET).map(|number| Place(number * BUCKET)) {
            let found = self.in_bucket(bucket_start, after, None).await?;
            if !found.is_empty() {
                return Ok(found.into_iter().flat_map(|row| row.events).filter(|(place, _)| *place > after).collect());
            }
        }
        Ok(Vec::new())
    }

    /// Whether everything after this place is still kept, and not too much.
    pub(crate) async fn is_whole_after(
        &self,
        after: Place,
        last: Place,
        now: OffsetDateTime,
    ) -> Result<bool, TableError> {
        if after >= last || last.0 - after.0 > MOST_MISSED {
            return Ok(after == last);
        }
        let first = Place(after.0 + 1);
        // A row stands under its last place, which may be in the next partition.
        for start in [first, Place(first.0 + BUCKET)] {
            if let Some(row) = self.in_bucket(start, after, Some(1)).await?.first() {
                let has = row.events.iter().any(|(place, _)| *place == first);
                return Ok(has && row.until > now);
            }
        }
        Ok(false)
    }

    async fn head(&self) -> Result<Option<Head>, TableError> {
        let request = self.client.get_item().table_name(&self.name).set_key(Some(item::key(HEAD, STATE)));
        let row = request.consistent_read(true).send().await.map_err(|error| TableError::of(&error))?.item;
        Ok(row.and_then(|row| Some(Head { last: place(&row, "last"), watched: item::get_instant(&row, "watched")? })))
    }

    async fn write(&self, events: &[&Event], last: Place, now: OffsetDateTime) -> Result<Wrote, TableError> {
        let end = Place(last.0 + u64::try_from(events.len()).unwrap_or_default());
        let until = instant(now + KEPT);
        let body = serde_json::to_string(events).map_err(|error| TableError(error.to_string()))?;
        let mut row = item::key(bucket(end), end.to_string());
        row.extend([
            ("first".to_owned(), number(last.0 + 1)),
            ("body".to_owned(), text(body)),
            ("ttl".to_owned(), until),
        ]);
        let mut items = vec![self.moved(last, end)?, self.put_new(row)?];
        for event in events {
            let mut row = item::key(format!("EVENT#{}", event.source), STATE);
            row.insert("ttl".to_owned(), instant(now + KEPT + SLACK));
            items.push(self.put_new(row)?);
        }
        let sent = self.client.transact_write_items().set_transact_items(Some(items)).send().await;
        match sent {
            Ok(_) => Ok(Wrote::Done),
            Err(error) => refused(&error, events),
        }
    }

    fn moved(&self, last: Place, end: Place) -> Result<TransactWriteItem, TableError> {
        let update = Update::builder()
            .table_name(&self.name)
            .set_key(Some(item::key(HEAD, STATE)))
            .update_expression("SET #last = :end")
            .condition_expression("#last = :last")
            .expression_attribute_names("#last", "last")
            .expression_attribute_values(":end", number(end.0))
            .expression_attribute_values(":last", number(last.0));
        let update = update.build().map_err(|error| TableError::of(&error))?;
        Ok(TransactWriteItem::builder().update(update).build())
    }

    fn put_new(&self, row: Item) -> Result<TransactWriteItem, TableError> {
        let put = Put::builder().table_name(&self.name).set_item(Some(row));
        let put = put.condition_expression("attribute_not_exists(pk)").build();
        Ok(TransactWriteItem::builder().put(put.map_err(|error| TableError::of(&error))?).build())
    }

    async fn in_bucket(&self, of: Place, after: Place, most: Option<i32>) -> Result<Vec<Row>, TableError> {
        let request = self
            .client
            .query()
            .table_name(&self.name)
            .key_condition_expression("pk = :pk AND sk > :after")
            .expression_attribute_values(":pk", text(bucket(of)))
            .expression_attribute_values(":after", text(after.to_string()))
            .set_limit(most)
            .consistent_read(true);
        let answer = request.send().await.map_err(|error| TableError::of(&error))?;
        answer.items.unwrap_or_default().iter().map(Row::read).collect()
    }
}

/// Events that were written together.
struct Row {
    events: Vec<(Place, Event)>,
    until: OffsetDateTime,
}

impl Row {
    fn read(row: &Item) -> Result<Self, TableError> {
        let body = item::get_text(row, "body").unwrap_or_default();
        let events: Vec<Event> =
            serde_json::from_str(body).map_err(|error| TableError(format!("a row of the log: {error}")))?;
        let first: u64 = item::get_number(row, "first").unwrap_or_default();
        let until = item::get_instant(row, "ttl").unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Ok(Self { events: (first..).map(Place).zip(events).collect(), until })
    }
}

fn place(row: &Item, name: &str) -> Place {
    Place(item::get_number(row, name).unwrap_or_default())
}

/// The first two items are the log's own; each of the others stands for an event.
fn refused<R>(error: &SdkError<TransactWriteItemsError, R>, events: &[&Event]) -> Result<Wrote, TableError>
where
    R: std::fmt::Debug + 'static,
{
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() else {
        return Err(TableError::of(error));
    };
    let codes: Vec<&str> =
        cancelled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("None")).collect();
    let known = [Some("None"), Some("ConditionalCheckFailed"), Some("TransactionConflict")];
    if let Some(other) = codes.iter().find(|code| !known.contains(&Some(**code))) {
        return Err(TableError(format!("the log was not written: {other}")));
    }
    let there = codes.iter().skip(2).zip(events).filter(|(code, _)| **code == "ConditionalCheckFailed");
    let there: BTreeSet<String> = there.map(|(_, event)| event.source.clone()).collect();
    Ok(if there.is_empty() { Wrote::Raced } else { Wrote::There(there) })
}
