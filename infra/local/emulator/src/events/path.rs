//! The part of JSONPath that EventBridge knows: `$.a.b[0]['c d']`.

use serde_json::Value;

/// One step into a value.
#[derive(Debug, PartialEq, Eq)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The value at `path`, if it is there. `None` as well for a path that cannot be read, see
/// [`is_valid`].
pub(super) fn find<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path)?.into_iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

pub(super) fn is_valid(path: &str) -> bool {
    steps(path).is_some()
}

fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, tail) = match rest.strip_prefix('.') {
            Some(named) => key(named)?,
            None => bracket(rest.strip_prefix('[')?)?,
        };
        steps.push(step);
        rest = tail;
    }
    Some(steps)
}

fn key(text: &str) -> Option<(Step<'_>, &str)> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (name, tail) = text.split_at_checked(end)?;
    (!name.is_empty()).then_some((Step::Key(name), tail))
}

fn bracket(text: &str) -> Option<(Step<'_>, &str)> {
    for quote in ['\'', '"'] {
        if let Some(quoted) = text.strip_prefix(quote) {
            let (name, tail) = quoted.split_once(quote)?;
            return Some((Step::Key(name), tail.strip_prefix(']')?));
        }
    }
    let (index, tail) = text.split_once(']')?;
    Some((Step::Index(index.parse().ok()?), tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_leads_to_its_value() {
        let value = json!({"detail": {"a-b": [{"c d": 1}, 2]}, "x": null});
        let table = [
            ("$", Some(value.clone())),
            ("$.detail.a-b[1]", Some(json!(2))),
            ("$.detail['a-b'][0][\"c d\"]", Some(json!(1))),
            ("$.x", Some(json!(null))),
            ("$.detail.missing", None),
            ("$.detail.a-b[7]", None),
        ];
        for (path, expected) in table {
            assert_eq!(find(&value, path), expected.as_ref(), "{path}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["", "detail", "$..a", "$.a[", "$.a[x]", "$['a", "$a"] {
            assert!(!is_valid(path), "{path}");
        }
    }
}
