use crate::steps;
use domain::{Control, Record, Role, Status, action::ControlResume, control::Stop, decision::Consent};
use time::{Duration, OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

fn record(status: Status) -> Record {
    let sample = include_str!("../../../../events/stream/action.json");
    let record: Record = serde_json::from_str(sample).unwrap();
    Record { status, updated: NOW, ..record }
}

fn pending(hours: i64) -> Record {
    let asked = Record { status: Status::CeoReview, ..record(Status::CeoReview) };
    let mut asked = asked.asked(None, NOW).unwrap();
    asked.approval.as_mut().unwrap().deadline = NOW + Duration::hours(hours);
    asked
}

fn stopped(scope: &str) -> Control {
    let stop = Stop { by: "olivia".into(), reason: "a look around".into(), at: NOW };
    Control { stops: [(scope.parse().unwrap(), stop)].into() }
}

#[test]
fn a_request_expires_at_its_deadline_and_not_before() {
    assert!(steps::ask_more(&pending(1), NOW).is_none());
    let (what, next) = steps::ask_more(&pending(1), NOW + Duration::hours(1)).unwrap();
    assert_eq!((what, next.unwrap().status), ("expired", Status::Expired));
}

/// A request of 24 hours at whose last four finance is asked as well.
fn escalating() -> Record {
    let mut asked = record(Status::CeoReview);
    asked.decision.consent =
        Consent { escalation: vec![Role::Finance], escalate_before_hours: 4, ..Consent::of(vec![Role::Owner], 1, 24) };
    asked.asked(None, NOW).unwrap()
}

#[test]
fn a_request_that_nobody_decides_is_put_before_others_once_and_then_expires() {
    let request = escalating();
    assert!(steps::ask_more(&request, NOW + Duration::minutes(20 * 60 - 1)).is_none());
    let (what, next) = steps::ask_more(&request, NOW + Duration::hours(20)).unwrap();
    let next = next.unwrap();
    let approval = next.approval.as_ref().unwrap();
    assert_eq!((what, next.status), ("escalated", Status::Pending));
    assert_eq!((&approval.roles[..], approval.escalated), (&[Role::Owner, Role::Finance][..], Some(next.updated)));
    assert!(next.note.as_ref().unwrap().contains("it is put before finance"), "{:?}", next.note);
    assert!(steps::ask_more(&next, NOW + Duration::minutes(24 * 60 - 1)).is_none(), "once");
    let (what, _) = steps::ask_more(&next, NOW + Duration::hours(24)).unwrap();
    assert_eq!(what, "expired");
}

#[test]
fn a_request_that_is_over_expires_even_where_others_were_never_asked() {
    assert_eq!(steps::ask_more(&escalating(), NOW + Duration::hours(30)).unwrap().0, "expired");
}

#[test]
fn the_time_that_a_request_is_held_brings_its_escalation_no_nearer() {
    let (_, held) = steps::hold(&escalating(), &stopped("all"), NOW + Duration::hours(1)).unwrap();
    let (_, back) = steps::bring_back(&held.unwrap(), &Control::default(), NOW + Duration::hours(31)).unwrap();
    let approval = back.unwrap().approval.unwrap();
    assert_eq!(approval.escalates, Some(NOW + Duration::hours(50)));
    assert_eq!(approval.deadline, NOW + Duration::hours(54));
}

#[test]
fn a_way_out_of_a_stop_is_never_held_by_one() {
    let mut request = pending(2);
    request.proposal.action = ControlResume { scope: "all".into() }.into();
    assert!(steps::hold(&request, &stopped("all"), NOW).is_none());
}

#[test]
fn a_stop_covers_its_scope_only_and_the_time_it_takes_does_not_count() {
    let request = pending(2);
    assert!(steps::hold(&request, &stopped("cluster:marketing"), NOW).is_none());
    let (_, held) = steps::hold(&request, &stopped("cluster:product"), NOW).unwrap();
    let held = held.unwrap();
    assert_eq!((held.status, held.held_from), (Status::Held, Some(Status::Pending)));
    assert!(steps::bring_back(&held, &stopped("all"), NOW + Duration::hours(30)).is_none());
    let (_, back) = steps::bring_back(&held, &Control::default(), NOW + Duration::hours(30)).unwrap();
    let back = back.unwrap();
    assert_eq!(back.status, Status::Pending);
    assert_eq!(back.approval.unwrap().deadline, NOW + Duration::hours(32));
}

#[test]
fn a_grant_to_spend_that_was_held_long_is_asked_about_again() {
    let granted = Record { reserved: vec!["store".into()], ..record(Status::Granted) };
    let (_, held) = steps::hold(&granted, &stopped("all"), NOW).unwrap();
    let held = held.unwrap();
    let back = |after| steps::bring_back(&held, &Control::default(), NOW + after).unwrap().1.unwrap().status;
    assert_eq!(back(Duration::minutes(5)), Status::Granted);
    assert_eq!(back(Duration::hours(26)), Status::Pending);
}

#[test]
fn doubt_begins_when_the_claim_ends_and_is_asked_about_ever_more_rarely() {
    let mut executing = record(Status::Executing);
    let grant = executing.grant.as_mut().unwrap();
    grant.at = NOW;
    grant.claimed_until = Some(NOW + Duration::seconds(120));
    assert!(steps::doubt(&executing, NOW + Duration::seconds(119)).is_none());
    let (_, unknown) = steps::doubt(&executing, NOW + Duration::seconds(120)).unwrap();
    let mut unknown = unknown.unwrap();
    assert!(steps::ask(&unknown, NOW + Duration::seconds(120)).is_none(), "the executor has just been told to ask");
    let mut asked = 0;
    for minute in 3..=24 * 60 {
        if let Some((_, next)) = steps::ask(&unknown, NOW + Duration::minutes(minute)) {
            unknown = next.unwrap();
            asked += 1;
        }
    }
    assert!((8..=16).contains(&asked), "asked {asked} times in a day");
}

#[test]
fn what_waits_for_a_lost_message_is_told_of_again_and_what_nobody_serves_is_settled() {
    let granted = record(Status::Granted);
    assert!(steps::remind(&granted, NOW + Duration::minutes(5)).is_none());
    assert_eq!(steps::remind(&granted, NOW + steps::LOST).unwrap().1.unwrap().status, Status::Granted);
    assert!(steps::unserved(&granted, &["storefront".into()], NOW).is_none());
    assert_eq!(steps::unserved(&granted, &["ads".into()], NOW).unwrap().1.unwrap().status, Status::Simulated);
}
