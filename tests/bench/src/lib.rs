//! What a gate costs on this machine: time, bytes, requests.
//!
//! A gate is one action from its proposal through policy and a person's word to its confirmed effect. The
//! system under test is the whole local stack on disk, in a release build, asked over HTTP; the yardstick is
//! bare SQLite in the same run, because a figure of one machine and one minute says little beside another.
//! Figures are whole numbers (microseconds, bytes, thousandths): nothing here needs a float.

pub mod args;
pub mod disk;
pub mod floor;
pub mod gate;
pub mod growth;
pub mod load;
pub mod observer;
pub mod prices;
pub mod report;
pub mod seed;
pub mod times;
pub mod usage;
pub mod world;
