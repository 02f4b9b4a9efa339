//! Somebody whose token was verified, before it is known what they may do.

use super::{Able, About, App, Permit, Verb};
use crate::problem::{Kind, Problem};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use identity::{Denied, Person};

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
        let person = app.verifier().bearer(only, app.now()).await.map_err(|denied| told(app, denied))?;
        app.limits().count(&person.account, parts.method.is_safe())?;
        app.refresh().await;
        app.presence().note(app, &person).await;
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

    /// Who they are, and all that they may. It opens nothing.
    pub(crate) fn able(self) -> Able {
        Able::of(&self.app, self.person)
    }
}

fn told(app: &App, denied: Denied) -> Problem {
    let sentence = denied.to_string();
    match denied {
        Denied::Token(refused) => {
            app.metrics().token_refused(refused.code());
            tracing::warn!(security.event = "token_refused", reason = %refused, "token refused");
            Problem::new(Kind::Token, sentence)
        }
        Denied::Unreachable(cause) => Problem::new(Kind::Unavailable, sentence).caused_by(cause),
        Denied::NotConfigured(_) => Problem::new(Kind::NotConfigured, sentence),
    }
}
