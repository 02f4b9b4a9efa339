//! Numbers as people write them, and how they are written here.

/// Whether it is a whole number: digits, and no zero before others.
pub(super) fn is_whole(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0'))
}

/// Whether a name ends with what it counts.
pub(super) fn has_unit(name: &str) -> bool {
    most(name) != most("")
}

/// The most that a number of this name can be, by its unit, and what that is.
pub(super) fn most(name: &str) -> (i64, &'static str) {
    match name.rsplit('_').next().unwrap_or_default() {
        "cents" => (1_000_000_000_000, "ten billion euro, so no amount reaches it"),
        "minutes" => (527_040, "a year"),
        "hours" => (8_784, "a year"),
        "days" => (366, "a year"),
        "people" => (20, "twenty people"),
        _ => (1_000_000_000, "a billion"),
    }
}

/// What is wrong with a number of this name, and how to write it.
pub(super) fn wrong(name: &str, text: &str) -> (String, String) {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let whole = digits.trim_start_matches('0');
    let what = match text.chars().find(|c| !c.is_ascii_digit()) {
        Some('.') => format!("`{text}` is not a whole number; a point makes it a fraction"),
        Some('-') => format!("`{text}` is below zero, and a number here never is"),
        Some(mark @ (',' | '_' | '\'' | '’')) => {
            format!("`{text}` is not a whole number: `{mark}` does not belong in it")
        }
        Some(c) if c.is_whitespace() => format!("`{text}` is not one number: a space does not belong in it"),
        Some(_) => format!("`{text}` is not a whole number"),
        None => format!("`{text}` begins with a zero"),
    };
    let letters = text.chars().any(char::is_alphabetic);
    let fix = if letters || whole.is_empty() || whole.len() > MOST_DIGITS {
        "write digits only, such as 100000".to_owned()
    } else {
        fix(name, text, whole)
    };
    (what, fix)
}

/// Longer ones are no amount that anybody means.
const MOST_DIGITS: usize = 12;

fn fix(name: &str, text: &str, whole: &str) -> String {
    let cents = name.ends_with("_cents");
    let last = text.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let parted = last.len() < text.len();
    match () {
        () if cents && parted && last.len() == 3 => {
            format!("write digits only: {whole} for {}, or {whole}00 for {}", euro(whole), euro(&format!("{whole}00")))
        }
        () if cents && parted && last.len() < 3 => {
            format!("write digits only, in whole cents: {} is {}", in_cents(text, last), euro(&in_cents(text, last)))
        }
        () if parted && last.len() < 3 => {
            format!("write digits only, such as {}", text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or(whole))
        }
        () => format!("write digits only: {whole} if that is what you mean"),
    }
}

/// `99.5` and `99.50` in cents.
fn in_cents(text: &str, last: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = if last.len() == 1 { format!("{digits}0") } else { digits };
    let whole = digits.trim_start_matches('0');
    if whole.is_empty() { "0".to_owned() } else { whole.to_owned() }
}

/// Cents as people say them.
pub(crate) fn euro(cents: &str) -> String {
    let padded = format!("{cents:0>3}");
    let (units, rest) = padded.split_at_checked(padded.len().saturating_sub(2)).unwrap_or((&padded, ""));
    let groups = units.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect::<Vec<_>>();
    format!("€ {}.{rest}", groups.join(","))
}
