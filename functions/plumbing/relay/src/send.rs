//! Sending, in as few calls as the services allow.

use crate::Message;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::{Status, task::Wake};
use runtime::{Env, Problems};
use std::collections::{BTreeMap, BTreeSet};

/// The most entries that SQS and EventBridge take in one call.
const BATCH: usize = 10;

/// A message and the number of the stream record that it comes from.
type Numbered<T> = (String, T);

/// The clients, and where to send.
pub(crate) struct Sender {
    sqs: aws_sdk_sqs::Client,
    bridge: aws_sdk_eventbridge::Client,
    queues: String,
    bus: String,
    executors: Vec<String>,
}

impl Sender {
    pub(crate) fn new(env: &Env) -> Result<Self, Problems> {
        let queues = env.config().queues.clone().ok_or_else(|| Problems::one("`ROYAL_QUEUES` is not set"))?;
        Ok(Self {
            sqs: aws_sdk_sqs::Client::new(env.sdk()),
            bridge: aws_sdk_eventbridge::Client::new(env.sdk()),
            bus: env.config().bus.clone(),
            executors: env.config().executors.clone(),
            queues,
        })
    }

    /// Sends everything, and returns the numbers of the records of which something could not be sent.
    pub(crate) async fn send(&self, records: Vec<Numbered<Vec<Message>>>) -> BTreeSet<String> {
        let mut wakes: BTreeMap<String, Vec<Numbered<(Wake, i32)>>> = BTreeMap::new();
        let mut events = Vec::new();
        for (number, messages) in records {
            for message in messages.into_iter().filter(|message| !self.is_unserved(message)) {
                match message {
                    Message::Wake { queue, wake, delay } => {
                        wakes.entry(queue).or_default().push((number.clone(), (wake, delay)));
                    }
                    Message::Event { name, detail } => events.push((number.clone(), (name, detail))),
                }
            }
        }
        let mut failed = BTreeSet::new();
        for (queue, wakes) in &wakes {
            for batch in wakes.chunks(BATCH) {
                failed.extend(self.wake(queue, batch).await);
            }
        }
        for batch in events.chunks(BATCH) {
            failed.extend(self.tell(batch).await);
        }
        failed
    }

    /// Whether a message is for an executor that is not deployed: it has no queue, and a message that can never be
    /// sent would hold up the stream. The clock settles such an action.
    fn is_unserved(&self, message: &Message) -> bool {
        let Message::Wake { queue, wake: Wake::Action { status: Status::Granted | Status::Unknown, .. }, .. } = message
        else {
            return false;
        };
        !self.executors.contains(queue)
    }

    async fn wake(&self, queue: &str, batch: &[Numbered<(Wake, i32)>]) -> Vec<String> {
        let entries = batch.iter().enumerate().map(|(n, (_, (wake, delay)))| {
            SendMessageBatchRequestEntry::builder()
                .id(n.to_string())
                .message_body(serde_json::to_string(wake).unwrap_or_default())
                .delay_seconds(*delay)
                .build()
        });
        let Ok(entries) = entries.collect::<Result<Vec<_>, _>>() else {
            return numbers(batch);
        };
        let url = format!("{}{queue}", self.queues);
        let sent = self.sqs.send_message_batch().queue_url(url).set_entries(Some(entries)).send().await;
        match sent {
            Ok(answer) => {
                let failed: BTreeSet<&str> = answer.failed().iter().map(|entry| entry.id()).collect();
                let is_failed = |n: usize| failed.contains(n.to_string().as_str());
                batch.iter().enumerate().filter(|(n, _)| is_failed(*n)).map(|(_, (number, _))| number.clone()).collect()
            }
            // Nobody will ever read them, and whoever waits for others must not wait for these.
            Err(error) if error.as_service_error().is_some_and(|e| e.is_queue_does_not_exist()) => {
                tracing::error!(queue, messages = batch.len(), "nobody reads this queue: its messages are not sent");
                Vec::new()
            }
            Err(error) => {
                let cause = aws_sdk_sqs::error::DisplayErrorContext(&error).to_string();
                tracing::warn!(queue, %cause, "messages could not be sent and stay in the stream");
                numbers(batch)
            }
        }
    }

    async fn tell(&self, batch: &[Numbered<(&'static str, serde_json::Value)>]) -> Vec<String> {
        let entries = batch.iter().map(|(_, (name, detail))| {
            PutEventsRequestEntry::builder()
                .event_bus_name(&self.bus)
                .source("royal")
                .detail_type(*name)
                .detail(detail.to_string())
                .build()
        });
        match self.bridge.put_events().set_entries(Some(entries.collect())).send().await {
            Ok(answer) => {
                let is_failed = |n: usize| answer.entries().get(n).is_none_or(|entry| entry.error_code().is_some());
                batch.iter().enumerate().filter(|(n, _)| is_failed(*n)).map(|(_, (number, _))| number.clone()).collect()
            }
            Err(error) => {
                let cause = aws_sdk_eventbridge::error::DisplayErrorContext(&error).to_string();
                tracing::warn!(%cause, "events could not be sent and stay in the stream");
                numbers(batch)
            }
        }
    }
}

fn numbers<T>(batch: &[Numbered<T>]) -> Vec<String> {
    batch.iter().map(|(number, _)| number.clone()).collect()
}
