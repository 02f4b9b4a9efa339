use super::*;
use crate::metrics::tests::emf;
use reqwest::header::HeaderValue;
use serde_json::json;
use std::time::Duration;
use time::macros::datetime;

const START: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
const LIMITS: Limits = Limits { failures: 3, rest: Duration::from_secs(30), probes: 2 };

#[derive(Default)]
struct Seconds(Mutex<u64>);

impl Seconds {
    fn pass(&self, seconds: u64) {
        *self.0.lock().unwrap() += seconds;
    }
}

impl Clock for Seconds {
    fn now(&self) -> OffsetDateTime {
        START + Duration::from_secs(*self.0.lock().unwrap())
    }
}

fn breaker() -> (Breaker, Arc<Seconds>) {
    let clock = Arc::new(Seconds::default());
    (Breaker::new("shop", LIMITS, clock.clone(), Arc::new(())), clock)
}

/// Plays a script: `+` a call that succeeds, `-` one that fails, `x` one that is refused, `?` one that is
/// abandoned, `.` ten seconds pass. Answers with the state at its end: `c`, `o` or `h`.
fn play(script: &str) -> char {
    let (breaker, clock) = breaker();
    for step in script.chars() {
        match step {
            '+' => breaker.permit().unwrap().succeeded(),
            '-' => breaker.permit().unwrap().failed(),
            '?' => drop(breaker.permit().unwrap()),
            'x' => assert!(breaker.permit().is_err(), "{script}"),
            _ => clock.pass(10),
        }
    }
    match breaker.state() {
        State::Closed => 'c',
        State::Open { .. } => 'o',
        State::HalfOpen => 'h',
    }
}

#[test]
fn it_opens_rests_probes_and_closes() {
    for (script, expected) in [
        ("", 'c'),
        ("--", 'c'),
        ("--+--", 'c'),
        ("--?", 'c'),
        ("--?-", 'o'),
        ("---", 'o'),
        ("---x..x", 'o'),
        ("---...", 'h'),
        ("---...+", 'h'),
        ("---...++", 'c'),
        ("---...++--", 'c'),
        ("---...-", 'o'),
        ("---...+-x..x", 'o'),
        ("---...-x...++", 'c'),
        ("---...??+?+", 'c'),
    ] {
        assert_eq!(play(script), expected, "{script}");
    }
}

#[test]
fn only_one_probe_is_under_way_at_a_time() {
    let (breaker, clock) = breaker();
    (0..3).for_each(|_| breaker.permit().unwrap().failed());
    clock.pass(30);
    let probe = breaker.permit().unwrap();
    assert!(breaker.permit().is_err());
    probe.succeeded();
    assert!(breaker.permit().is_ok());
}

#[test]
fn an_outcome_from_before_the_breaker_opened_changes_nothing() {
    let (breaker, clock) = breaker();
    let late: Vec<_> = (0..2).map(|_| breaker.permit().unwrap()).collect();
    (0..3).for_each(|_| breaker.permit().unwrap().failed());
    let open = breaker.state();
    clock.pass(10);
    let mut late = late.into_iter();
    late.next().unwrap().failed();
    assert_eq!(breaker.state(), open);
    clock.pass(20);
    breaker.permit().unwrap().succeeded();
    late.next().unwrap().succeeded();
    assert_eq!(breaker.state(), State::HalfOpen);
}

#[tokio::test]
async fn only_errors_that_count_speak_against_the_system() {
    let (breaker, _clock) = breaker();
    let call = |error: &'static str| breaker.call(|e| *e == "timed out", async move { Err::<(), _>(error) });
    for _ in 0..9 {
        assert_eq!(call("bad input").await, Err(CallError::Failed("bad input")));
    }
    assert_eq!(breaker.state(), State::Closed);
    for _ in 0..3 {
        assert_eq!(call("timed out").await, Err(CallError::Failed("timed out")));
    }
    let refused = call("timed out").await.unwrap_err();
    assert_eq!(refused.to_string(), "`shop` failed repeatedly and is left alone until 2026-11-20 12:00:30.0 +00:00:00");
}

#[tokio::test]
async fn a_refused_call_is_not_made() {
    let (breaker, _clock) = breaker();
    (0..3).for_each(|_| breaker.permit().unwrap().failed());
    let mut made = false;
    let call = async {
        made = true;
        Ok::<_, &str>(())
    };
    assert!(matches!(breaker.call(|_| true, call).await, Err(CallError::Refused(_))));
    assert!(!made);
}

#[test]
fn the_states_of_all_systems_are_readable_by_name() {
    let breakers = Breakers::new(LIMITS, Arc::new(Seconds::default()), Arc::new(()));
    let _closed = breakers.of("ads");
    (0..3).for_each(|_| breakers.of("shop").permit().unwrap().failed());
    assert_eq!(
        serde_json::to_value(breakers.states()).unwrap(),
        json!({
            "ads": { "state": "closed" },
            "shop": { "state": "open", "until": "2026-11-20T12:00:30Z" },
        })
    );
}

#[test]
fn the_most_that_was_used_of_what_a_system_allows_is_measured() {
    let limits = |limit, left| {
        let of = |name: &'static str, value| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap());
        HeaderMap::from_iter([of("x-ratelimit-limit", limit), of("x-ratelimit-remaining", left)])
    };
    for (answers, used) in [
        (vec![(200, limits("600", "60")), (200, limits("600", "300"))], json!(90)),
        (vec![(200, limits("600", "60")), (429, HeaderMap::new()), (200, limits("600", "600"))], json!(100)),
        (vec![(200, limits("0", "0"))], json!(100)),
        (vec![(200, limits("many", "60")), (500, HeaderMap::new())], json!(null)),
    ] {
        let (emf, out) = emf();
        let emf = Arc::new(emf);
        let breaker = Breaker::new("shop", LIMITS, Arc::new(Seconds::default()), emf.clone());
        for (status, headers) in answers {
            breaker.heard(StatusCode::from_u16(status).unwrap(), &headers);
        }
        emf.flush();
        let line = out.lines().into_iter().next().unwrap_or_default();
        assert_eq!(line["outside_limit_used_percent"], used, "{line}");
        assert!(line.is_null() || line["system"] == json!("shop"));
    }
}

#[test]
fn that_a_system_is_left_alone_is_counted_once() {
    let (emf, out) = emf();
    let emf = Arc::new(emf);
    let breakers = Breakers::new(LIMITS, Arc::new(Seconds::default()), emf.clone());
    (0..3).for_each(|_| breakers.of("shop").permit().unwrap().failed());
    assert!(breakers.of("shop").permit().is_err());
    emf.flush();
    assert_eq!(out.lines()[0]["outside_left_alone_total"], json!(1));
}
