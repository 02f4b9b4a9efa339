//! BigQuery: rows into one table, by `tabledata.insertAll`.
//!
//! Its credential may add rows to that table and do nothing else (scope `bigquery.insertdata`). Without it, or without
//! a table in the settings, the export is off and says so. A row that BigQuery refuses does not keep the others out.

mod token;

use reqwest::StatusCode;
use runtime::{
    Env,
    breaker::{Breaker, CallError},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use token::Tokens;

/// The most of an answer that is told.
const TOLD: usize = 200;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// By which BigQuery knows a row that comes twice, for a while; at most 128 characters.
    pub id: String,
    /// The row by column.
    pub json: Value,
}

/// What became of rows that were taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inserted {
    /// Rows that were refused, by their place, and why.
    pub refused: Vec<(usize, String)>,
}

/// Why nothing was taken, named for what happens next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InsertError {
    /// There is no table, or no credential.
    #[error("{0}")]
    Off(String),
    /// It may work later.
    #[error("{0}")]
    Retry(String),
    /// It will never work as it is.
    #[error("{0}")]
    Refused(String),
}

/// One table.
pub struct BigQuery {
    url: Option<String>,
    tokens: Tokens,
    http: reqwest::Client,
    breaker: Arc<Breaker>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    #[serde(default)]
    insert_errors: Vec<RowErrors>,
}

#[derive(Deserialize)]
struct RowErrors {
    #[serde(default)]
    index: usize,
    #[serde(default)]
    errors: Vec<RowError>,
}

#[derive(Deserialize)]
struct RowError {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    message: String,
}

impl BigQuery {
    /// The table that the settings name.
    #[must_use]
    pub fn new(env: &Env) -> Self {
        let finance = &env.config().finance;
        let url = finance.bigquery_table.as_deref().and_then(|table| {
            let mut parts = table.split('.');
            let (project, dataset, table) = (parts.next()?, parts.next()?, parts.next()?);
            let path = format!("bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}/insertAll");
            Some(format!("{}/{path}", finance.bigquery))
        });
        Self { url, tokens: Tokens::new(env), http: env.http().clone(), breaker: env.breakers().of("bigquery") }
    }

    /// Adds rows; those that BigQuery refuses are told, the others are in.
    ///
    /// # Errors
    /// When none is in: the export is off, or BigQuery does not take the request.
    pub async fn insert(&self, rows: &[Row]) -> Result<Inserted, InsertError> {
        let url = self.url.as_deref();
        let url = url.ok_or_else(|| InsertError::Off("`ROYAL_BIGQUERY_TABLE` is not set".to_owned()))?;
        let token = self.tokens.token(&self.http).await?;
        let counts = |error: &InsertError| matches!(error, InsertError::Retry(_));
        let answered = self.breaker.call(counts, self.post(url, &token, rows)).await;
        answered.map_err(|error| match error {
            CallError::Refused(refused) => InsertError::Retry(refused.to_string()),
            CallError::Failed(error) => error,
        })
    }

    async fn post(&self, url: &str, token: &str, rows: &[Row]) -> Result<Inserted, InsertError> {
        let rows: Vec<Value> = rows.iter().map(|row| json!({ "insertId": row.id, "json": row.json })).collect();
        let body = json!({ "skipInvalidRows": true, "ignoreUnknownValues": false, "rows": rows });
        let sent = self.http.post(url).bearer_auth(token).json(&body).send().await;
        let response =
            sent.map_err(|error| InsertError::Retry(format!("bigquery did not answer: {}", error.without_url())))?;
        let status = response.status();
        self.breaker.heard(status, response.headers());
        let text = response.text().await.unwrap_or_default();
        if status.is_success() {
            return read(&text);
        }
        if status == StatusCode::UNAUTHORIZED {
            self.tokens.forget().await;
        }
        let why = format!("bigquery answered {status}: {}", text.chars().take(TOLD).collect::<String>());
        Err(if again(status) { InsertError::Retry(why) } else { InsertError::Refused(why) })
    }
}

/// Whether the same request may be answered otherwise later.
fn again(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status.as_u16(), 401 | 403 | 408 | 429)
}

/// Rows were taken unless the answer names them: an answer that cannot be read names nobody, and proves nothing.
fn read(text: &str) -> Result<Inserted, InsertError> {
    let reply: Reply = serde_json::from_str(text)
        .map_err(|error| InsertError::Retry(format!("bigquery answered what is no answer: {error}")))?;
    let told = |row: RowErrors| {
        let why = row.errors.iter().map(|error| format!("{}: {}", error.reason, error.message));
        (row.index, why.collect::<Vec<_>>().join("; ").chars().take(TOLD).collect())
    };
    Ok(Inserted { refused: reply.insert_errors.into_iter().map(told).collect() })
}

#[cfg(test)]
mod tests;
