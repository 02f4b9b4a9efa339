//! Tables: comma- or tab-separated text with a header line.

mod columns;
mod quotes;
mod records;

use crate::{
    input::Input,
    limits,
    problem::{Fault, FeedError},
    row::{Rejected, Row, Rows},
};
pub(crate) use columns::{Cells, Class, Columns};
pub(crate) use quotes::Misquoted;
pub(crate) use records::{Record, Records};

/// What sets one kind of table apart from another.
pub(crate) trait Dialect: Send {
    /// Meaning of a column.
    type Column: Copy + PartialEq + Send + 'static;
    /// Columns without which no row can be read, by their usual names.
    const REQUIRED: &'static [(Self::Column, &'static str)];

    /// The meaning of a header, given trimmed and in lower case.
    fn classify(header: &str) -> Class<Self::Column>;
    /// Whether several columns may have this meaning.
    fn repeatable(column: Self::Column) -> bool;
    /// Neighbours with the same key are one product.
    fn key(&self, cells: &Cells<'_, Self::Column>) -> Option<String>;
    /// What to call the product of a row that is rejected.
    fn name(&self, cells: &Cells<'_, Self::Column>) -> Option<String> {
        self.key(cells)
    }
    /// What a row says.
    fn row(&mut self, cells: &Cells<'_, Self::Column>) -> Result<Row, Fault>;
}

/// The rows of a product table.
pub(crate) struct Table<D: Dialect> {
    file: String,
    records: Records,
    columns: Columns<D::Column>,
    dialect: D,
    broken: bool,
}

impl<D: Dialect> Table<D> {
    /// Reads the header line.
    pub(crate) fn open(file: &str, input: Input, delimiter: u8, dialect: D) -> Result<Self, FeedError> {
        let not_a_feed =
            |fault: Fault| FeedError::NotAFeed { file: file.to_owned(), reason: fault.reason, fix: fault.fix };
        let mut records = Records::new(input, delimiter);
        let header = records.read().map_err(|cause| FeedError::Unreadable { file: file.to_owned(), cause })?;
        let header = header.and_then(Result::ok).ok_or_else(|| not_a_feed(no_header()))?;
        let columns = Columns::read(&header, D::classify).map_err(not_a_feed)?;
        columns.check_single(D::repeatable).map_err(not_a_feed)?;
        if let Some((_, column)) = D::REQUIRED.iter().find(|(meaning, _)| !columns.has(*meaning)) {
            let fix = format!("add the column `{column}` to the header line");
            return Err(FeedError::MissingColumn { file: file.to_owned(), column, fix });
        }
        Ok(Self { file: file.to_owned(), records, columns, dialect, broken: false })
    }
}

impl<D: Dialect> Rows for Table<D> {
    fn next_row(&mut self) -> Option<Result<Row, Rejected>> {
        if self.broken {
            return None;
        }
        let record = match self.records.read() {
            Ok(record) => record?,
            Err(cause) => {
                self.broken = true;
                return Some(Err(Rejected::rest(&self.file, self.records.line(), unreadable(&cause))));
            }
        };
        let read = record.map_err(|line| Rejected::row(&self.file, line, None, too_long()));
        Some(read.and_then(|record| row(&self.file, &self.columns, &mut self.dialect, record)))
    }

    fn held(&self) -> usize {
        self.records.held()
    }

    fn unknown(&self) -> &[String] {
        self.columns.unknown()
    }
}

fn row<D: Dialect>(
    file: &str,
    columns: &Columns<D::Column>,
    dialect: &mut D,
    record: Record<'_>,
) -> Result<Row, Rejected> {
    let cells = Cells { columns, record };
    let row = cells.check().and_then(|()| dialect.row(&cells));
    let row = row.map(|row| Row { key: dialect.key(&cells), number: cells.record.line, ..row });
    let rejected = |fault| Rejected::row(file, cells.record.line, dialect.key(&cells), fault);
    row.map_err(|fault| rejected(fault).named(dialect.name(&cells)))
}

/// A record that does not end within the bound.
pub(crate) fn too_long() -> Fault {
    let reason = format!("the row is longer than {} bytes", limits::RECORD);
    Fault::row(reason, "shorten it, and look for a quote that is not closed")
}

/// A file that cannot be read any further.
pub(crate) fn unreadable(cause: &std::io::Error) -> Fault {
    Fault::row(format!("the file cannot be read any further: {cause}"), "check the disk and read the feed again")
}

fn no_header() -> Fault {
    Fault::row("it has no header line", "put the names of the columns on its first line")
}

#[cfg(test)]
mod tests;
