//! CloudWatch Embedded Metric Format.
//!
//! Specification: "Embedded metric format specification" in the Amazon CloudWatch user guide: at most 100
//! values per metric and 100 metrics per line; a dimension's value stands at the top of the line, so each
//! set of dimensions has its own line.

use super::{Dims, Metrics, in_millis};
use crate::Clock;
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Where all metrics of the system are found in CloudWatch.
const NAMESPACE: &str = "Royal";
/// Values of one metric, and metrics, that one line may carry.
const MOST: usize = 100;

#[derive(Debug, Clone, PartialEq)]
enum Series {
    Count(u64),
    Gauge(i64),
    Peak(i64),
    Millis(Vec<f64>),
}

impl Series {
    const fn unit(&self) -> &'static str {
        match self {
            Self::Count(_) => "Count",
            Self::Gauge(_) | Self::Peak(_) => "None",
            Self::Millis(_) => "Milliseconds",
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Count(value) => json!(value),
            Self::Gauge(value) | Self::Peak(value) => json!(value),
            Self::Millis(values) => json!(values),
        }
    }

    /// Adds a measurement. A name that was used for another kind before keeps its kind.
    fn add(&mut self, other: Self) {
        match (self, other) {
            (Self::Count(sum), Self::Count(more)) => *sum = sum.saturating_add(more),
            (Self::Gauge(last), Self::Gauge(value)) => *last = value,
            (Self::Peak(most), Self::Peak(value)) => *most = value.max(*most),
            (Self::Millis(values), Self::Millis(more)) => values.extend(more),
            _ => {}
        }
    }

    const fn is_full(&self) -> bool {
        matches!(self, Self::Millis(values) if values.len() >= MOST)
    }
}

type Key = Vec<(&'static str, String)>;
type Taken = BTreeMap<Key, BTreeMap<&'static str, Series>>;

/// Keeps measurements until they are flushed, then writes them as lines of EMF.
///
/// Counts are summed, of a gauge the last value counts, of a peak the highest, of times each value is kept, so that CloudWatch can
/// give percentiles.
pub struct Emf {
    clock: Arc<dyn Clock>,
    out: Mutex<Box<dyn Write + Send>>,
    taken: Mutex<Taken>,
}

impl Emf {
    /// Writes to stdout, where Lambda reads it.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::to(io::stdout(), clock)
    }

    /// Writes to `out`.
    #[must_use]
    pub fn to(out: impl Write + Send + 'static, clock: Arc<dyn Clock>) -> Self {
        Self { clock, out: Mutex::new(Box::new(out)), taken: Mutex::default() }
    }

    fn take(&self, name: &'static str, series: Series, dims: Dims<'_>) {
        let key: Key = dims.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let metrics = taken.entry(key).or_default();
        match metrics.get_mut(name) {
            Some(kept) => kept.add(series),
            None => drop(metrics.insert(name, series)),
        }
        let full = metrics.len() >= MOST || metrics.get(name).is_some_and(Series::is_full);
        drop(taken);
        if full {
            self.flush();
        }
    }

    fn write(&self, taken: Taken) -> io::Result<()> {
        let timestamp = self.clock.now().unix_timestamp_nanos() / 1_000_000;
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        for (dims, metrics) in taken {
            // one write for the line: lines of other threads must not come between
            out.write_all(format!("{}\n", line(timestamp, &dims, &metrics)).as_bytes())?;
        }
        out.flush()
    }
}

fn line(timestamp: i128, dims: &Key, metrics: &BTreeMap<&'static str, Series>) -> Value {
    let names: Vec<&str> = dims.iter().map(|(name, _)| *name).collect();
    let described = |(name, series): (&&str, &Series)| json!({ "Name": name, "Unit": series.unit() });
    let described: Vec<Value> = metrics.iter().map(described).collect();
    let mut line = Map::new();
    line.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": i64::try_from(timestamp).unwrap_or_default(),
            "CloudWatchMetrics": [
                { "Namespace": NAMESPACE, "Dimensions": [names], "Metrics": described },
            ],
        }),
    );
    let dims = dims.iter().map(|(name, value)| (*name, json!(value)));
    let values = metrics.iter().map(|(name, series)| (*name, series.value()));
    line.extend(dims.chain(values).map(|(name, value)| (name.to_owned(), value)));
    Value::Object(line)
}

impl Metrics for Emf {
    fn count(&self, name: &'static str, value: u64, dims: Dims<'_>) {
        self.take(name, Series::Count(value), dims);
    }

    fn millis(&self, name: &'static str, value: Duration, dims: Dims<'_>) {
        self.take(name, Series::Millis(vec![in_millis(value)]), dims);
    }

    fn gauge(&self, name: &'static str, value: i64, dims: Dims<'_>) {
        self.take(name, Series::Gauge(value), dims);
    }

    fn peak(&self, name: &'static str, value: i64, dims: Dims<'_>) {
        self.take(name, Series::Peak(value), dims);
    }

    fn flush(&self) {
        let taken = std::mem::take(&mut *self.taken.lock().unwrap_or_else(PoisonError::into_inner));
        // without stdout there is nobody to tell
        drop(self.write(taken));
    }
}

impl Drop for Emf {
    fn drop(&mut self) {
        self.flush();
    }
}
