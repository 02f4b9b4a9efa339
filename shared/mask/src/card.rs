//! Payment card numbers.

use super::key::{self, Kind};
use regex_lite::Regex;
use std::{ops::Range, sync::LazyLock};

/// Digits, in groups that one space or hyphen parts.
static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d+(?:[ -]\d+)*").ok());

/// First and last beginning, and shortest and longest number, of an issuer's cards (ISO/IEC 7812; the ranges
/// that the issuers publish).
const ISSUERS: &[(&str, &str, usize, usize)] = &[
    ("4", "4", 13, 13),       // Visa, of old
    ("4", "4", 16, 16),       // Visa
    ("4", "4", 19, 19),       // Visa
    ("51", "55", 16, 16),     // Mastercard
    ("2200", "2720", 16, 16), // Mir, Mastercard
    ("34", "34", 15, 15),     // American Express
    ("37", "37", 15, 15),     // American Express
    ("300", "305", 14, 19),   // Diners Club
    ("3095", "3095", 14, 19), // Diners Club
    ("36", "36", 14, 19),     // Diners Club
    ("38", "39", 14, 19),     // Diners Club
    ("3528", "3589", 16, 19), // JCB
    ("50", "50", 16, 19),     // Maestro
    ("56", "69", 16, 19),     // Maestro, Discover, UnionPay
];

/// A card number is printed in no more groups of digits than this.
const GROUPS: usize = 5;

/// Card numbers in `text` become `[card]`; which digits count as one is told in [`super`].
pub(super) fn mask(text: &str) -> Option<String> {
    if text.bytes().filter(u8::is_ascii_digit).count() < 13 {
        return None;
    }
    let mut out = String::new();
    let mut done = 0;
    for run in DIGITS.as_ref()?.find_iter(text) {
        let (before, after) = (text.get(..run.start())?, text.get(run.end()..)?);
        if run.len() < 13 || is_part_of_a_word(before, after) || is_identifier(before) {
            continue;
        }
        for card in cards(run.as_str()) {
            out.push_str(text.get(done..run.start() + card.start)?);
            out.push_str("[card]");
            done = run.start() + card.end;
        }
    }
    (done > 0).then(|| out + text.get(done..).unwrap_or_default())
}

/// Digits that letters, a path, a decimal point or a longer hyphenated word adjoin.
fn is_part_of_a_word(before: &str, after: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let escaped = ["\\n", "\\r", "\\t"].iter().any(|escape| before.ends_with(escape));
    let mut before = before.chars().rev();
    let mut after = after.chars();
    let begins_inside = match before.next() {
        Some('/') => true,
        Some('-' | '.' | '%' | '+' | '#') => is_word(before.next()),
        c => is_word(c) && !escaped,
    };
    let ends_inside = match after.next() {
        Some('-' | '.') => is_word(after.next()),
        c => is_word(c),
    };
    begins_inside || ends_inside
}

/// Whether the key before the digits (`"order_id": `, `sku=`, `id: Some(`) names an identifier.
fn is_identifier(before: &str) -> bool {
    let before = before.trim_end_matches("Some(").trim_end_matches(['"', '\'', '\\', ' ', '[']);
    let Some(key) = before.strip_suffix([':', '=']) else {
        return false;
    };
    let key = key.trim_end_matches(['"', '\'', '\\', ' ']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    let start = key.trim_end_matches(is_name).len();
    key::kind(key.get(start..).unwrap_or_default()) == Kind::Identifier
}

/// Where in a run of groups the card numbers are: each is some groups in a row.
fn cards(run: &str) -> Vec<Range<usize>> {
    let groups = groups(run);
    let mut rest = groups.as_slice();
    let mut cards = Vec::new();
    while let [(start, _), others @ ..] = rest {
        let candidates = (1..=GROUPS.min(rest.len())).filter_map(|count| rest.split_at_checked(count));
        match candidates.into_iter().find(|(card, _)| is_card(card)) {
            Some((card, after)) => {
                let end = card.last().map_or(*start, |(last, digits)| last + digits.len());
                cards.push(*start..end);
                rest = after;
            }
            None => rest = others,
        }
    }
    cards
}

/// The groups of digits with their places.
fn groups(run: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let place = |digits| {
        let start = at;
        at += str::len(digits) + 1;
        (start, digits)
    };
    run.split([' ', '-']).map(place).collect()
}

/// Whether the groups look like a card number is printed (4-4-4-4, 4-6-5 …) and are one.
fn is_card(groups: &[(usize, &str)]) -> bool {
    let printed = match groups {
        [_] => true,
        [parts @ .., (_, last)] => parts.iter().all(|(_, part)| (4..=6).contains(&part.len())) && last.len() <= 7,
        [] => false,
    };
    let digits: String = groups.iter().map(|(_, group)| *group).collect();
    printed && has_issuer(&digits) && passes_luhn(&digits)
}

fn has_issuer(digits: &str) -> bool {
    ISSUERS.iter().any(|(first, last, least, most)| {
        let begins = digits.get(..first.len());
        let in_range = begins.is_some_and(|begin| (*first..=*last).contains(&begin));
        in_range && (*least..=*most).contains(&digits.len())
    })
}

/// The check digit of ISO/IEC 7812-1, annex B: every second digit from the right counts twice, less 9 if that
/// has two digits; the sum is a multiple of ten.
fn passes_luhn(digits: &str) -> bool {
    let value = |(place, digit): (usize, char)| {
        let digit = digit.to_digit(10).unwrap_or(0);
        match place % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        }
    };
    digits.chars().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}
