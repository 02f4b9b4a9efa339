//! What the store earns, as the books have it.

use agent::{AgentError, Context};
use domain::{
    Currency,
    books::{Grain, Statement, Sums},
};
use rust_decimal::Decimal;
use serde::Serialize;
use store::books::{Found, Span};
use time::Duration;

/// Days of a margin, and of the one it is held against.
const WEEK: i64 = 7;

/// The last days in figures, in euro, without VAT. Today is not counted: it is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Takings {
    /// Orders of yesterday.
    orders: i64,
    /// Revenue of yesterday.
    daily_revenue_eur: Decimal,
    /// Profit of yesterday.
    daily_profit_eur: Decimal,
    /// What yesterday cost: goods, carriage, fees, advertising, bills.
    daily_cost_eur: Decimal,
    /// Profit of revenue in the last seven days.
    #[serde(skip_serializing_if = "Option::is_none")]
    margin_percent: Option<Decimal>,
    /// The same of the seven days before.
    #[serde(skip_serializing_if = "Option::is_none")]
    margin_percent_before: Option<Decimal>,
}

/// What was booked in the last two weeks, where anything was.
pub(crate) async fn of(ctx: &Context<'_>) -> Result<Option<Takings>, AgentError> {
    let day = |ago: i64| ctx.now - Duration::days(ago);
    let found = ctx.reads.sums(&Span::all(Grain::Day, day(2 * WEEK), day(1))).await?;
    if found.sums.is_empty() {
        return Ok(None);
    }
    let days = |from: i64, count: i64| statement(ctx, &found, from, count);
    let yesterday = days(1, 1);
    Ok(Some(Takings {
        orders: yesterday.orders,
        daily_revenue_eur: yesterday.income(),
        daily_profit_eur: yesterday.profit(),
        daily_cost_eur: yesterday.income() - yesterday.profit(),
        margin_percent: days(1, WEEK).margin_percent(),
        margin_percent_before: days(1 + WEEK, WEEK).margin_percent(),
    }))
}

fn statement(ctx: &Context<'_>, found: &Found, from: i64, count: i64) -> Statement {
    let sums = (from..from + count).fold(Sums::default(), |mut all, ago| {
        all.add(&found.period(&Grain::Day.period(ctx.now - Duration::days(ago))));
        all
    });
    Statement::of(&sums, Currency::EUR)
}

/// What nobody can say of them.
pub(crate) fn missing(takings: Option<&Takings>) -> Vec<String> {
    let Some(takings) = takings else {
        return ["revenue", "margin trend"].map(|figure| format!("{figure}: nothing was booked in two weeks")).into();
    };
    let trend = takings.margin_percent.is_none() || takings.margin_percent_before.is_none();
    trend.then(|| "margin trend: nothing was earned in one of the last two weeks".to_owned()).into_iter().collect()
}
