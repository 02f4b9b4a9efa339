//! From a queue to a function.
//!
//! A batch is taken only when three things are there: a free slot of this mapping, a visible
//! message, and a turn among all mappings. Turns are handed out in the order they were asked
//! for, so that a full queue cannot starve the others.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

use super::answer::{Verdict, invoke, verdict};
use super::{Handler, QueueMapping};
use crate::env::Core;
use crate::http::ApiError;
use crate::sqs::{self, Received};
use crate::tasks::Stop;

/// One mapping at work.
pub(crate) struct QueueLoop {
    pub(crate) core: Arc<Core>,
    pub(crate) queue_id: i64,
    pub(crate) mapping: Arc<QueueMapping>,
    pub(crate) handler: Arc<dyn Handler>,
    /// Turns shared by all queue mappings.
    pub(crate) turns: Arc<Semaphore>,
    pub(crate) stop: Stop,
}

impl QueueLoop {
    /// Runs until asked to stop, then waits for the running calls.
    pub(crate) async fn run(self) {
        let slots = Arc::new(Semaphore::new(self.mapping.concurrency.max(1)));
        let mut running = JoinSet::new();
        loop {
            let next = tokio::select! {
                () = self.stop.requested() => break,
                next = self.next_turn(&slots) => next,
            };
            let Some(permits) = next else { break };
            match self.take().await {
                Ok(batch) if batch.is_empty() => {}
                Ok(batch) => {
                    running.spawn(self.call().handle(batch, permits));
                }
                Err(error) => self.pause(&error).await,
            }
            while running.try_join_next().is_some() {}
        }
        while running.join_next().await.is_some() {}
    }

    /// Waits for a slot, a full or old enough batch and a turn, in this order.
    async fn next_turn(&self, slots: &Arc<Semaphore>) -> Option<[OwnedSemaphorePermit; 2]> {
        let slot = slots.clone().acquire_owned().await.ok()?;
        while let Err(error) = self.filled().await {
            self.pause(&error).await;
        }
        let turn = self.turns.clone().acquire_owned().await.ok()?;
        Some([slot, turn])
    }

    async fn filled(&self) -> Result<(), ApiError> {
        sqs::wait_for_visible(&self.core, self.queue_id, 1, None).await?;
        if self.mapping.window.is_zero() || self.mapping.batch_size <= 1 {
            return Ok(());
        }
        let window = i64::try_from(self.mapping.window.as_millis()).unwrap_or(i64::MAX);
        let until = self.core.env.clock.now_ms().saturating_add(window);
        let wanted = self.mapping.batch_size;
        sqs::wait_for_visible(&self.core, self.queue_id, wanted, Some(until)).await
    }

    async fn take(&self) -> Result<Vec<Received>, ApiError> {
        let (queue_id, size) = (self.queue_id, self.mapping.batch_size.max(1));
        self.core.db.run_repeatable(move |tx| sqs::receive(tx, queue_id, size, None)).await
    }

    fn call(&self) -> Call {
        Call { core: self.core.clone(), mapping: self.mapping.clone(), handler: self.handler.clone() }
    }

    async fn pause(&self, error: &ApiError) {
        tracing::error!(queue = self.mapping.queue, %error, "the queue cannot be read");
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// One batch on its way through the function.
struct Call {
    core: Arc<Core>,
    mapping: Arc<QueueMapping>,
    handler: Arc<dyn Handler>,
}

impl Call {
    async fn handle(self, batch: Vec<Received>, permits: [OwnedSemaphorePermit; 2]) {
        let records: Vec<Value> =
            batch.iter().map(|message| message.lambda_record(&self.core.env.names, &self.mapping.queue)).collect();
        let event = json!({"Records": records});
        let answer = invoke(&self.handler, event, self.mapping.timeout).await;
        let ids: Vec<&str> = batch.iter().map(|message| message.id.as_str()).collect();
        let verdict = verdict(answer, &ids, self.mapping.report_failures);
        let settled = self.settle(batch, verdict).await;
        drop(permits);
        if let Err(error) = settled {
            let queue = &self.mapping.queue;
            tracing::error!(queue, %error, "handled messages could not be deleted and will come again");
        }
    }

    /// Deletes what was handled; the rest comes back.
    async fn settle(&self, batch: Vec<Received>, verdict: Verdict) -> Result<(), ApiError> {
        let queue = &self.mapping.queue;
        let failed: Vec<usize> = match verdict {
            Verdict::Done => Vec::new(),
            Verdict::Partly(failed) => {
                tracing::warn!(queue, failed = failed.len(), of = batch.len(), "part of a batch failed");
                failed
            }
            Verdict::Failed(reason) => {
                tracing::warn!(queue, messages = batch.len(), reason, "a batch failed");
                (0..batch.len()).collect()
            }
        };
        let retry_after = self.mapping.retry_after;
        let retry_ms = retry_after.map(|after| i64::try_from(after.as_millis()).unwrap_or(i64::MAX));
        let work = move |tx: &crate::db::Tx<'_>| {
            for (position, message) in batch.iter().enumerate() {
                match (failed.contains(&position), retry_ms) {
                    (false, _) => sqs::delete(tx, &message.receipt)?,
                    (true, Some(ms)) => sqs::hide_for(tx, &message.receipt, ms)?,
                    (true, None) => {}
                }
            }
            Ok(())
        };
        self.core.db.run_repeatable(work).await
    }
}
