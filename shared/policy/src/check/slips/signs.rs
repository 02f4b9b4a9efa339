//! Signs that do not belong in any policy file outside its texts and remarks.

use super::{
    Slip,
    tokens::{self, Kind},
};
use domain::text::is_hidden;

/// The first of them.
pub(super) fn first(text: &str) -> Option<Slip> {
    (1..).zip(text.lines()).find_map(|(line, words)| {
        let signs = tokens::of(words).into_iter().filter(|token| token.kind == Kind::Sign);
        signs.into_iter().find_map(|token| {
            let sign = token.text.chars().next()?;
            let (what, fix) = said(sign)?;
            Some(Slip { line, column: token.column, what, fix: fix.to_owned() })
        })
    })
}

fn said(sign: char) -> Option<(String, &'static str)> {
    let told = |what: &str, fix| Some((format!("`{sign}` {what}"), fix));
    match sign {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '\'' => {
            told("is no straight quote", "type a straight quote (\") on both sides of the name")
        }
        '€' | '$' | '£' | '¥' => {
            told("does not belong here", "write whole cents and no currency sign: 10000 is € 100.00")
        }
        '–' | '—' | '−' => told("is a dash and no minus", "write the number without it"),
        _ if is_hidden(sign) || sign.is_whitespace() => {
            let what = format!("an invisible sign stands here (U+{:04X})", u32::from(sign));
            Some((what, "delete it, and type an ordinary space if one belongs there"))
        }
        _ => None,
    }
}
