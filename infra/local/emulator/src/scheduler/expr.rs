//! Schedule expressions: when a schedule runs next.
//!
//! Cron expressions are searched in local time and then placed in the time zone, which gives
//! EventBridge's rule for daylight saving: a time that the clock skips is skipped, a time that
//! it repeats runs once.

use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// More local times than the clock can ever repeat or skip at once, in minutes.
const MOST_SKIPPED: usize = 3_000;

/// A schedule expression with its time zone and limits. Times are milliseconds since the Unix
/// epoch.
#[derive(Debug, Clone)]
pub(super) struct Timetable {
    expression: Expression,
    zone: TimeZone,
    /// Where a rate counts from.
    anchor_ms: i64,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
}

#[derive(Debug, Clone)]
enum Expression {
    Every(i64),
    Cron(Box<Cron>),
    At(DateTime),
}

impl Timetable {
    pub(super) fn new(
        expression: &str,
        zone: Option<&str>,
        anchor_ms: i64,
        (start_ms, end_ms): (Option<i64>, Option<i64>),
    ) -> Result<Self, String> {
        let zone_name = zone.unwrap_or("UTC");
        let zone = TimeZone::get(zone_name);
        Ok(Self {
            expression: Expression::parse(expression)?,
            zone: zone.map_err(|_| format!("`{zone_name}` is not a time zone"))?,
            anchor_ms: start_ms.unwrap_or(anchor_ms),
            start_ms,
            end_ms,
        })
    }

    /// The first run after `after_ms`, if there is one.
    pub(super) fn next(&self, after_ms: i64) -> Option<i64> {
        let start = self.start_ms.map(|start| start.saturating_sub(1));
        let after_ms = start.map_or(after_ms, |start| after_ms.max(start));
        let next = match &self.expression {
            Expression::Every(period) => Some(self.next_tick(after_ms, *period)),
            Expression::Cron(cron) => self.next_match(after_ms, cron),
            Expression::At(time) => self.instant(*time).filter(|at| *at > after_ms),
        };
        next.filter(|next| self.end_ms.is_none_or(|end| *next <= end))
    }

    /// The first run of a new schedule: a rate runs at once, and so does a one-time schedule
    /// whose time is over.
    pub(super) fn first(&self, now_ms: i64) -> Option<i64> {
        match &self.expression {
            Expression::Every(_) => self.next(now_ms.min(self.anchor_ms).saturating_sub(1)),
            Expression::Cron(_) => self.next(now_ms.saturating_sub(1)),
            Expression::At(time) => self.instant(*time),
        }
    }

    fn next_tick(&self, after_ms: i64, period_ms: i64) -> i64 {
        let passed = after_ms.saturating_sub(self.anchor_ms);
        if passed < 0 {
            return self.anchor_ms;
        }
        let ticks = passed.div_euclid(period_ms).saturating_add(1);
        self.anchor_ms.saturating_add(ticks.saturating_mul(period_ms))
    }

    fn next_match(&self, after_ms: i64, cron: &Cron) -> Option<i64> {
        let after = Timestamp::from_millisecond(after_ms).ok()?;
        let mut local = self.zone.to_datetime(after);
        for _ in 0..MOST_SKIPPED {
            local = cron.find_next_occurrence(&local, false).ok()?;
            match self.instant(local) {
                Some(instant) if instant > after_ms => return Some(instant),
                _ => {}
            }
        }
        None
    }

    /// The instant of a local time: none if the clock skips it, the first if it repeats it.
    fn instant(&self, local: DateTime) -> Option<i64> {
        let placed = self.zone.to_ambiguous_timestamp(local);
        if matches!(placed.offset(), AmbiguousOffset::Gap { .. }) {
            return None;
        }
        placed.earlier().ok().map(Timestamp::as_millisecond)
    }
}

impl Expression {
    fn parse(text: &str) -> Result<Self, String> {
        let inner = |kind: &str| text.strip_prefix(kind)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(rate) = inner("rate") {
            return every(rate).map(Self::Every);
        }
        if let Some(fields) = inner("cron") {
            return cron(fields).map(|cron| Self::Cron(Box::new(cron)));
        }
        if let Some(time) = inner("at") {
            let time = time.parse().map_err(|e| format!("`at({time})` is not a time: {e}"))?;
            return Ok(Self::At(time));
        }
        Err(format!("`{text}` is neither rate(...), cron(...) nor at(...)"))
    }
}

fn every(text: &str) -> Result<i64, String> {
    let wrong = || format!("`rate({text})` must be a positive number and minutes, hours or days");
    let (value, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
    let value: i64 = value.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)?;
    let minutes = match unit.trim() {
        "minute" | "minutes" => 1,
        "hour" | "hours" => 60,
        "day" | "days" => 24 * 60,
        _ => return Err(wrong()),
    };
    value.checked_mul(minutes * 60_000).ok_or_else(wrong)
}

/// Minutes, hours, day of month, month, day of week (1 is Sunday), year.
fn cron(text: &str) -> Result<Cron, String> {
    let wrong = |reason: &str| format!("`cron({text})` is not valid: {reason}");
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [_, _, day, _, weekday, _] = fields.as_slice() else {
        return Err(wrong("it needs six fields"));
    };
    if (*day == "?") == (*weekday == "?") {
        return Err(wrong("exactly one of day-of-month and day-of-week must be `?`"));
    }
    let parser = CronParser::builder()
        .seconds(Seconds::Required)
        .year(Year::Required)
        .alternative_weekdays(true)
        .sloppy_ranges(true)
        .build();
    parser.parse(&format!("0 {text}")).map_err(|e| wrong(&e.to_string()))
}
