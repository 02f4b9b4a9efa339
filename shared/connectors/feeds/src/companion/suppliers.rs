//! How suppliers perform.

use super::{
    Companion,
    named::{self, Content, Named},
};
use crate::{
    limits,
    problem::{Fault, FeedError, RowProblem, shown},
    value::Value,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, path::Path};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// What is known of a supplier's performance; `None` is what the file does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupplierRecord {
    /// Name, as in the feeds.
    pub supplier: String,
    /// Share of orders that came on time, 0 to 100.
    pub on_time_percent: Option<Decimal>,
    /// Mean delay of an order in days.
    pub mean_delay_days: Option<Decimal>,
    /// Share of units with a defect, 0 to 100.
    pub defect_percent: Option<Decimal>,
    /// Share of units sent back, 0 to 100.
    pub return_percent: Option<Decimal>,
    /// Mean time to an answer in hours.
    pub mean_response_hours: Option<Decimal>,
    /// 0 to 100, where 100 is the cheapest on the market.
    pub cost_index: Option<Decimal>,
    /// Orders that the figures rest on.
    pub sample_orders: Option<u64>,
    /// When the figures were taken; a date alone means its first moment in UTC.
    #[serde(with = "time::serde::rfc3339::option")]
    pub updated_at: Option<OffsetDateTime>,
}

const KNOWN: [&str; 11] = [
    "supplier",
    "vendor",
    "name",
    "ontimepercent",
    "meandelaydays",
    "defectpercent",
    "returnpercent",
    "meanresponsehours",
    "costindex",
    "sampleorders",
    "updatedat",
];

const NAMES: [&str; 3] = ["supplier", "vendor", "name"];

/// Reads supplier records from CSV with a header line, a JSON array or JSON Lines.
///
/// Fields: `supplier`, `on_time_percent`, `mean_delay_days`, `defect_percent`, `return_percent`,
/// `mean_response_hours`, `cost_index`, `sample_orders`, `updated_at`; case, `_`, `-` and spaces do not matter.
///
/// # Errors
/// When the file cannot be read, or a table has no column `supplier`.
pub fn suppliers(path: &Path) -> Result<Companion<SupplierRecord>, FeedError> {
    let file = path.display().to_string();
    let (names, rows) = match named::read(path, &file)? {
        Content::Table(lines) => under_header(&file, lines)?,
        Content::Objects(objects) => (names_of(&objects), objects),
    };
    let mut seen = HashSet::new();
    let once = |row: &Named| {
        let record = record(row)?;
        if seen.insert(record.supplier.clone()) {
            return Ok(record);
        }
        let reason = format!("`{}` was already read from an earlier row", shown(&record.supplier));
        Err(Fault::of("supplier", reason, "keep one record of each supplier"))
    };
    Ok(Companion::collect(&file, rows, once).with_unknown(&names, &KNOWN))
}

type Rows = (Vec<String>, Vec<Result<Named, RowProblem>>);

fn under_header(file: &str, lines: Vec<Result<named::Line, RowProblem>>) -> Result<Rows, FeedError> {
    let mut lines = lines.into_iter();
    let header = lines.next().and_then(Result::ok).map_or_else(Vec::new, |line| line.cells);
    if !header.iter().any(|name| NAMES.contains(&crate::json::object::plain(name).as_str())) {
        let fix = "name the suppliers in a column `supplier`".to_owned();
        return Err(FeedError::MissingColumn { file: file.to_owned(), column: "supplier", fix });
    }
    let rows = lines.map(|line| line.map(|line| Named::under(&header, line))).collect();
    Ok((header, rows))
}

fn names_of(objects: &[Result<Named, RowProblem>]) -> Vec<String> {
    let mut names: Vec<String> = objects.iter().flatten().flat_map(Named::names).cloned().collect();
    names.sort();
    names.dedup();
    names
}

fn record(row: &Named) -> Result<SupplierRecord, Fault> {
    let name = row.get(&NAMES).prose(limits::NAME)?;
    Ok(SupplierRecord {
        supplier: name.ok_or_else(|| Fault::of("supplier", "the name is missing", "name the supplier"))?,
        on_time_percent: row.get(&["ontimepercent"]).percent()?,
        mean_delay_days: row.get(&["meandelaydays"]).decimal()?,
        defect_percent: row.get(&["defectpercent"]).percent()?,
        return_percent: row.get(&["returnpercent"]).percent()?,
        mean_response_hours: row.get(&["meanresponsehours"]).decimal()?,
        cost_index: row.get(&["costindex"]).up_to(100)?,
        sample_orders: row.get(&["sampleorders"]).count()?,
        updated_at: moment(row.get(&["updatedat"]))?,
    })
}

fn moment(value: Value<'_>) -> Result<Option<OffsetDateTime>, Fault> {
    let Some(text) = value.given() else { return Ok(None) };
    if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
        return Ok(Some(moment));
    }
    Ok(value.date()?.map(|date| date.midnight().assume_utc()))
}
