//! Places granted orders with suppliers, for customers and for stock of our own: each once, at the price that was
//! decided on, or not at all.
//!
//! The order number is the action's id, so the supplier itself knows one order however often it is asked for one. Every
//! execution first finds what the supplier has under that number, and goes on from there: nothing yet, a draft, a paid
//! order. The price that is compared with the decided one is the draft's own, right before the step that pays.
//!
//! Where a customer's order goes is read from the customer's partition at the last moment, sent to the supplier and to
//! nobody else: it is in no log, no note and no evidence. Where our own goes is a setting. What is ours is in the books
//! from the transaction on that says that it was bought.

mod bought;
mod fate;
mod purchase;
#[cfg(test)]
mod tests;
mod track;

use agent::{Evidence, ExecuteError, Executor, ExecutorFunction, Order, Reads};
use async_trait::async_trait;
use bought::Bought;
use domain::{
    Action, Status,
    books::{self, Entry},
    contact::Address,
};
use purchase::Purchase;
use runtime::{Env, Function, Problems};
use std::{sync::Arc, time::Duration};
use supply::Suppliers;

/// Ends an execution while its claim still holds, so that nobody asks about it while it is under way.
const DEADLINE: Duration = Duration::from_secs(80);

/// The suppliers' executor.
pub struct Purchasing {
    suppliers: Suppliers,
    reads: Arc<dyn Reads>,
    /// Where stock of our own goes.
    address: Option<Address>,
}

/// Builds the executor.
///
/// # Errors
/// When no HTTP client can be built.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let purchasing = Purchasing::new(Suppliers::new(env)?, Arc::new(env.store().clone()));
    Ok(ExecutorFunction::of(purchasing.keeping(env.config().own.address.clone()), env))
}

impl Purchasing {
    /// The executor of these suppliers, which finds addresses in `reads`.
    #[must_use]
    pub fn new(suppliers: Suppliers, reads: Arc<dyn Reads>) -> Self {
        Self { suppliers, reads, address: None }
    }

    /// The same with stock of our own that is sent to `address`.
    #[must_use]
    pub fn keeping(self, address: Option<Address>) -> Self {
        Self { address, ..self }
    }

    fn purchase<'a>(&'a self, order: &'a Order<'a>) -> Result<Purchase<'a>, ExecuteError> {
        let bought = match order.action {
            Action::OrderFulfill(action) => Bought::for_order(action),
            Action::InventoryRestock(action) => Bought::for_us(action, self.address.as_ref()),
            other => {
                return Err(ExecuteError::Refused(format!("this executor does not support `{}`", other.kind())));
            }
        };
        Ok(Purchase::new(self.suppliers.of(bought.supplier), Arc::clone(&self.reads), order, bought))
    }
}

/// The supplier that an action is for.
fn supplier(action: &Action) -> Option<&str> {
    match action {
        Action::OrderFulfill(action) => Some(&action.supplier),
        Action::InventoryRestock(action) => Some(&action.product.supplier),
        _ => None,
    }
}

#[async_trait]
impl Executor for Purchasing {
    const NAME: &'static str = "suppliers";
    // Each supplier has a breaker of its own: one that is down must not stop the others.
    const SYSTEM: Option<&'static str> = None;

    fn ready(&self, action: &Action) -> Result<(), ExecuteError> {
        let ready = match (action, supplier(action)) {
            (Action::OrderTrack(_), _) => self.suppliers.carriers().ready(),
            (_, Some(supplier)) => self.suppliers.of(supplier).ready(),
            _ => Ok(()),
        };
        ready.map_err(fate::fate)
    }

    async fn execute(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError> {
        let work = async {
            match order.action {
                Action::OrderTrack(action) => track::follow(self.suppliers.carriers(), order, action).await,
                _ => self.purchase(order)?.execute().await,
            }
        };
        let late = || ExecuteError::Unknown(format!("the supplier took longer than {} s", DEADLINE.as_secs()));
        tokio::time::timeout(DEADLINE, work).await.unwrap_or_else(|_| Err(late()))
    }

    async fn find(&self, order: &Order<'_>) -> Result<Option<Evidence>, ExecuteError> {
        match order.action {
            Action::OrderTrack(action) => track::find(self.suppliers.carriers(), action).await,
            action if supplier(action).is_some() => self.purchase(order)?.find().await,
            _ => Ok(None),
        }
    }

    fn entries(&self, order: &Order<'_>, status: Status) -> Vec<Entry> {
        match order.action {
            // An amount below nothing is refused by policy long before.
            Action::InventoryRestock(action) if status == Status::Executed => {
                books::restock(order.id, action, order.now).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}
