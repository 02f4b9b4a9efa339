//! The two languages of the house, and text that shows all that it holds.

use serde::{Deserialize, Serialize};

/// A language in which people are addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Lang {
    /// The text of this language.
    #[must_use]
    pub fn pick(self, english: String, dutch: String) -> String {
        match self {
            Self::En => english,
            Self::Nl => dutch,
        }
    }

    /// The first supported language of an `Accept-Language` header, English if none is.
    #[must_use]
    pub fn accept(header: &str) -> Self {
        let first = header.split(',').map(str::trim).find(|tag| tag.starts_with("en") || tag.starts_with("nl"));
        if first.is_some_and(|tag| tag.starts_with("nl")) { Self::Nl } else { Self::En }
    }
}

/// Characters that take no room, turn the direction of others, or look like nothing, and are none of Unicode's
/// white space.
const HIDDEN: [(char, char); 17] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether a character cannot be seen, or controls how others are.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control() || HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// `text` on one line, with every character that cannot be seen shown by its number, such as `[U+202E]`: what
/// somebody reads is what is there.
#[must_use]
pub fn visible(text: &str) -> String {
    let shown = |word: &str| -> String {
        // An emoji's own choice of form means nothing.
        let seen = word.chars().filter(|c| !('\u{fe00}'..='\u{fe0f}').contains(c));
        let show = |c: char| if is_hidden(c) { format!("[U+{:04X}]", u32::from(c)) } else { c.to_string() };
        seen.map(show).collect()
    };
    text.split_whitespace().map(shown).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_hides_or_turns_text_is_shown_and_words_stay_as_they_are() {
        assert_eq!(
            visible("pay \u{202e}EMCA\u{200b}\n\n€ 5 \u{1b}[31mnow"),
            "pay [U+202E]EMCA[U+200B] € 5 [U+001B][31mnow"
        );
        assert_eq!(visible("Köln, Łódź, 東京 ☕"), "Köln, Łódź, 東京 ☕");
    }
}
