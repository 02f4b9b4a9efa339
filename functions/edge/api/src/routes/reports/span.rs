//! From when to when.

use crate::problem::{Kind, Problem};
use domain::books::Grain;
use serde::Deserialize;
use store::books::Span;
use time::{Date, Duration, OffsetDateTime, UtcOffset, macros::format_description};
use utoipa::{IntoParams, ToSchema};

/// The most days of a report by hour, and of any.
const MOST_BY_HOUR: i64 = 14;
const MOST: i64 = 800;

/// How long a period is.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Period {
    Hour,
    Day,
    Week,
    Month,
}

/// From when to when, and in what steps.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// How long each period is; `day` if not given.
    #[param(inline)]
    period: Option<Period>,
    /// First day; if not given, as many periods as make sense before the last.
    #[param(value_type = String, required = false, format = Date, example = "2026-11-01")]
    from: Option<String>,
    /// Last day; today if not given.
    #[param(value_type = String, required = false, format = Date, example = "2026-11-20")]
    to: Option<String>,
}

/// Days, and in what steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    grain: Grain,
    from: Date,
    to: Date,
}

impl Range {
    /// What is asked for.
    pub(super) fn of(asked: &Asked, now: OffsetDateTime) -> Result<Self, Problem> {
        let (grain, usual) = match asked.period.unwrap_or(Period::Day) {
            Period::Hour => (Grain::Hour, 1),
            Period::Day => (Grain::Day, 29),
            Period::Week => (Grain::Week, 7 * 12),
            Period::Month => (Grain::Month, 365),
        };
        let to = date("to", asked.to.as_deref())?.unwrap_or_else(|| now.to_offset(UtcOffset::UTC).date());
        let from = date("from", asked.from.as_deref())?.unwrap_or_else(|| to.saturating_sub(Duration::days(usual)));
        let most = if grain == Grain::Hour { MOST_BY_HOUR } else { MOST };
        let days = (to - from).whole_days();
        if !(0..most).contains(&days) {
            let told = format!("from {from} to {to} is no range of 1 to {most} days");
            return Err(Problem::field(
                Kind::Query,
                "from",
                told,
                "send a day that is not after `to`, nor long before it",
            ));
        }
        Ok(Self { grain, from, to })
    }

    /// How long its periods are.
    pub(super) const fn grain(&self) -> Grain {
        self.grain
    }

    /// First and last day.
    pub(super) const fn days(&self) -> (Date, Date) {
        (self.from, self.to)
    }

    /// The last moment.
    pub(super) fn last(&self) -> OffsetDateTime {
        self.to.midnight().assume_utc() + Duration::hours(23)
    }

    /// Sums of everything in it. A period that begins before it or ends after it counts whole.
    pub(super) fn all(&self) -> Span {
        Span::all(self.grain, self.from.midnight().assume_utc(), self.last())
    }

    /// The same in the steps in which names are kept: days, or months.
    pub(super) fn names(&self) -> Span {
        let grain = if self.grain == Grain::Month { Grain::Month } else { Grain::Day };
        Span::all(grain, self.from.midnight().assume_utc(), self.last())
    }
}

fn date(field: &'static str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let told = |_| Problem::field(Kind::Query, field, format!("`{text}` is no day"), "send one such as `2026-11-20`");
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).map_err(told)?;
    let fits = (2000..=2200).contains(&day.year());
    fits.then_some(Some(day)).ok_or_else(|| {
        Problem::field(
            Kind::Query,
            field,
            format!("`{text}` is no day of these centuries"),
            "send one such as `2026-11-20`",
        )
    })
}
