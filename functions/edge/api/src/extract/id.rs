//! Ids in paths.

use crate::{
    auth::App,
    problem::{Kind, Problem},
};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::{ActionId, AgentName, JourneyId, TaskId};
use std::str::FromStr;

/// The thing that a path names. One that cannot exist is not found.
pub(crate) struct Id<T>(pub(crate) T);

/// A kind of thing that paths name.
pub(crate) trait Named: FromStr {
    /// What it is called.
    const WHAT: &'static str;
}

impl Named for ActionId {
    const WHAT: &'static str = "action";
}

impl Named for TaskId {
    const WHAT: &'static str = "task";
}

impl Named for JourneyId {
    const WHAT: &'static str = "journey";
}

impl Named for AgentName {
    const WHAT: &'static str = "agent";
}

impl<T: Named> FromRequestParts<App> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, app).await;
        let Path(text) = path.map_err(|_| Problem::new(Kind::NotFound, "the id is not UTF-8"))?;
        // A specialist's name holds a slash, which not every proxy leaves alone in a path.
        let id = text.replace('~', "/").parse();
        id.map(Self).map_err(|_| Problem::not_found(T::WHAT, &text))
    }
}
