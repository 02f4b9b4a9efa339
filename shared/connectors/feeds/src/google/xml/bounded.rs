//! A reader that runs dry with an error when an entry takes too many bytes.

use crate::limits;
use std::io::{self, BufRead, Read};

/// Hands out a bounded number of bytes between two calls of [`Bounded::renew`].
pub(super) struct Bounded<R> {
    inner: R,
    left: usize,
}

impl<R> Bounded<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, left: limits::RECORD }
    }

    /// Allows the next entry its bytes.
    pub(super) const fn renew(&mut self) {
        self.left = limits::RECORD;
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let waiting = self.inner.fill_buf()?;
        if self.left == 0 && !waiting.is_empty() {
            return Err(io::Error::other(format!("one entry is longer than {} bytes", limits::RECORD)));
        }
        Ok(waiting.get(..self.left).unwrap_or(waiting))
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.inner.consume(count);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}
