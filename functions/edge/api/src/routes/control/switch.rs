//! Changing the switch: one conditional write, decided again when somebody else was first.

use crate::{
    auth::Permit,
    extract::Said,
    problem::{Kind, Problem},
    view::who,
};
use domain::{
    Control,
    audit::Entry,
    control::{Scope, Stop},
};
use store::{Chained, CommitError, Row};

/// How often a change is decided again when others keep being first or the table does not answer.
const ATTEMPTS: u32 = 5;

/// The switch after a change, and its version.
pub(in crate::routes) struct Turned {
    /// The switch.
    pub(in crate::routes) control: Control,
    /// Its version.
    pub(in crate::routes) seq: u64,
}

/// A change to be written: the new switch, what happened, and why.
struct Turn {
    control: Control,
    what: &'static str,
    reasons: Vec<String>,
}

/// The switch and its version; 0 while nobody ever used it.
pub(in crate::routes) async fn read(permit: &Permit) -> Result<(Control, u64), Problem> {
    let row = permit.store().control().await?;
    Ok(row.map_or_else(Default::default, |row| (row.value, row.seq)))
}

/// Stops `scope`. A stop that is on already keeps its author, reason and time.
pub(in crate::routes) async fn stop(
    permit: &Permit,
    scope: Scope,
    reason: Said,
    seen: Option<u64>,
) -> Result<Turned, Problem> {
    let stop = Stop { by: permit.person().account.clone(), reason: reason.into_string(), at: permit.now() };
    change(permit, seen, |control| {
        let mut control = control.clone();
        let reasons = vec![scope.to_string(), stop.reason.clone()];
        if control.stops.contains_key(&scope) {
            return Ok(None);
        }
        control.stops.insert(scope.clone(), stop.clone());
        let what = "stopped";
        Ok(Some(Turn { control, what, reasons }))
    })
    .await
}

/// Lifts the stop of `scope`, if `check` has nothing against lifting the one that is on.
pub(in crate::routes) async fn resume(
    permit: &Permit,
    scope: Scope,
    seen: Option<u64>,
    check: impl Fn(&Stop) -> Result<(), Problem>,
) -> Result<Turned, Problem> {
    change(permit, seen, |control| {
        let mut control = control.clone();
        let Some(stop) = control.stops.remove(&scope) else {
            return Ok(None);
        };
        check(&stop)?;
        let (what, reasons) = ("resumed", vec![scope.to_string()]);
        Ok(Some(Turn { control, what, reasons }))
    })
    .await
}

async fn change(
    permit: &Permit,
    seen: Option<u64>,
    decide: impl Fn(&Control) -> Result<Option<Turn>, Problem>,
) -> Result<Turned, Problem> {
    let mut last = CommitError::Retry("it was never tried".to_owned());
    for _ in 0..ATTEMPTS {
        let row = permit.store().control().await?;
        let (control, seq) = row.as_ref().map_or_else(Default::default, |row| (row.value.clone(), row.seq));
        if seen.is_some_and(|seen| seen != seq) {
            let told = format!("the switch is at version {seq}");
            return Err(Problem::new(Kind::Precondition, told));
        }
        let Some(turn) = decide(&control)? else {
            return Ok(Turned { control, seq });
        };
        match write(permit, row.as_ref(), &turn).await {
            Ok(()) => {
                let control = turn.control;
                return Ok(Turned { control, seq: seq + 1 });
            }
            Err(error @ CommitError::Invalid(_)) => return Err(error.into()),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

async fn write(permit: &Permit, row: Option<&Row<Control>>, turn: &Turn) -> Result<(), CommitError> {
    let actor = who(&permit.person().account);
    let entry = Entry::new(actor, turn.what, turn.control.status());
    let entry = entry.because(turn.reasons.iter().cloned());
    let mut tx = permit.store().tx(permit.now());
    match row {
        Some(row) => tx.update(row, &turn.control, entry)?,
        None => tx.create(&turn.control, entry)?,
    }
    tx.commit().await
}
