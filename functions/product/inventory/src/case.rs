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

/// Fields of a fact, and what they have to be.
pub(crate) type RestsOn<'a> = (&'a str, Vec<(&'static str, String)>);

/// A proposal that rests on what is noted of a variant.
pub(crate) fn draft(action: Action, (title, why): (String, String), (source, fields): RestsOn<'_>) -> Draft {
    let premise = |(field, value): (&str, String)| Premise {
        source: source.to_owned(),
        field: field.to_owned(),
        holds: Holds::Is(value),
    };
    Draft {
        action,
        premises: fields.into_iter().map(premise).collect(),
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
