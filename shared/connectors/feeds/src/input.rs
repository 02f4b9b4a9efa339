//! The bytes of one file: its start for recognition, and all of it for reading.

use crate::limits;
use std::io::{self, BufReader, Cursor, Read};

/// Buffered bytes from the beginning of a file.
pub(crate) type Input = BufReader<Box<dyn Read + Send>>;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file whose first bytes are known.
pub(crate) struct Opened {
    /// Up to [`limits::HEAD`] bytes, without a byte order mark.
    pub(crate) head: Vec<u8>,
    /// The whole content, without a byte order mark.
    pub(crate) input: Input,
}

/// Reads the head and puts it back.
pub(crate) fn open(mut read: Box<dyn Read + Send>) -> io::Result<Opened> {
    let most = u64::try_from(limits::HEAD).unwrap_or(u64::MAX);
    let mut head = Vec::new();
    read.by_ref().take(most).read_to_end(&mut head)?;
    if head.starts_with(BYTE_ORDER_MARK) {
        head.drain(..BYTE_ORDER_MARK.len());
    }
    let whole = Cursor::new(head.clone()).chain(read);
    Ok(Opened { head, input: BufReader::with_capacity(limits::HEAD, Box::new(whole)) })
}
