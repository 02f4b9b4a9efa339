//! Why somebody is not recognised.

/// Why a token is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is none, or not in the header.
    #[error("there is no `Authorization: Bearer …` header")]
    Absent,
    /// It is no token.
    #[error("the token is no signed JSON web token")]
    Shape,
    /// Its algorithm is none of ours.
    #[error("the token's algorithm is not ES256, RS256 or EdDSA")]
    Algorithm,
    /// The issuer has no such key, or not for this algorithm.
    #[error("the token's key is not one of the issuer's")]
    Key,
    /// It was not signed with that key.
    #[error("the token's signature does not hold")]
    Signature,
    /// Somebody else made it.
    #[error("the token comes from another issuer")]
    Issuer,
    /// It is for another service.
    #[error("the token is made for somebody else than this API")]
    Audience,
    /// Its time is over.
    #[error("the token has expired: sign in again")]
    Expired,
    /// Its time has not begun.
    #[error("the token is not valid yet")]
    NotYet,
    /// A claim is missing or wrong.
    #[error("the token's claim `{0}` is missing or not as it must be")]
    Claim(&'static str),
}

impl Refused {
    /// Its name in the counters.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Shape => "shape",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::Claim(_) => "claim",
        }
    }
}

/// Why nobody was recognised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The token is not accepted.
    #[error(transparent)]
    Token(#[from] Refused),
    /// The issuer's keys cannot be fetched, for this reason; try again in a moment.
    #[error("the issuer's keys cannot be fetched: try again in a moment")]
    Unreachable(String),
    /// This variable is not set.
    #[error("`{0}` is not set: nobody can be recognised")]
    NotConfigured(&'static str),
}
