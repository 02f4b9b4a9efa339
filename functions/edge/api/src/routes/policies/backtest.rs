//! What an edit would have made of what was decided.

use super::{
    edit::{Edited, EditedFile},
    in_force,
    tally::BacktestResult,
};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Body, IdempotencyKey},
    problem::{Kind, Problem},
    routes::audit::{DAY, day_of},
};
use axum::Json;
use policy::backtest::Backtest as Comparison;
use serde::Deserialize;
use store::{Store, page::Cut};
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

/// The most days of one backtest.
const MOST_DAYS: i64 = 31;
/// Audit records read at once, and how often in one request; whoever wants more goes on with `cursor`.
const ROWS: usize = 200;
const ROUNDS: usize = 10;

/// An edit, and the days on whose decisions it is tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Backtest {
    /// The files that differ from those in force.
    #[schema(min_items = 1, max_items = 50)]
    files: Vec<EditedFile>,
    /// The first day in UTC, such as `2026-11-20`.
    #[schema(format = Date)]
    from: String,
    /// The last day, at most 31 days.
    #[schema(format = Date)]
    to: String,
    /// `next` of the answer before, to go on behind it.
    #[schema(required = false, min_length = 1)]
    cursor: Option<String>,
}

/// Tries an edit on what was decided on some days: how many decisions would be stricter or looser, and how much money
/// would have moved unattended.
#[utoipa::path(post, path = "/policies/backtest", operation_id = "backtestPolicy", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Accepted; a trial changes nothing.")),
    request_body = Backtest,
    responses((status = 200, description = "What it would have changed.", body = BacktestResult)))]
pub(super) async fn backtest(
    caller: Caller,
    _: IdempotencyKey,
    Body(trial): Body<Backtest>,
) -> Result<Json<BacktestResult>, Problem> {
    let permit = caller.may(Verb::BacktestPolicy, About::Nothing)?;
    let days = trial.days()?;
    let start = place(trial.cursor.as_deref(), days)?;
    let now = in_force(&permit)?;
    let (_, edited) = Edited::of(&now, &trial.files)?.sound()?;
    let mut comparison = Comparison::new(&now, &edited);
    let next = compare(permit.store(), (start, days.1), &mut comparison).await?;
    Ok(Json(BacktestResult::new(comparison.summary(), next)))
}

impl Backtest {
    fn days(&self) -> Result<(Date, Date), Problem> {
        let day = |name: &str, text: &str| {
            day_of(name, Some(text), OffsetDateTime::UNIX_EPOCH)
                .map_err(|_| Problem::field(Kind::Field, name, "it is no day", "send a day such as `2026-11-20`"))
        };
        let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
        let apart = (to - from).whole_days();
        if (0..MOST_DAYS).contains(&apart) {
            return Ok((from, to));
        }
        let told = format!("{} is not within {MOST_DAYS} days from `from` on", self.to);
        Err(Problem::field(Kind::Field, "to", told, "send a later day, or ask for fewer at a time"))
    }
}

/// Goes through the decisions from `start` on, and says where to go on.
async fn compare(
    store: &Store,
    ((mut day, mut cursor), to): ((Date, Option<String>), Date),
    comparison: &mut Comparison<'_>,
) -> Result<Option<String>, Problem> {
    for _ in 0..ROUNDS {
        let cut = Cut { cursor, ..Cut::first(ROWS) };
        let page = store.decisions(day.midnight().assume_utc(), &cut).await?;
        for event in &page.items {
            comparison.add(event);
        }
        cursor = page.next;
        if cursor.is_none() {
            match day.next_day().filter(|next| *next <= to) {
                Some(next) => day = next,
                None => return Ok(None),
            }
        }
    }
    Ok(Some(format!("{}.{}", day.format(DAY).unwrap_or_default(), cursor.unwrap_or_default())))
}

fn place(cursor: Option<&str>, (from, to): (Date, Date)) -> Result<(Date, Option<String>), Problem> {
    let Some(cursor) = cursor else { return Ok((from, None)) };
    let parts = cursor.split_once('.');
    let place = parts.and_then(|(day, rest)| Some((Date::parse(day, DAY).ok()?, rest)));
    match place.filter(|(day, _)| (from..=to).contains(day)) {
        Some((day, rest)) => Ok((day, Some(rest.to_owned()).filter(|rest| !rest.is_empty()))),
        None => {
            let (what, fix) = ("it was not handed out for these days", "leave it out to start again");
            Err(Problem::field(Kind::Field, "cursor", what, fix))
        }
    }
}
