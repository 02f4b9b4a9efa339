//! Measurements kept in the process, rendered as Prometheus text.

use super::{Dims, Metrics, in_millis};
use prometheus_client::{
    encoding::text,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry,
};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Upper bounds of the classes that times are counted in, in milliseconds.
const BUCKETS_MS: [f64; 14] =
    [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 30_000.0];

type Labels = Vec<(&'static str, String)>;
type Times = Family<Labels, Histogram, fn() -> Histogram>;

#[derive(Clone)]
enum Metric {
    Counter(Family<Labels, Counter>),
    Gauge(Family<Labels, Gauge>),
    Times(Times),
}

#[derive(Default)]
struct Inner {
    registry: registry::Registry,
    metrics: BTreeMap<&'static str, Metric>,
}

/// All measurements since the start of the process.
#[derive(Default)]
pub struct Registry(Mutex<Inner>);

impl Registry {
    /// What `render` gives.
    pub const CONTENT_TYPE: &'static str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// The answer to a Prometheus server that asks for metrics (OpenMetrics text; names begin with `royal_`).
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = String::new();
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let written = text::encode(&mut out, &inner.registry);
        written.map(|()| out).unwrap_or_default()
    }

    /// The metric `name`, made and registered at first use. A name keeps the kind it had first.
    fn metric(&self, name: &'static str, new: fn() -> Metric) -> Metric {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner { registry, metrics } = &mut *inner;
        let known = metrics.entry(name).or_insert_with(|| {
            let metric = new();
            register(registry, name, metric.clone());
            metric
        });
        known.clone()
    }
}

fn register(registry: &mut registry::Registry, name: &str, metric: Metric) {
    // the encoding appends `_total` to counters and a full stop to the help text
    let full = format!("royal_{}", name.trim_end_matches("_total"));
    let help = name.replace('_', " ");
    match metric {
        Metric::Counter(family) => registry.register(full, help, family),
        Metric::Gauge(family) => registry.register(full, help, family),
        Metric::Times(family) => registry.register(full, help, family),
    }
}

fn labels(dims: Dims<'_>) -> Labels {
    dims.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

impl Metrics for Registry {
    fn count(&self, name: &'static str, value: u64, dims: Dims<'_>) {
        let new = || Metric::Counter(Family::default());
        if let Metric::Counter(family) = self.metric(name, new) {
            family.get_or_create(&labels(dims)).inc_by(value);
        }
    }

    fn millis(&self, name: &'static str, value: Duration, dims: Dims<'_>) {
        let new = || Metric::Times(Family::new_with_constructor(|| Histogram::new(BUCKETS_MS)));
        if let Metric::Times(family) = self.metric(name, new) {
            family.get_or_create(&labels(dims)).observe(in_millis(value));
        }
    }

    fn gauge(&self, name: &'static str, value: i64, dims: Dims<'_>) {
        let new = || Metric::Gauge(Family::default());
        if let Metric::Gauge(family) = self.metric(name, new) {
            family.get_or_create(&labels(dims)).set(value);
        }
    }
}
