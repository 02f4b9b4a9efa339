//! Schedule expressions, as `EventBridge` Scheduler reads them ("Schedule types", user guide).

/// The fields of a cron expression: what it is called, its least and greatest number, names in order of the numbers.
const FIELDS: [(&str, u16, u16, &[&str]); 6] = [
    ("minutes", 0, 59, &[]),
    ("hours", 0, 23, &[]),
    ("day of month", 1, 31, &[]),
    ("month", 1, 12, &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
    ("day of week", 1, 7, &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ("year", 1970, 2199, &[]),
];

/// Whether `text` is a rate or a cron expression.
///
/// # Errors
/// With what is wrong, to be read after the expression.
pub(super) fn check(text: &str) -> Result<(), String> {
    let inner = |kind: &str| text.strip_prefix(kind)?.strip_prefix('(')?.strip_suffix(')');
    match (inner("rate"), inner("cron")) {
        (Some(rate), _) => check_rate(rate),
        (_, Some(cron)) => check_cron(cron),
        _ => Err("is no schedule: use `rate(5 minutes)` or `cron(0 6 * * ? *)`".to_owned()),
    }
}

fn check_rate(rate: &str) -> Result<(), String> {
    let wrong = || "is no rate: use a whole number and minutes, hours or days, and `1 minute` for one".to_owned();
    let (count, unit) = rate.split_once(' ').ok_or_else(wrong)?;
    let count: u32 = count.parse().map_err(|_| wrong())?;
    let units = if count == 1 { ["minute", "hour", "day"] } else { ["minutes", "hours", "days"] };
    (count > 0 && units.contains(&unit)).then_some(()).ok_or_else(wrong)
}

fn check_cron(cron: &str) -> Result<(), String> {
    let fields: Vec<&str> = cron.split(' ').collect();
    if fields.len() != FIELDS.len() {
        return Err("is no cron expression: it has six fields, minutes to year".to_owned());
    }
    let days = fields.iter().zip(FIELDS).filter(|(text, (name, ..))| name.starts_with("day") && **text == "?");
    if days.count() != 1 {
        return Err(
            "names neither or both kinds of days: exactly one of day of month and day of week is `?`".to_owned()
        );
    }
    for (text, (name, least, most, names)) in fields.iter().zip(FIELDS) {
        let known = |part: &str| is_part(part, name, (least, most), names);
        if !text.split(',').all(known) {
            return Err(format!("has `{text}` as its {name}: use {least} to {most}, lists, ranges, steps or `*`"));
        }
    }
    Ok(())
}

/// One element of a field's list: `*`, `?` for days, a number or name, a range, each with a step where it is wanted.
fn is_part(part: &str, field: &str, (least, most): (u16, u16), names: &[&str]) -> bool {
    let is_one = |text: &str| names.contains(&text) || text.parse().is_ok_and(|n: u16| (least..=most).contains(&n));
    let (base, step) = part.split_once('/').map_or((part, None), |(base, step)| (base, Some(step)));
    let steps = step.is_none_or(|step| step.parse().is_ok_and(|n: u16| n > 0));
    let of_days = match (field, step) {
        ("day of month", None) => base == "?" || base == "L" || base.strip_suffix('W').is_some_and(is_one),
        ("day of week", None) => base == "?" || base.strip_suffix('L').is_some_and(is_one) || is_nth(base, is_one),
        _ => false,
    };
    let range = base.split_once('-').is_some_and(|(from, to)| is_one(from) && is_one(to));
    steps && (of_days || base == "*" || is_one(base) || range)
}

/// `FRI#2`: the second Friday of the month.
fn is_nth(text: &str, is_day: impl Fn(&str) -> bool) -> bool {
    text.split_once('#').is_some_and(|(day, nth)| is_day(day) && nth.parse().is_ok_and(|n: u8| (1..=5).contains(&n)))
}
