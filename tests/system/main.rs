//! What crosses the borders of functions: the real handlers, the real SDK, the real HTTP API, against
//! embedded AWS services and a sandbox shop that refuses what the real one refuses.

mod feed;
mod journeys;
mod world;
