//! What cash is to come: a forecast with intervals, and how wrong it was before.
//!
//! This is the only place that counts in floating point, and it does so inside one library call: whole cents go in,
//! whole cents come out, and what comes out is shown as a forecast and booked nowhere. The model (STL decomposition by
//! weekday, exponential smoothing of what is left) is augurs'.

use crate::numbers;
use agent::{AgentError, Context};
use augurs::{Fit, Predict, ets::AutoETS, mstl::MSTLModel};
use domain::{
    Currency,
    books::{Account, Grain, Sums},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Serialize;
use serde_json::Value;
use store::{books::Span, fact::Fact};
use time::{Date, Duration};

/// Days of a week: what repeats.
const SEASON: usize = 7;
/// How sure an interval is.
const LEVEL: f64 = 0.9;
/// The same in percent.
const LEVEL_PERCENT: u8 = 90;
/// Days of history that are looked at.
const HISTORY: i64 = 400;
/// What cash changes with: what customers pay and are paid back, and what is owed to others, as if it were paid when
/// it falls due. VAT is in it, since it is taken and owed.
const CASH: [Account; 5] =
    [Account::Receivable, Account::Cash, Account::SupplierPayable, Account::AdPayable, Account::Payable];

/// Whole cents: expected, low, high.
pub(crate) type Predicted = (i64, i64, i64);

/// One day to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Day {
    day: String,
    expected: Decimal,
    low: Decimal,
    high: Decimal,
}

/// How a forecast made earlier would have done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Backtest {
    /// Days that it was held against.
    pub(crate) days: usize,
    /// Sum of what it was wrong by, of the sum of what happened, in percent; absent where nothing happened.
    pub(crate) error_percent: Option<Decimal>,
    /// Days that were inside their interval.
    pub(crate) inside: usize,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Cashflow {
    currency: String,
    history_days: usize,
    level_percent: u8,
    days: Vec<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    backtest: Option<Backtest>,
    missing: Vec<String>,
}

/// The cash flow of the next days, as a report and as the fact that reports are read from.
pub(crate) async fn cashflow(ctx: &Context<'_>) -> Result<(Fact, Value), AgentError> {
    let numbers = numbers::numbers(ctx)?;
    let span = Span::all(Grain::Day, ctx.now - Duration::days(HISTORY), ctx.now - Duration::days(1));
    let found = ctx.reads.sums(&span).await?;
    let yesterday = (ctx.now - Duration::days(1)).date();
    let first = found.sums.keys().next().map(|(period, _)| period.clone());
    let days = (0..HISTORY).rev().map(|ago| yesterday - Duration::days(ago)).map(period);
    let days = days.skip_while(|day| first.as_ref().is_none_or(|first| day < first));
    let series: Vec<i64> = days.map(|day| cash(&found.period(&day))).collect();
    let report = look_ahead(&series, yesterday, (numbers.forecast_days.into(), numbers.forecast_from_days.into()));
    let json = serde_json::to_value(&report).map_err(|error| AgentError::Reject(error.to_string()))?;
    let fields = [("report".to_owned(), json.to_string())];
    Ok((Fact { source: "analyst:cashflow".to_owned(), fields: fields.into(), at: ctx.now }, json))
}

fn period(day: Date) -> String {
    Grain::Day.period(day.midnight().assume_utc())
}

/// Cents that came in, less those that went out.
fn cash(sums: &Sums) -> i64 {
    CASH.iter().map(|account| sums.minor(*account, Currency::EUR)).sum()
}

fn look_ahead(series: &[i64], last: Date, (horizon, least): (usize, usize)) -> Cashflow {
    let usual = Cashflow {
        currency: Currency::EUR.to_string(),
        history_days: series.len(),
        level_percent: LEVEL_PERCENT,
        ..Cashflow::default()
    };
    if series.len() < least {
        let missing = format!("{least} days of history: there are {}", series.len());
        return Cashflow { missing: vec![missing], ..usual };
    }
    match (predict(series, horizon), backtest(series, horizon)) {
        (Ok(predicted), Ok(backtest)) => {
            let days = (1_i64..).zip(predicted).map(|(n, predicted)| day(last + Duration::days(n), predicted));
            Cashflow { days: days.collect(), backtest: Some(backtest), ..usual }
        }
        (Err(why), _) | (_, Err(why)) => Cashflow { missing: vec![format!("a model of the history: {why}")], ..usual },
    }
}

fn day(day: Date, (expected, low, high): Predicted) -> Day {
    let euros = |cents| Decimal::new(cents, 2);
    Day { day: period(day), expected: euros(expected), low: euros(low), high: euros(high) }
}

/// Holds a forecast that knew nothing of the last days against them.
pub(crate) fn backtest(series: &[i64], horizon: usize) -> Result<Backtest, String> {
    let known = series.len().saturating_sub(horizon);
    let (before, after) = series.split_at(known);
    let predicted = predict(before, after.len())?;
    let pairs = || after.iter().zip(&predicted);
    let wrong: i64 = pairs().map(|(is, (expected, _, _))| (is - expected).abs()).sum();
    let all: i64 = after.iter().map(|is| is.abs()).sum();
    Ok(Backtest {
        days: after.len(),
        error_percent: domain::books::percent(Decimal::from(wrong), Decimal::from(all)),
        inside: pairs().filter(|(is, (_, low, high))| *low <= **is && **is <= *high).count(),
    })
}

/// The next `horizon` values of a series of whole cents.
pub(crate) fn predict(series: &[i64], horizon: usize) -> Result<Vec<Predicted>, String> {
    #[allow(clippy::cast_precision_loss, reason = "a forecast is no more exact than that")]
    let values: Vec<f64> = series.iter().map(|cents| *cents as f64).collect();
    let model = MSTLModel::new(vec![SEASON], AutoETS::non_seasonal().into_trend_model());
    let fitted = model.fit(&values).map_err(|error| error.to_string())?;
    let forecast = fitted.predict(horizon, LEVEL).map_err(|error| error.to_string())?;
    let intervals = forecast.intervals.ok_or("there are no intervals")?;
    let rows = forecast.point.iter().zip(intervals.lower.iter().zip(&intervals.upper));
    rows.map(|(point, (low, high))| Ok((cents(*point)?, cents(*low)?, cents(*high)?))).collect()
}

/// The nearest whole cents; what is no number is no forecast.
fn cents(value: f64) -> Result<i64, String> {
    let whole = Decimal::from_f64_retain(value).and_then(|value| value.round().to_i64());
    whole.ok_or_else(|| "a value is no number".to_owned())
}
