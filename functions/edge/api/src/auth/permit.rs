//! Permission, as `access.rego` gives it, and what it opens.

use super::{App, Verb};
use crate::{
    Roster,
    problem::{Kind, Problem},
};
use domain::{AgentName, Author, Role, contact::Address, text::Lang};
use identity::Person;
use policy::{
    Policy, Rule,
    rules::access::{Delegation, Input, Output, Request},
};
use runtime::Policies;
use std::{path::Path, sync::Arc};
use store::Store;
use time::OffsetDateTime;

/// What a request acts on, as far as the rules need to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum About {
    /// Nothing in particular.
    #[default]
    Nothing,
    /// An agent, its work, or its cluster.
    Agent(AgentName),
    /// A request that waits for people, and who lent the caller roles for it.
    Request(Request, Vec<Delegation>),
}

/// Permission for one request: the only way to the table.
#[derive(Clone)]
pub(crate) struct Permit {
    app: App,
    person: Person,
    granted: Granted,
}

/// What policy says of somebody who is permitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Granted {
    /// The role in which it is done.
    pub(crate) role: Role,
    /// The natural person behind the account.
    pub(crate) human: String,
    /// For whom the person stands in, where that is so.
    pub(crate) on_behalf: Option<String>,
}

impl Permit {
    pub(super) fn ask(app: App, person: Person, verb: Verb, about: About) -> Result<Self, Problem> {
        match judged(&app, &person, verb, &about) {
            Ok(granted) => Ok(Self { app, person, granted }),
            Err(problem) => {
                app.metrics().refused(verb.name());
                tracing::warn!(
                    security.event = "refused",
                    verb = verb.name(),
                    person.mark = person.mark(),
                    roles = ?person.roles,
                    reason = problem.cause(),
                    "a request was refused"
                );
                Err(problem)
            }
        }
    }

    /// Permission for one thing more, for the same person.
    ///
    /// # Errors
    /// With the reason why policy refuses it.
    pub(crate) fn also(&self, verb: Verb, about: About) -> Result<Self, Problem> {
        Self::ask(self.app.clone(), self.person.clone(), verb, about)
    }

    /// How the same person would be permitted. Asking is no attempt.
    ///
    /// # Errors
    /// With the reason why policy would refuse it.
    pub(crate) fn would(&self, verb: Verb, about: &About) -> Result<Granted, Problem> {
        judged(&self.app, &self.person, verb, about)
    }

    /// The table.
    pub(crate) fn store(&self) -> &Store {
        self.app.env().store()
    }

    /// The policy in force, where there is one.
    pub(crate) fn policy(&self) -> Option<Arc<Policy>> {
        self.app.policy()
    }

    /// Every revision, published or delivered.
    pub(crate) fn policies(&self) -> &Policies {
        self.app.env().policy()
    }

    /// Where stock of our own is sent to, if anybody said.
    pub(crate) fn own_address(&self) -> Option<&Address> {
        self.app.env().config().own.address.as_ref()
    }

    /// Where the tests beside the rules are, if they are here at all.
    pub(crate) fn policy_folder(&self) -> &Path {
        &self.app.env().config().policies
    }

    /// What is wrong with the policy files now, where an edit is being ignored.
    pub(crate) fn policy_problem(&self) -> Option<String> {
        self.app.env().policy().problem()
    }

    /// Who can be given work.
    pub(crate) fn roster(&self) -> &Roster {
        self.app.roster()
    }

    /// Who was permitted.
    pub(crate) const fn person(&self) -> &Person {
        &self.person
    }

    /// In which role, as whom and for whom the person was permitted.
    pub(crate) const fn granted(&self) -> &Granted {
        &self.granted
    }

    /// The natural person behind another account, as far as policy knows.
    pub(crate) fn human(&self, account: &str) -> String {
        self.policy().map_or_else(|| account.to_lowercase(), |policy| policy.human(None, account))
    }

    /// The person as an author of what is proposed.
    pub(crate) fn author(&self) -> Author {
        Author { account: self.person.account.clone(), human: self.granted.human.clone() }
    }

    /// Now.
    pub(crate) fn now(&self) -> OffsetDateTime {
        self.app.now()
    }
}

pub(super) fn judged(app: &App, person: &Person, verb: Verb, about: &About) -> Result<Granted, Problem> {
    let said = app.policy().and_then(|policy| judge(&policy, person, verb, about));
    match said {
        Some(Err(refused)) => way_out(person, verb, about).ok_or(refused),
        Some(granted) => granted,
        None => without_policy(app, person, verb, about),
    }
}

/// What no policy can take away: people who may decide something stop and roll back; owners, and those who are asked,
/// refuse what they did not ask for themselves. Machines and auditors have no way out, for they got nobody into it.
fn way_out(person: &Person, verb: Verb, about: &About) -> Option<Granted> {
    if !verb.stays_open() || person.is_machine() {
        return None;
    }
    let human = person.person.as_deref().unwrap_or(&person.account).to_lowercase();
    let is_author = |author: &String| [human.as_str(), person.account.as_str()].contains(&author.as_str());
    let fits = |role: &&Role| match about {
        About::Request(request, _) => {
            let asked = request.roles.contains(role) || **role == Role::Owner;
            asked && !request.authors.iter().any(is_author)
        }
        About::Nothing | About::Agent(_) => true,
    };
    let staff = |role: &&Role| !matches!(role, Role::Auditor | Role::Agent);
    let role = *person.roles.iter().filter(staff).find(fits)?;
    Some(Granted { role, human, on_behalf: None })
}

/// What the rules say; nothing where they give no answer.
fn judge(policy: &Policy, person: &Person, verb: Verb, about: &About) -> Option<Result<Granted, Problem>> {
    let answer: Result<Output, _> = policy.rule(Rule::Access, &input(person, verb, about));
    let answer = answer.inspect_err(|error| tracing::error!(%error, "policy cannot say who may do what")).ok()?;
    Some(match answer.role {
        Some(role) if answer.allowed => Ok(Granted { role, human: answer.human, on_behalf: answer.on_behalf }),
        _ => Err(refusal(policy, verb, &answer)),
    })
}

fn input(person: &Person, verb: Verb, about: &About) -> Input {
    let input = Input { verb: verb.name().to_owned(), caller: person.caller(), ..Input::default() };
    match about {
        About::Nothing => input,
        About::Agent(agent) => Input { cluster: Some(agent.cluster().to_owned()), ..input },
        About::Request(request, lent) => Input { request: Some(request.clone()), delegations: lent.clone(), ..input },
    }
}

fn refusal(policy: &Policy, verb: Verb, answer: &Output) -> Problem {
    let codes: Vec<&str> = answer.findings.iter().map(|f| f.code.as_str()).collect();
    let why = policy.sentences(&answer.findings, Lang::En);
    let why = if why.is_empty() { format!("no rule allows `{}`", verb.name()) } else { why };
    Problem::new(Kind::Forbidden, why).with("codes", &codes)
}

/// Without a policy nothing is allowed but what gets people out of trouble, and never to a machine.
fn without_policy(app: &App, person: &Person, verb: Verb, about: &About) -> Result<Granted, Problem> {
    let fits = |role: &&Role| match about {
        About::Request(request, _) => request.roles.contains(role),
        About::Nothing | About::Agent(_) => !matches!(role, Role::Auditor | Role::Agent),
    };
    let role = person.roles.iter().find(fits);
    match role {
        Some(role) if verb.is_way_out() && !person.is_machine() => {
            let human = person.person.as_deref().unwrap_or(&person.account).to_lowercase();
            Ok(Granted { role: *role, human, on_behalf: None })
        }
        _ => {
            let told = "there is no policy in force, so all that is allowed is to stop and to refuse";
            let cause = app.env().policy().problem().unwrap_or_default();
            Err(Problem::new(Kind::Unavailable, told).caused_by(cause))
        }
    }
}
