//! Proposals of an agent that exists only in tests, through the real inbox.

use crate::world::World;
use domain::{Action, ActionId, Money, Proposal, Record, Status, action::ExpensePay, proposal::Case};

/// A proposal of `agent` to do this.
pub(crate) fn proposal(world: &World, agent: &str, key: &str, action: Action) -> Proposal {
    let case = Case {
        title: "Do it".to_owned(),
        description: "As agreed".to_owned(),
        reasoning: "Pre-approved by compliance".to_owned(),
        ..Case::default()
    };
    Proposal::new(ActionId::at(world.now(), key, 0), agent.parse().unwrap(), action, case, world.now())
}

/// A bill to be paid.
pub(crate) fn bill(world: &World, bill: &str, payee: &str, cents: i32) -> Proposal {
    let (number, payee) = (bill.to_owned(), payee.to_owned());
    let pay = ExpensePay { bill: number, payee, amount: Money::eur_cents(cents) };
    proposal(world, "finance-payables", bill, pay.into())
}

/// Puts a proposal into the gate's inbox.
pub(crate) async fn propose(world: &World, proposal: &Proposal) {
    let mut tx = world.store().tx(world.now());
    tx.propose(proposal).unwrap();
    tx.commit().await.unwrap();
}

/// An action as it stands.
pub(crate) async fn record(world: &World, id: ActionId) -> Option<Record> {
    world.store().get::<Record>(&id.to_string()).await.unwrap().map(|row| row.value)
}

/// An action, once it is decided.
pub(crate) async fn decided(world: &World, id: ActionId) -> Record {
    world.until("the proposal is decided", async |world| record(world, id).await).await
}

/// An action, once it has this status.
pub(crate) async fn becomes(world: &World, id: ActionId, status: Status) -> Record {
    let what = format!("the action becomes {status}");
    world.until(&what, async |world| record(world, id).await.filter(|record| record.status == status)).await
}
