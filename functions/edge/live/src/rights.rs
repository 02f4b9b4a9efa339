//! Who may connect and who is told of what: asked of policy every time, so that an edit holds at once.

use crate::protocol::{Wrong, short, wrong};
use domain::Role;
use policy::{
    Policy, Rule,
    rules::{access, live},
};
use runtime::Env;
use std::{collections::BTreeSet, sync::Arc};

/// What the rules say.
pub(crate) struct Rights(Env);

impl Rights {
    pub(crate) fn new(env: &Env) -> Self {
        Self(env.clone())
    }

    /// Looks whether another policy decides by now, every few seconds.
    pub(crate) async fn refresh(&self) {
        self.0.policy().refresh(self.0.clock().now()).await;
    }

    /// Whether `caller` may connect; nothing where no policy can say.
    pub(crate) fn may_connect(&self, caller: access::Caller) -> Option<bool> {
        let input = access::Input { verb: "live.subscribe".to_owned(), caller, ..access::Input::default() };
        let answer: Result<access::Output, _> = self.policy()?.rule(Rule::Access, &input);
        answer.inspect_err(|error| tracing::error!(%error, "policy cannot say who may connect")).ok().map(|a| a.allowed)
    }

    /// What these roles may be told of. Nothing where no policy can say.
    pub(crate) fn of(&self, roles: &BTreeSet<Role>) -> live::Output {
        let machine = roles.contains(&Role::Agent);
        let caller = access::Caller { roles: roles.iter().copied().collect(), machine, ..access::Caller::default() };
        let Some(policy) = self.policy() else {
            return live::Output::default();
        };
        let answer = policy.rule(Rule::Live, &live::Input { caller });
        answer.unwrap_or_else(|error| {
            tracing::error!(%error, "policy cannot say who is told of what");
            live::Output::default()
        })
    }

    /// The policy in force, where there is one that can answer.
    fn policy(&self) -> Option<Arc<Policy>> {
        const NONE: &str = "none";
        let policy = self.0.policy().current(self.0.clock().now());
        Some(policy).filter(|policy| policy.revision() != NONE)
    }
}

/// Whether all `topics` are there and may be heard.
///
/// # Errors
/// With the first one that is not, by its place in the list `verb`.
pub(crate) fn allowed(topics: &BTreeSet<String>, rights: &live::Output) -> Result<(), Wrong> {
    let all = rights.heard.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let fix = if all.is_empty() {
        "ask whoever runs the system for a role".to_owned()
    } else {
        format!("use some of: {all}")
    };
    for topic in topics {
        if !rights.known.contains(topic) {
            return Err(wrong("subscribe", format!("there is no topic `{}`", short(topic)), fix));
        }
        if !rights.heard.contains(topic) {
            return Err(wrong("subscribe", format!("your role is not told of `{topic}`"), fix));
        }
    }
    Ok(())
}
