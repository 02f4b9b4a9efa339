//! Places granted orders with suppliers: each once, at the price that was decided on, or not at all.
//!
//! The order number is the action's id, so the supplier itself knows one order however often it is asked for one. Every
//! execution first finds what the supplier has under that number, and goes on from there: nothing yet, a draft, a paid
//! order. The price that is compared with the decided one is the draft's own, right before the step that pays.
//!
//! Where the order goes is read from the customer's partition at the last moment, sent to the supplier and to nobody
//! else: it is in no log, no note and no evidence.

mod fate;
mod fulfill;
#[cfg(test)]
mod tests;

use agent::{Evidence, ExecuteError, Executor, ExecutorFunction, Order, Reads};
use async_trait::async_trait;
use domain::Action;
use fulfill::Purchase;
use runtime::{Env, Function, Problems};
use std::{sync::Arc, time::Duration};
use supply::{Setback, Suppliers};

/// Ends an execution while its claim still holds, so that nobody asks about it while it is under way.
const DEADLINE: Duration = Duration::from_secs(80);

/// The suppliers' executor.
pub struct Purchasing {
    suppliers: Suppliers,
    reads: Arc<dyn Reads>,
}

/// Builds the executor.
///
/// # Errors
/// When no HTTP client can be built.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let purchasing = Purchasing::new(Suppliers::new(env)?, Arc::new(env.store().clone()));
    Ok(ExecutorFunction::of(purchasing, env))
}

impl Purchasing {
    /// The executor of these suppliers, which finds addresses in `reads`.
    #[must_use]
    pub fn new(suppliers: Suppliers, reads: Arc<dyn Reads>) -> Self {
        Self { suppliers, reads }
    }

    fn purchase<'a>(&self, order: &'a Order<'a>) -> Result<Purchase<'a>, ExecuteError> {
        match order.action {
            Action::OrderFulfill(action) => {
                let supplier = self.suppliers.of(&action.supplier);
                Ok(Purchase::new(supplier, Arc::clone(&self.reads), order, action))
            }
            Action::InventoryRestock(_) => {
                let why = "no supplier is connected for orders into our own stock: nothing was sent";
                Err(ExecuteError::NoCredential(Setback::ByHand.note(why)))
            }
            other => Err(ExecuteError::Refused(format!("this executor does not support `{}`", other.kind()))),
        }
    }
}

#[async_trait]
impl Executor for Purchasing {
    const NAME: &'static str = "suppliers";
    // Each supplier has a breaker of its own: one that is down must not stop the others.
    const SYSTEM: Option<&'static str> = None;

    fn ready(&self, action: &Action) -> Result<(), ExecuteError> {
        match action {
            Action::OrderFulfill(action) => self.suppliers.of(&action.supplier).ready().map_err(fate::fate),
            _ => Ok(()),
        }
    }

    async fn execute(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError> {
        let work = async { self.purchase(order)?.execute().await };
        let late = || ExecuteError::Unknown(format!("the supplier took longer than {} s", DEADLINE.as_secs()));
        tokio::time::timeout(DEADLINE, work).await.unwrap_or_else(|_| Err(late()))
    }

    async fn find(&self, order: &Order<'_>) -> Result<Option<Evidence>, ExecuteError> {
        match order.action {
            Action::OrderFulfill(_) => self.purchase(order)?.find().await,
            _ => Ok(None),
        }
    }
}
