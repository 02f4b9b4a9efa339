//! The executor against the sandbox shop, whole and with every request failing in turn.

mod bench;
mod chaos;
mod orders;
mod price;
mod publish;
mod refusals;
mod stock;
mod stops;
mod undo;
mod unpublish;

#[test]
fn an_execution_ends_while_its_claim_still_holds() {
    let last_request = std::time::Duration::from_secs(30);
    assert!(crate::DEADLINE + last_request < agent::execute::CLAIM);
}
