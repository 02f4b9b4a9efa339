//! Reads supplier product feeds as they really exist.
//!
//! | feed | recognised by |
//! |---|---|
//! | Shopify product CSV, both header generations | a `Title` column beside other Shopify columns |
//! | Google product feed, tab- or comma-separated | `id` and `title` beside other Google attributes |
//! | Google product feed, RSS 2.0 or Atom | `<rss>` or `<feed>` |
//! | JSON array, JSON Lines | see [the fields](json) |
//!
//! [`open`] takes a file, a folder or a URL; the [`Reader`] yields one [`Item`] per product, or a
//! [`RowProblem`] that names file, row, field, reason and fix, and goes on with the rest.
//!
//! **Why a pull reader.** A feed may have millions of rows and may be hostile. The reader holds one record
//! and one product at a time, each of bounded size ([`Reader::peak`] tells how much), so that memory does
//! not grow with the file. A download goes to a temporary file first, for the same reason.
//!
//! **Missing is not wrong.** An empty cell or a placeholder (`N/A`, `-`) is `None`: the journey abstains
//! and says so. A value that is there but wrong rejects its product; nothing is guessed or repaired. All
//! text is the supplier's: untrusted, and to be cleaned before anybody sees it as markup.

mod companion;
mod detect;
mod download;
mod fingerprint;
mod google;
mod group;
mod input;
mod item;
pub mod json;
pub mod limits;
mod problem;
mod reader;
mod row;
mod shopify;
mod source;
mod supplied;
mod table;
#[cfg(test)]
mod testing;
mod value;

pub use companion::{Companion, SupplierRecord, Topic, Trend, suppliers, trends};
pub use item::{Image, Item, Origin, Variant};
pub use problem::{Extent, FeedError, RowProblem};
pub use reader::{Peak, Reader, Skipped, UnknownField, open};
pub use source::{Options, Source};
pub use supplied::SupplierFeeds;
