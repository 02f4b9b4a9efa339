//! The two languages of the house.

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
