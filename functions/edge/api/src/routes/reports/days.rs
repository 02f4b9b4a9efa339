//! The last days.

use super::view::DayView;
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::Params,
    problem::{Kind, Problem},
    view::Page,
};
use axum::Json;
use domain::audit::{Sealing, day_of};
use futures::future::try_join_all;
use serde::Deserialize;
use store::Row;
use time::{Date, Duration};
use utoipa::IntoParams;

/// Days where none are asked for, and the most.
const USUAL: u32 = 30;
const MOST: u32 = 90;
/// About as many records of a day without a seal are read for its figures.
const RECORDS: u64 = 5_000;

/// How many days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Days up to today: 1 to 90, 30 if not given.
    #[param(minimum = 1, maximum = 90)]
    days: Option<u32>,
}

/// Lists the last days in figures, the latest first: what was judged, what ended and who decided it.
///
/// The figures of a sealed day are kept with its seal. Today is counted as it is asked for. A day before the record
/// began, or sealed before figures were kept, is not in the list.
#[utoipa::path(get, path = "/reports/days", operation_id = "listDays", tag = "Reports",
    params(Filter), responses((status = 200, description = "The days that have figures.", body = Page<DayView>)))]
pub(super) async fn days(caller: Caller, Params(filter): Params<Filter>) -> Result<Json<Page<DayView>>, Problem> {
    let permit = caller.may(Verb::ReadDashboard, About::Nothing)?;
    let dates = wanted(filter.days, day_of(permit.now()))?;
    let kept = permit.store().days(&dates).await?;
    let items = try_join_all(dates.iter().map(|date| day(&permit, *date, &kept))).await?;
    Ok(Json(Page { items: items.into_iter().flatten().collect(), next: None }))
}

fn wanted(days: Option<u32>, today: Date) -> Result<Vec<Date>, Problem> {
    let days = days.unwrap_or(USUAL);
    if !(1..=MOST).contains(&days) {
        let told = format!("`{days}` days are no report");
        return Err(Problem::field(Kind::Query, "days", told, format!("send a number from 1 to {MOST}")));
    }
    Ok((0..days).map(|back| today.saturating_sub(Duration::days(i64::from(back)))).collect())
}

/// One day: as it was kept, or, while it has no seal yet, as it is now.
async fn day(permit: &Permit, date: Date, kept: &[Row<Sealing>]) -> Result<Option<DayView>, Problem> {
    let kept = kept.iter().map(|row| &row.value).find(|day| day.date == date);
    if let Some(day) = kept.filter(|day| day.seal.is_some()) {
        return Ok(day.figures.as_ref().map(|figures| DayView::sealed(date, figures)));
    }
    if kept.is_none() && date != day_of(permit.now()) {
        return Ok(None);
    }
    let (figures, whole) = permit.store().so_far(date, RECORDS, permit.now()).await?;
    Ok(Some(DayView::so_far(date, &figures, whole)))
}
