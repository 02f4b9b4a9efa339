//! What people are told, the same in every channel.

use crate::inert;
use domain::{ActionId, AgentName, Role};
use time::{OffsetDateTime, UtcOffset, format_description::FormatItem, macros::format_description};

/// The longest subject, fact and piece of an agent's words, in characters.
const SUBJECT: usize = 120;
const FACT: usize = 600;
const WORDS: usize = 700;

const MINUTE: &[FormatItem<'_>] = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");

/// A notice. All text in it is inert from the moment it is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    key: String,
    roles: Vec<Role>,
    subject: String,
    facts: Vec<(&'static str, String)>,
    quote: Option<Quote>,
    link: Option<String>,
    again: bool,
}

/// An agent's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Quote {
    agent: String,
    words: Vec<(&'static str, String)>,
}

impl Notice {
    /// A notice about one event. `key` names the event: what has the same key is sent once. `label` is ours,
    /// `what` may hold text from outside.
    #[must_use]
    pub fn new(key: impl Into<String>, roles: &[Role], label: &'static str, what: &str) -> Self {
        let mut roles = roles.to_vec();
        roles.sort_unstable();
        roles.dedup();
        Self {
            key: key.into(),
            roles,
            subject: inert::line(&format!("{label}: {what}"), SUBJECT),
            facts: Vec::new(),
            quote: None,
            link: None,
            again: false,
        }
    }

    /// The same with one more fact. `label` is ours, `text` may come from outside; an empty one adds nothing.
    #[must_use]
    pub fn fact(mut self, label: &'static str, text: &str) -> Self {
        let text = inert::line(text, FACT);
        if !text.is_empty() {
            self.facts.push((label, text));
        }
        self
    }

    /// The same with a point in time.
    #[must_use]
    pub fn when(self, label: &'static str, at: OffsetDateTime) -> Self {
        let text = at.to_offset(UtcOffset::UTC).format(MINUTE).unwrap_or_default();
        self.fact(label, &text)
    }

    /// The same with what the agent says, in a box of its own.
    #[must_use]
    pub fn says(self, agent: &AgentName, words: &[(&'static str, &str)]) -> Self {
        let words = words.iter().map(|(label, text)| (*label, inert::line(text, WORDS)));
        let words = words.filter(|(_, text)| !text.is_empty()).collect();
        Self { quote: Some(Quote { agent: inert::line(agent.as_str(), SUBJECT), words }), ..self }
    }

    /// The same with the address of the card, where there is a page that shows cards.
    #[must_use]
    pub fn card(self, page: Option<&str>, id: ActionId) -> Self {
        Self { link: page.map(|page| format!("{}/inbox/{id}", page.trim_end_matches('/'))), ..self }
    }

    /// The same, saying that it may have been sent before.
    #[must_use]
    pub fn again(self) -> Self {
        Self { again: true, ..self }
    }

    /// Names the event that it is about.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Roles that it is for.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Its first line.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Where the card is opened; the only address in it.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    /// What we say: one fact a line.
    #[must_use]
    pub fn ours(&self) -> String {
        let again =
            self.again.then(|| "This notice may have reached you before: its first sending was cut off.".to_owned());
        let facts = self.facts.iter().map(|(label, text)| format!("{label}: {text}"));
        again.into_iter().chain(facts).collect::<Vec<_>>().join("\n")
    }

    /// What the agent says, every line marked as its own.
    #[must_use]
    pub fn agents(&self) -> Option<String> {
        let quote = self.quote.as_ref().filter(|quote| !quote.words.is_empty())?;
        let head = format!("In the words of the agent {}, which nobody has checked:", quote.agent);
        let words = quote.words.iter().map(|(label, text)| format!("| {label}: {text}"));
        Some([head].into_iter().chain(words).collect::<Vec<_>>().join("\n"))
    }

    /// All of it as plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        let link = self.link.as_ref().map(|link| format!("{OPEN}\n{link}"));
        let parts =
            [Some(self.subject.clone()), Some(self.ours()), self.agents(), link, Some(DECIDES_NOTHING.to_owned())];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        format!("{}\n", parts.join("\n\n"))
    }
}

/// What stands before the card's address.
const OPEN: &str = "The card, after signing in:";

/// What stands at the end of every notice.
pub(crate) const DECIDES_NOTHING: &str = "Nothing is decided by opening a link or answering this notice.";
