//! Metrics: CloudWatch's Embedded Metric Format on AWS, Prometheus text locally.
//!
//! Functions see only the port. EMF is a line of JSON on stdout, which CloudWatch turns into metrics by itself:
//! no call, no client, no permission. Each distinct set of dimensions is a metric that is paid for, so
//! dimensions are kinds (function, agent, action type, outcome), never ids.

mod emf;
mod registry;

pub use emf::Emf;
pub use registry::Registry;

use std::{sync::Arc, time::Duration};

/// What a metric is split by: name and value, such as `("function", "gate")`.
pub type Dims<'a> = &'a [(&'static str, &'a str)];

/// Takes measurements. Names are in snake case and carry their unit (`duration_ms`).
pub trait Metrics: Send + Sync {
    /// `value` more of something.
    fn count(&self, name: &'static str, value: u64, dims: Dims<'_>);

    /// Something took this long; the name ends with `_ms`.
    fn millis(&self, name: &'static str, value: Duration, dims: Dims<'_>);

    /// Something stands at `value` now.
    fn gauge(&self, name: &'static str, value: i64, dims: Dims<'_>);

    /// Something stands at `value` now, and what counts is the highest since measurements were last handed on.
    fn peak(&self, name: &'static str, value: i64, dims: Dims<'_>) {
        self.gauge(name, value, dims);
    }

    /// Hands on what was taken, at the end of an invocation.
    fn flush(&self) {}
}

/// Takes nothing.
impl Metrics for () {
    fn count(&self, _name: &'static str, _value: u64, _dims: Dims<'_>) {}
    fn millis(&self, _name: &'static str, _value: Duration, _dims: Dims<'_>) {}
    fn gauge(&self, _name: &'static str, _value: i64, _dims: Dims<'_>) {}
}

/// Hands every measurement to each.
impl Metrics for Vec<Arc<dyn Metrics>> {
    fn count(&self, name: &'static str, value: u64, dims: Dims<'_>) {
        self.iter().for_each(|each| each.count(name, value, dims));
    }

    fn millis(&self, name: &'static str, value: Duration, dims: Dims<'_>) {
        self.iter().for_each(|each| each.millis(name, value, dims));
    }

    fn gauge(&self, name: &'static str, value: i64, dims: Dims<'_>) {
        self.iter().for_each(|each| each.gauge(name, value, dims));
    }

    fn peak(&self, name: &'static str, value: i64, dims: Dims<'_>) {
        self.iter().for_each(|each| each.peak(name, value, dims));
    }

    fn flush(&self) {
        self.iter().for_each(|each| each.flush());
    }
}

/// A duration in milliseconds with its fraction: the seconds of a duration a thousand times as long.
fn in_millis(duration: Duration) -> f64 {
    duration.saturating_mul(1000).as_secs_f64()
}

#[cfg(test)]
pub(crate) mod tests;
