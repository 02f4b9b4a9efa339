//! Why a proposal about stock is made, for people.

use agent::Draft;
use domain::{
    Action, Premise,
    premise::Holds,
    proposal::{Case, Impact},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The field that says when a variant's stock was last asked to be set.
pub(crate) const SET: &str = "set";

/// A time as facts have it.
pub(crate) fn stamp(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

/// A premise that a field is exactly this.
pub(crate) fn is(source: &str, field: &str, value: &str) -> Premise {
    premise(source, field, Holds::Is(value.to_owned()))
}

/// A premise that a field is a number of at least this.
pub(crate) fn at_least(source: &str, field: &str, least: i64) -> Premise {
    premise(source, field, Holds::AtLeast(least))
}

fn premise(source: &str, field: &str, holds: Holds) -> Premise {
    Premise { source: source.to_owned(), field: field.to_owned(), holds }
}

/// A proposal that rests on what is noted of a variant.
pub(crate) fn draft(action: Action, (title, why): (String, String), premises: Vec<Premise>) -> Draft {
    Draft {
        action,
        premises,
        confidence: None,
        case: Case {
            description: title.clone(),
            title,
            reasoning: why,
            data_sources: vec![
                "the supplier's feed".to_owned(),
                "the shop's stock".to_owned(),
                "open orders".to_owned(),
            ],
            risk_factors: Vec::new(),
            missing: Vec::new(),
            impact: Impact::default(),
            alternatives: Vec::new(),
        },
        journey: None,
    }
}
