//! Product handles: how they are derived and kept unique.

use crate::cx::Cx;
use crate::fail::Fail;

/// Lower case letters (of any script) and digits joined by single hyphens.
pub(crate) fn normalise(text: &str) -> String {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// Whether another product than `own` has the handle.
pub(crate) fn taken(cx: &Cx<'_>, handle: &str, own: i64) -> Result<bool, Fail> {
    let holders = cx.store.marked(&format!("handle:{handle}"))?;
    Ok(holders.iter().any(|id| *id != own))
}

/// A free handle made from `text`: a trailing number counts up, else `-1` is appended.
pub(crate) fn generate(cx: &Cx<'_>, text: &str, own: i64) -> Result<String, Fail> {
    let mut handle = normalise(text);
    if handle.is_empty() {
        "product".clone_into(&mut handle);
    }
    while taken(cx, &handle, own)? {
        handle = next(&handle);
    }
    Ok(handle)
}

fn next(handle: &str) -> String {
    let stem = handle.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = handle.strip_prefix(stem).unwrap_or_default();
    match digits.parse::<u64>().ok().and_then(|n| n.checked_add(1)) {
        Some(n) => format!("{stem}{n:0width$}", width = digits.len()),
        None => format!("{handle}-1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_derived_as_the_store_derives_them() {
        assert_eq!(normalise("  Mixed CASE / 東京 100 % "), "mixed-case-東京-100");
        assert_eq!(normalise("%%%"), "");
        assert_eq!(next("lamp"), "lamp-1");
        assert_eq!(next("lamp-1"), "lamp-2");
        assert_eq!(next("lifecycle-20260719114534"), "lifecycle-20260719114535");
    }
}
