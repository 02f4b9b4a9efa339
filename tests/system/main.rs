//! What crosses the borders of functions: the real handlers, the real SDK, the real HTTP API, against
//! embedded AWS services and a sandbox shop that refuses what the real one refuses.

mod faults;
mod feed;
mod forged;
mod journeys;
mod kills;
mod mirror;
mod premise;
mod process;
mod propose;
mod queues;
mod shopify;
mod sound;
mod stops;
mod sweep;
mod table;
mod twice;
mod world;
