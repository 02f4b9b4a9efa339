//! Carries out what was granted in our own books: lifting a stop, setting a goal, publishing a policy.
//!
//! It calls nobody outside. Each of its effects is one transaction, conditional on the row as it was read, whose link
//! in that row's chain names the action: that link is the evidence, and how [`Executor::find`] knows its own work.
//! What needs a system that is not connected (a bank, a tax authority) is simulated and says so; what is owed by it is
//! in the books all the same ([`owed`]).

mod books;
mod goal;
mod owed;
mod policy;
mod resume;

use agent::{Evidence, ExecuteError, Executor, ExecutorFunction, Order};
use async_trait::async_trait;
use books::Books;
use domain::{Action, Control, Goal, InForce, Status, books::Entry};
use runtime::{Env, Function, Problems};
use std::sync::Arc;
use store::Chained as _;

/// The executor of our own books.
pub struct Ledger {
    books: Books,
}

/// Builds the executor.
///
/// # Errors
/// Never: it needs no setting of its own.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(ExecutorFunction::of(Ledger { books: Books::new(env.store()) }, env))
}

#[async_trait]
impl Executor for Ledger {
    const NAME: &'static str = "ledger";

    async fn execute(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError> {
        match order.action {
            Action::ControlResume(action) => resume::execute(&self.books, order, action).await,
            Action::GoalSet(action) => goal::execute(&self.books, order, action).await,
            Action::PolicyPublish(action) => policy::execute(&self.books, order, action).await,
            action @ (Action::ExpensePay(_) | Action::TaxReportFile(_)) => {
                Err(owed::execute(&self.books, order, &missing(action)).await)
            }
            other => Err(ExecuteError::NoCredential(format!("{}: nothing was changed", missing(other)))),
        }
    }

    async fn find(&self, order: &Order<'_>) -> Result<Option<Evidence>, ExecuteError> {
        match order.action {
            Action::ControlResume(action) => {
                self.books.find::<Control>(order.id, &Control::default().id(), &resume::told(action)).await
            }
            Action::GoalSet(action) => self.books.find::<Goal>(order.id, &action.goal, &goal::told(action)).await,
            Action::PolicyPublish(action) => {
                self.books.find::<InForce>(order.id, InForce::ID, &policy::told(action)).await
            }
            _ => Ok(None),
        }
    }

    fn entries(&self, order: &Order<'_>, status: Status) -> Vec<Entry> {
        owed::entries(order, status)
    }
}

/// What would have to be connected for the action to be carried out.
fn missing(action: &Action) -> String {
    let what = match action {
        Action::ExpensePay(_) => "no bank",
        Action::TaxReportFile(_) => "no tax authority",
        Action::SupplierOnboard(_) | Action::SupplierFlag(_) => "no register of suppliers",
        Action::AccessGrant(_) => "no directory of people",
        Action::StrategyPivot(_) | Action::MarketEnter(_) => "no plan of the business",
        other => return format!("`{}` belongs to another executor", other.kind()),
    };
    format!("{what} is connected to carry out `{}`", action.kind())
}
