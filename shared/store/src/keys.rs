//! Keys: how things are named in the table and spread over its partitions.

use time::{OffsetDateTime, UtcOffset, format_description::FormatItem, macros::format_description};

/// Sort key of a thing's state.
pub const STATE: &str = "STATE";
/// What the sort keys of a thing's audit rows begin with.
pub const AUDIT: &str = "AUDIT#";
/// Index by kind and status, sorted by the time that matters for that status.
pub const BY_STATUS: &str = "by_status";
/// Index of audit rows by day, sorted by time.
pub const BY_DAY: &str = "by_day";
/// Bytes of an id that stand in a key as they are; DynamoDB allows 2 048 for the whole key.
const LONGEST_ID: usize = 600;
/// Partitions over which each hot index key is spread.
pub const SHARDS: u64 = 4;

const SORTABLE: &[FormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
const DAY: &[FormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Partition key of a thing. An id that is too long for a key stands there as its digest.
#[must_use]
pub fn pk(kind: &str, id: &str) -> String {
    if id.len() > LONGEST_ID {
        return format!("{kind}#{}", domain::Digest::of_bytes(id.as_bytes()));
    }
    format!("{kind}#{id}")
}

/// Sort key of the `seq`th audit row.
#[must_use]
pub fn audit(seq: u64) -> String {
    format!("{AUDIT}{seq:010}")
}

/// Sort key of the policy input with this digest.
#[must_use]
pub fn input(digest: &str) -> String {
    format!("INPUT#{}", digest.get(..16).unwrap_or(digest))
}

/// The index partition of a thing with this status.
#[must_use]
pub fn status(kind: &str, status: &str, shard: u64) -> String {
    format!("{kind}#{status}#{shard}")
}

/// The index partition of audit rows of this day.
#[must_use]
pub fn day(at: OffsetDateTime, shard: u64) -> String {
    format!("DAY#{}#{shard}", date(at))
}

/// The calendar day, in UTC.
#[must_use]
pub fn date(at: OffsetDateTime) -> String {
    at.to_offset(UtcOffset::UTC).format(DAY).unwrap_or_default()
}

/// An instant as text that sorts as time does.
#[must_use]
pub fn instant(at: OffsetDateTime) -> String {
    at.to_offset(UtcOffset::UTC).format(SORTABLE).unwrap_or_default()
}

/// The shard of an id.
#[must_use]
pub fn shard(id: &str) -> u64 {
    id.bytes().map(u64::from).sum::<u64>() % SHARDS
}
