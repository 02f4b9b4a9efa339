//! Customers, and how one is forgotten.
//!
//! What is personal stands in two places: in the customer's own row, and in the words of actions that name the
//! customer (a reply, what people wrote about it). The record holds neither: of both it has digests only, made with a
//! salt that stands beside the words and goes with them. So when they are erased the record stays as it was, and still
//! verifies, and nothing in it can be held against a guess.

use crate::{
    Action, Digest, Record,
    action::{ReviewReply, SupportReply},
    digest::NotCanonical,
    premise::Holds,
    proposal::{Case, Impact},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// What stands where personal words stood.
pub const ERASED: &str = "[erased]";
/// What sources and targets that are about customers begin with.
const ABOUT: [&str; 2] = ["customer:", "conversation:"];

/// Who had a customer forgotten, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Forgetting {
    /// Account of the person, or name of the function.
    pub by: String,
    /// When it was asked for.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// When nothing was left of it.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub done: Option<OffsetDateTime>,
}

/// A customer: the only row that holds personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// Shop's id of the customer; everything else refers to it as `customer:<id>`.
    pub id: String,
    /// Personal fields by name, such as `email`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub personal: BTreeMap<String, String>,
    /// Random text that is part of every digest of the customer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub salt: Option<String>,
    /// Set once the customer is to be forgotten.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub forgetting: Option<Forgetting>,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Customer {
    /// A customer with these personal fields.
    #[must_use]
    pub fn new(id: &str, personal: BTreeMap<String, String>, salt: String, at: OffsetDateTime) -> Self {
        Self { id: id.to_owned(), personal, salt: Some(salt), forgetting: None, updated: at }
    }

    /// The same without anything personal, at the word of `by`. What is left are the customer's actions.
    #[must_use]
    pub fn erased(self, by: &str, at: OffsetDateTime) -> Self {
        let forgetting = Some(Forgetting { by: by.to_owned(), at, done: None });
        Self { personal: BTreeMap::new(), salt: None, forgetting, updated: at, ..self }
    }

    /// The same once no action holds anything personal either.
    #[must_use]
    pub fn forgotten(self, at: OffsetDateTime) -> Self {
        let forgetting = self.forgetting.map(|forgetting| Forgetting { done: Some(at), ..forgetting });
        Self { forgetting, updated: at, ..self }
    }

    /// Where it is: `KNOWN`, `ERASING` while actions of the customer are still to be cleared, `ERASED`.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match &self.forgetting {
            None => "KNOWN",
            Some(Forgetting { done: None, .. }) => "ERASING",
            Some(_) => "ERASED",
        }
    }
}

impl Action {
    /// Shop's ids of the customers that it is about: those that its payload names, and that of its target.
    #[must_use]
    pub fn customers(&self) -> BTreeSet<String> {
        let payload = serde_json::to_value(self).unwrap_or_default();
        let named = payload.get("customer").and_then(serde_json::Value::as_str).map(str::to_owned);
        let target = self.target().strip_prefix(ABOUT[0]).map(str::to_owned);
        named.into_iter().chain(target).filter(|id| !id.is_empty()).collect()
    }

    /// The same without words to or about a person.
    #[must_use]
    pub fn wordless(self) -> Self {
        match self {
            Self::SupportReply(reply) => SupportReply { body: ERASED.to_owned(), ..reply }.into(),
            Self::ReviewReply(reply) => ReviewReply { body: ERASED.to_owned(), ..reply }.into(),
            other => other,
        }
    }
}

impl Record {
    /// The same settled action without anything personal: its words, what was written about it, and the salt of its
    /// digests. Its digests become those of what is left.
    ///
    /// # Errors
    /// When the action has no canonical form.
    pub fn forgotten(mut self) -> Result<Self, NotCanonical> {
        let proposal = &mut self.proposal;
        proposal.action = proposal.action.clone().wordless();
        proposal.case = silent(&proposal.case);
        proposal.salt = None;
        let about = |source: &str| ABOUT.iter().any(|about| source.starts_with(about));
        for premise in proposal.premises.iter_mut().filter(|premise| about(&premise.source)) {
            premise.holds = Holds::Is(ERASED.to_owned());
        }
        self.digest = proposal.digest()?;
        self.bound = proposal.bound(&self.decision.revision)?;
        if let Some(grant) = &mut self.grant {
            grant.bound = self.bound.clone();
        }
        if let Some(undo) = &mut self.undo {
            *undo.action = undo.action.as_ref().clone().wordless();
        }
        self.silence();
        Ok(self)
    }

    /// Takes out what people and remote systems wrote.
    fn silence(&mut self) {
        let words = self.note.iter_mut();
        let words = words.chain(self.earlier.iter_mut().filter_map(|earlier| earlier.note.as_mut()));
        let words = words.chain(self.outcome.iter_mut().map(|outcome| &mut outcome.detail));
        let words = words.chain(self.comments.iter_mut().map(|comment| &mut comment.text));
        let words = words.chain(self.delegated.iter_mut().map(|delegated| &mut delegated.reason));
        let votes = self.approval.iter_mut().flat_map(|approval| &mut approval.votes);
        let words = words.chain(votes.filter_map(|vote| vote.reason.as_mut()));
        words.for_each(|text| ERASED.clone_into(text));
    }
}

fn silent(case: &Case) -> Case {
    let (title, description, reasoning) = (ERASED.to_owned(), ERASED.to_owned(), ERASED.to_owned());
    Case { title, description, reasoning, impact: Impact::clone(&case.impact), ..Case::default() }
}

/// What is put on record of `text`, a person's words about a customer: a digest that says nothing without `salt`.
#[must_use]
pub fn sealed_words(salt: &str, text: &str) -> String {
    format!("sentence:{}", Digest::of_bytes(format!("{salt}\n{text}").as_bytes()))
}
