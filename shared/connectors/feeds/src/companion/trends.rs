//! What is in demand: interest by keyword or category over time.

use super::{
    Companion,
    named::{self, Content, Line, Named},
};
use crate::{
    json::object::plain,
    limits,
    problem::{Extent, Fault, FeedError, RowProblem},
    value::Value,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::path::Path;
use time::Date;

/// Interest in one topic at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trend {
    /// What people look for.
    pub topic: Topic,
    /// 0 to 100, relative to the topic's own highest; `<1` is read as 0.
    pub interest: Decimal,
    /// First day of the day, week or month.
    pub date: Date,
    /// Where, as the file names it.
    pub region: Option<String>,
}

/// What people look for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Topic {
    /// A search term.
    Keyword(String),
    /// A category of products.
    Category(String),
}

const KNOWN: [&str; 6] = ["keyword", "term", "category", "interest", "date", "region"];

/// Reads trends from a table with the columns `keyword` or `category`, `interest` and `date` (and `region`),
/// from JSON with the same fields, or from what Google Trends exports: lines of preamble, then a header such
/// as `Week,desk lamp: (Netherlands)`, one column for each term.
///
/// # Errors
/// When the file cannot be read or is none of these.
pub fn trends(path: &Path) -> Result<Companion<Trend>, FeedError> {
    let file = path.display().to_string();
    match named::read(path, &file)? {
        Content::Objects(objects) => Ok(Companion::collect(&file, objects, record)),
        Content::Table(lines) => table(&file, lines),
    }
}

fn table(file: &str, lines: Vec<Result<Line, RowProblem>>) -> Result<Companion<Trend>, FeedError> {
    let is_header = |line: &Result<Line, RowProblem>| line.as_ref().is_ok_and(|line| line.cells.len() > 1);
    let mut lines = lines.into_iter().skip_while(|line| !is_header(line)).peekable();
    let header = lines.next().and_then(Result::ok).map_or_else(Vec::new, |line| line.cells);
    let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("interest") && has("date") {
        let rows = lines.map(|line| line.map(|line| Named::under(&header, line))).collect();
        return Ok(Companion::collect(file, rows, record).with_unknown(&header, &KNOWN));
    }
    let first = lines.peek().and_then(|line| line.as_ref().ok()).and_then(|line| line.cells.first());
    if first.is_some_and(|cell| Value::new("", cell).date().is_ok_and(|date| date.is_some())) {
        return Ok(exported(file, &header, lines));
    }
    let fix = "give the columns `keyword` or `category`, `interest` and `date`, or a Google Trends export over time";
    Err(FeedError::MissingColumn { file: file.to_owned(), column: "interest", fix: fix.to_owned() })
}

fn record(row: &Named) -> Result<Trend, Fault> {
    let missing = |field: &str| Fault::of(field, "the value is missing", "fill it in, or leave the row out");
    let keyword = row.get(&["keyword", "term"]).prose(limits::NAME)?.map(Topic::Keyword);
    let category = row.get(&["category"]).prose(limits::PHRASE)?.map(Topic::Category);
    Ok(Trend {
        topic: keyword.or(category).ok_or_else(|| missing("keyword"))?,
        interest: interest(row.get(&["interest"]))?.ok_or_else(|| missing("interest"))?,
        date: row.get(&["date"]).date()?.ok_or_else(|| missing("date"))?,
        region: row.get(&["region"]).name(limits::NAME)?,
    })
}

fn interest(value: Value<'_>) -> Result<Option<Decimal>, Fault> {
    if value.given() == Some("<1") { Ok(Some(Decimal::ZERO)) } else { value.up_to(100) }
}

/// A Google Trends export: a date in front, and one column for each term.
fn exported(file: &str, header: &[String], lines: impl Iterator<Item = Result<Line, RowProblem>>) -> Companion<Trend> {
    let mut all = Companion { records: Vec::new(), problems: Vec::new(), unknown_fields: Vec::new() };
    for line in lines {
        let read = line.and_then(|line| {
            let at = |fault: Fault| fault.at(file, line.number, None, Extent::Row);
            interests(header, &line.cells).map_err(at)
        });
        match read {
            Ok(trends) => all.records.extend(trends),
            Err(problem) => all.problems.push(problem),
        }
    }
    all
}

fn interests(header: &[String], cells: &[String]) -> Result<Vec<Trend>, Fault> {
    let mut columns = header.iter().zip(cells);
    let date = columns.next().map_or(Ok(None), |(name, cell)| Value::new(name, cell).date())?;
    let date = date.ok_or_else(|| Fault::row("the date is missing", "fill it in, or leave the row out"))?;
    let mut trends = Vec::new();
    for (name, cell) in columns {
        let Some(interest) = interest(Value::new(name, cell))? else { continue };
        let (term, region) = term(name);
        trends.push(Trend { topic: Topic::Keyword(term), interest, date, region });
    }
    Ok(trends)
}

/// Term and region of a header such as `desk lamp: (Netherlands)`.
fn term(header: &str) -> (String, Option<String>) {
    let split = header.rsplit_once(": (").and_then(|(term, region)| Some((term, region.strip_suffix(')')?)));
    split.map_or((header.to_owned(), None), |(term, region)| (term.to_owned(), Some(region.to_owned())))
}
