//! Bounds that keep a hostile or broken feed from filling memory or a disk.
//!
//! None of these is a business number: where the shop has a limit of its own, that limit is taken.

use std::time::Duration;

/// Variants of one product: the shop takes no more.
pub const VARIANTS: usize = 2_048;
/// Images of one product: the shop takes no more.
pub const IMAGES: usize = 250;
/// Tags of one product: the shop takes no more.
pub const TAGS: usize = 250;
/// Characters of a title, a name, a stock keeping unit, a tag or an option.
pub const NAME: usize = 255;
/// Characters of a category path or an image's alternative text.
pub const PHRASE: usize = 1_000;
/// Characters of a description.
pub const DESCRIPTION: usize = 512 * 1024;
/// Characters of a web address.
pub const ADDRESS: usize = 2_048;
/// Bytes of one record: a table row, a JSON object or an XML item.
pub const RECORD: usize = 2 * 1024 * 1024;
/// Columns of a table.
pub const COLUMNS: usize = 2_000;
/// Bytes at the start of a file by which its format is recognised.
pub const HEAD: usize = 64 * 1024;
/// Products of one feed: each costs the reader nine bytes or so, to notice a product that comes twice.
pub const PRODUCTS: usize = 1_000_000;
/// Units in stock, reviews, days: more than any real count.
pub const COUNT: u64 = 1_000_000_000;
/// Field names remembered as unknown.
pub const UNKNOWN_FIELDS: usize = 200;
/// Records of a companion file, which is held whole.
pub const COMPANION_RECORDS: usize = 50_000;
/// Bytes of a download, unless the options say otherwise.
pub const DOWNLOAD_BYTES: u64 = 256 * 1024 * 1024;
/// Time for a download, unless the options say otherwise.
pub const DOWNLOAD_TIME: Duration = Duration::from_secs(120);
