//! `control.resume`: lifts the stop that people agreed to lift, and no later one.

use crate::books::{Books, evidence, unread};
use agent::{Evidence, ExecuteError, Order};
use domain::{
    Control,
    action::ControlResume,
    control::{Scope, Stop},
};
use store::{Chained as _, Row};

pub(crate) async fn execute(
    books: &Books,
    order: &Order<'_>,
    action: &ControlResume,
) -> Result<Evidence, ExecuteError> {
    let scope: Scope = action.scope.parse().map_err(ExecuteError::Refused)?;
    let row = books.store().control().await.map_err(unread)?;
    let (row, stop) = stopped(row, &scope)?;
    if stop.at > order.allowed {
        let Stop { by, reason, .. } = &stop;
        let why = format!("`{scope}` was stopped again by {by} after this was agreed to: {reason}");
        return Err(ExecuteError::Premise(why));
    }
    let mut next = row.value.clone();
    next.stops.remove(&scope);
    let entry = Books::entry(order, "resumed", next.status()).because([scope.to_string()]);
    let mut tx = books.store().tx(order.now);
    tx.update(&row, &next, entry).map_err(|error| ExecuteError::Refused(error.to_string()))?;
    Books::write(order, tx).await?;
    Ok(evidence(&format!("{}#{}", Control::KIND, row.value.id()), row.seq + 1, &told(action)))
}

/// The switch and the stop of `scope`, while it is on.
fn stopped(row: Option<Row<Control>>, scope: &Scope) -> Result<(Row<Control>, Stop), ExecuteError> {
    let lifted = || ExecuteError::Refused(format!("`{scope}` is not stopped: there is nothing to lift"));
    let row = row.ok_or_else(lifted)?;
    let stop = row.value.stops.get(scope).cloned().ok_or_else(lifted)?;
    Ok((row, stop))
}

/// What happened, for the record.
pub(crate) fn told(action: &ControlResume) -> String {
    format!("the stop on `{}` was lifted", action.scope)
}
