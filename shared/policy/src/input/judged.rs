//! An input of which only whole fields are left.

use super::{AgentFacts, Context, Input};
use domain::Facts;
use serde::Serialize;

/// Larger figures are malformed: a hundred times any amount accepted elsewhere, and low enough that the
/// rules' arithmetic stays exact.
const LARGEST: i64 = 10_000_000_000_000;

/// Longer texts and lists are malformed: no code, name or category comes near.
const LONGEST: usize = 1_000;

/// What the rules see.
#[derive(Debug, Serialize)]
pub(crate) struct Judged {
    pub(crate) action: Facts,
    pub(crate) agent: AgentFacts,
    pub(crate) context: Context,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<u8>,
    /// Topics that the action names and those that the gate found.
    pub(crate) topics: Vec<String>,
    /// Fields that were taken out because they cannot be right.
    pub(crate) malformed: Vec<&'static str>,
}

impl From<&Input> for Judged {
    fn from(input: &Input) -> Self {
        // One list of topics is enough for the rules.
        let topics = [&input.action.topics[..], &input.context.topics[..]].concat();
        let mut judged = Self {
            action: Facts { topics: Vec::new(), ..input.action.clone() },
            agent: input.agent.clone(),
            context: Context { topics: Vec::new(), ..input.context.clone() },
            confidence: input.confidence,
            topics,
            malformed: Vec::new(),
        };
        judged.figures();
        judged.counters();
        judged.codes();
        judged.texts();
        judged
    }
}

impl Judged {
    /// Amounts and counts of the action are never negative, and never beyond all bounds.
    fn figures(&mut self) {
        let action = &mut self.action;
        for (field, name) in [
            (&mut action.amount_cents, "action.amount_cents"),
            (&mut action.old_price_cents, "action.old_price_cents"),
            (&mut action.new_price_cents, "action.new_price_cents"),
            (&mut action.cost_cents, "action.cost_cents"),
            (&mut action.quantity, "action.quantity"),
            (&mut action.old_quantity, "action.old_quantity"),
            (&mut action.recipients, "action.recipients"),
        ] {
            out(field, name, counts, &mut self.malformed);
        }
        let bounded = |figure: &i64| figure.unsigned_abs() <= LARGEST.unsigned_abs();
        for (field, name) in [(&mut action.old_goal, "action.old_goal"), (&mut action.new_goal, "action.new_goal")] {
            out(field, name, bounded, &mut self.malformed);
        }
        let percent = |percent: &u8| *percent <= 100;
        out(&mut self.confidence, "confidence", percent, &mut self.malformed);
    }

    /// The same of what the gate knows.
    fn counters(&mut self) {
        let context = &mut self.context;
        for (field, name) in [
            (&mut context.price_24h_ago_cents, "context.price_24h_ago_cents"),
            (&mut context.price_changes_24h, "context.price_changes_24h"),
            (&mut context.minutes_since_price_change, "context.minutes_since_price_change"),
            (&mut context.similar_24h_cents, "context.similar_24h_cents"),
            (&mut context.campaign_budget_left_cents, "context.campaign_budget_left_cents"),
            (&mut context.refunds_30d, "context.refunds_30d"),
            (&mut context.order_paid_cents, "context.order_paid_cents"),
            (&mut context.offers_customer_cents, "context.offers_customer_cents"),
            (&mut context.unpublished_24h, "context.unpublished_24h"),
            (&mut context.usual_quantity, "context.usual_quantity"),
            (&mut context.rejected_minutes_ago, "context.rejected_minutes_ago"),
            (&mut context.unwatched_hours, "context.unwatched_hours"),
        ] {
            out(field, name, counts, &mut self.malformed);
        }
        let overflow = &mut context.budget_overflow;
        let listed = |names: &Vec<String>| short(names);
        out(overflow, "context.budget_overflow", listed, &mut self.malformed);
    }

    /// Codes have the form of their standard.
    fn codes(&mut self) {
        let action = &mut self.action;
        let malformed = &mut self.malformed;
        out(&mut action.currency, "action.currency", |code| capitals(code, 3), malformed);
        out(&mut action.country, "action.country", |code| capitals(code, 2), malformed);
    }

    /// Words that rules compare are short and plain; a blank one is not there.
    fn texts(&mut self) {
        let action = &mut self.action;
        let malformed = &mut self.malformed;
        for (field, name) in [
            (&mut action.category, "action.category"),
            (&mut action.reason, "action.reason"),
            (&mut action.intent, "action.intent"),
        ] {
            field.take_if(|text| text.trim().is_empty());
            out(field, name, |text| plain(text), malformed);
        }
        if !short(&self.topics) {
            self.topics.clear();
            malformed.push("topics");
        }
        for (text, name) in [
            (&mut action.kind, "action.type"),
            (&mut action.target, "action.target"),
            (&mut self.agent.name, "agent.name"),
            (&mut self.agent.cluster, "agent.cluster"),
        ] {
            if text.len() > LONGEST {
                text.clear();
                malformed.push(name);
            }
        }
    }
}

/// Takes a field out that does not fit, and says so.
fn out<T>(field: &mut Option<T>, name: &'static str, fits: impl Fn(&T) -> bool, malformed: &mut Vec<&'static str>) {
    if field.take_if(|value| !fits(value)).is_some() {
        malformed.push(name);
    }
}

fn counts(figure: &i64) -> bool {
    (0..=LARGEST).contains(figure)
}

fn capitals(code: &str, length: usize) -> bool {
    code.len() == length && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Latin letters, digits and common signs: a word written with look-alikes or invisible characters
/// would pass every list of words.
fn plain(text: &str) -> bool {
    let sign = |c: char| "–—’‘“”·™®°\u{a0}".contains(c);
    let fits = |c: char| (' '..='~').contains(&c) || ('À'..='ɏ').contains(&c) || sign(c);
    text.len() <= LONGEST && text.chars().all(fits)
}

fn short(texts: &[String]) -> bool {
    texts.len() <= LONGEST && texts.iter().all(|text| text.len() <= LONGEST)
}
