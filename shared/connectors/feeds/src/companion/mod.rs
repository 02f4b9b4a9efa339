//! The two small files that an operator keeps beside the feeds: how suppliers perform, and what is in demand.
//!
//! They are held whole, up to [`limits::COMPANION_RECORDS`] records, as every product is compared with them.

mod named;
mod suppliers;
mod trends;

use crate::{
    limits,
    problem::{Extent, Fault, RowProblem},
};
use named::Named;
pub use suppliers::{SupplierRecord, suppliers};
pub use trends::{Topic, Trend, trends};

/// What a companion file says, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion<T> {
    /// The good records, in order.
    pub records: Vec<T>,
    /// The bad ones.
    pub problems: Vec<RowProblem>,
    /// Names of fields that nobody knows.
    pub unknown_fields: Vec<String>,
}

impl<T> Companion<T> {
    /// Reads every record with `parse`, as far as there is room.
    fn collect(
        file: &str,
        rows: Vec<Result<Named, RowProblem>>,
        mut parse: impl FnMut(&Named) -> Result<T, Fault>,
    ) -> Self {
        let mut all = Self { records: Vec::new(), problems: Vec::new(), unknown_fields: Vec::new() };
        for row in rows {
            let read = row.and_then(|row| parse(&row).map_err(|fault| fault.at(file, row.number, None, Extent::Row)));
            match read {
                Ok(record) => all.records.push(record),
                Err(problem) => all.problems.push(problem),
            }
        }
        all
    }

    fn with_unknown(mut self, names: &[String], known: &[&str]) -> Self {
        let strange = names.iter().filter(|name| !known.contains(&crate::json::object::plain(name).as_str()));
        self.unknown_fields = strange.take(limits::UNKNOWN_FIELDS).cloned().collect();
        self
    }
}

#[cfg(test)]
mod tests;
