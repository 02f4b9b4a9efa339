//! The choke point: one formatted event in, one masked line out.

use super::mask;
use serde::Serialize;
use serde_json::{Map, Value};
use std::{
    fmt::Write as _,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use tracing_subscriber::fmt::MakeWriter;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One JSON object.
    Json,
    /// Time, level, target, message, fields; then the spans' fields.
    Readable,
}

/// Makes the writer of each event.
pub(super) struct Lines {
    form: Form,
    out: Arc<Mutex<dyn Write + Send>>,
}

impl Lines {
    pub(super) fn new(form: Form, out: impl Write + Send + 'static) -> Self {
        let out = Arc::new(Mutex::new(out));
        Self { form, out }
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Collect;

    fn make_writer(&self) -> Collect {
        Collect { form: self.form, out: Arc::clone(&self.out), event: Vec::new() }
    }
}

/// Collects one event and writes its masked line when it is dropped.
pub(super) struct Collect {
    form: Form,
    out: Arc<Mutex<dyn Write + Send>>,
    event: Vec<u8>,
}

impl Write for Collect {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.event.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Collect {
    fn drop(&mut self) {
        let mut line = Line::read(&self.event).render(self.form);
        line.push('\n');
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        // nobody can be told that the log cannot be written
        let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
    }
}

/// One event, masked.
#[derive(Debug, Default, Serialize)]
struct Line {
    timestamp: Value,
    level: Value,
    target: Value,
    message: Value,
    #[serde(flatten)]
    fields: Map<String, Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    span: Map<String, Value>,
}

impl Line {
    fn read(event: &[u8]) -> Self {
        match serde_json::from_slice(event) {
            Ok(Value::Object(event)) => Self::masked(event),
            _ => Self {
                message: Value::String(mask::text(&String::from_utf8_lossy(event)).into_owned()),
                ..Self::default()
            },
        }
    }

    fn masked(mut event: Map<String, Value>) -> Self {
        let mut take = |key: &str| event.remove(key).unwrap_or_default();
        let (timestamp, level, target) = (take("timestamp"), take("level"), take("target"));
        let (mut message, spans) = (take("message"), take("spans"));
        let mut span = merged(spans);
        mask::value("message", &mut message);
        event.iter_mut().for_each(|(key, value)| mask::value(key, value));
        // a span's own name comes from the program's text
        span.iter_mut().filter(|(key, _)| *key != "name").for_each(|(key, value)| mask::value(key, value));
        Self { timestamp, level, target, message, fields: event, span }
    }

    fn render(&self, form: Form) -> String {
        match form {
            Form::Json => serde_json::to_string(self).unwrap_or_default(),
            Form::Readable => self.readable(),
        }
    }

    fn readable(&self) -> String {
        let [time, level, target, message] = [&self.timestamp, &self.level, &self.target, &self.message].map(plain);
        let mut line = format!("{time} {level:<5} {target}: {message}");
        let fields = self.fields.iter().chain(&self.span);
        for (key, value) in fields.filter(|(key, _)| *key != "name") {
            // a String takes everything
            let _ = write!(line, " {key}={}", plain(value));
        }
        line
    }
}

/// The fields of all spans around an event; where two have the same field, the inner one's.
fn merged(spans: Value) -> Map<String, Value> {
    let Value::Array(spans) = spans else {
        return Map::new();
    };
    let fields = spans.into_iter().filter_map(|span| match span {
        Value::Object(fields) => Some(fields),
        _ => None,
    });
    fields.flatten().collect()
}

/// A string as it is, with line breaks escaped; anything else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('\n', "\\n").replace('\r', "\\r"),
        other => other.to_string(),
    }
}
