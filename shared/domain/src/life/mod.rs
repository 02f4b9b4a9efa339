//! An action's life as an explicit state machine.

mod record;
mod status;
mod undo;

pub use record::{Comment, Delegated, Record};
pub use status::{AskError, NoSuchStep, Status};
pub use undo::{NotUndoable, Undo};
