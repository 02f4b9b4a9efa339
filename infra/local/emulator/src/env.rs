//! What every service sees: the clock, the names of things, wake-ups and faults.

use std::sync::Arc;

use crate::clock::Clock;
use crate::crossing::Crossing;
use crate::db::Db;
use crate::faults::FaultControl;
use crate::grants::Warden;
use crate::scheduler::Pace;
use crate::signals::Signals;
use crate::tasks::Stop;

/// The part that transactions see too.
pub(crate) struct Env {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) signals: Signals,
    pub(crate) faults: FaultControl,
    pub(crate) crossing: Option<Arc<dyn Crossing>>,
    pub(crate) warden: Warden,
    pub(crate) names: Names,
    pub(crate) pace: Pace,
}

/// What a service call works with.
pub(crate) struct Core {
    pub(crate) db: Db,
    pub(crate) env: Arc<Env>,
    pub(crate) stop: Stop,
}

/// How resources are called from outside.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) region: String,
    pub(crate) account: String,
    /// `http://127.0.0.1:<port>` of the services endpoint.
    pub(crate) services_url: String,
}

impl Names {
    pub(crate) fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.region, self.account)
    }

    pub(crate) fn queue_arn(&self, queue: &str) -> String {
        self.arn("sqs", queue)
    }

    pub(crate) fn queue_url(&self, queue: &str) -> String {
        format!("{}/{}/{queue}", self.services_url, self.account)
    }
}

/// The last part of an ARN of `service`, if it is one.
pub(crate) fn arn_resource<'a>(arn: &'a str, service: &str) -> Option<&'a str> {
    let mut parts = arn.splitn(6, ':');
    let is_aws = parts.next() == Some("arn") && parts.next().is_some();
    let is_service = parts.next() == Some(service);
    let resource = parts.nth(2)?;
    (is_aws && is_service && !resource.is_empty()).then_some(resource)
}
