//! One reader of one stream.

use std::sync::Arc;

use dynoxide::actions::describe_stream::DescribeStreamRequest;
use dynoxide::actions::get_records::{GetRecordsRequest, Record};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::{Database, DynoxideError};
use rusqlite::OptionalExtension;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::dynamodb::Engine;
use crate::env::Core;
use crate::error::MappingError;
use crate::http::ApiError;
use crate::mapping::StartAt;
use crate::signals::Topic;

/// Reads a table's stream in order and remembers, across restarts, what was handled.
pub struct StreamSource {
    core: Arc<Core>,
    engine: Arc<Engine>,
    table: String,
    consumer: String,
    arn: String,
    changed: watch::Receiver<u64>,
    /// Up to here records were read; `None` is before the first.
    read: Option<String>,
    /// Up to here they were handled.
    committed: Option<String>,
}

/// Some records of a stream, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    records: Vec<Value>,
}

impl Batch {
    /// The event that Lambda delivers for these records: `{"Records": [...]}`.
    pub fn event(&self) -> Value {
        json!({"Records": self.records})
    }

    /// The records alone.
    pub fn into_records(self) -> Vec<Value> {
        self.records
    }

    /// How many records there are; never zero.
    #[allow(clippy::len_without_is_empty, reason = "a batch is never empty")]
    pub fn len(&self) -> usize {
        self.records.len()
    }
}

impl StreamSource {
    pub(crate) async fn open(
        core: Arc<Core>,
        engine: Arc<Engine>,
        table: &str,
        consumer: &str,
        start: StartAt,
    ) -> Result<Self, MappingError> {
        let changed = core.env.signals.subscribe(Topic::Tables);
        let arn = stream_arn(&engine.db, &core, table)?;
        let mut source = Self {
            core,
            engine,
            table: table.to_owned(),
            consumer: consumer.to_owned(),
            arn,
            changed,
            read: None,
            committed: None,
        };
        let saved = source.saved().await?;
        if saved.is_none()
            && start == StartAt::Latest
            && let Some(last) = source.last_written().await?
        {
            source.commit_at(&last).await?;
        }
        source.committed = saved.or(source.committed.take());
        source.rewind();
        Ok(source)
    }

    /// Waits for records after the last ones that were read and returns up to `limit`.
    pub async fn next(&mut self, limit: usize) -> Result<Batch, MappingError> {
        loop {
            self.changed.borrow_and_update();
            let records = self.read_after(self.read.clone(), limit).await?;
            if let Some(last) = records.last() {
                // What a reader does about a change must not outlive the change.
                self.engine.synced(false).await.map_err(failed)?;
                self.read = Some(last.dynamodb.sequence_number.clone());
                let records = records.iter().map(|record| self.render(record)).collect();
                return Ok(Batch { records });
            }
            if self.changed.changed().await.is_err() {
                return Err(store("the local stack has stopped"));
            }
        }
    }

    /// Remembers on disk that this batch and all before it were handled.
    pub async fn commit(&mut self, batch: &Batch) -> Result<(), MappingError> {
        let last = batch.records.last().and_then(|r| r.pointer("/dynamodb/SequenceNumber"));
        match last.and_then(Value::as_str) {
            Some(sequence) => self.commit_at(sequence).await,
            None => Ok(()),
        }
    }

    /// The last record that was handled, where no other is behind it; empty before the first.
    pub async fn all_handled(&self) -> Result<Option<String>, MappingError> {
        let behind = self.read_after(self.committed.clone(), 1).await?;
        Ok(behind.is_empty().then(|| self.committed.clone().unwrap_or_default()))
    }

    /// Reads again from the last commit.
    pub fn rewind(&mut self) {
        self.read.clone_from(&self.committed);
    }

    /// The stream's ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) async fn commit_at(&mut self, sequence: &str) -> Result<(), MappingError> {
        let row = (self.consumer.clone(), self.table.clone(), sequence.to_owned());
        let work = move |tx: &crate::db::Tx<'_>| {
            let sql = "INSERT INTO checkpoints (consumer, table_name, sequence) VALUES (?1, ?2, ?3)
                ON CONFLICT DO UPDATE SET sequence = excluded.sequence";
            tx.conn.prepare_cached(sql)?.execute(row)?;
            Ok(())
        };
        self.core.db.run_repeatable(work).await.map_err(failed)?;
        self.committed = Some(sequence.to_owned());
        Ok(())
    }

    async fn saved(&self) -> Result<Option<String>, MappingError> {
        let key = (self.consumer.clone(), self.table.clone());
        let work = move |tx: &crate::db::Tx<'_>| {
            let sql = "SELECT sequence FROM checkpoints WHERE consumer = ?1 AND table_name = ?2";
            let mut query = tx.conn.prepare_cached(sql)?;
            Ok(query.query_row(key, |row| row.get(0)).optional()?)
        };
        self.core.db.run(work).await.map_err(failed)
    }

    async fn last_written(&self) -> Result<Option<String>, MappingError> {
        let request = DescribeStreamRequest { stream_arn: self.arn.clone(), ..DescribeStreamRequest::default() };
        let described = self.ask(move |db| db.describe_stream(request)).await?;
        let shard = described.stream_description.shards.into_iter().next_back();
        Ok(shard.and_then(|shard| shard.sequence_number_range.ending_sequence_number))
    }

    async fn read_after(&self, after: Option<String>, limit: usize) -> Result<Vec<Record>, MappingError> {
        let kind = match after {
            Some(_) => "AFTER_SEQUENCE_NUMBER",
            None => "TRIM_HORIZON",
        };
        let request = GetShardIteratorRequest {
            stream_arn: self.arn.clone(),
            shard_id: dynoxide::streams::shard_id(&self.table),
            shard_iterator_type: kind.to_owned(),
            sequence_number: after,
        };
        let read = move |db: &Database| {
            let iterator = db.get_shard_iterator(request)?.shard_iterator;
            let shard_iterator = iterator.unwrap_or_default();
            let limit = Some(limit);
            db.get_records(GetRecordsRequest { shard_iterator, limit })
        };
        Ok(self.ask(read).await?.records)
    }

    /// The engine blocks while it works, so it is asked on a thread that may.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Database) -> Result<T, DynoxideError> + Send + 'static,
    ) -> Result<T, MappingError> {
        let db = self.engine.db.clone();
        let answer = tokio::task::spawn_blocking(move || question(&db)).await;
        answer.map_err(store)?.map_err(store)
    }

    /// The record as Lambda delivers it.
    fn render(&self, record: &Record) -> Value {
        let mut value = serde_json::to_value(record).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            fields.insert("awsRegion".to_owned(), json!(self.core.env.names.region));
            fields.insert("eventSourceARN".to_owned(), json!(self.arn));
        }
        value
    }
}

fn stream_arn(db: &Database, core: &Core, table: &str) -> Result<String, MappingError> {
    let metadata = db.get_table_metadata(table).map_err(store)?;
    let label = metadata.filter(|m| m.stream_enabled).and_then(|m| m.stream_label);
    match label {
        Some(label) => Ok(core.env.names.arn("dynamodb", &format!("table/{table}/stream/{label}"))),
        None => Err(MappingError::NoStream { table: table.to_owned() }),
    }
}

fn store(cause: impl std::fmt::Display) -> MappingError {
    MappingError::Store { cause: cause.to_string() }
}

fn failed(error: ApiError) -> MappingError {
    store(error)
}
