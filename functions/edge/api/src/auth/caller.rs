//! Somebody whose token was verified, before it is known what they may do.

use super::{About, App, Permit, Person, Verb, token};
use crate::problem::Problem;
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

/// Who asks. It opens nothing by itself: [`Caller::may`] does.
pub(crate) struct Caller {
    app: App,
    person: Person,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let mut headers = parts.headers.get_all(header::AUTHORIZATION).iter();
        let first = headers.next().and_then(|header| header.to_str().ok());
        // Two tokens are nobody's: a proxy might have read the other one.
        let only = first.filter(|_| headers.next().is_none());
        let person = token::verify(app, only).await?;
        Ok(Self { app: app.clone(), person })
    }
}

impl Caller {
    /// Permission to do `verb`.
    ///
    /// # Errors
    /// With the reason why policy refuses it.
    pub(crate) fn may(self, verb: Verb, about: About) -> Result<Permit, Problem> {
        Permit::ask(self.app, self.person, verb, about)
    }
}
