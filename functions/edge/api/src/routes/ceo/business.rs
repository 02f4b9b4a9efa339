//! The business in figures: the last days of the books, by one query per shard of their sums.

use crate::{auth::Permit, problem::Problem, view::MoneyView};
use domain::{
    Currency,
    books::{Grain, Statement, Sums},
};
use rust_decimal::Decimal;
use serde::Serialize;
use store::books::Span;
use time::{Date, Duration, UtcOffset};
use utoipa::ToSchema;

/// Days that are shown.
const DAYS: i64 = 30;
/// Days of a margin, and of the one it is held against.
const WEEK: i64 = 7;

/// What was sold and what is left of it, in euro, without VAT. Absent where nothing was ever booked in these days.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Business {
    /// Today so far (UTC).
    today: Takings,
    /// The day before, whole.
    yesterday: Takings,
    /// Profit of income in the last seven days, today not counted, in percent; absent where nothing was earned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "26.2")]
    margin_percent: Option<String>,
    /// The same of the seven days before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "24.9")]
    margin_percent_before: Option<String>,
    /// The last 30 days, the first one first; days without entries have nothing.
    days: Vec<TakingsOfDay>,
}

/// What came of a time.
#[derive(Debug, Serialize, ToSchema)]
struct Takings {
    /// Orders that were paid.
    orders: i64,
    /// Sales and shipping, less what was paid back.
    revenue: MoneyView,
    /// What is left of it after all costs that are known by now.
    profit: MoneyView,
}

/// What came of a day.
#[derive(Debug, Serialize, ToSchema)]
struct TakingsOfDay {
    /// The day, in UTC.
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    day: String,
    #[serde(flatten)]
    takings: Takings,
}

/// The figures, where there are any.
pub(super) async fn business(permit: &Permit) -> Result<Option<Business>, Problem> {
    let today = permit.now().to_offset(UtcOffset::UTC).date();
    let span = Span::all(Grain::Day, permit.now() - Duration::days(DAYS - 1), permit.now());
    let found = permit.store().sums(&span).await?;
    if found.sums.is_empty() {
        return Ok(None);
    }
    let of = |day: Date| found.period(&Grain::Day.period(day.midnight().assume_utc()));
    let back = |days: i64| today.saturating_sub(Duration::days(days));
    let margin = |first: i64| {
        let mut sums = Sums::default();
        (first..first + WEEK).for_each(|days| sums.add(&of(back(days))));
        Statement::of(&sums, Currency::EUR).margin_percent().map(|percent| percent.to_string())
    };
    let each = (0..DAYS).rev().map(|days| (back(days), of(back(days))));
    Ok(Some(Business {
        today: Takings::of(&of(today)),
        yesterday: Takings::of(&of(back(1))),
        margin_percent: margin(1),
        margin_percent_before: margin(1 + WEEK),
        days: each.map(|(day, sums)| TakingsOfDay { day: day.to_string(), takings: Takings::of(&sums) }).collect(),
    }))
}

impl Takings {
    fn of(sums: &Sums) -> Self {
        let of = Statement::of(sums, Currency::EUR);
        let euro = |amount: Decimal| MoneyView::sum(amount, Currency::EUR);
        Self { orders: of.orders, revenue: euro(of.income()), profit: euro(of.profit()) }
    }
}
