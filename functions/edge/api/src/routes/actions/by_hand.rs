//! Orders that a person places.

use crate::{
    auth::Permit,
    problem::{Kind, Problem},
};
use domain::{Action, ActionId, Record, Status, action::OrderFulfill};
use store::Row;

/// An order for a supplier that was allowed and sent to nobody.
///
/// # Errors
/// When there is none of this id, or it was sent.
pub(super) async fn by_hand(permit: &Permit, id: ActionId) -> Result<(Row<Record>, OrderFulfill), Problem> {
    let row = permit.store().get::<Record>(&id.to_string()).await?;
    let row = row.ok_or_else(|| Problem::not_found("action", &id.to_string()))?;
    let Action::OrderFulfill(order) = row.value.proposal.action.clone() else {
        let told = format!("it is a `{}`: only `order.fulfill` is placed by hand", row.value.proposal.action.kind());
        return Err(Problem::new(Kind::State, told).with("state", &row.value.status.name()));
    };
    match row.value.status {
        Status::Simulated => Ok((row, order)),
        status => {
            let told = format!("it is {status}: only what was sent to nobody is placed by hand");
            Err(Problem::new(Kind::State, told).with("state", &status.name()))
        }
    }
}
