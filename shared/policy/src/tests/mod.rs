//! Tests over the policy as it is shipped.

mod apart;
mod backtest;
mod boundaries;
mod bundles;
mod cases;
mod closed;
mod differential;
mod differs;
mod drafts;
mod edits;
mod live;
mod monotone;
mod mutants;
mod opa;
mod reference;
mod rego;
mod support;
mod sweep;
mod tables;
mod tiers;
mod typed;
mod words;
