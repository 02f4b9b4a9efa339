//! What is out of the ordinary, told at once.

use crate::{numbers, tell};
use agent::{AgentError, Context, Turn};
use domain::{
    Currency,
    books::{Grain, Statement, Sums, percent},
};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde_json::{Value, json};
use store::books::{Found, Span};
use time::{Duration, OffsetDateTime};

/// The last 24 whole hours beside the 24 before.
pub(crate) async fn look(ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let limit = Decimal::from(numbers::numbers(ctx)?.revenue_drop_from_percent);
    let span = Span::all(Grain::Hour, ctx.now - Duration::hours(48), ctx.now - Duration::hours(1));
    let found = ctx.reads.sums(&span).await?;
    let day = |ago: i64| Statement::of(&hours(&found, ctx.now, ago), Currency::EUR);
    let (last, before) = (day(1), day(25));
    let lost = before.income() - last.income();
    let fell = percent(lost, before.income());
    // What is shown is rounded; what is told at once is not.
    let told_at_once = lost * Decimal::ONE_HUNDRED >= limit * before.income();
    let alert = fell.filter(|_| told_at_once).map(|fell| {
        format!(
            "revenue fell by {fell} % day over day: EUR {} in the last 24 hours, EUR {} in the 24 before",
            last.income(),
            before.income()
        )
    });
    let gauges = vec![
        ("revenue_fell", i64::from(alert.is_some())),
        ("revenue_last_day_cents", cents(last.income())),
        ("revenue_day_before_cents", cents(before.income())),
    ];
    let missing = fell.is_none().then_some("revenue of the day before: there is nothing to compare with");
    let report = json!({
        "last24Hours": told(&last),
        "day before": told(&before),
        "alerts": alert,
        "missing": missing,
    });
    let task = alert.map(|alert| tell(&format!("revenue/{}", ctx.now.date()), &alert)).transpose()?;
    Ok(Turn { tasks: task.into_iter().collect(), gauges, ..Turn::report(&report) })
}

/// For measuring only: a sum beyond every real one is the greatest there is.
fn cents(amount: Decimal) -> i64 {
    amount.saturating_mul(Decimal::ONE_HUNDRED).round().to_i64().unwrap_or(i64::MAX)
}

/// The 24 hours that end with the one that was `ago` hours before this one.
fn hours(found: &Found, now: OffsetDateTime, ago: i64) -> Sums {
    (ago..ago + 24).fold(Sums::default(), |mut all, hours| {
        all.add(&found.period(&Grain::Hour.period(now - Duration::hours(hours))));
        all
    })
}

fn told(of: &Statement) -> Value {
    json!({ "orders": of.orders, "revenue": of.income(), "profit": of.profit(), "marginPercent": of.margin_percent() })
}
