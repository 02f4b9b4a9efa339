//! How a stack is started.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, SystemClock};
use crate::crossing::Crossing;
use crate::faults::Faults;
use crate::grants::Grants;

/// What [`crate::Aws::start`] is given. `Settings::default()` is an in-memory stack on free
/// ports, at real time and without faults.
#[derive(Clone)]
pub struct Settings {
    /// The folder that keeps the state; created if missing. `None` keeps it in memory.
    pub data_dir: Option<PathBuf>,
    /// The clock that queues, schedules and time to live share.
    pub clock: Arc<dyn Clock>,
    /// The faults from the first call on; off by default.
    pub faults: Faults,
    /// Who is told of every call that changes something.
    pub crossing: Option<Arc<dyn Crossing>>,
    /// Who may do what; without them everybody may do everything.
    pub grants: Option<Grants>,
    /// The loopback port of the DynamoDB endpoint; 0 takes any free one.
    pub dynamodb_port: u16,
    /// The loopback port of the endpoint of all other services; 0 takes any free one.
    pub services_port: u16,
    /// The region in ARNs and events.
    pub region: String,
    /// The twelve-digit account id in ARNs and events.
    pub account: String,
    /// How many times faster than the clock schedules run; 1 is real time, 0 counts as 1.
    pub speed: u32,
    /// How many handler calls may run at once over all queue mappings; 0 counts as 1.
    pub concurrency: usize,
    /// How often expired items are swept from tables with a time to live.
    pub ttl_sweep: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data_dir: None,
            clock: Arc::new(SystemClock),
            faults: Faults::default(),
            crossing: None,
            grants: None,
            dynamodb_port: 0,
            services_port: 0,
            region: "us-east-1".to_owned(),
            account: "000000000000".to_owned(),
            speed: 1,
            concurrency: 32,
            ttl_sweep: Duration::from_secs(60),
        }
    }
}
