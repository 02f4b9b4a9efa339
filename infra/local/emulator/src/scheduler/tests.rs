use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;

use super::expr::Timetable;
use super::pace::Pace;
use super::store::Schedule;
use super::{SCHEMA, resume};

fn ms(time: &str) -> i64 {
    time.parse::<Timestamp>().unwrap().as_millisecond()
}

fn table(expression: &str, zone: &str) -> Timetable {
    let anchor = ms("2026-11-20T10:00:30Z");
    Timetable::new(expression, Some(zone), anchor, (None, None)).unwrap()
}

fn next(expression: &str, zone: &str, after: &str) -> Option<String> {
    let next = table(expression, zone).next(ms(after))?;
    Some(Timestamp::from_millisecond(next).unwrap().to_string())
}

#[test]
fn each_expression_gives_the_next_run() {
    let table = [
        ("rate(5 minutes)", "UTC", "2026-11-20T10:00:30Z", "2026-11-20T10:05:30Z"),
        ("rate(1 hour)", "UTC", "2026-11-20T12:30:00Z", "2026-11-20T13:00:30Z"),
        ("rate(1 days)", "UTC", "2026-11-19T00:00:00Z", "2026-11-20T10:00:30Z"),
        ("cron(0 9 * * ? *)", "UTC", "2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z"),
        ("cron(0 9 * * ? *)", "UTC", "2026-11-20T08:59:59Z", "2026-11-20T09:00:00Z"),
        ("cron(0/15 * * * ? *)", "UTC", "2026-11-20T09:01:00Z", "2026-11-20T09:15:00Z"),
        ("cron(30 8 ? * MON-FRI *)", "UTC", "2026-11-20T09:00:00Z", "2026-11-23T08:30:00Z"),
        ("cron(30 8 ? * 2-6 *)", "UTC", "2026-11-20T09:00:00Z", "2026-11-23T08:30:00Z"),
        ("cron(0 12 ? * 1 *)", "UTC", "2026-11-20T09:00:00Z", "2026-11-22T12:00:00Z"),
        ("cron(0 12 L * ? *)", "UTC", "2026-11-20T09:00:00Z", "2026-11-30T12:00:00Z"),
        ("cron(0 12 15W * ? *)", "UTC", "2026-11-01T00:00:00Z", "2026-11-16T12:00:00Z"),
        ("cron(0 12 ? * 2#1 *)", "UTC", "2026-11-20T09:00:00Z", "2026-12-07T12:00:00Z"),
        ("cron(0 12 ? * 6L *)", "UTC", "2026-11-20T13:00:00Z", "2026-11-27T12:00:00Z"),
        ("cron(0 0 1 1 ? 2030)", "UTC", "2026-11-20T09:00:00Z", "2030-01-01T00:00:00Z"),
        ("cron(0 9 * * ? *)", "Europe/Amsterdam", "2026-11-20T00:00:00Z", "2026-11-20T08:00:00Z"),
        ("cron(0 9 * * ? *)", "Europe/Amsterdam", "2026-07-01T00:00:00Z", "2026-07-01T07:00:00Z"),
        ("at(2026-12-24T18:00:00)", "Europe/Amsterdam", "2026-11-20T00:00:00Z", "2026-12-24T17:00:00Z"),
    ];
    for (expression, zone, after, expected) in table {
        assert_eq!(next(expression, zone, after).as_deref(), Some(expected), "{expression} after {after}");
    }
}

#[test]
fn a_time_that_the_clock_skips_is_skipped_and_one_that_it_repeats_runs_once() {
    let zone = "Europe/Amsterdam";
    let daily = "cron(30 2 * * ? *)";
    assert_eq!(next(daily, zone, "2026-03-28T12:00:00Z").as_deref(), Some("2026-03-30T00:30:00Z"));
    assert_eq!(next(daily, zone, "2026-10-24T12:00:00Z").as_deref(), Some("2026-10-25T00:30:00Z"));
    assert_eq!(next(daily, zone, "2026-10-25T00:30:00Z").as_deref(), Some("2026-10-26T01:30:00Z"));
    let often = "cron(0/20 * * * ? *)";
    assert_eq!(next(often, zone, "2026-10-25T00:40:00Z").as_deref(), Some("2026-10-25T02:00:00Z"));
}

#[test]
fn start_and_end_bound_the_runs() {
    let start = ms("2026-12-01T00:00:00Z");
    let end = ms("2026-12-01T02:00:00Z");
    let table = Timetable::new("rate(1 hours)", None, 0, (Some(start), Some(end))).unwrap();
    assert_eq!(table.first(ms("2026-11-20T00:00:00Z")), Some(start));
    assert_eq!(table.next(start), Some(ms("2026-12-01T01:00:00Z")));
    assert_eq!(table.next(end), None);
}

#[test]
fn a_rate_runs_at_once_and_a_one_time_schedule_only_once() {
    let now = ms("2026-11-20T10:00:30Z");
    assert_eq!(table("rate(1 days)", "UTC").first(now), Some(now));
    let once = table("at(2026-11-20T11:00:00)", "UTC");
    let time = ms("2026-11-20T11:00:00Z");
    assert_eq!((once.first(now), once.next(time)), (Some(time), None));
}

#[test]
fn what_is_no_expression_is_refused_with_its_text() {
    for text in [
        "",
        "rate(5)",
        "rate(0 minutes)",
        "rate(-1 hours)",
        "rate(1 fortnight)",
        "every 5 minutes",
        "cron(0 9 * * *)",
        "cron(0 9 * * * *)",
        "cron(0 9 ? * ? *)",
        "cron(61 9 * * ? *)",
        "cron(0 9 * * ? *",
        "at(tomorrow)",
        "at(2026-13-01T00:00:00)",
    ] {
        let error = Timetable::new(text, None, 0, (None, None)).unwrap_err();
        assert!(error.contains(text.trim_end_matches(')')), "{text}: {error}");
    }
    assert!(Timetable::new("rate(1 days)", Some("Mars/Olympus"), 0, (None, None)).is_err());
}

#[test]
fn schedule_time_runs_faster_and_maps_back() {
    let pace = Pace::new(3600, 1_000, 50_000);
    assert_eq!(pace.shown(2_000), 3_650_000);
    assert_eq!(pace.clock(3_650_000), 2_000);
    assert_eq!(pace.clock(50_001), 1_001);
    let real = Pace::new(1, 1_000, 1_000);
    assert_eq!((real.shown(7), real.clock(7)), (7, 7));
}

#[test]
fn after_a_fast_session_schedules_do_not_wait_for_its_future() {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(SCHEMA).unwrap();
    let now = ms("2026-11-20T10:00:00Z");
    let ahead = ms("2027-03-01T00:00:00Z");
    let spec = json!({
        "ScheduleExpression": "rate(1 hours)", "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": "arn:aws:sqs:us-east-1:000000000000:q", "RoleArn": "arn"},
    });
    let group = "default".to_owned();
    let spec = serde_json::from_value(spec).unwrap();
    let times = (now, now, ahead, Some(ahead));
    let (created_ms, modified_ms, anchor_ms, next_ms) = times;
    Schedule { group, name: "tick".to_owned(), spec, created_ms, modified_ms, anchor_ms, next_ms }.save(&conn).unwrap();
    conn.execute("INSERT INTO schedule_clock VALUES (1, ?1)", [ahead]).unwrap();

    assert_eq!(resume(&conn, 3600, now).unwrap(), Pace::new(3600, now, ahead), "a fast session goes on");
    assert_eq!(resume(&conn, 1, now).unwrap(), Pace::new(1, now, now));
    assert_eq!(Schedule::all(&conn).unwrap()[0].next_ms, Some(now + 3_600_000));
}
