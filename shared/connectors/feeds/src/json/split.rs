//! Cuts a JSON text into the records of its outermost array, or into its lines.
//!
//! Only brackets and quotes are looked at here; each piece is parsed by itself afterwards. So one broken
//! object costs only itself, and an array of any length is never held whole.

use super::Layout;
use crate::{input::Input, limits};
use std::io::{self, BufRead};

/// What comes next.
pub(crate) enum Piece {
    /// A record, in [`Splitter::text`].
    Whole,
    /// A record that is longer than [`limits::RECORD`]; it was skipped.
    TooLong,
    /// The end of the array or file.
    End,
    /// The end of the file inside the array.
    CutOff,
}

/// Finds the pieces.
pub(crate) struct Splitter {
    input: Input,
    layout: Layout,
    opened: bool,
    number: u64,
    text: Vec<u8>,
    too_long: bool,
}

/// Where in a record the scan stands.
#[derive(Default)]
struct Scan {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

/// What a byte means for the record that it may belong to.
#[derive(PartialEq, Eq)]
enum Turn {
    /// It belongs to the record.
    Inside,
    /// It is the record's last byte.
    Last,
    /// It is behind the record.
    Behind,
}

impl Splitter {
    pub(crate) fn new(input: Input, layout: Layout) -> Self {
        Self { input, layout, opened: false, number: 0, text: Vec::new(), too_long: false }
    }

    /// The record found last.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Its line, or its number in the array.
    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// Bytes held.
    pub(crate) fn held(&self) -> usize {
        self.text.capacity()
    }

    /// Finds the next record.
    pub(crate) fn next(&mut self) -> io::Result<Piece> {
        self.text.clear();
        self.too_long = false;
        match self.layout {
            Layout::Array => self.element(),
            Layout::Lines => self.line(),
        }
    }

    fn line(&mut self) -> io::Result<Piece> {
        loop {
            self.number = self.number.saturating_add(1);
            let ended = self.take_until(|byte| if byte == b'\n' { Turn::Last } else { Turn::Inside })?;
            let blank = self.text.trim_ascii().is_empty();
            match (blank, ended) {
                (false, _) => return Ok(self.piece()),
                (true, false) => return Ok(Piece::End),
                (true, true) => self.text.clear(),
            }
        }
    }

    fn element(&mut self) -> io::Result<Piece> {
        self.number = self.number.saturating_add(1);
        match self.skip_between()? {
            None => return Ok(Piece::CutOff),
            Some(b']') => return Ok(Piece::End),
            Some(_) => {}
        }
        let mut scan = Scan::default();
        let ended = self.take_until(|byte| scan.turn(byte))?;
        Ok(if ended { self.piece() } else { Piece::CutOff })
    }

    fn piece(&self) -> Piece {
        if self.too_long { Piece::TooLong } else { Piece::Whole }
    }

    /// Steps over the opening bracket, commas and white space; tells the byte behind them.
    fn skip_between(&mut self) -> io::Result<Option<u8>> {
        loop {
            let Some(byte) = self.input.fill_buf()?.first().copied() else { return Ok(None) };
            let opens = byte == b'[' && !self.opened;
            if !opens && byte != b',' && !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.opened |= opens;
            self.input.consume(1);
        }
    }

    /// Takes bytes until `turn` says that the record is over; false when the file ends first.
    fn take_until(&mut self, mut turn: impl FnMut(u8) -> Turn) -> io::Result<bool> {
        loop {
            let waiting = self.input.fill_buf()?;
            if waiting.is_empty() {
                return Ok(false);
            }
            let mut over = false;
            let mut count = 0;
            for byte in waiting {
                let turn = turn(*byte);
                count += usize::from(turn != Turn::Behind);
                over = turn != Turn::Inside;
                if over {
                    break;
                }
            }
            let fits = !self.too_long && self.text.len() + count <= limits::RECORD;
            self.text.extend(waiting.iter().take(if fits { count } else { 0 }));
            self.too_long |= !fits;
            self.input.consume(count);
            if over {
                return Ok(true);
            }
        }
    }
}

impl Scan {
    fn turn(&mut self, byte: u8) -> Turn {
        if self.quoted {
            self.quoted = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            return if self.quoted || self.depth > 0 { Turn::Inside } else { Turn::Last };
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 1 => self.depth -= 1,
            b'}' => return Turn::Last,
            b']' if self.depth == 1 => return Turn::Last,
            b']' | b',' if self.depth == 0 => return Turn::Behind,
            _ => {}
        }
        Turn::Inside
    }
}
