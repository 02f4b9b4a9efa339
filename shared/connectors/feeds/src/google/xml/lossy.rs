//! UTF-8 for a parser that gives up at the first byte that is not.
//!
//! What is no UTF-8 becomes the replacement character, so that one text costs one entry and not the rest of the
//! file: text with that character in it is rejected where it is read.

use std::{
    io::{self, BufRead, Read},
    str,
};

const LOST: &[u8] = "\u{fffd}".as_bytes();

/// Hands out the bytes of `inner` as UTF-8.
pub(super) struct Lossy<R> {
    inner: R,
    clean: Vec<u8>,
    taken: usize,
    /// The start of a character whose end has not been read yet.
    begun: Vec<u8>,
}

impl<R: BufRead> Lossy<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, clean: Vec::new(), taken: 0, begun: Vec::new() }
    }

    /// Cleans the next piece; nothing is left of it only at the end of the file.
    fn refill(&mut self) -> io::Result<()> {
        self.clean.clear();
        self.taken = 0;
        let mut at_end = false;
        while self.clean.is_empty() && !at_end {
            let waiting = self.inner.fill_buf()?;
            at_end = waiting.is_empty();
            let mut raw = std::mem::take(&mut self.begun);
            raw.extend_from_slice(waiting);
            let count = waiting.len();
            self.inner.consume(count);
            self.clean(&raw, at_end);
        }
        Ok(())
    }

    fn clean(&mut self, mut raw: &[u8], at_end: bool) {
        while !raw.is_empty() {
            let Err(error) = str::from_utf8(raw) else { return self.clean.extend_from_slice(raw) };
            let (valid, rest) = raw.split_at_checked(error.valid_up_to()).unwrap_or((raw, &[]));
            self.clean.extend_from_slice(valid);
            if error.error_len().is_none() && !at_end {
                self.begun = rest.to_vec();
                return;
            }
            self.clean.extend_from_slice(LOST);
            raw = rest.get(error.error_len().unwrap_or(rest.len())..).unwrap_or_default();
        }
    }
}

impl<R: BufRead> BufRead for Lossy<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.clean.len() {
            self.refill()?;
        }
        Ok(self.clean.get(self.taken..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.taken = self.taken.saturating_add(count);
    }
}

impl<R: BufRead> Read for Lossy<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::Lossy;
    use proptest::prelude::*;
    use std::io::{BufReader, Read};

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_become_what_the_library_makes_of_them(
            bytes in prop_oneof![proptest::collection::vec(any::<u8>(), 0..60), "[aé€😀]{0,20}".prop_map(String::into_bytes)],
            piece in 1_usize..8,
        ) {
            let mut text = Vec::new();
            Lossy::new(BufReader::with_capacity(piece, &bytes[..])).read_to_end(&mut text).unwrap();
            prop_assert_eq!(String::from_utf8(text).unwrap(), String::from_utf8_lossy(&bytes));
        }
    }
}
