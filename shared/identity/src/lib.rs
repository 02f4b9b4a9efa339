//! Who somebody is: tokens (OIDC), verified against the issuer's keys.
//!
//! Everything at the edge that people reach, over HTTP or a WebSocket, recognises them by this one code.
//! What they may do is another question, which `policies/royal/access.rego` answers.

mod claims;
mod keys;
mod person;
mod refused;
mod token;
mod verifier;

pub use person::Person;
pub use refused::{Denied, Refused};
pub use verifier::Verifier;
