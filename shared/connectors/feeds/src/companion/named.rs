//! Records of a small table or JSON file, held as text under their names.

use crate::{
    input::{self, Opened},
    json::{
        self, Piece, Splitter,
        object::{Object, plain},
    },
    limits,
    problem::{Extent, Fault, FeedError, RowProblem},
    table::{Records, too_long},
    value::Value,
};
use std::{fs::File, path::Path};

/// One record: name and text of each field.
pub(super) struct Named {
    /// Line of a table or of JSON Lines, number of the record otherwise.
    pub(super) number: u64,
    fields: Vec<(String, String)>,
}

/// One row of a table.
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
}

/// What a file holds.
pub(super) enum Content {
    /// A table, header and all.
    Table(Vec<Result<Line, RowProblem>>),
    /// JSON objects.
    Objects(Vec<Result<Named, RowProblem>>),
}

impl Named {
    /// A row under a header.
    pub(super) fn under(header: &[String], line: Line) -> Self {
        Self { number: line.number, fields: header.iter().cloned().zip(line.cells).collect() }
    }

    /// The first field with one of these plain names that holds anything.
    pub(super) fn get(&self, names: &[&str]) -> Value<'_> {
        let named = self.fields.iter().filter(|(name, _)| names.contains(&plain(name).as_str()));
        let mut values = named.map(|(name, text)| Value::new(name, text));
        values.find(|value| !value.is_empty()).unwrap_or(Value::missing(""))
    }

    /// All names.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.fields.iter().map(|(name, _)| name)
    }
}

/// Reads a file whole.
pub(super) fn read(path: &Path, file: &str) -> Result<Content, FeedError> {
    let unreadable = |cause| FeedError::Unreadable { file: file.to_owned(), cause };
    let opened = input::open(Box::new(File::open(path).map_err(unreadable)?)).map_err(unreadable)?;
    match opened.head.trim_ascii_start().first() {
        Some(b'[') => Ok(Content::Objects(objects(file, opened, json::Layout::Array))),
        Some(b'{') => Ok(Content::Objects(objects(file, opened, json::Layout::Lines))),
        _ => lines(file, opened).map_err(unreadable).map(Content::Table),
    }
}

fn objects(file: &str, opened: Opened, layout: json::Layout) -> Vec<Result<Named, RowProblem>> {
    let mut splitter = Splitter::new(opened.input, layout);
    let mut objects = Vec::new();
    loop {
        let piece = splitter.next();
        let number = splitter.number();
        let row = |fault: Fault| fault.at(file, number, None, Extent::Row);
        let rest = |reason: String| {
            Err(Fault::row(reason, "correct the end of the file").at(file, number, None, Extent::RestOfFile))
        };
        match piece {
            Ok(Piece::Whole) if objects.len() >= limits::COMPANION_RECORDS => {
                return ended(objects, Err(full(file, number)));
            }
            Ok(Piece::Whole) => objects.push(object(splitter.text(), number).map_err(row)),
            Ok(Piece::TooLong) => objects.push(Err(row(too_long()))),
            Ok(Piece::End) => return objects,
            Ok(Piece::CutOff) => return ended(objects, rest("the file ends before the array is closed".into())),
            Err(cause) => return ended(objects, rest(cause.to_string())),
        }
    }
}

fn ended<T>(mut all: Vec<T>, last: T) -> Vec<T> {
    all.push(last);
    all
}

fn object(text: &[u8], number: u64) -> Result<Named, Fault> {
    Ok(Named { number, fields: Object::read(text)?.texts()? })
}

fn lines(file: &str, opened: Opened) -> std::io::Result<Vec<Result<Line, RowProblem>>> {
    let tabs = opened.head.split(|byte| *byte == b'\n').next().is_some_and(|line| line.contains(&b'\t'));
    let mut records = Records::new(opened.input, if tabs { b'\t' } else { b',' });
    let mut lines = Vec::new();
    while let Some(record) = records.read()? {
        let line = match record {
            Ok(record) if lines.len() > limits::COMPANION_RECORDS => {
                return Ok(ended(lines, Err(full(file, record.line))));
            }
            Ok(record) => {
                let cells = record.fields().map(|cell| String::from_utf8(cell.to_vec())).collect();
                let line = |cells| Line { number: record.line, cells };
                Result::map(cells, line).map_err(|_| not_utf8().at(file, record.line, None, Extent::Row))
            }
            Err(line) => Err(too_long().at(file, line, None, Extent::Row)),
        };
        lines.push(line);
    }
    Ok(lines)
}

fn not_utf8() -> Fault {
    Fault::row("the text is not UTF-8", "save the file as UTF-8")
}

fn full(file: &str, number: u64) -> RowProblem {
    let reason = format!("the file has more than {} records", limits::COMPANION_RECORDS);
    Fault::row(reason, "leave out what is old").at(file, number, None, Extent::RestOfFile)
}
