//! The words of the house: money, actions, decisions, approvals and the record.
//!
//! Nothing here does I/O, and nothing knows AWS, HTTP or Rego. A type of this crate means the same in
//! every function, in the table, in the API and on the page.

pub mod action;
pub mod agent;
pub mod approval;
pub mod audit;
pub mod books;
pub mod contact;
pub mod control;
pub mod customer;
pub mod decision;
pub mod delegation;
pub mod digest;
pub mod goal;
pub mod ids;
pub mod journey;
pub mod life;
pub mod money;
pub mod news;
pub mod order;
pub mod outcome;
pub mod premise;
pub mod proposal;
pub mod retry;
pub mod revision;
pub mod task;
pub mod text;

pub use action::{Action, Executor, Facts, Reversibility};
pub use agent::AgentName;
pub use approval::{Approval, Role, Vote};
pub use audit::{Actor, AuditRecord, Hash};
pub use contact::Contact;
pub use control::Control;
pub use customer::Customer;
pub use decision::{Decision, Reason, Tier};
pub use digest::Digest;
pub use goal::Goal;
pub use ids::{ActionId, JourneyId, TaskId};
pub use life::{Record, Status};
pub use money::{Currency, Money};
pub use news::News;
pub use order::{Order, OrderStage};
pub use outcome::{Grant, Outcome};
pub use premise::Premise;
pub use proposal::{Author, Proposal};
pub use retry::Earlier;
pub use revision::{InForce, Revision, Shadow};
