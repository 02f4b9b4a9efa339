//! Asking for a stop to be lifted: an action like any other, that other people agree to.

use crate::{
    auth::Permit,
    extract::{IdempotencyKey, Said},
    problem::Problem,
    propose,
};
use domain::{
    Premise, Proposal,
    action::ControlResume,
    control::{Scope, Stop},
    premise::Holds,
    proposal::Case,
};
use time::format_description::well_known::Rfc3339;

/// Proposes to lift the stop of `scope`, for the reason given.
///
/// # Errors
/// As [`propose::submit`].
pub(in crate::routes) async fn ask(
    permit: &Permit,
    key: &IdempotencyKey,
    (scope, stop): (&Scope, &Stop),
    reason: Option<Said>,
) -> Result<Proposal, Problem> {
    let action = ControlResume { scope: scope.to_string() }.into();
    let proposal = propose::draft(permit, key, action, case((scope, stop), reason))?;
    propose::submit(permit, Proposal { premises: vec![still_on((scope, stop))], ..proposal }).await
}

/// That it is still this stop, and no later one.
fn still_on((scope, stop): (&Scope, &Stop)) -> Premise {
    let since = stop.at.format(&Rfc3339).unwrap_or_default();
    Premise { source: format!("control:{scope}"), field: "since".to_owned(), holds: Holds::Is(since) }
}

fn case((scope, stop): (&Scope, &Stop), reason: Option<Said>) -> Case {
    let since = stop.at.format(&Rfc3339).unwrap_or_default();
    let missing = if reason.is_some() { Vec::new() } else { vec!["why it can run again".to_owned()] };
    Case {
        title: format!("Lift the stop on {scope}"),
        description: format!("{} stopped it at {since}: {}", stop.by, stop.reason),
        reasoning: reason.map(Said::into_string).unwrap_or_default(),
        data_sources: vec!["the stop switch".to_owned()],
        risk_factors: vec!["what it was stopped for may still be there".to_owned()],
        missing,
        ..Case::default()
    }
}
