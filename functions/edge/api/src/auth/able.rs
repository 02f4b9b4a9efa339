//! All that somebody may, so that a page offers them nothing that they would be refused.
//!
//! It is asked of `access.rego` like everything else, once for each verb: a verb that acts on something counts where
//! there is anything of its kind that they may do it to. What they may do to one thing is answered when they try.

use super::{About, App, Verb, permit::judged};
use domain::{Action, AgentName, Role};
use identity::Person;
use policy::{
    Rule,
    rules::{access::Request, live},
};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody, and what they may.
pub(crate) struct Able {
    /// Who.
    pub(crate) person: Person,
    /// The natural person behind the account.
    pub(crate) human: String,
    /// Names of the verbs.
    pub(crate) verbs: BTreeSet<&'static str>,
    /// Live topics that they are told of.
    pub(crate) topics: BTreeSet<String>,
    /// Whether the outside world is a sandbox.
    pub(crate) sandbox: bool,
}

impl Able {
    pub(super) fn of(app: &App, person: Person) -> Self {
        let claim = person.person.as_deref();
        let human = match app.policy() {
            Some(policy) => policy.human(claim, &person.account),
            None => claim.unwrap_or(&person.account).to_lowercase(),
        };
        let agents = one_of_each_cluster(app);
        let may = |verb: &Verb| {
            let mut chances = chances(*verb, &person, &human, &agents);
            chances.any(|about| judged(app, &person, *verb, &about).is_ok())
        };
        let verbs = Verb::ALL.iter().filter(|verb| may(verb)).map(|verb| verb.name()).collect();
        Self { human, verbs, topics: topics(app, &person), sandbox: app.env().config().sandbox, person }
    }
}

/// What `live.rego` has them told of; nothing where it gives no answer.
fn topics(app: &App, person: &Person) -> BTreeSet<String> {
    let asked = live::Input { caller: person.caller() };
    let answer = app.policy().map(|policy| policy.rule::<_, live::Output>(Rule::Live, &asked));
    answer.and_then(Result::ok).map(|answer| answer.heard).unwrap_or_default()
}

/// An agent of every cluster.
fn one_of_each_cluster(app: &App) -> Vec<AgentName> {
    let members = app.roster().members().iter().map(|member| (member.name.cluster(), member.name.clone()));
    members.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// What `verb` could be done to, in the form in which its routes ask.
fn chances<'a>(
    verb: Verb,
    person: &'a Person,
    human: &'a str,
    agents: &'a [AgentName],
) -> Box<dyn Iterator<Item = About> + 'a> {
    let asked: Vec<Role> =
        person.roles.iter().copied().filter(|role| !matches!(role, Role::Auditor | Role::Agent)).collect();
    // Whoever is never asked needs no question about each type of action.
    let decided = if asked.is_empty() { &[] } else { Action::KINDS };
    let requests = move |kinds: &'static [&'static str], authors: Vec<String>| {
        let request = move |kind: &&'static str| Request {
            kind: (*kind).to_owned(),
            roles: asked.clone(),
            authors: authors.clone(),
        };
        kinds.iter().map(request).map(|request| About::Request(request, Vec::new()))
    };
    match verb {
        Verb::Approve | Verb::Reject | Verb::Modify => Box::new(requests(decided, Vec::new())),
        Verb::WithdrawAction => Box::new(requests(Action::KINDS, vec![human.to_owned()]).take(1)),
        Verb::UndoAction | Verb::PauseAgent | Verb::ResumeAgent | Verb::CreateTask => {
            Box::new(agents.iter().cloned().map(About::Agent))
        }
        _ => Box::new(std::iter::once(About::Nothing)),
    }
}
