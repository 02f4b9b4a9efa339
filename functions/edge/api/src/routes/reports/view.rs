//! What is shown of a day.

use domain::audit::{Figures, Tally};
use serde::Serialize;
use std::collections::BTreeMap;
use time::Date;
use utoipa::ToSchema;

/// One day in figures.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Day)]
pub(super) struct DayView {
    /// The day, in UTC.
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    date: String,
    /// Whether the day is over and its record sealed; until then its figures grow.
    sealed: bool,
    /// Whether everything was counted; if not, counts are the least there can be, and there are no rates.
    complete: bool,
    /// Everything together.
    all: DayFigures,
    /// The same by cluster; a cluster that did nothing is absent.
    clusters: BTreeMap<String, DayFigures>,
}

/// Counts of one day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DayFigures {
    /// Actions that were judged for the first time, by tier.
    #[schema(example = json!({"LOW": 3, "HIGH": 1}))]
    judged: BTreeMap<String, u64>,
    /// Actions that came to an end, by status. What took another's place or was taken back is not among them.
    #[schema(example = json!({"EXECUTED": 3}))]
    ended: BTreeMap<&'static str, u64>,
    /// Of those, the ones that policy or the CEO function decided, and no person was asked about.
    alone: u64,
    /// Of those, the ones that people decided. The rest ran out of time.
    by_people: u64,
    /// `alone` of all that ended, in whole percent; absent where nothing did.
    #[serde(skip_serializing_if = "Option::is_none")]
    autonomy_percent: Option<u64>,
    /// Executed actions that were undone.
    undone: u64,
    /// Tasks that were done.
    tasks_done: u64,
    /// Tasks that were given up.
    tasks_failed: u64,
}

impl DayView {
    /// A day as its seal has it.
    pub(super) fn sealed(date: Date, figures: &Figures) -> Self {
        Self { sealed: true, ..Self::so_far(date, figures, true) }
    }

    /// A day as it is now; `whole` says whether all of its record was read.
    pub(super) fn so_far(date: Date, figures: &Figures, whole: bool) -> Self {
        let complete = whole && figures.unread == 0;
        let clusters = figures.clusters.iter();
        Self {
            date: date.to_string(),
            sealed: false,
            complete,
            all: DayFigures::new(&figures.all, complete),
            clusters: clusters.map(|(name, tally)| (name.clone(), DayFigures::new(tally, complete))).collect(),
        }
    }
}

impl DayFigures {
    fn new(tally: &Tally, complete: bool) -> Self {
        Self {
            judged: tally.judged.iter().map(|(tier, count)| (tier.to_string(), *count)).collect(),
            ended: tally.ended.iter().map(|(status, count)| (status.name(), *count)).collect(),
            alone: tally.alone,
            by_people: tally.people,
            autonomy_percent: tally.autonomy_percent().filter(|_| complete),
            undone: tally.undone,
            tasks_done: tally.tasks_done,
            tasks_failed: tally.tasks_failed,
        }
    }
}
