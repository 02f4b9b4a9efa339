//! What people read.

use super::bench::{NOON, record, request};
use crate::told;
use domain::{Earlier, Reason, Record, Role, Status, Tier, life::Undo};
use time::Duration;

const PAGE: Option<&str> = Some("https://desk.example");

fn text(record: &Record) -> String {
    told::of(record, record.status, PAGE, NOON).unwrap().plain()
}

fn earlier(request: Record) -> Record {
    let earlier = Earlier {
        id: request.proposal.id,
        attempt: 1,
        status: Status::Failed,
        note: Some("the shop was closed".into()),
        by: None,
        at: NOON,
    };
    Record { earlier: Some(earlier), ..request }
}

fn margin() -> Reason {
    Reason {
        code: "margin_low".into(),
        tier: Tier::High,
        limit: None,
        threshold: Some("30 %".into()),
        line: None,
        value: Some("12 %".into()),
        en: "The margin of 12 % is below 30 %.".into(),
        nl: "De marge van 12 % is lager dan 30 %.".into(),
    }
}

#[test]
fn a_request_says_what_would_happen_why_who_decides_and_until_when() {
    let mut request = earlier(request());
    request.decision.reasons = vec![margin()];
    let text = text(&request);
    let lines = [
        "Approval needed: ",
        "What exactly: ",
        "Why people are asked: The margin of 12 % is below 30 %.",
        "Earlier: attempt 1 ended FAILED: the shop was closed",
        "Who decides: one of owner, finance",
        "Until: 2026-11-21 12:00 UTC",
        "In the words of the agent product-publisher, which nobody has checked:",
        "| Title: ",
    ];
    for line in lines {
        assert_eq!(text.lines().filter(|found| found.starts_with(line)).count(), 1, "{line}\n{text}");
    }
    let link = format!("https://desk.example/inbox/{}", request.proposal.id);
    assert_eq!(text.lines().filter(|line| line.contains("://")).collect::<Vec<_>>(), [link]);
}

#[test]
fn several_voices_are_asked_of_different_people() {
    let mut request = request();
    request.approval.as_mut().unwrap().quorum = 2;
    assert!(text(&request).contains("Who decides: 2 different people of owner, finance"));
}

#[test]
fn an_executed_action_says_until_when_it_can_be_undone() {
    let done = |minutes: i64| {
        let mut done = record(Tier::Medium, Status::Executed);
        let action = Box::new(done.proposal.action.clone());
        done.undo = Some(Undo { action, minutes: 60, until: Some(NOON + Duration::minutes(minutes)) });
        text(&done)
    };
    assert!(done(60).contains("Can be undone until: 2026-11-20 13:00 UTC"));
    assert!(done(-1).contains("Undo: the time in which it could be undone is over"));
    assert!(text(&record(Tier::Medium, Status::Executed)).contains("Undo: nothing restores"));
}

#[test]
fn a_bad_end_says_why_and_goes_to_whoever_would_decide() {
    for (status, label) in
        [(Status::Failed, "Failed: "), (Status::Unknown, "In doubt: "), (Status::Expired, "Expired: ")]
    {
        let mut ended = record(Tier::High, status);
        ended.note = Some("the shop was closed".into());
        ended.decision.consent.roles = vec![Role::Finance];
        let notice = told::of(&ended, status, PAGE, NOON).unwrap();
        assert!(notice.subject().starts_with(label), "{}", notice.subject());
        assert!(notice.plain().contains("Why: the shop was closed"));
        assert!(!notice.roles().is_empty());
    }
}

#[test]
fn nobody_is_told_of_what_is_nobodys_concern() {
    for status in Status::ALL {
        let told = told::of(&record(Tier::Low, status), status, PAGE, NOON).is_some();
        let concerns = matches!(status, Status::Failed | Status::Unknown | Status::Expired);
        let asked = status == Status::Pending && record(Tier::Low, status).approval.is_some();
        assert_eq!(told, concerns || asked, "{status}");
    }
}

#[test]
fn without_a_page_there_is_no_link() {
    let notice = told::of(&request(), Status::Pending, None, NOON).unwrap();
    assert_eq!((notice.link(), notice.plain().contains("://")), (None, false));
}
