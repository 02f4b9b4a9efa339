//! Keys and values inside a text: `token=abc`, `"email":"a@b.c"`, `name: Some("Jan")`, `Authorization: Basic …`.

use super::{
    REDACTED,
    key::{self, Kind},
};
use regex_lite::Regex;
use std::sync::LazyLock;

/// A key, perhaps in quotes (with backslashes in JSON inside JSON), and its separator.
static KEY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"([A-Za-z][A-Za-z0-9_.\-]*)(\\*["'])?[ \t]*([=:])[ \t]*"#).ok());

/// Words that are no value.
const NOTHING: &[&str] = &["null", "None", "true", "false", "undefined", "nil"];

/// A bare word after a colon is prose (`invalid token: expected …`) unless it has a digit or is as long as
/// credentials are.
const LONG: usize = 16;

pub(super) fn mask(text: &str) -> Option<String> {
    if !text.contains(['=', ':']) {
        return None;
    }
    let mut out = String::new();
    let mut done = 0;
    for found in KEY.as_ref()?.captures_iter(text) {
        let (all, name, separator) = (found.get(0)?, found.get(1)?.as_str(), found.get(3)?.as_str());
        if all.start() < done || !matches!(key::kind(name), Kind::Sensitive { .. }) {
            continue;
        }
        let (before, rest) = text.split_at(all.end());
        if let Some(length) = value(rest, name, separator == "=") {
            out.push_str(before.get(done..)?);
            out.push_str(REDACTED);
            done = all.end() + length;
        }
    }
    (done > 0).then(|| out + text.get(done..).unwrap_or_default())
}

/// How much of `rest` is the value, if it is one that must be masked.
fn value(rest: &str, name: &str, assigned: bool) -> Option<usize> {
    if let Some(length) = quoted(rest).or_else(|| bracketed(rest)) {
        return Some(length);
    }
    if name.to_ascii_lowercase().contains("authori") {
        return Some(until(rest, &['\n', '\r', '"', '\'', ',', ';']));
    }
    let word = rest.split_at(until(rest, &[' ', '\t', '\n', '\r', ',', ';', '&', ')', ']', '}', '"', '\'', '`'])).0;
    let is_path = word.starts_with(':');
    let is_value = assigned || word.len() >= LONG || word.contains(|c: char| c.is_ascii_digit());
    let masked = is_value && !is_path && !word.is_empty() && !NOTHING.contains(&word);
    masked.then(|| word.len() + number(rest, word.len()))
}

/// A phone number goes on after a space.
fn number(rest: &str, word: usize) -> usize {
    let (word, rest) = rest.split_at(word);
    let is_number = |c: char| c.is_ascii_digit() || " +-()/.".contains(c);
    if word.chars().all(is_number) { rest.trim_start_matches(is_number).len().abs_diff(rest.len()) } else { 0 }
}

fn until(text: &str, ends: &[char]) -> usize {
    text.find(ends).unwrap_or(text.len())
}

/// The length of a string in quotes, up to the end if they do not close.
///
/// In JSON inside JSON the quotes have a backslash before them, one level further in they have three. A quote
/// closes the string if it has no more of them than the quote that opened it.
fn quoted(rest: &str) -> Option<usize> {
    let opened = rest.trim_start_matches('\\');
    let quote = opened.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let level = rest.len() - opened.len();
    let mut backslashes = 0;
    for (at, c) in rest.char_indices().skip(level + 1) {
        if c == quote && backslashes <= level {
            return Some(at + quote.len_utf8());
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    Some(rest.len())
}

/// The length of `[…]`, `{…}`, `(…)`, or such after a word as Rust's Debug writes it (`Some(…)`, `Address { … }`).
fn bracketed(rest: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let opening = rest.trim_start_matches(is_word).trim_start_matches(' ');
    if !opening.starts_with(['[', '{', '(']) {
        return None;
    }
    let mut depth = 0_usize;
    let start = rest.len() - opening.len();
    for (at, c) in rest.char_indices().filter(|(at, _)| *at >= start) {
        match c {
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + c.len_utf8());
        }
    }
    Some(rest.len())
}
