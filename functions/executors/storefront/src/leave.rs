//! The order's guard, as the shop's client asks it.

use agent::{ExecuteError, Guard};
use async_trait::async_trait;
use shopify::{Leave, NoLeave};
use std::sync::Arc;

/// Asks the guard before each request that changes something in the shop.
pub(crate) struct Guarded(pub(crate) Arc<dyn Guard>);

#[async_trait]
impl Leave for Guarded {
    async fn to_change(&self) -> Result<(), NoLeave> {
        self.0.check().await.map_err(|error| match error {
            ExecuteError::Stopped(why) => NoLeave::CalledOff(why),
            other => NoLeave::NoAnswer(other.to_string()),
        })
    }
}
