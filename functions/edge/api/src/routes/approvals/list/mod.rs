//! Requests that wait: found, sorted, paged, and similar ones as one.
//!
//! The index says of every request what lists are sorted and narrowed by, so that a page costs the keys of what waits
//! and the rows that it shows. What only the rows know is looked at row by row, with an end: such a page can be short
//! and still have a next one.

pub(super) mod all;
mod filter;
mod find;
mod gist;
pub(super) mod groups;
mod groups_view;
mod order;
