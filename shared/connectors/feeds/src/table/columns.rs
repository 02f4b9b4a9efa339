//! The header line: which column means what.

use super::{Misquoted, Record};
use crate::{
    limits,
    problem::{Fault, shown},
    value::Value,
};

/// What a header says of its column.
pub(crate) enum Class<C> {
    /// The reader uses it.
    Used(C),
    /// Part of the format, of no use here.
    Known,
    /// Nobody knows it: reported once.
    Unknown,
}

/// The columns of one table.
pub(crate) struct Columns<C> {
    used: Vec<Column<C>>,
    width: usize,
    unknown: Vec<String>,
}

struct Column<C> {
    meaning: C,
    index: usize,
    header: String,
}

impl<C: Copy + PartialEq> Columns<C> {
    /// Reads the header line; `classify` gets each header trimmed and in lower case.
    pub(crate) fn read(record: &Record<'_>, classify: impl Fn(&str) -> Class<C>) -> Result<Self, Fault> {
        let mut columns = Self { used: Vec::new(), width: record.width(), unknown: Vec::new() };
        for (index, bytes) in record.fields().enumerate() {
            let text = std::str::from_utf8(bytes);
            let header = text.map_err(|_| Fault::row("the header line is not UTF-8", "save the file as UTF-8"))?.trim();
            columns.place(index, header, classify(&header.to_lowercase()));
        }
        Ok(columns)
    }

    fn place(&mut self, index: usize, header: &str, class: Class<C>) {
        match class {
            Class::Used(meaning) => self.used.push(Column { meaning, index, header: header.to_owned() }),
            Class::Unknown if !header.is_empty() && self.unknown.len() < limits::UNKNOWN_FIELDS => {
                self.unknown.push(shown(header));
            }
            Class::Known | Class::Unknown => {}
        }
    }

    /// Whether the table has a column of this meaning.
    pub(crate) fn has(&self, meaning: C) -> bool {
        self.used.iter().any(|column| column.meaning == meaning)
    }

    /// Headers that nobody knows.
    pub(crate) fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Refuses two columns of one meaning, unless it may be repeated.
    pub(crate) fn check_single(&self, repeatable: impl Fn(C) -> bool) -> Result<(), Fault> {
        for (place, column) in self.used.iter().enumerate() {
            let twin = self.used.iter().skip(place + 1).find(|later| later.meaning == column.meaning);
            if let Some(twin) = twin.filter(|_| !repeatable(column.meaning)) {
                let (one, other) = (shown(&column.header), shown(&twin.header));
                let reason = format!("the columns `{one}` and `{other}` mean the same");
                return Err(Fault::row(reason, "remove one of them"));
            }
        }
        Ok(())
    }
}

/// One row under its headers.
pub(crate) struct Cells<'a, C> {
    pub(crate) columns: &'a Columns<C>,
    pub(crate) record: Record<'a>,
}

impl<'a, C: Copy + PartialEq> Cells<'a, C> {
    /// The first cell of this meaning.
    pub(crate) fn value(&self, meaning: C) -> Result<Value<'a>, Fault> {
        let found = self.columns.used.iter().find(|column| column.meaning == meaning);
        found.map_or(Ok(Value::missing("")), |column| self.cell(column))
    }

    /// All cells that are used, with their meaning.
    pub(crate) fn all(&self) -> impl Iterator<Item = (C, Result<Value<'a>, Fault>)> + '_ {
        self.columns.used.iter().map(|column| (column.meaning, self.cell(column)))
    }

    fn cell(&self, column: &'a Column<C>) -> Result<Value<'a>, Fault> {
        Value::from_bytes(&column.header, self.record.get(column.index).unwrap_or_default())
    }

    /// Refuses a row that cannot belong under this header.
    ///
    /// Fewer cells alone are no fault, as spreadsheets drop empty ones at the end of a row.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let fix = "close every quote, double the quotes within quotes, and quote text with separators in it";
        if let Some(misquoted) = self.record.misquoted {
            let reason = match misquoted {
                Misquoted::TextBehind => "text stands behind a closing quote",
                Misquoted::NotClosed => "a quote is opened and never closed, and takes the rest of the file with it",
            };
            return Err(Fault::row(reason, fix));
        }
        let (cells, columns) = (self.record.width(), self.columns.width);
        let surplus = self.record.fields().skip(columns).any(|cell| !cell.trim_ascii().is_empty());
        let reason = || format!("the row has {cells} cells under {columns} headers");
        if surplus { Err(Fault::row(reason(), fix)) } else { Ok(()) }
    }
}
