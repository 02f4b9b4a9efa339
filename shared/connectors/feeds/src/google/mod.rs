//! Google's product feed: the same attributes as a table, as RSS 2.0 or as Atom.
//!
//! Neighbouring entries of one item group are the variants of one product. `rating` and `rating_count` are no
//! attributes of Google's; suppliers that add them as columns or elements of their own are understood.

mod attribute;
mod entry;
mod shipping;
mod table;
mod xml;

pub(crate) use table::{Google, recognises};
pub(crate) use xml::Xml;

#[cfg(test)]
mod tests;
