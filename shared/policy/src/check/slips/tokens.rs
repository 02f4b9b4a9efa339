//! The words of one line.

/// What a word of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Without quotes.
    Word,
    /// Between straight quotes.
    Text,
    /// A straight quote that nothing ends.
    Unended,
    /// Digits, and what was written among them.
    Figure,
    /// Everything else; `:=` is one sign.
    Sign,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// In characters, counted from one.
    pub(super) column: u32,
}

impl Token<'_> {
    /// The column behind it.
    pub(super) fn behind(&self) -> u32 {
        self.column.saturating_add(length(self.text))
    }

    pub(super) fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }
}

/// All of a line; a remark is none.
pub(super) fn of(line: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if first == '#' {
            break;
        }
        let (kind, size) = word(rest, first);
        let (text, after) = rest.split_at_checked(size).unwrap_or((rest, ""));
        let column = length(line).saturating_sub(length(rest)).saturating_add(1);
        if !first.is_ascii_whitespace() {
            found.push(Token { kind, text, column });
        }
        rest = after;
    }
    found
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// What the text begins with, and how many bytes of it.
fn word(text: &str, first: char) -> (Kind, usize) {
    match first {
        '"' => quoted(text),
        '0'..='9' => (Kind::Figure, figure(text)),
        'A'..='Z' | 'a'..='z' | '_' => (Kind::Word, text.find(|c: char| !is_word(c)).unwrap_or(text.len())),
        ':' if text.starts_with(":=") => (Kind::Sign, 2),
        other => (Kind::Sign, other.len_utf8()),
    }
}

fn quoted(text: &str) -> (Kind, usize) {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return (Kind::Text, at.saturating_add(1)),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    (Kind::Unended, text.len())
}

/// Digits with letters, and with signs that stand between two digits.
fn figure(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_next = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !(is_word(c) || (digit_next && is_mark(c))) {
            break;
        }
        end = at.saturating_add(c.len_utf8());
    }
    end
}

/// What people write between the thousands, or before the cents.
fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

const fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
