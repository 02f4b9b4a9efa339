//! The HTTP face of the stack: one router for both endpoints.

mod call;
mod error;
mod injected;
mod server;

pub(crate) use call::{Call, Service};
pub(crate) use error::{ApiError, parse, stored};
pub(crate) use server::{App, bind, serve};
