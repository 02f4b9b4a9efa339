//! What all requests share.

use super::{limits::Limits, presence::Presence};
use crate::{Roster, metrics::Metrics};
use identity::Verifier;
use policy::Policy;
use runtime::Env;
use std::sync::Arc;
use time::OffsetDateTime;

/// The state of the router. Only this module's parent can get at the table through it.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

struct Shared {
    env: Env,
    roster: Roster,
    verifier: Verifier,
    limits: Limits,
    presence: Presence,
}

impl App {
    pub(crate) fn new(env: Env, roster: Roster) -> Self {
        let verifier = Verifier::new(&env);
        let limits = Limits::new(env.config().rates);
        Self(Arc::new(Shared { env, roster, verifier, limits, presence: Presence::default() }))
    }

    pub(super) fn env(&self) -> &Env {
        &self.0.env
    }

    /// Looks whether another policy decides by now, every few seconds.
    pub(super) async fn refresh(&self) {
        self.0.env.policy().refresh(self.now()).await;
    }

    /// The policy in force, where there is one that can answer.
    pub(super) fn policy(&self) -> Option<Arc<Policy>> {
        const NONE: &str = "none";
        let policy = self.0.env.policy().current(self.now());
        Some(policy).filter(|policy| policy.revision() != NONE)
    }

    pub(super) fn verifier(&self) -> &Verifier {
        &self.0.verifier
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(super) fn presence(&self) -> &Presence {
        &self.0.presence
    }

    pub(crate) fn roster(&self) -> &Roster {
        &self.0.roster
    }

    pub(crate) fn metrics(&self) -> Metrics<'_> {
        Metrics::of(&self.0.env)
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.0.env.clock().now()
    }
}
