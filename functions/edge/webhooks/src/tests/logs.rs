//! What the log is told: which message, never what it says of a person.

use super::{Bench, Message, sample, samples};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;

/// Words of people in the samples.
const PERSONAL: [&str; 8] = [
    "jon@example.com",
    "john@example.com",
    "bob@biller.com",
    "Shipper",
    "Biller",
    "123 Shipping Street",
    "555-555-SHIP",
    "555-625-1199",
];

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_line_tells_anything_personal_whatever_becomes_of_a_message() {
    let bench = Bench::start().await;
    let lines = Lines::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(lines.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    for (topic, body) in samples() {
        bench.send(&Message::new(&topic.replace('/', "-"), &topic, &body)).await;
        bench.send(&Message::new("other", &topic, &body).with("x-shopify-hmac-sha256", Some("wrong"))).await;
        let half = &body[..body.len() / 2];
        bench.send(&Message::new("half", &topic, half)).await;
    }
    let mut nameless = Message::new("nameless", "orders/create", &sample("orders/create"));
    nameless = nameless.with("x-shopify-topic", None);
    bench.send(&nameless).await;
    let told = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(told.contains("a message was kept") && told.contains("a message was refused"), "{told}");
    for word in PERSONAL {
        assert!(!told.contains(word), "`{word}` is in the log");
    }
}
