//! A function as the event-source mappings call it.

use async_trait::async_trait;
use emulator::Handler;
use runtime::{Call, Clock, Env, Function};
use serde_json::Value;
use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};
use time::{Duration, OffsetDateTime};

/// The time that the whole stack shares, in the form that functions ask for it.
#[derive(Clone)]
pub(crate) struct Time(pub(crate) Arc<dyn emulator::Clock>);

impl Clock for Time {
    fn now(&self) -> OffsetDateTime {
        let nanos = i128::from(self.0.now_ms()) * 1_000_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

/// The longest that a run of a killed process keeps its successor waiting. Shorter than most functions'
/// time-outs: a run that takes longer and is claimed again loses its claim, and with it its transaction,
/// so nothing is done twice. Shorter than the first redelivery too: few deliveries find it still held.
const LEASE: Duration = Duration::seconds(3);

/// How many calls of functions are under way.
#[derive(Clone, Default)]
pub(crate) struct Running(Arc<AtomicUsize>);

impl Running {
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Counts one call until it is over, however it ends.
    fn one(&self) -> Under {
        self.0.fetch_add(1, Ordering::SeqCst);
        Under(self.clone())
    }
}

/// A call that is under way.
struct Under(Running);

impl Drop for Under {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// One function behind a mapping.
pub(crate) struct Invoker {
    env: Env,
    function: Arc<dyn Function>,
    time: Time,
    timeout: Duration,
    /// Part of every request id: two processes never share one.
    process: String,
    calls: AtomicU64,
    running: Running,
}

impl Invoker {
    pub(crate) fn new(
        env: &Env,
        function: Arc<dyn Function>,
        time: Time,
        timeout_seconds: u32,
        running: Running,
    ) -> Self {
        let started = time.now().unix_timestamp_nanos();
        Self {
            env: env.clone(),
            function,
            time,
            timeout: Duration::seconds(i64::from(timeout_seconds)).min(LEASE),
            process: format!("{}-{started}", std::process::id()),
            calls: AtomicU64::new(0),
            running,
        }
    }
}

#[async_trait]
impl Handler for Invoker {
    async fn invoke(&self, event: Value) -> Result<Value, String> {
        let _under_way = self.running.one();
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let call = Call { request_id: format!("{}-{number}", self.process), deadline: self.time.now() + self.timeout };
        runtime::function::measured(&self.env, self.function.as_ref(), event, &call)
            .await
            .map_err(|failure| failure.to_string())
    }
}
