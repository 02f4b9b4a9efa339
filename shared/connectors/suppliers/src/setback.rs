//! Why an order could not be placed, in a word that whoever leads the order can act on.

use crate::Error;
use std::fmt;

/// What the note of an action that was not executed begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setback {
    /// The supplier has too little: another one may have it.
    OutOfStock,
    /// The supplier charges another price than was decided on: nothing was paid.
    Price,
    /// The supplier did not answer, or its account is closed to us: another one may have it.
    Unreachable,
    /// The supplier refuses the order.
    Refused,
    /// There is no credential or no interface: a person orders by hand and confirms it.
    ByHand,
}

impl Setback {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::OutOfStock, Self::Price, Self::Unreachable, Self::Refused, Self::ByHand];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutOfStock => "out_of_stock",
            Self::Price => "price",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::ByHand => "by_hand",
        }
    }

    /// What an error at a supplier means for the order; nothing where its outcome is not known.
    #[must_use]
    pub const fn from(error: &Error) -> Option<Self> {
        match error {
            Error::OutOfStock { .. } => Some(Self::OutOfStock),
            Error::Refused { .. } => Some(Self::Refused),
            Error::Denied { .. } | Error::Busy { .. } | Error::Unavailable { .. } => Some(Self::Unreachable),
            Error::NoCredential(_) => Some(Self::ByHand),
            Error::Unknown { .. } => None,
        }
    }

    /// The sentence that goes into the note of an action.
    #[must_use]
    pub fn note(self, why: impl fmt::Display) -> String {
        format!("{}: {why}", self.code())
    }

    /// The setback that a note tells of.
    #[must_use]
    pub fn of(note: &str) -> Option<Self> {
        let (code, _) = note.split_once(": ")?;
        Self::ALL.into_iter().find(|setback| setback.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_back() {
        for setback in Setback::ALL {
            assert_eq!(Setback::of(&setback.note("`lamp` is gone: for good")), Some(setback));
        }
        for other in ["the remote does not have it after 5 attempts", "price", "prices: 3"] {
            assert_eq!(Setback::of(other), None, "{other}");
        }
    }
}
