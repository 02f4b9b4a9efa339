//! Embedded AWS services for one machine: DynamoDB with Streams, SQS, EventBridge,
//! EventBridge Scheduler and Secrets Manager, spoken to with the ordinary AWS SDK.
//!
//! Production code knows nothing of this crate: only endpoint URLs and keys differ. So that a
//! test proves something about the cloud, what is promised there is kept here too: an
//! acknowledged call survives a killed process, queues hide and redeliver, transactions give
//! reasons, streams keep their order, and an operation that is not emulated fails loudly
//! instead of pretending.
//!
//! Two endpoints on 127.0.0.1 serve the same router. DynamoDB is the `dynoxide` engine behind
//! a small proxy; everything else is kept in one SQLite file. The proxy and the other services
//! share one fault layer, so that "fail call number k" counts every AWS call of a run. Given [`Grants`], they refuse
//! what a caller was not granted, as IAM does.
//!
//! What calls Lambda functions in the cloud, an event-source mapping, is a [`Mapping`] here:
//! [`Aws::map_queue`] and [`Aws::map_stream`] hand a [`Handler`] the same JSON events.

mod aws;
mod clock;
mod crossing;
mod db;
mod dynamodb;
mod env;
mod error;
mod events;
mod faults;
mod grants;
mod http;
mod mapping;
mod scheduler;
mod secrets;
mod settings;
mod signals;
mod sqs;
mod streams;
mod tasks;

pub use aws::{Aws, Endpoints};
pub use clock::{Clock, ManualClock, Sleep, SystemClock};
pub use crossing::Crossing;
pub use error::{MappingError, StartError};
pub use faults::{FaultControl, Faults, When};
pub use grants::{Grant, Grants, caller};
pub use mapping::{Handler, Mapping, QueueMapping, StartAt, StreamMapping};
pub use settings::Settings;
pub use streams::{Batch, StreamSource};
