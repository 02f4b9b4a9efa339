//! Receipt handles: which receive of which message.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::errors;
use crate::http::ApiError;

/// What a handle stands for. Only the handle of the latest receive counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(super) queue: i64,
    pub(super) seq: i64,
    pub(super) receives: i64,
}

impl Receipt {
    pub(super) fn encode(self) -> String {
        let Self { queue, seq, receives } = self;
        URL_SAFE_NO_PAD.encode(format!("receipt:{queue}:{seq}:{receives}"))
    }

    pub(super) fn decode(handle: &str) -> Result<Self, ApiError> {
        let read = || {
            let bytes = URL_SAFE_NO_PAD.decode(handle).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let mut parts = text.strip_prefix("receipt:")?.split(':').map(str::parse);
            let mut next = || parts.next()?.ok();
            let receipt = Self { queue: next()?, seq: next()?, receives: next()? };
            next().is_none().then_some(receipt)
        };
        read().ok_or_else(|| errors::bad_receipt(handle))
    }
}
