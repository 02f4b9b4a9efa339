//! Shorthand of the tests.

use crate::{FeedError, Item, Options, Reader, RowProblem};
use std::io::Cursor;

/// Options of a feed in euros.
pub(crate) fn euros() -> Options {
    Options { currency: Some("EUR".parse().unwrap()), ..Options::default() }
}

/// Opens bytes as a file of this name.
pub(crate) fn open(name: &str, bytes: impl AsRef<[u8]>) -> Result<Reader, FeedError> {
    Reader::from_read(name, Cursor::new(bytes.as_ref().to_vec()), &euros())
}

/// Reads bytes as a file of this name to the end.
pub(crate) fn read(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<Item>, Vec<RowProblem>) {
    split(open(name, bytes).unwrap())
}

/// Products and problems apart.
pub(crate) fn split(reader: impl Iterator<Item = Result<Item, RowProblem>>) -> (Vec<Item>, Vec<RowProblem>) {
    let (mut items, mut problems) = (Vec::new(), Vec::new());
    for read in reader {
        match read {
            Ok(item) => items.push(item),
            Err(problem) => problems.push(problem),
        }
    }
    (items, problems)
}

/// The only product of a feed without problems.
pub(crate) fn only(name: &str, bytes: impl AsRef<[u8]>) -> Item {
    let (mut items, problems) = read(name, bytes);
    assert_eq!(problems, []);
    assert_eq!(items.len(), 1);
    items.remove(0)
}

/// The only problem of a feed, as people see it.
pub(crate) fn problem(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let (_, problems) = read(name, bytes);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].to_string()
}

/// Why bytes are no feed.
pub(crate) fn refusal(name: &str, bytes: impl AsRef<[u8]>) -> String {
    open(name, bytes).err().unwrap().to_string()
}
