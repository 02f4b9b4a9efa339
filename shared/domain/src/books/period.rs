//! Periods, in UTC: the keys under which sums are kept.

use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Duration, Month, OffsetDateTime, UtcOffset};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// `2026-11-20T21`
    Hour,
    /// `2026-11-20`
    Day,
    /// ISO 8601: `2026-W47`
    Week,
    /// `2026-11`
    Month,
}

impl Grain {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Day, Self::Week, Self::Month];

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The period of this length in which `at` lies. Periods of one length sort as time does.
    #[must_use]
    pub fn period(self, at: OffsetDateTime) -> String {
        let at = at.to_offset(UtcOffset::UTC);
        let (year, month, day) = at.date().to_calendar_date();
        let month = u8::from(month);
        match self {
            Self::Hour => format!("{year:04}-{month:02}-{day:02}T{:02}", at.hour()),
            Self::Day => format!("{year:04}-{month:02}-{day:02}"),
            Self::Week => {
                let (year, week, _) = at.date().to_iso_week_date();
                format!("{year:04}-W{week:02}")
            }
            Self::Month => format!("{year:04}-{month:02}"),
        }
    }
}

impl fmt::Display for Grain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A quarter of a year, such as `2026-q3`: the period of the One Stop Shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    number: u8,
}

impl Quarter {
    /// The quarter in which `at` lies, in UTC.
    #[must_use]
    pub fn of(at: OffsetDateTime) -> Self {
        let at = at.to_offset(UtcOffset::UTC);
        Self { year: at.year(), number: (u8::from(at.month()) - 1) / 3 + 1 }
    }

    /// The quarter before.
    #[must_use]
    pub fn before(self) -> Self {
        if self.number == 1 {
            return Self { year: self.year - 1, number: 4 };
        }
        Self { number: self.number - 1, ..self }
    }

    /// First day of its first month, and first day after it.
    #[must_use]
    pub fn days(self) -> (Date, Date) {
        let first = |quarter: Self| {
            let month = Month::try_from((quarter.number - 1) * 3 + 1).unwrap_or(Month::January);
            Date::from_calendar_date(quarter.year, month, 1).unwrap_or(Date::MIN)
        };
        let next = match self.number {
            4 => Self { year: self.year + 1, number: 1 },
            number => Self { year: self.year, number: number + 1 },
        };
        (first(self), first(next))
    }

    /// Its months, such as `2026-07`.
    #[must_use]
    pub fn months(self) -> [String; 3] {
        let (first, _) = self.days();
        let month = |n: i64| Grain::Month.period((first + Duration::days(31 * n)).midnight().assume_utc());
        [month(0), month(1), month(2)]
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-q{}", self.year, self.number)
    }
}
