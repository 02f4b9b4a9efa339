//! Idempotency records, with the semantics of AWS Powertools.
//!
//! A run is claimed by one conditional write that hands back the old record when it fails. It is
//! completed in the transaction that changes the state, so that an effect and the memory of it cannot
//! part. A crash leaves it in progress until its lease ends; then the next delivery claims it again.

use crate::{Store, StoreError, error::told, item, item::Item, keys};
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::update_item::{UpdateItemError, UpdateItemOutput, builders::UpdateItemFluentBuilder},
    types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure, Update},
};
use time::{Duration, OffsetDateTime};

/// How long a completed run is remembered: longer than any queue keeps a message.
const REMEMBERED: Duration = Duration::days(15);

/// A run that this invocation holds.
#[derive(Debug, Clone)]
pub struct Run {
    pk: String,
    lease: String,
    attempts: u64,
}

/// What claiming a run led to.
#[derive(Debug)]
pub enum Claim {
    /// It is ours.
    Ours(Run),
    /// It was completed before: nothing is left to do.
    Completed,
    /// Another invocation is at it: come back later.
    Busy,
    /// The key was used before with another payload.
    OtherPayload,
}

impl Run {
    /// How often it was begun, this time included, since it last came to any end. A message that found it
    /// busy did not begin it.
    #[must_use]
    pub const fn attempts(&self) -> u64 {
        self.attempts
    }

    /// Partition key of the record.
    pub(crate) fn pk(&self) -> String {
        self.pk.clone()
    }

    /// The update that completes the run while it is still ours.
    pub(crate) fn completion(&self, table: &str, at: OffsetDateTime) -> Result<Update, String> {
        let expiry = (at + REMEMBERED).unix_timestamp();
        Update::builder()
            .table_name(table)
            .set_key(Some(item::key(&self.pk, keys::STATE)))
            .update_expression("SET #status = :done, #ttl = :ttl REMOVE lease")
            .condition_expression("lease = :lease")
            .expression_attribute_names("#status", "status")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":done", item::text("COMPLETED"))
            .expression_attribute_values(":ttl", item::number(expiry))
            .expression_attribute_values(":lease", item::text(&self.lease))
            .build()
            .map_err(|error| error.to_string())
    }
}

impl Store {
    /// Claims the run `key` of `function` with this payload until `until`.
    ///
    /// `nonce` tells this invocation from any other (the Lambda request id).
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn claim(
        &self,
        (function, key): (&str, &str),
        (payload, nonce): (&str, &str),
        (now, until): (OffsetDateTime, OffsetDateTime),
    ) -> Result<Claim, StoreError> {
        let pk = keys::pk("RUN", &format!("{function}#{key}"));
        let lease = format!("{}#{nonce}", keys::instant(until));
        let claim = self
            .client()
            .update_item()
            .table_name(self.table())
            .set_key(Some(item::key(&pk, keys::STATE)))
            .update_expression("SET #status = :busy, lease = :lease, payload = :payload, #ttl = :ttl ADD attempts :one")
            .condition_expression(
                "attribute_not_exists(pk) OR (#status = :busy AND lease < :now AND payload = :payload)",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":busy", item::text("INPROGRESS"))
            .expression_attribute_values(":lease", item::text(&lease))
            .expression_attribute_values(":now", item::text(keys::instant(now)))
            .expression_attribute_values(":one", item::number(1))
            .expression_attribute_values(":payload", item::text(payload))
            .expression_attribute_values(":ttl", item::number((until + REMEMBERED).unix_timestamp()))
            .return_values(ReturnValue::UpdatedNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match claim.send().await {
            Ok(claimed) => {
                let attempts = attempts(&claimed.attributes.unwrap_or_default());
                Ok(Claim::Ours(Run { pk, lease, attempts }))
            }
            Err(error) => refused(&error, payload, Run { pk, lease, attempts: 1 }),
        }
    }

    /// Gives a run back, so that the next delivery can claim it at once.
    ///
    /// # Errors
    /// When the table does not answer; the lease then ends by itself.
    pub async fn release(&self, run: &Run) -> Result<(), StoreError> {
        let request = self
            .client()
            .delete_item()
            .table_name(self.table())
            .set_key(Some(item::key(&run.pk, keys::STATE)))
            .condition_expression("lease = :lease")
            .expression_attribute_values(":lease", item::text(&run.lease));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(StoreError::Retry(told(&error))),
        }
    }

    /// Gives a run back that had no effect: the next delivery can claim it at once, and this beginning does not
    /// count among its attempts. Earlier ones still do.
    ///
    /// # Errors
    /// When the table does not answer; the lease then ends by itself, and the beginning counts.
    pub async fn postpone(&self, run: &Run, now: OffsetDateTime) -> Result<(), StoreError> {
        let request = self.ending(run).update_expression("SET lease = :past ADD attempts :less");
        let request = request.expression_attribute_values(":less", item::number(-1));
        ended(request.expression_attribute_values(":past", past(now)).send().await)
    }

    /// Gives a run back that may have had an effect: the next delivery can claim it at once, and finds that it was
    /// begun before.
    ///
    /// # Errors
    /// As [`Store::postpone`].
    pub async fn leave_in_doubt(&self, run: &Run, now: OffsetDateTime) -> Result<(), StoreError> {
        let request = self.ending(run).update_expression("SET lease = :past");
        ended(request.expression_attribute_values(":past", past(now)).send().await)
    }

    /// Completes a run that changes nothing else in the table, and keeps `outcome` with it: of an effect outside,
    /// what came of it.
    ///
    /// # Errors
    /// When the table does not answer; whoever claims it next then finds that it was begun before.
    pub async fn finish(&self, run: &Run, outcome: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        let request = self
            .ending(run)
            .update_expression("SET #status = :done, #ttl = :ttl, outcome = :outcome REMOVE lease")
            .expression_attribute_names("#status", "status")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":done", item::text("COMPLETED"))
            .expression_attribute_values(":ttl", item::number((now + REMEMBERED).unix_timestamp()))
            .expression_attribute_values(":outcome", item::text(outcome));
        ended(request.send().await)
    }

    /// What [`Store::finish`] kept of the run `key` of `function`, while it is remembered.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn outcome(&self, function: &str, key: &str) -> Result<Option<String>, StoreError> {
        let row = self.item(&keys::pk("RUN", &format!("{function}#{key}")), keys::STATE).await?;
        Ok(row.and_then(|row| item::get_text(&row, "outcome").ok().map(str::to_owned)))
    }

    /// The beginning of an update of a run that is still ours.
    fn ending(&self, run: &Run) -> UpdateItemFluentBuilder {
        self.client()
            .update_item()
            .table_name(self.table())
            .set_key(Some(item::key(&run.pk, keys::STATE)))
            .condition_expression("lease = :lease")
            .expression_attribute_values(":lease", item::text(&run.lease))
    }

    /// Counts a failed run of an agent.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn beat_failed(&self, agent: &str, at: OffsetDateTime) -> Result<UpdateItemOutput, StoreError> {
        let update = crate::tx::beat(self.table(), agent, false, at).map_err(StoreError::Retry)?;
        let request = self
            .client()
            .update_item()
            .table_name(self.table())
            .set_key(Some(update.key().clone()))
            .update_expression(update.update_expression())
            .set_expression_attribute_names(update.expression_attribute_names().cloned())
            .set_expression_attribute_values(update.expression_attribute_values().cloned());
        request.send().await.map_err(|error| StoreError::Retry(told(&error)))
    }
}

/// A lease that has ended.
fn past(now: OffsetDateTime) -> AttributeValue {
    item::text(keys::instant(now - Duration::seconds(1)))
}

/// A run that is no longer ours is somebody else's to end.
fn ended<R: std::fmt::Debug + 'static>(
    answer: Result<UpdateItemOutput, SdkError<UpdateItemError, R>>,
) -> Result<(), StoreError> {
    match answer {
        Err(error) if !error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => {
            Err(StoreError::Retry(told(&error)))
        }
        _ => Ok(()),
    }
}

fn attempts(row: &Item) -> u64 {
    item::get_number(row, "attempts").unwrap_or(1)
}

fn refused<R: std::fmt::Debug + 'static>(
    error: &SdkError<UpdateItemError, R>,
    payload: &str,
    run: Run,
) -> Result<Claim, StoreError> {
    let Some(UpdateItemError::ConditionalCheckFailedException(failed)) = error.as_service_error() else {
        return Err(StoreError::Retry(told(error)));
    };
    let old = failed.item().cloned().unwrap_or_default();
    let has = |name: &str, value: &str| item::get_text(&old, name).is_ok_and(|found| found == value);
    Ok(match () {
        () if !has("payload", payload) => Claim::OtherPayload,
        () if has("status", "COMPLETED") => Claim::Completed,
        // The first answer was lost on its way: it is ours already.
        () if has("lease", &run.lease) => Claim::Ours(Run { attempts: attempts(&old), ..run }),
        () => Claim::Busy,
    })
}
