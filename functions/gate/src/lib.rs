//! The one door: every effect on the outside world passes here.
//!
//! The tier is computed by policy from the action's own fields and from facts that the gate reads itself.
//! One transaction takes the proposal out of the inbox, writes the decision with its record, and reserves
//! money in every budget that applies; so a proposal is decided once, however often it is delivered. What waits
//! while policy changes is judged again by the revision in force.

mod anew;
mod decide;
mod shadow;

use async_trait::async_trait;
use domain::{ActionId, task::Wake};
use runtime::{
    Call, Env, Failure, Function, Problems,
    batch::{self, Message},
};
use serde_json::Value;
use std::sync::Arc;
use store::CommitError;
use tokio::sync::Mutex;

/// How often a proposal is judged again at once when another writer was first (a busy budget).
const CONFLICTS: u32 = 8;

/// The gate as a function.
pub struct Gate {
    env: Env,
    /// Held while one that spends is judged: all of them want the same budgets, and in turn each gets them at
    /// once. Between processes, the condition on the budget decides.
    spending: Mutex<()>,
}

/// Builds the gate.
///
/// # Errors
/// Never: it needs no setting of its own.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(Arc::new(Gate { env: env.clone(), spending: Mutex::new(()) }))
}

impl Gate {
    async fn message(&self, message: Message) -> Result<(), Failure> {
        let wake: Wake = serde_json::from_str(&message.body)
            .map_err(|error| Failure::Reject(format!("the message is no wake: {error}")))?;
        match wake {
            Wake::Proposed { action } => self.proposed(action).await,
            Wake::Schedule { .. } => anew::sweep(&self.env, &self.spending).await.map_err(Failure::from),
            _ => Err(Failure::Reject("the gate is woken by proposals and its schedule only".to_owned())),
        }
    }

    async fn proposed(&self, action: ActionId) -> Result<(), Failure> {
        for round in 0..CONFLICTS {
            match decide::decide(&self.env, &self.spending, action).await {
                Err(decide::Undecided::Commit(CommitError::Conflict(_))) => runtime::retry::give_way(round).await,
                Err(undecided) => return Err(undecided.into()),
                Ok(()) => return Ok(()),
            }
        }
        Err(Failure::Retry("other writers were first every time".to_owned()))
    }
}

#[async_trait]
impl Function for Gate {
    fn name(&self) -> &'static str {
        "gate"
    }

    async fn invoke(&self, event: Value, _call: &Call) -> Result<Value, Failure> {
        batch::each(event, |message| self.message(message)).await
    }
}
