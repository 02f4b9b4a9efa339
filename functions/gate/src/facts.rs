//! Facts that the gate reads itself. What it cannot read stays absent, and policy then asks a person.

use domain::{Action, Proposal, journey::Journey};
use policy::{CeoReview, Context};
use store::{Store, StoreError};

/// What is known about a proposal beyond its own fields and the budgets.
pub(crate) async fn gather(store: &Store, proposal: &Proposal) -> Result<Context, StoreError> {
    let mut context = Context { ceo_review: ceo_review(store, proposal).await?, ..Context::default() };
    if let Some(supplier) = supplier(&proposal.action) {
        let known = store.fact(&format!("supplier:{supplier}")).await?;
        let says = |field: &str| known.as_ref().map(|fact| fact.fields.get(field).is_some_and(|value| value == "true"));
        (context.supplier_known, context.supplier_proven) = (says("known"), says("proven"));
    }
    Ok(context)
}

/// Whether everything that this agent proposes goes to a person.
pub(crate) async fn on_probation(store: &Store, proposal: &Proposal) -> Result<bool, StoreError> {
    let fact = store.fact(&format!("agent:{}", proposal.agent.function())).await?;
    Ok(fact.is_some_and(|fact| fact.fields.get("probation").is_some_and(|value| value != "false")))
}

/// The CEO function's word, from the journey that it was asked in.
async fn ceo_review(store: &Store, proposal: &Proposal) -> Result<Option<CeoReview>, StoreError> {
    let Some(id) = proposal.journey else {
        return Ok(None);
    };
    let journey = store.get::<Journey>(&id.to_string()).await?;
    let about_it = journey.filter(|row| proposal.action.target() == format!("product:{}", row.value.candidate.product));
    let said = about_it.and_then(|row| row.value.reviewed);
    Ok(said.map(|reviewed| match (reviewed.escalated, reviewed.approved) {
        (true, _) => CeoReview::Escalated,
        (false, true) => CeoReview::Approved,
        (false, false) => CeoReview::Rejected,
    }))
}

fn supplier(action: &Action) -> Option<&str> {
    match action {
        Action::InventoryRestock(restock) => Some(&restock.product.supplier),
        Action::OrderFulfill(order) => Some(&order.supplier),
        _ => None,
    }
}
