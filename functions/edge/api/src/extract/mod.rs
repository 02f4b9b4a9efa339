//! Reading requests: every wrong part is named, with what is wrong and what to send instead.

mod body;
mod headers;
mod id;
mod once;
mod query;
pub(crate) mod schema;
mod search;
mod text;

pub(crate) use body::{Body, misfit};
pub(crate) use headers::{IdempotencyKey, IfMatch, Language};
pub(crate) use id::{Id, Named};
pub(crate) use once::{Keyed, reused};
pub(crate) use query::{Params, Wanted};
pub(crate) use search::{ActionKind, Words};
pub(crate) use text::{Account, Label, Said};
