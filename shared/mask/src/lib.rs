//! What must not be logged or put on record, and how it is found.
//!
//! Two nets, one under the other:
//!
//! 1. **By name.** The value of a field that is named like personal data or a credential (name, mail, phone,
//!    address, token, authorization, secret, password and their kin, see `key.rs`) becomes `[redacted]`,
//!    whatever it is. The same holds for `key=value`, `"key": "value"` and `key: Debug(…)` inside a text.
//! 2. **By shape.** Inside any text: e-mail addresses become `[email]`, phone numbers `[phone]`, card numbers
//!    `[card]`, bearer tokens and keys of known issuers `[token]`.
//!
//! Left alone: money, UUIDs, hashes, SKUs, times, and ids. Ids are hard to tell from card numbers, as a Shopify
//! id has 13 to 19 digits and one in ten passes the Luhn check. A run of digits counts as a card number
//! only if it passes the check, begins and is as long as cards of a known issuer are, and stands alone: not
//! in a path (`gid://shopify/Order/…`), a decimal or a longer word, and not in a field that is named as an
//! identifier (`order.id`, `barcode`). An id that passes all that in free text is masked: a lost id is a
//! nuisance, a card number in a log is an incident. Log ids as fields.
//!
//! What no net finds: a person's name or a street in free text. Do not log free text of customers.

mod card;
mod key;
mod pair;
mod shape;

use key::Kind;
use serde_json::Value;
use std::borrow::Cow;

/// What stands for a value that is masked for its name.
const REDACTED: &str = "[redacted]";

/// A longer text is cut in the log: what is worth more is kept elsewhere, and CloudWatch takes no endless line.
const LONGEST: usize = 8 * 1024;

/// A rule gives the text anew, or nothing where it has nothing to mask.
type Rule = fn(&str) -> Option<String>;

/// `text` with everything masked that must not be logged.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    apply(&[shape::credentials, pair::mask, shape::emails, shape::phones, card::mask], text)
}

/// `text` without payment card numbers, for what is kept: nothing else in it changes.
#[must_use]
pub fn cards(text: &str) -> Cow<'_, str> {
    apply(&[card::mask], text)
}

/// The text of an identifier may look like a phone or card number and is none.
fn identifier(text: &str) -> Cow<'_, str> {
    apply(&[shape::credentials, pair::mask, shape::emails], text)
}

fn apply<'a>(rules: &[Rule], text: &'a str) -> Cow<'a, str> {
    let mut masked = Cow::Borrowed(text);
    for rule in rules {
        if let Some(next) = rule(&masked) {
            masked = Cow::Owned(next);
        }
    }
    masked
}

/// Masks the value of the field `key`.
pub fn value(key: &str, value: &mut Value) {
    match (key::kind(key), &mut *value) {
        (_, Value::Null | Value::Bool(_)) => {}
        (Kind::Sensitive { countable: true }, Value::Number(_)) => {}
        (Kind::Sensitive { .. }, _) => *value = Value::String(REDACTED.to_owned()),
        (_, Value::Object(fields)) => fields.iter_mut().for_each(|(key, item)| self::value(key, item)),
        (_, Value::Array(items)) => items.iter_mut().for_each(|item| self::value(key, item)),
        (Kind::Identifier, Value::String(string)) => replace(string, identifier),
        (Kind::Open, Value::String(string)) => replace(string, text),
        (Kind::Identifier, Value::Number(_)) => {}
        (Kind::Open, Value::Number(number)) => {
            if let Some(masked) = card::mask(&number.to_string()) {
                *value = Value::String(masked);
            }
        }
    }
}

fn replace(string: &mut String, mask: fn(&str) -> Cow<'_, str>) {
    let bytes = string.len();
    cut(string);
    if let Cow::Owned(masked) = mask(string) {
        *string = masked;
    }
    if bytes > LONGEST {
        string.push_str(&format!("… [{bytes} bytes]"));
    }
}

/// Cuts a long text between words, and before a number that may go on, so that no half of anything stays
/// that is recognised only as a whole.
fn cut(string: &mut String) {
    if string.len() > LONGEST {
        let head = string.get(..string.floor_char_boundary(LONGEST)).unwrap_or_default();
        let words = head.trim_end_matches(|c: char| !c.is_whitespace());
        let kept = words.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "+-()./".contains(c));
        string.truncate(kept.len());
    }
}
