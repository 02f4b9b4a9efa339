//! Event patterns with EventBridge's content filters.

mod compile;

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::cidr::Cidr;
use super::wildcard::Wildcard;

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pattern {
    /// Every named field must match, and one alternative of every `$or`.
    Fields { fields: Vec<(String, Pattern)>, alternatives: Vec<Pattern> },
    /// One of the values must match.
    Values(Vec<Filter>),
}

/// One acceptable value of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    Exactly(Value),
    Prefix(Text),
    Suffix(Text),
    SameIgnoringCase(String),
    Wildcard(Wildcard),
    Cidr(Cidr),
    Numeric(Vec<(Comparison, f64)>),
    Exists(bool),
    AnythingBut(Vec<Filter>),
}

/// A text to compare with, with or without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) ignore_case: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    GreaterOrEqual,
    Greater,
}

impl Pattern {
    /// Whether the value (none: the field is absent) matches.
    pub(super) fn matches(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Fields { .. }, Some(Value::Array(items))) => items.iter().any(|item| self.matches(Some(item))),
            (Self::Fields { fields, alternatives }, value) => {
                let all = fields.iter().all(|(name, pattern)| pattern.matches(value.and_then(|v| v.get(name))));
                all && (alternatives.is_empty() || alternatives.iter().any(|one| one.matches(value)))
            }
            (Self::Values(filters), value) => filters.iter().any(|filter| filter.accepts(value)),
        }
    }
}

impl Filter {
    /// An array matches if one of its items does. Only leaves exist: an object does not.
    fn accepts(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Exists(wanted), Some(Value::Array(items))) => *wanted != items.is_empty(),
            (Self::Exists(wanted), value) => *wanted == value.is_some_and(|v| !v.is_object()),
            (_, Some(Value::Array(items))) => items.iter().any(|item| self.accepts(Some(item))),
            (_, Some(value)) => self.accepts_leaf(value),
            (_, None) => false,
        }
    }

    fn accepts_leaf(&self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Exactly(wanted) => value == wanted,
            Self::Prefix(wanted) => text.is_some_and(|t| wanted.begins(t)),
            Self::Suffix(wanted) => text.is_some_and(|t| wanted.ends(t)),
            Self::SameIgnoringCase(wanted) => text.is_some_and(|t| t.to_lowercase() == *wanted),
            Self::Wildcard(wildcard) => text.is_some_and(|t| wildcard.matches(t)),
            Self::Cidr(block) => text.is_some_and(|t| block.contains(t)),
            Self::Numeric(bounds) => value.as_f64().is_some_and(|n| {
                value.is_number() && bounds.iter().all(|(comparison, bound)| comparison.holds(n, *bound))
            }),
            Self::AnythingBut(refused) => {
                !value.is_object() && !refused.iter().any(|filter| filter.accepts_leaf(value))
            }
            Self::Exists(wanted) => *wanted,
        }
    }
}

impl Text {
    fn begins(&self, value: &str) -> bool {
        self.fold(value).starts_with(&self.text)
    }

    fn ends(&self, value: &str) -> bool {
        self.fold(value).ends_with(&self.text)
    }

    fn fold(&self, value: &str) -> String {
        if self.ignore_case { value.to_lowercase() } else { value.to_owned() }
    }
}

impl Comparison {
    fn holds(self, number: f64, bound: f64) -> bool {
        match self {
            Self::Less => number < bound,
            Self::LessOrEqual => number <= bound,
            Self::Equal => number == bound,
            Self::GreaterOrEqual => number >= bound,
            Self::Greater => number > bound,
        }
    }
}
