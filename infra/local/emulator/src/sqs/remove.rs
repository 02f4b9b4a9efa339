//! What happens to a received message: it is deleted, or shown again earlier or later.

use rusqlite::params;

use super::errors;
use super::receipt::Receipt;
use crate::db::Tx;
use crate::http::ApiError;
use crate::signals::Topic;

/// The longest time a message can stay hidden: twelve hours.
const MAX_HIDDEN_S: i64 = 43_200;

/// Deletes the message. A handle that is not the latest deletes nothing and is no error, as on
/// AWS: the message was received again since.
pub(crate) fn delete(tx: &Tx<'_>, handle: &str) -> Result<(), ApiError> {
    let receipt = Receipt::decode(handle)?;
    let key = [receipt.seq, receipt.queue, receipt.receives];
    // A duplicate: acknowledged, and yet one copy stays.
    let sql = if tx.env.faults.duplicates(receipt.seq, receipt.receives.wrapping_neg()) {
        "UPDATE messages SET visible_ms = 0 WHERE seq = ?1 AND queue = ?2 AND receives = ?3"
    } else {
        "DELETE FROM messages WHERE seq = ?1 AND queue = ?2 AND receives = ?3"
    };
    tx.conn.prepare_cached(sql)?.execute(key)?;
    tx.wake(Topic::Queue(receipt.queue));
    Ok(())
}

/// Shows the message again after `ms` from now, if the handle is the latest one.
pub(crate) fn hide_for(tx: &Tx<'_>, handle: &str, ms: i64) -> Result<(), ApiError> {
    set_visible(tx, &Receipt::decode(handle)?, ms).map(drop)
}

/// `ChangeMessageVisibility`: as [`hide_for`], but the message must be in flight.
pub(super) fn change_visibility(tx: &Tx<'_>, handle: &str, seconds: i64) -> Result<(), ApiError> {
    let receipt = Receipt::decode(handle)?;
    if !(0..=MAX_HIDDEN_S).contains(&seconds) {
        return Err(errors::bad_parameter(format!(
            "Value {seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and {MAX_HIDDEN_S}."
        )));
    }
    let found = set_visible(tx, &receipt, seconds.saturating_mul(1000))?;
    found.then_some(()).ok_or_else(errors::not_in_flight)
}

fn set_visible(tx: &Tx<'_>, receipt: &Receipt, ms: i64) -> Result<bool, ApiError> {
    let sql = "UPDATE messages SET visible_ms = ?4
        WHERE seq = ?1 AND queue = ?2 AND receives = ?3 AND visible_ms > ?5";
    let until = tx.now_ms.saturating_add(ms);
    let row = params![receipt.seq, receipt.queue, receipt.receives, until, tx.now_ms];
    let changed = tx.conn.prepare_cached(sql)?.execute(row)?;
    tx.wake(Topic::Queue(receipt.queue));
    Ok(changed > 0)
}
