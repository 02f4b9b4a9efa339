//! What the system consists of: functions, queues, schedules, rules, grants and specialists.
//!
//! One file, `catalog.toml`, is the source for the local stack and for the cloud templates. Reading it
//! checks it: every problem is reported with its line.

mod check;
mod cloud;
mod grants;
mod model;
mod tool;
mod wakes;

pub use check::CatalogError;
pub use cloud::{Cloud, CloudFunction, CloudMetric, CloudRule, CloudSecret, Grants, Source, Wake};
pub use model::{Catalog, Function, Kind, Metric, Rule, Schedule, Secret, Specialist, System};
pub use tool::run;
pub use wakes::{Trigger, Wakes};

/// The catalogue of this release.
///
/// # Errors
/// When the file is wrong; every problem is listed with its line.
pub fn catalog() -> Result<Catalog, CatalogError> {
    check::read(include_str!("../catalog.toml"))
}

#[cfg(test)]
mod tests;
