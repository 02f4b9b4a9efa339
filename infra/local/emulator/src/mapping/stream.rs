//! From a table's stream to a function, in order.
//!
//! One batch at a time: the next is read only when this one was handled and the checkpoint is
//! on disk. A killed process therefore repeats at most the batch it was in.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::answer::{Verdict, invoke, verdict};
use super::{Handler, StreamMapping};
use crate::error::MappingError;
use crate::events::Filter;
use crate::sqs;
use crate::streams::{Batch, StreamSource};
use crate::tasks::Stop;

/// The retry delay doubles this often at most.
const MOST_DOUBLINGS: u32 = 7;

/// One mapping at work.
pub(crate) struct StreamLoop {
    pub(crate) source: StreamSource,
    pub(crate) mapping: StreamMapping,
    /// The compiled filters of the mapping.
    pub(crate) wanted: Vec<Filter>,
    pub(crate) handler: Arc<dyn Handler>,
    pub(crate) stop: Stop,
}

/// Some records and how often they failed together.
struct Segment {
    records: Vec<Value>,
    attempts: u32,
}

impl StreamLoop {
    /// Runs until asked to stop; the call that is running finishes.
    pub(crate) async fn run(mut self) {
        let size = self.mapping.batch_size.max(1);
        loop {
            let next = tokio::select! {
                () = self.stop.requested() => return,
                next = self.source.next(size) => next,
            };
            let outcome = match next {
                Ok(batch) => self.deliver(batch).await,
                Err(error) => Err(error),
            };
            match outcome {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::error!(table = self.mapping.table, %error, "the stream cannot be read");
                    self.source.rewind();
                    sleep(self.mapping.retry_delay.saturating_mul(10)).await;
                }
            }
        }
    }

    /// Hands the batch over until all of it was handled or given up; false if asked to stop.
    async fn deliver(&mut self, batch: Batch) -> Result<bool, MappingError> {
        let mut records = batch.into_records();
        let end = records.last().map(|record| sequence(record).to_owned());
        records.retain(|record| self.is_wanted(record));
        if !self.deliver_all(records).await? {
            return Ok(false);
        }
        match end {
            Some(end) => self.source.commit_at(&end).await.map(|()| true),
            None => Ok(true),
        }
    }

    fn is_wanted(&self, record: &Value) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|filter| filter.accepts(record))
    }

    async fn deliver_all(&mut self, records: Vec<Value>) -> Result<bool, MappingError> {
        let mut pending = VecDeque::from([Segment { records, attempts: 0 }]);
        pending.retain(|segment| !segment.records.is_empty());
        while let Some(segment) = pending.pop_front() {
            let event = json!({"Records": segment.records});
            let answer = invoke(&self.handler, event, self.mapping.timeout).await;
            let ids: Vec<&str> = segment.records.iter().map(sequence).collect();
            let verdict = verdict(answer, &ids, self.mapping.report_failures);
            let left = self.settle(segment, verdict).await?;
            let failed = left.first().map(|segment| segment.attempts);
            left.into_iter().rev().for_each(|segment| pending.push_front(segment));
            if let Some(attempts) = failed
                && !self.wait(attempts).await
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Moves the checkpoint past what was handled and returns what is to be tried again.
    async fn settle(&mut self, mut segment: Segment, verdict: Verdict) -> Result<Vec<Segment>, MappingError> {
        let first_failed = match verdict {
            Verdict::Done => segment.records.len(),
            Verdict::Partly(failed) => failed.into_iter().min().unwrap_or(0),
            Verdict::Failed(reason) => {
                let (table, consumer) = (&self.mapping.table, &self.mapping.consumer);
                tracing::warn!(table, consumer, records = segment.records.len(), reason, "a batch failed");
                0
            }
        };
        let rest = segment.records.split_off(first_failed);
        if let Some(last) = segment.records.last() {
            self.source.commit_at(sequence(last)).await?;
        }
        if rest.is_empty() {
            return Ok(Vec::new());
        }
        let attempts = segment.attempts.saturating_add(1);
        if self.mapping.bisect && rest.len() > 1 {
            return Ok(halves(rest));
        }
        if self.mapping.max_attempts.is_some_and(|most| attempts >= most) {
            self.give_up(&rest, attempts).await?;
            return Ok(Vec::new());
        }
        Ok(vec![Segment { records: rest, attempts }])
    }

    async fn give_up(&mut self, records: &[Value], attempts: u32) -> Result<(), MappingError> {
        let (table, consumer) = (&self.mapping.table, &self.mapping.consumer);
        tracing::error!(table, consumer, records = records.len(), attempts, "records were given up");
        if let Some(queue) = self.mapping.on_failure.clone() {
            let notice = self.notice(records, attempts);
            let sent = sqs::send_text(self.source.core(), queue, notice.to_string()).await;
            sent.map_err(|e| MappingError::Store { cause: e.to_string() })?;
        }
        match records.last() {
            Some(last) => self.source.commit_at(sequence(last)).await,
            None => Ok(()),
        }
    }

    /// What Lambda sends to an on-failure destination of a stream.
    fn notice(&self, records: &[Value], attempts: u32) -> Value {
        let edge = |record: Option<&Value>| record.map(|r| sequence(r).to_owned());
        json!({
            "version": "1.0",
            "requestContext": {
                "functionArn": self.mapping.consumer,
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": attempts,
            },
            "DDBStreamBatchInfo": {
                "startSequenceNumber": edge(records.first()),
                "endSequenceNumber": edge(records.last()),
                "batchSize": records.len(),
                "streamArn": self.source.arn(),
            },
        })
    }

    /// Waits before the next attempt; false if asked to stop.
    async fn wait(&self, attempts: u32) -> bool {
        let doublings = attempts.saturating_sub(1).min(MOST_DOUBLINGS);
        let delay = self.mapping.retry_delay.saturating_mul(1 << doublings);
        tokio::select! {
            () = self.stop.requested() => false,
            () = sleep(delay) => true,
        }
    }
}

fn halves(mut records: Vec<Value>) -> Vec<Segment> {
    let second = records.split_off(records.len() / 2);
    [records, second].into_iter().map(|records| Segment { records, attempts: 0 }).collect()
}

fn sequence(record: &Value) -> &str {
    let number = record.get("dynamodb").and_then(|d| d.get("SequenceNumber"));
    number.and_then(Value::as_str).unwrap_or_default()
}
