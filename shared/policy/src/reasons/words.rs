//! The words of `sentences.json`.

use super::figure::Unit;
use domain::text::Lang;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// By code.
    codes: BTreeMap<String, Sentence>,
    /// Names of facts, by path.
    facts: BTreeMap<String, Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    #[serde(default)]
    unit: Unit,
    en: String,
    nl: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    en: String,
    nl: String,
}

/// Part of the program: a test reads it, so that it always parses.
static WORDS: LazyLock<Words> =
    LazyLock::new(|| serde_json::from_str(include_str!("sentences.json")).unwrap_or_default());

/// Whether there are words for a code.
pub(crate) fn known(code: &str) -> bool {
    WORDS.codes.contains_key(code)
}

/// All codes that there are words for.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    WORDS.codes.keys().map(String::as_str)
}

pub(super) fn unit(code: &str) -> Unit {
    WORDS.codes.get(code).map_or(Unit::Text, |words| words.unit)
}

/// The sentence of a code, with its gaps; the code itself where there is none.
pub(super) fn template(code: &str, lang: Option<Lang>) -> &str {
    match (WORDS.codes.get(code), lang) {
        (Some(words), Some(Lang::En)) => &words.en,
        (Some(words), Some(Lang::Nl)) => &words.nl,
        _ => code,
    }
}

pub(super) fn fact(path: &str, lang: Lang) -> Option<String> {
    let name = WORDS.facts.get(path)?;
    Some(lang.pick(name.en.clone(), name.nl.clone()))
}
