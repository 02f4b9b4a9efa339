//! Reading requests: every wrong part is named, with what is wrong and what to send instead.

mod body;
mod headers;
mod id;
mod query;
pub(crate) mod schema;
mod text;

pub(crate) use body::Body;
pub(crate) use headers::{IdempotencyKey, IfMatch, Language};
pub(crate) use id::{Id, Named};
pub(crate) use query::{Params, Wanted};
pub(crate) use text::{Label, Said};
