use super::*;
use std::sync::Mutex;

const MS: fn(u64) -> Duration = Duration::from_millis;

/// A machine whose time passes only in sleeps, and whose random source always gives the same share.
struct Machine {
    now: Mutex<OffsetDateTime>,
    slept: Mutex<Vec<Duration>>,
    percent: u32,
}

impl Machine {
    fn drawing(percent: u32) -> Arc<Self> {
        Arc::new(Self { now: Mutex::new(OffsetDateTime::UNIX_EPOCH), slept: Mutex::default(), percent })
    }

    fn retry(self: &Arc<Self>, limits: Limits) -> Retry {
        Retry::with_ports(limits, self.clone(), self.clone(), self.clone())
    }

    fn pass(&self, duration: Duration) {
        *self.now.lock().unwrap() += duration;
    }

    fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

impl Clock for Machine {
    fn now(&self) -> OffsetDateTime {
        *self.now.lock().unwrap()
    }
}

impl Rng for Machine {
    fn up_to(&self, most: Duration) -> Duration {
        most * self.percent / 100
    }
}

#[async_trait]
impl Sleeper for Machine {
    async fn sleep(&self, duration: Duration) {
        self.slept.lock().unwrap().push(duration);
        self.pass(duration);
    }
}

const LIMITS: Limits = Limits {
    attempts: 5,
    first: Duration::from_millis(100),
    most: Duration::from_millis(300),
    total: Duration::from_secs(60),
};

/// Fails `failures` times with an error that means `verdict`; answers with the number of calls.
async fn run(retry: &Retry, failures: u32, verdict: Verdict) -> (Result<u32, u32>, u32) {
    let mut calls = 0;
    let result = retry
        .run(
            |_| verdict,
            || {
                calls += 1;
                std::future::ready(if calls > failures { Ok(calls) } else { Err(calls) })
            },
        )
        .await;
    (result, calls)
}

#[tokio::test]
async fn waits_double_up_to_their_bound_and_take_the_drawn_share() {
    for (percent, expected) in
        [(100, [MS(100), MS(200), MS(300), MS(300)]), (50, [MS(50), MS(100), MS(150), MS(150)]), (0, [MS(0); 4])]
    {
        let machine = Machine::drawing(percent);
        let (result, _) = run(&machine.retry(LIMITS), 4, Verdict::Again).await;
        assert_eq!((result, machine.slept()), (Ok(5), expected.to_vec()), "{percent} %");
    }
}

#[tokio::test]
async fn calls_are_bounded_and_the_last_error_comes_back() {
    for (attempts, calls) in [(0, 1), (1, 1), (2, 2), (5, 5)] {
        let machine = Machine::drawing(100);
        let retry = machine.retry(Limits { attempts, ..LIMITS });
        assert_eq!(run(&retry, 99, Verdict::Again).await, (Err(calls), calls));
        assert_eq!(machine.slept().len(), calls as usize - 1);
    }
}

#[tokio::test]
async fn a_final_error_is_not_tried_again() {
    let machine = Machine::drawing(100);
    assert_eq!(run(&machine.retry(LIMITS), 1, Verdict::Stop).await, (Err(1), 1));
    assert!(machine.slept().is_empty());
}

#[tokio::test]
async fn the_wait_that_the_remote_asks_for_is_kept_and_jitter_comes_on_top() {
    let machine = Machine::drawing(50);
    let (result, _) = run(&machine.retry(LIMITS), 2, Verdict::After(MS(1000))).await;
    assert_eq!((result, machine.slept()), (Ok(3), vec![MS(1050), MS(1100)]));
}

#[tokio::test]
async fn no_wait_begins_that_would_end_after_the_total_time() {
    for (total, calls) in [(99, 1), (100, 2), (299, 2), (300, 3)] {
        let machine = Machine::drawing(100);
        let retry = machine.retry(Limits { total: MS(total), ..LIMITS });
        assert_eq!(run(&retry, 99, Verdict::Again).await.1, calls, "{total} ms");
    }
}

#[tokio::test]
async fn time_spent_in_the_calls_counts_towards_the_total() {
    let machine = Machine::drawing(0);
    let retry = machine.retry(Limits { total: MS(250), ..LIMITS });
    let mut calls = 0;
    let result: Result<(), ()> = retry
        .run(
            |()| Verdict::Again,
            || {
                calls += 1;
                machine.pass(MS(100));
                std::future::ready(Err(()))
            },
        )
        .await;
    assert_eq!((result, calls), (Err(()), 3));
}

#[tokio::test]
async fn an_absurd_wait_ends_the_attempts() {
    let machine = Machine::drawing(100);
    let result = run(&machine.retry(LIMITS), 9, Verdict::After(Duration::MAX)).await;
    assert_eq!(result, (Err(1), 1));
}

#[test]
fn bounds_do_not_overflow() {
    assert_eq!(LIMITS.bound(u32::MAX), LIMITS.most);
    assert_eq!(LIMITS.bound(0), LIMITS.first);
}

#[test]
fn the_threads_random_source_stays_within_its_bound() {
    assert_eq!(ThreadRng.up_to(Duration::ZERO), Duration::ZERO);
    for _ in 0..1000 {
        assert!(ThreadRng.up_to(MS(3)) <= MS(3));
    }
}
