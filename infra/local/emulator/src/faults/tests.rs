use super::*;

fn fates(faults: &Faults, calls: u64) -> Vec<Fate> {
    let control = FaultControl::default();
    control.set(faults.clone());
    (0..calls).map(|_| control.admit("SQS", "SendMessage")).collect()
}

#[test]
fn without_faults_every_call_is_served() {
    assert!(fates(&Faults::default(), 500).iter().all(|f| *f == Fate::Served));
}

#[test]
fn the_same_seed_gives_the_same_faults_and_another_seed_others() {
    let faults = Faults { seed: 7, throttle: 100, error_after: 100, ..Faults::default() };
    let other = Faults { seed: 8, ..faults.clone() };
    assert_eq!(fates(&faults, 300), fates(&faults, 300));
    assert_ne!(fates(&faults, 300), fates(&other, 300));
}

#[test]
fn a_rate_is_met_within_a_fifth() {
    let faults = Faults { seed: 1, error_before: 100, ..Faults::default() };
    let failed = fates(&faults, 10_000).iter().filter(|f| **f == Fate::ErrorBefore).count();
    assert!((800..=1200).contains(&failed), "{failed}");
}

#[test]
fn exactly_the_armed_call_fails_and_reset_starts_the_count_again() {
    let control = FaultControl::default();
    control.fail_call(2, When::After);
    let seen: Vec<Fate> = (0..3).map(|_| control.admit("DynamoDB", "PutItem")).collect();
    assert_eq!(seen, [Fate::Served, Fate::ErrorAfter, Fate::Served]);
    assert_eq!((control.calls(), control.log().get("DynamoDB.PutItem")), (3, Some(&3)));

    assert_eq!(control.met(), BTreeMap::from([("error_after", 1)]));
    control.reset();
    assert_eq!((control.calls(), control.log().len(), control.met().len()), (0, 0, 0));
    assert_eq!(control.admit("DynamoDB", "PutItem"), Fate::Served);
}

#[test]
fn a_late_message_is_late_by_at_most_the_limit() {
    let control = FaultControl::default();
    control.set(Faults { delayed_visibility: 1000, max_delay_ms: 50, ..Faults::default() });
    let delays: Vec<i64> = (0..200).map(|m| control.delay_ms(m)).collect();
    assert!(delays.iter().all(|d| (0..=50).contains(d)));
    assert!(delays.iter().any(|d| *d > 0));
}
