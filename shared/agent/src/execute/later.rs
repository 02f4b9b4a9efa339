//! When a granted action is tried again whose outside system is left alone.

use domain::Record;
use time::{Duration, OffsetDateTime};

/// The first wait: as long as a system is left alone.
const FIRST: Duration = Duration::seconds(30);
/// Waits double up to this; with what keeps them apart it is the longest that a queue delays a message.
const LONGEST: Duration = Duration::seconds(885);
/// Seconds over which what waits for the same system comes back, each action at its own: a system that was just left
/// alone is asked by one first, and what comes at the same moment would have to wait again.
const APART: u128 = 16;

/// The action, left for twice as long as the last time; nothing where it still waits.
pub(super) fn postponed(record: &Record, why: &str, now: OffsetDateTime) -> Option<Record> {
    let mut next = record.clone();
    let grant = next.grant.as_mut()?;
    if grant.not_before.is_some_and(|until| until > now) {
        return None;
    }
    let last = grant.not_before.map(|until| until - record.updated);
    let wait = last.map_or(FIRST, |last| last.saturating_mul(2)).clamp(FIRST, LONGEST);
    let apart = record.proposal.id.uuid().as_u128().checked_rem(APART).unwrap_or_default();
    grant.not_before = Some(now + wait + Duration::seconds(i64::try_from(apart).unwrap_or_default()));
    Some(Record { note: Some(why.to_owned()), updated: now, ..next })
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::testing::{NOW, record};
    use domain::{Status, action::OrderRelease};

    #[test]
    fn waits_grow_from_half_a_minute_to_a_quarter_of_an_hour_and_one_that_waits_is_left_alone() {
        let mut record = record(OrderRelease { order: "1".to_owned() }.into(), Status::Pending);
        record = record.granted(vec!["policy".to_owned()], NOW).unwrap();
        let (mut now, mut waits) = (NOW, Vec::new());
        for _ in 0..8 {
            let next = postponed(&record, "it failed repeatedly", now).unwrap();
            assert_eq!((next.status, next.updated, next.grant.as_ref().unwrap().attempt), (Status::Granted, now, 0));
            let until = next.grant.as_ref().unwrap().not_before.unwrap();
            assert_eq!(postponed(&next, "it failed repeatedly", until - Duration::SECOND), None);
            waits.push((until - now).whole_seconds());
            (record, now) = (next, until);
        }
        assert!((30..46).contains(&waits[0]), "{waits:?}");
        assert!(waits.is_sorted() && waits[7] <= 900 && waits[7] >= 885, "{waits:?}");
    }
}
