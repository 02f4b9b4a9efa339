//! The record as lines of JSON; the format is told at [`domain::audit::Line`].

use crate::{
    Store, StoreError,
    item::{self, Item},
    seal::{self, Part},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::audit::Line;
use time::{Date, OffsetDateTime};

/// Rows that one request takes out of each partition.
const ROWS: i32 = 500;
/// Bytes after which a piece ends, and the most days that it goes through.
const PIECE: usize = 1 << 20;
const DAYS: usize = 31;

/// How far an export is.
enum Step {
    Day(Date, Option<String>),
    End,
}

/// What was written so far.
#[derive(Default)]
struct Written {
    records: u64,
    seals: u64,
}

impl Store {
    /// The records and seals of the days `from` to `to`, one piece at a time: a piece is whole lines, and all pieces
    /// behind one another are the export. Its cursor says where the next piece starts; absent behind the last.
    ///
    /// # Errors
    /// When the table does not answer, a row cannot be understood, or the cursor is not ours.
    pub async fn export_piece(
        &self,
        (from, to): (Date, Date),
        cursor: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<(String, Option<String>), StoreError> {
        let (mut lines, (mut step, mut written)) = match cursor {
            None => (line(&Line::header((from, to), now))?, (begin(from, to), Written::default())),
            Some(cursor) => (String::new(), place(cursor).ok_or_else(|| unknown(cursor))?),
        };
        for _ in 0..DAYS {
            let Step::Day(date, after) = step else { break };
            if !(from..=to).contains(&date) {
                return Err(unknown(cursor.unwrap_or_default()));
            }
            let (more, next) = self.chunk((date, to), after, &mut written).await?;
            lines.push_str(&more);
            step = next;
            if lines.len() > PIECE {
                break;
            }
        }
        if let Step::Day(date, after) = step {
            return Ok((lines, Some(cursor_of(date, after.as_deref(), &written))));
        }
        let Written { records, seals } = written;
        lines.push_str(&line(&Line::End { records, seals })?);
        Ok((lines, None))
    }

    async fn chunk(
        &self,
        (date, to): (Date, Date),
        after: Option<String>,
        written: &mut Written,
    ) -> Result<(String, Step), StoreError> {
        let Part { rows, next } = self.part(date, after.as_deref(), (ROWS, true)).await?;
        let mut lines = String::new();
        for row in &rows {
            lines.push_str(&line(&record(row)?)?);
            written.records += 1;
        }
        if next.is_some() {
            return Ok((lines, Step::Day(date, next)));
        }
        if let Some(seal) = self.seal(date).await?.and_then(|row| row.value.seal) {
            let hash = seal.hash().map_err(|error| unwritable(&error))?;
            let seal = serde_json::to_value(seal).map_err(|error| unwritable(&error))?;
            lines.push_str(&line(&Line::Seal { hash, seal })?);
            written.seals += 1;
        }
        Ok((lines, date.next_day().map_or(Step::End, |next| begin(next, to))))
    }
}

/// Where the next piece starts: day, place in it, and what was written so far.
fn cursor_of(date: Date, after: Option<&str>, written: &Written) -> String {
    let Written { records, seals } = written;
    let place = URL_SAFE_NO_PAD.encode(after.unwrap_or_default());
    format!("{}.{records}.{seals}.{place}", date.to_julian_day())
}

fn place(cursor: &str) -> Option<(Step, Written)> {
    let mut parts = cursor.split('.');
    let date = Date::from_julian_day(parts.next()?.parse().ok()?).ok()?;
    let written = Written { records: parts.next()?.parse().ok()?, seals: parts.next()?.parse().ok()? };
    let after = String::from_utf8(URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok()?;
    let known = after.is_empty() || after.starts_with(|c: char| c.is_ascii_digit());
    let step = Step::Day(date, Some(after).filter(|after| !after.is_empty()));
    (known && parts.next().is_none()).then_some((step, written))
}

fn unknown(cursor: &str) -> StoreError {
    StoreError::Cursor(cursor.chars().take(64).collect())
}

fn begin(date: Date, to: Date) -> Step {
    if date <= to { Step::Day(date, None) } else { Step::End }
}

/// A record exactly as it is kept.
fn record(row: &Item) -> Result<Line, StoreError> {
    let record = serde_json::from_str(item::get_text(row, "body")?);
    let record = record.map_err(|error| item::corrupt(row, &error.to_string()))?;
    Ok(Line::Record { hash: seal::hash(row)?, record })
}

fn line(line: &Line) -> Result<String, StoreError> {
    let mut text = serde_json::to_string(line).map_err(|error| unwritable(&error))?;
    text.push('\n');
    Ok(text)
}

fn unwritable(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Corrupt { key: "export".to_owned(), why: error.to_string() }
}
