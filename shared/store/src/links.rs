//! One thing's record by itself, whatever kind of thing it is.

use crate::{
    Page, Store, StoreError,
    chain::{KINDS, parse},
    error::told,
    item::{self, text},
    keys,
    page::Cut,
};
use domain::AuditRecord;

/// Whether `subject` can have a record. Nothing else is asked of the table, whose other partitions a reader of the
/// record may not even see.
pub(crate) fn is_subject(subject: &str) -> bool {
    subject.split_once('#').is_some_and(|(kind, _)| KINDS.contains(&kind))
}

impl Store {
    /// Audit records of `subject`, such as `ACTION#0199…`, in the order and from the place that `cut` says. Its cursor
    /// is the number of a record.
    ///
    /// # Errors
    /// When the table does not answer, a row cannot be understood, or the cursor is not ours.
    pub async fn links(&self, subject: &str, cut: &Cut) -> Result<Page<AuditRecord>, StoreError> {
        let unknown = |cursor: &String| StoreError::Cursor(cursor.chars().take(64).collect());
        let after = cut.cursor.as_ref().map(|cursor| cursor.parse::<u64>().map_err(|_| unknown(cursor))).transpose()?;
        if !is_subject(subject) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let request = self
            .client()
            .query()
            .table_name(self.table())
            .key_condition_expression("pk = :pk AND begins_with(sk, :audit)")
            .expression_attribute_values(":pk", text(subject))
            .expression_attribute_values(":audit", text(keys::AUDIT))
            .consistent_read(true)
            .set_exclusive_start_key(after.map(|seq| item::key(subject, &keys::audit(seq))))
            .scan_index_forward(!cut.latest_first)
            .limit(i32::try_from(cut.limit).unwrap_or(i32::MAX));
        let answer = request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        let rows = answer.items.unwrap_or_default();
        let items: Vec<AuditRecord> = rows.iter().map(parse).collect::<Result<_, _>>()?;
        let more = answer.last_evaluated_key.is_some();
        let next = items.last().filter(|_| more).map(|record| record.seq.to_string());
        Ok(Page { items, next })
    }
}
