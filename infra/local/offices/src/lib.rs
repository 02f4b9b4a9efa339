//! Two offices of the sandbox: the register of VAT numbers and a warehouse for rows.
//!
//! Both check requests before they answer, and refuse what is not as it should be: BigQuery's by the official schema
//! (`data/`), the register's by the contract that it publishes. They know nothing of who asks.

mod bigquery;
mod vies;

use axum::{Router, routing::post};
use std::sync::{Arc, Mutex, PoisonError};

/// What the offices keep.
#[derive(Clone, Default)]
pub struct Offices(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    rows: Vec<Stored>,
    asked: u64,
}

/// A row of the warehouse.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The id under which it came.
    pub id: String,
    /// The row.
    pub json: serde_json::Value,
}

impl Offices {
    /// Both offices: the register under `/vies`, the warehouse under `/bigquery`, its tokens at `/token`.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/vies/check-vat-number", post(vies::check))
            .route(
                "/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}/insertAll",
                post(bigquery::insert),
            )
            .route("/token", post(bigquery::token))
            .with_state(self.clone())
    }

    /// The rows of the warehouse: one of each id.
    #[must_use]
    pub fn rows(&self) -> Vec<Stored> {
        self.kept(|kept| kept.rows.clone())
    }

    fn kept<T>(&self, change: impl FnOnce(&mut Kept) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
