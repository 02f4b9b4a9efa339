//! Watches the quotes of a record, which the parser takes as they come.
//!
//! The parser prefers any reading to none: with one quote too few it glues two rows into one that looks whole.
//! A product with another one's price is worse than a product that is reported.

/// What can be wrong with the quotes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misquoted {
    /// Text stands between a closing quote and the next separator.
    TextBehind,
    /// The file ends within quotes.
    NotClosed,
}

/// Follows the bytes of one record.
pub(super) struct Quotes {
    delimiter: u8,
    state: State,
    text_behind: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the first byte of a field.
    Start,
    /// In a field without quotes.
    Bare,
    /// Within quotes.
    Quoted,
    /// Behind a quote that closes the field, unless another one follows.
    Closed,
}

impl Quotes {
    pub(super) const fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::Start, text_behind: false }
    }

    /// A record begins.
    pub(super) const fn begin(&mut self) {
        self.state = State::Start;
        self.text_behind = false;
    }

    /// A byte of the record goes by.
    pub(super) fn pass(&mut self, byte: u8) {
        let separates = byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => State::Closed,
            (State::Quoted, _) => State::Quoted,
            (State::Start | State::Closed, b'"') => State::Quoted,
            _ if separates => State::Start,
            (state, _) => {
                self.text_behind |= state == State::Closed;
                State::Bare
            }
        };
    }

    /// What was wrong with the record.
    pub(super) fn verdict(&self) -> Option<Misquoted> {
        if self.state == State::Quoted {
            return Some(Misquoted::NotClosed);
        }
        self.text_behind.then_some(Misquoted::TextBehind)
    }
}
