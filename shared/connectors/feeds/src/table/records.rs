//! Records of a table, one at a time, each of bounded size.
//!
//! `csv_core` is driven directly, as a reader above it would grow its buffer with a record without end (one
//! quote that is never closed is enough). A record that is too long is skipped here, and the rest goes on.

use super::quotes::{Misquoted, Quotes};
use crate::{input::Input, limits};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{self, BufRead};

/// Reads the records of a table.
pub(crate) struct Records {
    input: Input,
    parser: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    quotes: Quotes,
}

/// What stands on a row.
pub(crate) struct Record<'a> {
    /// Line on which it starts; the first is 1.
    pub(crate) line: u64,
    /// What is wrong with its quotes.
    pub(crate) misquoted: Option<Misquoted>,
    text: &'a [u8],
    ends: &'a [usize],
}

/// Sizes of what was read of a record.
#[derive(Default)]
struct Filled {
    text: usize,
    ends: usize,
    overflow: bool,
}

impl<'a> Record<'a> {
    /// The bytes of a field; `None` when the row is shorter.
    pub(crate) fn get(&self, index: usize) -> Option<&'a [u8]> {
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(index)?)
    }

    /// Number of fields.
    pub(crate) const fn width(&self) -> usize {
        self.ends.len()
    }

    /// All fields.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        (0..self.width()).filter_map(|index| self.get(index))
    }

    /// Whether no field holds anything.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.iter().all(u8::is_ascii_whitespace)
    }
}

/// A record, or the line of one that is too long to be held.
pub(crate) type Read<'a> = Result<Record<'a>, u64>;

impl Records {
    pub(crate) fn new(input: Input, delimiter: u8) -> Self {
        let parser = ReaderBuilder::new().delimiter(delimiter).build();
        let quotes = Quotes::new(delimiter);
        Self { input, parser, text: vec![0; 4_096], ends: vec![0; 64], line: 1, quotes }
    }

    /// Bytes that the record in hand takes.
    pub(crate) fn held(&self) -> usize {
        self.text.len() + self.ends.len() * size_of::<usize>()
    }

    /// The line that is read next.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// The next record with anything in it.
    pub(crate) fn read(&mut self) -> io::Result<Option<Read<'_>>> {
        loop {
            self.skip_line_ends()?;
            let start = self.line;
            self.quotes.begin();
            let Some(filled) = self.fill()? else { return Ok(None) };
            if filled.overflow {
                return Ok(Some(Err(start)));
            }
            let blank = self.record(&filled, start).is_blank();
            if !blank {
                return Ok(Some(Ok(self.record(&filled, start))));
            }
        }
    }

    fn record(&self, filled: &Filled, start: u64) -> Record<'_> {
        let text = self.text.get(..filled.text).unwrap_or_default();
        let ends = self.ends.get(..filled.ends).unwrap_or_default();
        Record { line: start, misquoted: self.quotes.verdict(), text, ends }
    }

    /// Steps over line ends before a record, so that its line number is that of its first character.
    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let waiting = self.input.fill_buf()?;
            let ends = waiting.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let (skipped, lines) = ends.fold((0, 0), |(all, lines), byte| (all + 1, lines + u64::from(*byte == b'\n')));
            let more = skipped == waiting.len() && skipped > 0;
            self.line += lines;
            self.input.consume(skipped);
            if !more {
                return Ok(());
            }
        }
    }

    fn fill(&mut self) -> io::Result<Option<Filled>> {
        let mut filled = Filled::default();
        loop {
            match self.step(&mut filled)? {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    filled.overflow |= !grow(&mut self.text, &mut filled.text, limits::RECORD)
                }
                ReadRecordResult::OutputEndsFull => {
                    filled.overflow |= !grow(&mut self.ends, &mut filled.ends, limits::COLUMNS);
                }
                ReadRecordResult::Record => return Ok(Some(filled)),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn step(&mut self, filled: &mut Filled) -> io::Result<ReadRecordResult> {
        let waiting = self.input.fill_buf()?;
        let text = self.text.get_mut(filled.text..).unwrap_or_default();
        let ends = self.ends.get_mut(filled.ends..).unwrap_or_default();
        let (result, used, written, ended) = self.parser.read_record(waiting, text, ends);
        for byte in waiting.iter().take(used) {
            self.line += u64::from(*byte == b'\n');
            self.quotes.pass(*byte);
        }
        self.input.consume(used);
        filled.text += written;
        filled.ends += ended;
        Ok(result)
    }
}

/// Makes room: doubles the buffer up to `most`, and starts it over when it may not grow.
fn grow<T: Clone + Default>(buffer: &mut Vec<T>, filled: &mut usize, most: usize) -> bool {
    let fits = buffer.len() < most;
    if fits {
        buffer.resize((buffer.len() * 2).min(most), T::default());
    } else {
        *filled = 0;
    }
    fits
}
