//! Event-source mappings: what calls a function when messages or stream records arrive.

mod answer;
mod queue;
mod stream;

use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(crate) use queue::QueueLoop;
pub(crate) use stream::StreamLoop;

/// A function, as a mapping calls it: the event in, the answer or an error out.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Handles one event in the JSON shape that Lambda delivers. `Err` (or a panic) fails the
    /// whole batch; a `batchItemFailures` answer fails parts of it, if the mapping reports
    /// those.
    async fn invoke(&self, event: Value) -> Result<Value, String>;
}

/// How messages of a queue reach a function. [`QueueMapping::new`] has AWS's defaults.
#[derive(Debug, Clone)]
pub struct QueueMapping {
    /// The queue's name; it must exist.
    pub queue: String,
    /// The most messages in one event.
    pub batch_size: usize,
    /// How long to wait for a batch to fill after its first message arrived.
    pub window: Duration,
    /// How many events may be handled at once.
    pub concurrency: usize,
    /// Whether the answer's `batchItemFailures` is honoured (`ReportBatchItemFailures`).
    pub report_failures: bool,
    /// When failed messages become visible again. `None`, as on AWS: after the queue's
    /// visibility time-out.
    pub retry_after: Option<Duration>,
    /// The function's time-out; a call that takes longer has failed.
    pub timeout: Duration,
}

impl QueueMapping {
    /// Batches of up to ten, no window, five at once, whole batches fail, 15 minutes each.
    pub fn new(queue: impl Into<String>) -> Self {
        Self {
            queue: queue.into(),
            batch_size: 10,
            window: Duration::ZERO,
            concurrency: 5,
            report_failures: false,
            retry_after: None,
            timeout: LONGEST_CALL,
        }
    }
}

/// Where a stream mapping without a checkpoint begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartAt {
    /// At the oldest record that is kept.
    TrimHorizon,
    /// With the first record written after the mapping was made.
    Latest,
}

/// How records of a table's stream reach a function. [`StreamMapping::new`] has AWS's defaults.
#[derive(Debug, Clone)]
pub struct StreamMapping {
    /// The table's name; it must exist and have a stream.
    pub table: String,
    /// Under this name the checkpoint is kept; one per function.
    pub consumer: String,
    /// Where to begin without a checkpoint.
    pub start: StartAt,
    /// Event patterns of the records that the function is woken for; one match is enough. None: for all.
    pub filters: Vec<Value>,
    /// The most records in one event.
    pub batch_size: usize,
    /// Whether a failed batch is split in two, so that one bad record is found.
    pub bisect: bool,
    /// Whether the answer's `batchItemFailures` is honoured.
    pub report_failures: bool,
    /// The wait before the first retry; it doubles up to a hundredfold.
    pub retry_delay: Duration,
    /// After how many failed attempts records are given up. `None`: never, the stream waits.
    pub max_attempts: Option<u32>,
    /// The queue that is told about records that were given up.
    pub on_failure: Option<String>,
    /// The function's time-out; a call that takes longer has failed.
    pub timeout: Duration,
}

impl StreamMapping {
    /// From the oldest record, up to a hundred at a time, retried whole and for ever.
    pub fn new(table: impl Into<String>, consumer: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            consumer: consumer.into(),
            start: StartAt::TrimHorizon,
            filters: Vec::new(),
            batch_size: 100,
            bisect: false,
            report_failures: false,
            retry_delay: Duration::from_millis(50),
            max_attempts: None,
            on_failure: None,
            timeout: LONGEST_CALL,
        }
    }
}

/// Lambda's own limit.
const LONGEST_CALL: Duration = Duration::from_secs(900);

/// A running mapping. Dropping it stops the polling; calls that are running finish.
#[derive(Debug)]
pub struct Mapping {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Mapping {
    pub(crate) fn new(stop: watch::Sender<bool>, task: JoinHandle<()>) -> Self {
        Self { stop, task }
    }

    /// Takes no more work and waits for the calls that are running.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "an event-source mapping ended in a panic");
        }
    }
}
