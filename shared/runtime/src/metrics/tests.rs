use super::*;
use crate::Clock;
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    sync::Mutex,
};
use time::{OffsetDateTime, macros::datetime};

#[derive(Clone, Default)]
pub(crate) struct Out(Arc<Mutex<Vec<u8>>>);

impl Out {
    /// What was written, line by line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> OffsetDateTime {
        datetime!(2026-11-20 12:00:00.25 UTC)
    }
}

/// What measures, and where its lines go.
pub(crate) fn emf() -> (Emf, Out) {
    let out = Out::default();
    (Emf::to(out.clone(), Arc::new(Noon)), out)
}

#[test]
fn one_set_of_dimensions_is_one_line_of_emf() {
    let (emf, out) = emf();
    let dims = [("function", "gate"), ("action_type", "price.change")];
    emf.count("decisions", 2, &dims);
    emf.count("decisions", 1, &dims);
    emf.gauge("waiting", 7, &dims);
    emf.gauge("waiting", -4, &dims);
    emf.peak("worst", 9, &dims);
    emf.peak("worst", 3, &dims);
    emf.millis("duration_ms", Duration::from_micros(1250), &dims);
    emf.millis("duration_ms", Duration::from_secs(2), &dims);
    assert!(out.lines().is_empty());
    emf.flush();
    let expected = json!({
        "_aws": {
            "Timestamp": 1_795_176_000_250_i64,
            "CloudWatchMetrics": [{
                "Namespace": "Royal",
                "Dimensions": [["function", "action_type"]],
                "Metrics": [
                    { "Name": "decisions", "Unit": "Count" },
                    { "Name": "duration_ms", "Unit": "Milliseconds" },
                    { "Name": "waiting", "Unit": "None" },
                    { "Name": "worst", "Unit": "None" },
                ],
            }],
        },
        "function": "gate",
        "action_type": "price.change",
        "decisions": 3,
        "waiting": -4,
        "worst": 9,
        "duration_ms": [1.25, 2000.0],
    });
    assert_eq!(out.lines(), [expected]);
}

#[test]
fn each_set_of_dimensions_has_its_own_line_and_nothing_is_written_twice() {
    let (emf, out) = emf();
    for agent in ["ceo", "gate", "ceo"] {
        emf.count("runs", 1, &[("agent", agent)]);
    }
    emf.count("runs", 1, &[]);
    emf.flush();
    emf.flush();
    let runs: Vec<_> = out.lines().iter().map(|line| (line["agent"].clone(), line["runs"].clone())).collect();
    assert_eq!(runs, [(json!(null), json!(1)), (json!("ceo"), json!(2)), (json!("gate"), json!(1))]);
}

#[test]
fn no_line_carries_more_values_or_metrics_than_cloudwatch_takes() {
    let (emf, out) = emf();
    for _ in 0..250 {
        emf.millis("duration_ms", Duration::from_millis(1), &[]);
    }
    let names: Vec<&'static str> = (0..150).map(|n| &*format!("metric_{n}").leak()).collect();
    names.iter().for_each(|name| emf.count(name, 1, &[]));
    drop(emf);
    let mut values = 0;
    for line in out.lines() {
        values += line["duration_ms"].as_array().map_or(0, Vec::len);
        assert!(line["duration_ms"].as_array().is_none_or(|values| values.len() <= 100));
        assert!(line["_aws"]["CloudWatchMetrics"][0]["Metrics"].as_array().unwrap().len() <= 100);
    }
    assert_eq!(values, 250);
}

#[test]
fn a_name_keeps_the_kind_it_had_first() {
    let (emf, out) = emf();
    let registry = Arc::new(Registry::default());
    let both: Vec<Arc<dyn Metrics>> = vec![Arc::new(emf), registry.clone()];
    both.count("runs", 1, &[]);
    both.gauge("runs", 5, &[]);
    both.peak("runs", 5, &[]);
    both.millis("runs", Duration::from_secs(1), &[]);
    both.flush();
    assert_eq!(out.lines()[0]["runs"], json!(1));
    assert_eq!(registry.render().matches("# TYPE").count(), 1);
}

#[test]
fn the_registry_renders_what_prometheus_reads() {
    let registry = Registry::default();
    let gate = [("function", "gate")];
    registry.count("decisions", 2, &gate);
    registry.count("decisions", 1, &gate);
    registry.count("decisions", 1, &[("function", "a\"b\\\n")]);
    registry.count("failures_total", 1, &[]);
    registry.gauge("waiting", 5, &[]);
    registry.gauge("waiting", -4, &[]);
    registry.millis("duration_ms", Duration::from_micros(1500), &gate);
    registry.millis("duration_ms", Duration::from_secs(60), &gate);
    let text = registry.render();
    for line in [
        "# TYPE royal_decisions counter",
        "royal_decisions_total{function=\"gate\"} 3",
        "royal_decisions_total{function=\"a\\\"b\\\\\\n\"} 1",
        "royal_failures_total{} 1",
        "# TYPE royal_waiting gauge",
        "royal_waiting{} -4",
        "# TYPE royal_duration_ms histogram",
        "royal_duration_ms_bucket{le=\"1.0\",function=\"gate\"} 0",
        "royal_duration_ms_bucket{le=\"2.0\",function=\"gate\"} 1",
        "royal_duration_ms_bucket{le=\"+Inf\",function=\"gate\"} 2",
        "royal_duration_ms_sum{function=\"gate\"} 60001.5",
        "royal_duration_ms_count{function=\"gate\"} 2",
        "# EOF",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in:\n{text}");
    }
}

#[test]
fn an_empty_registry_is_still_an_answer() {
    assert_eq!(Registry::default().render(), "# EOF\n");
}
