//! The forecast that the analyst made last.

use super::table::{Figures, Report, Row};
use crate::{auth::Permit, problem::Problem};
use domain::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;

/// Where the analyst keeps it.
const SOURCE: &str = "analyst:cashflow";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    level_percent: u64,
    days: Vec<Day>,
    #[serde(default)]
    backtest: Option<Backtest>,
    missing: Vec<String>,
}

#[derive(Deserialize)]
struct Day {
    day: String,
    expected: Decimal,
    low: Decimal,
    high: Decimal,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Backtest {
    error_percent: Option<Decimal>,
}

/// The forecast, with what it does not know.
pub(super) async fn show(permit: &Permit, report: Report) -> Result<Report, Problem> {
    let Some(fact) = permit.store().fact(SOURCE).await? else {
        return Ok(report.without("a forecast: the analyst has not made one yet"));
    };
    let kept = fact.fields.get("report").and_then(|json| serde_json::from_str::<Kept>(json).ok());
    let Some(kept) = kept else { return Ok(report.without("a forecast: the last one cannot be read")) };
    let row = |day: &Day| {
        let figures = Figures::from([("expected", day.expected), ("low", day.low), ("high", day.high)]);
        Row::new(Currency::EUR, figures).during(&day.day)
    };
    let (from, to) = (kept.days.first(), kept.days.last());
    Ok(Report {
        at: fact.at,
        from: from.map_or(report.from.clone(), |day| day.day.clone()),
        to: to.map_or(report.to.clone(), |day| day.day.clone()),
        period: "day",
        rows: kept.days.iter().map(row).collect(),
        error_percent: kept.backtest.and_then(|test| test.error_percent).map(super::money::text),
        level_percent: Some(kept.level_percent),
        missing: kept.missing,
        ..report
    })
}
