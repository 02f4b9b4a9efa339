//! What lists are searched by.

use domain::{Action, Record, text::Lang};
use serde::Deserialize;

/// The most characters that are searched for.
const MOST: usize = 100;

/// Text to search for, in lower case.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Words(String);

impl TryFrom<String> for Words {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.chars().count() <= MOST {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(format!("at most {MOST} characters are searched for"))
        }
    }
}

impl Words {
    /// The text itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether they are in this text.
    pub(crate) fn are_in_text(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.0)
    }

    /// Whether they are in what will happen, the target, the title, the agent's name or the id of an action.
    pub(crate) fn are_in(&self, record: &Record, lang: Lang) -> bool {
        let proposal = &record.proposal;
        let texts = [
            proposal.action.sentence(lang),
            proposal.action.target(),
            proposal.case.title.clone(),
            proposal.agent.to_string(),
            proposal.id.to_string(),
        ];
        texts.iter().any(|text| self.are_in_text(text))
    }
}

/// A type of an action that exists.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ActionKind(String);

impl ActionKind {
    /// Its name, such as `price.change`.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ActionKind {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if Action::KINDS.contains(&text.as_str()) {
            return Ok(Self(text));
        }
        Err(format!("unknown type, expected one of {}", Action::KINDS.join(", ")))
    }
}
