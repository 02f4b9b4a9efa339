//! Words of people in requests.

use serde::Deserialize;
use utoipa::ToSchema;

/// The longest text that a person can give as a reason, in characters.
const LONGEST: usize = 2000;
/// The longest name of an account.
const LONGEST_ACCOUNT: usize = 128;
/// The longest name of a kind of work.
const LONGEST_LABEL: usize = 80;

/// A sentence of a person: not empty, not endless, and nothing that a terminal or page would obey.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, max_length = 2000,
    pattern = r"^(?=[\s\S]*\S)[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+$")]
pub(crate) struct Said(String);

impl Said {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl TryFrom<String> for Said {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("it is empty".to_owned());
        }
        if text.chars().count() > LONGEST {
            return Err(format!("it is longer than {LONGEST} characters"));
        }
        if let Some(bad) = text.chars().find(|c| is_control(*c)) {
            return Err(format!("it holds the control character {}", bad.escape_unicode()));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Control characters, and those that turn or hide the text around them.
fn is_control(c: char) -> bool {
    let hides = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    hides || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// An account of a person, as tokens name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 1, max_length = 128, pattern = "^[!-~]{1,128}$")]
pub(crate) struct Account(String);

impl Account {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Account {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fits = (1..=LONGEST_ACCOUNT).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if fits {
            Ok(Self(text))
        } else {
            Err(format!("it is not an account of 1 to {LONGEST_ACCOUNT} plain characters"))
        }
    }
}

/// The name of a kind of work, such as `journey.start`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^[a-z0-9][a-z0-9._-]{0,79}$")]
pub(crate) struct Label(String);

impl Label {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl TryFrom<String> for Label {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let fits = text.len() <= LONGEST_LABEL
            && text.bytes().next().is_some_and(plain)
            && text.bytes().all(|b| plain(b) || b"._-".contains(&b));
        if fits {
            Ok(Self(text))
        } else {
            Err(format!(
                "it is not a name of lower-case letters, digits, `.`, `_` and `-`, at most {LONGEST_LABEL} long"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_plain_text_of_a_bearable_length() {
        let refused = ["", "  \n ", "a\u{202e}b", "a\u{1b}[31m", "a\u{0}", &"x".repeat(2001)];
        for text in refused {
            assert!(Said::try_from(text.to_owned()).is_err(), "{text:?}");
        }
        assert_eq!(Said::try_from(" too dear \n".to_owned()).unwrap().into_string(), "too dear");
        assert!(Said::try_from("é".repeat(2000)).is_ok());
        assert!(Said::try_from("first line\r\nsecond\tline".to_owned()).is_ok());
    }

    #[test]
    fn a_label_is_a_plain_name() {
        for text in ["", "Scan", ".x", "a b", "x/y", &"x".repeat(81)] {
            assert!(Label::try_from(text.to_owned()).is_err(), "{text:?}");
        }
        assert!(Label::try_from("journey.start".to_owned()).is_ok());
    }
}
