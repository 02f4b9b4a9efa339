//! Answers of JSON lines, a piece at a time.

use super::walk::day_of;
use crate::{
    problem::{Kind, Problem},
    routes::BASE,
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use time::{Date, OffsetDateTime};
use utoipa::IntoParams;

/// The media type of JSON lines.
pub(super) const JSON_LINES: &str = "application/jsonl";
/// The most days of one export.
const MOST_DAYS: i64 = 366;

/// Which days, and where to go on.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Days {
    /// The first day in UTC, such as `2026-11-20`; today if not given.
    #[param(format = Date)]
    from: Option<String>,
    /// The last day; the first one if not given. At most 366 days.
    #[param(format = Date)]
    to: Option<String>,
    /// Where to go on, as the `Link` of the piece before has it.
    #[param(min_length = 1)]
    pub(super) cursor: Option<String>,
}

impl Days {
    /// The first and the last day.
    ///
    /// # Errors
    /// When one of them is no day, or they are in the wrong order or too far apart.
    pub(super) fn range(&self, today: OffsetDateTime) -> Result<(Date, Date), Problem> {
        let from = day_of("from", self.from.as_deref(), today)?;
        let to = match self.to.as_deref() {
            None => from,
            Some(to) => day_of("to", Some(to), today)?,
        };
        let days = (to - from).whole_days();
        if days < 0 {
            return Err(Problem::field(Kind::Query, "to", "it is before `from`", "send a later day"));
        }
        if days >= MOST_DAYS {
            let told = format!("it is more than {MOST_DAYS} days after `from`");
            return Err(Problem::field(Kind::Query, "to", told, "ask for fewer days at a time"));
        }
        Ok((from, to))
    }
}

/// A piece of JSON lines of these days; where there are more, `Link` says where.
pub(super) fn piece(path: &str, (from, to): (Date, Date), (lines, next): (String, Option<String>)) -> Response {
    let mut response = ([(header::CONTENT_TYPE, JSON_LINES)], lines).into_response();
    let day = |day: Date| day.format(super::DAY).unwrap_or_default();
    let link = next.map(|next| format!("<{BASE}{path}?from={}&to={}&cursor={next}>; rel=\"next\"", day(from), day(to)));
    if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}
