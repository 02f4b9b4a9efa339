//! What an agent's work comes to. Nothing of it has happened yet: the pipeline writes it at once, or not.

use crate::Agent;
use domain::{
    Action, AgentName, JourneyId, Order, Premise, Record,
    books::Entry,
    journey::Journey,
    proposal::{Case, Confidence},
};
use serde::Serialize;
use serde_json::Value;
use store::{Row, budget::Budget, fact::Fact, news::Told};

/// The result of one run.
#[derive(Debug, Default)]
pub struct Turn {
    /// What is answered to whoever gave the task.
    pub report: Value,
    /// Actions asked for.
    pub proposals: Vec<Draft>,
    /// Work given to others.
    pub tasks: Vec<NewTask>,
    /// What was learned about the world.
    pub facts: Vec<Fact>,
    /// Journeys begun or moved on; only a cluster's manager writes them.
    pub journeys: Vec<JourneyStep>,
    /// Orders begun or moved on; only the finance manager writes them.
    pub orders: Vec<OrderStep>,
    /// What is to be in the books, once: an entry that is there already is left out. Only from an agent that may book.
    pub entries: Vec<Entry>,
    /// Messages from outside that were lost on the way, kept once as if they had come. Only from an agent that may hand in.
    pub news: Vec<Told>,
    /// Ledgers that a decision within the mandate counts in; only from an agent that may rule.
    pub budgets: Vec<Budget>,
    /// What is measured: how much something stands at, by the metric's name. It is told once all else is written.
    pub gauges: Vec<(&'static str, i64)>,
    /// Decisions within the mandate; only from an agent that may rule.
    pub rulings: Vec<(Row<Record>, Ruling)>,
}

impl Turn {
    /// A turn that only answers.
    #[must_use]
    pub fn report<T: Serialize>(report: &T) -> Self {
        Self { report: serde_json::to_value(report).unwrap_or_default(), ..Self::default() }
    }

    /// Whether it decides something.
    const fn rules(&self) -> bool {
        !self.rulings.is_empty() || !self.budgets.is_empty()
    }

    /// What `A` may not do of what it does, if anything.
    pub(crate) const fn excess<A: Agent>(&self) -> Option<&'static str> {
        if self.rules() && !A::MAY_RULE {
            return Some("it decided what it may not decide");
        }
        if !self.entries.is_empty() && !A::MAY_BOOK {
            return Some("it wrote into the books, which it may not");
        }
        if !self.news.is_empty() && !A::MAY_HAND_IN {
            return Some("it handed in messages from outside, which it may not");
        }
        None
    }
}

/// An action asked for. It has no tier: policy decides that.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What should happen.
    pub action: Action,
    /// Facts it rests on.
    pub premises: Vec<Premise>,
    /// How sure the agent is.
    pub confidence: Option<Confidence>,
    /// Why.
    pub case: Case,
    /// The journey it is part of.
    pub journey: Option<JourneyId>,
}

/// Work for another agent.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// Whose work it is.
    pub agent: AgentName,
    /// What kind of work.
    pub kind: String,
    /// The work itself.
    pub input: Value,
    /// A natural key: work with the same key is done once, whoever asks again.
    pub key: Option<String>,
    /// Whether the giver is told when it is done.
    pub reply: bool,
    /// The journey it is part of.
    pub journey: Option<JourneyId>,
}

/// A product's journey begun, or moved on.
pub type JourneyStep = Step<Journey>;
/// An order begun, or moved on.
pub type OrderStep = Step<Order>;

/// A thing begun, or moved on from the state that was read.
#[derive(Debug, Clone)]
pub struct Step<T> {
    /// As it was read; absent where it begins.
    pub from: Option<Row<T>>,
    /// As it is to be.
    pub to: T,
    /// What happened, as a verb in the past, for the record.
    pub what: String,
    /// Why, for the record.
    pub reasons: Vec<String>,
}

/// What the CEO function decides about an action that policy left to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// It may happen.
    Approve(Vec<String>),
    /// It may not, for these reasons.
    Reject(Vec<String>),
    /// A person decides, for these reasons.
    Escalate(Vec<String>),
}
