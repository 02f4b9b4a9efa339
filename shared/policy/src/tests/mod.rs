//! Tests over the policy as it is shipped.

mod apart;
mod boundaries;
mod cases;
mod closed;
mod differential;
mod drafts;
mod edits;
mod live;
mod monotone;
mod rego;
mod support;
mod tables;
mod tiers;
mod typed;
mod words;
