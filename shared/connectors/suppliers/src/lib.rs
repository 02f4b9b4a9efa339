//! Suppliers behind one port: CJdropshipping, Printful, and everybody who has no interface.
//!
//! Buying is the one thing that must not happen twice, so the port knows a draft, which costs nothing, and the one
//! step that spends money, and both carry our own order number: the id of the action. Whatever happens to an answer,
//! [`Supplier::find`] says by that number what the supplier has. Every failure says whether the request may have
//! taken effect all the same ([`Error::Unknown`]), and nothing that changes something is sent twice in here: whoever
//! asks decides that, after asking the stop switch.
//!
//! AutoDS has no public interface that places orders, Spocket none at all: like every other supplier that is named by
//! no route they are [`manual`], ordered from by a person, who confirms it with the supplier's own number.
//!
//! What suppliers tell of their own accord is verified and read by [`callback`]; carriers are followed by
//! [`tracking`].

pub mod callback;
mod cj;
mod error;
mod http;
pub mod manual;
mod port;
mod printful;
mod register;
mod setback;
mod sign;
#[cfg(test)]
mod tests;
pub mod tracking;

pub use cj::Cj;
pub use error::Error;
pub use port::{Item, Placed, Quote, Quoted, State, Supplier, Wanted};
pub use printful::Printful;
pub use register::Suppliers;
pub use setback::Setback;
