//! Finding a queue.

use rusqlite::OptionalExtension;

use super::attributes::Attributes;
use super::errors;
use crate::db::Tx;
use crate::env::arn_resource;
use crate::http::{ApiError, stored};

/// A queue as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(super) attributes: Attributes,
    pub(super) created_ms: i64,
    pub(super) modified_ms: i64,
}

impl Queue {
    pub(crate) fn by_name(tx: &Tx<'_>, name: &str) -> Result<Option<Self>, ApiError> {
        Self::find(tx, "name = ?1", name)
    }

    pub(crate) fn by_id(tx: &Tx<'_>, id: i64) -> Result<Self, ApiError> {
        Self::find(tx, "id = ?1", id)?.ok_or_else(errors::no_queue)
    }

    /// The queue that an ARN names, if it is an SQS ARN of an existing queue.
    pub(crate) fn by_arn(tx: &Tx<'_>, arn: &str) -> Result<Option<Self>, ApiError> {
        match arn_resource(arn, "sqs") {
            Some(name) => Self::by_name(tx, name),
            None => Ok(None),
        }
    }

    /// The queue that a URL names. Only its last part counts, so that a URL from before a
    /// restart on another port still works.
    pub(super) fn at(tx: &Tx<'_>, url: &str) -> Result<Self, ApiError> {
        let name = url.rsplit('/').next().unwrap_or_default();
        Self::by_name(tx, name)?.ok_or_else(errors::no_queue)
    }

    pub(super) fn is_fifo(&self) -> bool {
        self.attributes.is_fifo()
    }

    fn find(tx: &Tx<'_>, condition: &str, value: impl rusqlite::ToSql) -> Result<Option<Self>, ApiError> {
        let sql = format!("SELECT id, name, attributes, created_ms, modified_ms FROM queues WHERE {condition}");
        let mut query = tx.conn.prepare_cached(&sql)?;
        let found = query.query_row([value], |row| {
            let attributes: String = row.get(2)?;
            Ok((row.get(0)?, row.get(1)?, attributes, row.get(3)?, row.get(4)?))
        });
        let Some((id, name, attributes, created_ms, modified_ms)) = found.optional()? else {
            return Ok(None);
        };
        Ok(Some(Self { id, name, attributes: stored(&attributes)?, created_ms, modified_ms }))
    }
}
