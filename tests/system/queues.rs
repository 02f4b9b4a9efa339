//! What is in the queues.

use aws_sdk_sqs::{Client, types::QueueAttributeName as Name};
use runtime::Env;
use serde_json::Value;

/// Messages that are waiting, in somebody's hands or delayed.
pub(crate) async fn waiting(env: &Env, queue: &str) -> usize {
    let asked = Client::new(env.sdk()).get_queue_attributes().queue_url(url(env, queue)).attribute_names(Name::All);
    let told = asked.send().await.unwrap().attributes.unwrap_or_default();
    let counts = [
        Name::ApproximateNumberOfMessages,
        Name::ApproximateNumberOfMessagesNotVisible,
        Name::ApproximateNumberOfMessagesDelayed,
    ];
    counts.iter().map(|name| told[name].parse::<usize>().unwrap()).sum()
}

/// The bodies of messages that were given up.
pub(crate) async fn dead(env: &Env, queue: &str) -> Vec<Value> {
    let (sqs, url) = (Client::new(env.sdk()), url(env, &format!("{queue}-dead")));
    let mut bodies = Vec::new();
    loop {
        let answer = sqs.receive_message().queue_url(&url).max_number_of_messages(10).send().await.unwrap();
        let found = answer.messages.unwrap_or_default();
        if found.is_empty() {
            return bodies;
        }
        let read = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| text.into());
        bodies.extend(found.iter().map(|message| read(message.body().unwrap())));
    }
}

/// Puts a message into a queue, as somebody would who has got hold of it.
pub(crate) async fn send(env: &Env, queue: &str, body: &Value) {
    let sqs = Client::new(env.sdk());
    sqs.send_message().queue_url(url(env, queue)).message_body(body.to_string()).send().await.unwrap();
}

fn url(env: &Env, queue: &str) -> String {
    format!("{}{queue}", env.config().queues.as_deref().unwrap())
}
