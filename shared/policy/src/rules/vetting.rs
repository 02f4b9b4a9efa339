//! Whether a supplier is good enough (`agents/vetting.rego`).

use crate::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A supplier's record. Every field is needed: without the whole record there is no score.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Orders delivered on time, in percent.
    pub on_time_percent: Option<i64>,
    /// Mean delay of late orders, in tenths of a day.
    pub delay_tenths_days: Option<i64>,
    /// Orders with a defect, in percent.
    pub defect_percent: Option<i64>,
    /// Orders sent back, in percent.
    pub return_percent: Option<i64>,
    /// How good its prices are, 0 to 100.
    pub cost_points: Option<i64>,
    /// How good its service is, 0 to 100.
    pub service_points: Option<i64>,
}

/// Whether the journey goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Good enough.
    Passed,
    /// Not good enough.
    Failed,
    /// Not enough is known.
    Abstained,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// What to do.
    pub verdict: Verdict,
    /// 0 to 100; absent when something is missing.
    pub score: Option<i64>,
    /// `excellent`, `good`, `fair`, `marginal` or `failing`.
    pub band: Option<String>,
    /// Each known term, 0 to 100.
    pub terms: BTreeMap<String, i64>,
    /// Fields of the record that were not known.
    pub missing: Vec<String>,
    /// Why; see [`crate::Policy::sentences`].
    pub findings: Vec<Finding>,
}
