//! What was sold, and what was ordered, of each variant: out of the sums of the books.
//!
//! One query for all variants, whatever was sold: the books keep units by product and day beside the money, each sale
//! once. A day without a sale has no sum: it counts as zero from the day on which the product went on sale.

use agent::{AgentError, Context};
use domain::books::{Dimension, Grain, Kind, Sums, named};
use store::books::{Found, Span};
use time::{Date, Duration, OffsetDateTime};

/// Units by variant and day, in UTC.
pub(crate) struct Sold {
    found: Found,
    today: Date,
}

impl Sold {
    /// What the books have of the last `days` days.
    pub(crate) async fn read(ctx: &Context<'_>, days: i64) -> Result<Self, AgentError> {
        let from = ctx.now.saturating_sub(Duration::days(days));
        let found = ctx.reads.sums(&Span::all(Grain::Day, from, ctx.now).by(Dimension::Product)).await?;
        Ok(Self { found, today: ctx.now.date() })
    }

    /// Whether it is all there is; if not, some variants are missing, and nobody knows which.
    pub(crate) const fn is_whole(&self) -> bool {
        self.found.whole
    }

    fn on(&self, name: &str, day: Date) -> Option<&Sums> {
        let period = Grain::Day.period(day.midnight().assume_utc());
        self.found.sums.get(&(period, name.to_owned()))
    }

    /// The last `most` days since `since`, the latest first: today, and back.
    fn back(&self, since: Date, most: i64) -> impl Iterator<Item = Date> {
        let today = self.today;
        (0..most).map(move |n| today.saturating_sub(Duration::days(n))).take_while(move |day| *day >= since)
    }

    /// Units sold on each of the last `most` days since `since`; what came back and is for sale again counts against
    /// the day on which it did.
    pub(crate) fn days(&self, sku: &str, since: Date, most: i64) -> Vec<i64> {
        let name = named(sku);
        let units = |day| self.on(&name, day).map(Sums::units_sold).unwrap_or_default();
        self.back(since, most).map(units).collect()
    }

    /// Units that were ordered no more than `most` days ago, and have neither come nor been called off.
    pub(crate) fn on_order(&self, sku: &str, most: i64) -> i64 {
        let name = named(sku);
        let units = |sums: &Sums| {
            let gone = sums.units(Kind::RestockIn).saturating_add(sums.units(Kind::RestockBack));
            sums.units(Kind::Restock).saturating_sub(gone)
        };
        let days = self.back(Date::MIN, most.saturating_add(1)).filter_map(|day| self.on(&name, day).map(units));
        days.fold(0, i64::saturating_add).max(0)
    }
}

/// Whole days of UTC: the day of a moment.
pub(crate) fn day_of(at: OffsetDateTime) -> Date {
    at.to_offset(time::UtcOffset::UTC).date()
}
