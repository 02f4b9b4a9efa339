//! What policy decided, as Open Policy Agent's decision log names it.

use super::lines::{Days, piece};
use crate::{
    auth::{About, Caller, Verb},
    extract::Params,
    problem::{Kind, Problem},
};
use axum::response::Response;
use store::{Store, StoreError, page::Cut};
use time::Date;

/// Audit records that are looked through at once, and how often in one answer.
const ROWS: usize = 200;
const ROUNDS: usize = 10;
/// Bytes after which a piece ends.
const PIECE: usize = 1 << 20;

/// Hands out the decisions of policy on some days, oldest first: one JSON object a line, under the names of OPA's
/// decision log (`decision_id`, `bundles`, `path`, `input`, `result`, `requested_by`, `timestamp` …).
///
/// A piece can be empty and still have a next one.
#[utoipa::path(get, path = "/audit/decisions", operation_id = "exportDecisions", tag = "Audit",
    params(Days),
    responses((status = 200, description = "A piece of the log: JSON lines.", body = String, content_type = "application/jsonl",
        headers(("Link" = String, description = "Where the next piece is; absent behind the last.")))))]
pub(super) async fn decisions(caller: Caller, Params(days): Params<Days>) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ExportAudit, About::Nothing)?;
    let range = days.range(permit.now())?;
    let start = days.cursor.as_deref().map_or(Ok((range.0, None)), |cursor| place(cursor, range))?;
    let found = read(permit.store(), start, range.1).await?;
    Ok(piece("/audit/decisions", range, found))
}

/// Lines from `start` on, and where to go on.
async fn read(
    store: &Store,
    (mut day, mut cursor): (Date, Option<String>),
    to: Date,
) -> Result<(String, Option<String>), Problem> {
    let mut lines = String::new();
    for _ in 0..ROUNDS {
        let cut = Cut { cursor, ..Cut::first(ROWS) };
        let page = store.decisions(day.midnight().assume_utc(), &cut).await?;
        for event in &page.items {
            lines.push_str(&serde_json::to_string(event).map_err(unwritable)?);
            lines.push('\n');
        }
        cursor = page.next;
        if cursor.is_none() {
            match day.next_day().filter(|next| *next <= to) {
                Some(next) => day = next,
                None => return Ok((lines, None)),
            }
        }
        if lines.len() > PIECE {
            break;
        }
    }
    Ok((lines, Some(format!("{}.{}", day.to_julian_day(), cursor.unwrap_or_default()))))
}

fn place(cursor: &str, (from, to): (Date, Date)) -> Result<(Date, Option<String>), Problem> {
    let parts = cursor.split_once('.');
    let place = parts.and_then(|(day, rest)| Some((Date::from_julian_day(day.parse().ok()?).ok()?, rest)));
    match place.filter(|(day, _)| (from..=to).contains(day)) {
        Some((day, rest)) => Ok((day, Some(rest.to_owned()).filter(|rest| !rest.is_empty()))),
        None => {
            let (what, fix) = ("it was not handed out for these days", "leave it out to start again");
            Err(Problem::field(Kind::NotFound, "cursor", what, fix))
        }
    }
}

fn unwritable(error: serde_json::Error) -> Problem {
    StoreError::Corrupt { key: "decision log".to_owned(), why: error.to_string() }.into()
}
