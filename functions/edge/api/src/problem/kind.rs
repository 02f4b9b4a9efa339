//! The kinds of problems, each with its status and what to do about it.

use axum::http::StatusCode;

macro_rules! kinds {
    ($($name:ident = $status:ident, $slug:literal, $title:literal, $help:literal;)+) => {
        /// What kind of problem it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind {$(
            #[doc = $title]
            $name,
        )+}

        impl Kind {
            /// All kinds.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The HTTP status it comes with.
            pub(crate) const fn status(self) -> StatusCode {
                match self {$(Self::$name => StatusCode::$status,)+}
            }

            /// Its name in the type URI.
            pub(crate) const fn slug(self) -> &'static str {
                match self {$(Self::$name => $slug,)+}
            }

            /// Its title.
            pub(crate) const fn title(self) -> &'static str {
                match self {$(Self::$name => $title,)+}
            }

            /// What whoever meets it should do.
            pub(crate) const fn help(self) -> &'static str {
                match self {$(Self::$name => $help,)+}
            }
        }
    };
}

kinds! {
    Syntax = BAD_REQUEST, "syntax", "The body cannot be read",
        "Send one JSON document in UTF-8.";
    Query = BAD_REQUEST, "query", "A query parameter or header is wrong",
        "`errors` names it and what to send instead.";
    Field = UNPROCESSABLE_ENTITY, "field", "A field is wrong",
        "`errors` names each field, what is wrong and what to send instead.";
    KeyReused = CONFLICT, "key-reused", "The idempotency key was used before",
        "The key belongs to another request of yours: use a new one.";
    Token = UNAUTHORIZED, "token", "The token is missing or not accepted",
        "Sign in and send the token as `Authorization: Bearer …`.";
    Forbidden = FORBIDDEN, "forbidden", "You may not do this",
        "`detail` says which role is missing, or what else stands against it.";
    NotFound = NOT_FOUND, "not-found", "There is no such thing",
        "Look at the path and the id.";
    Method = METHOD_NOT_ALLOWED, "method", "This method is not allowed here",
        "`Allow` names the methods that are.";
    Decided = CONFLICT, "decided", "It is no longer open",
        "Somebody else was first: `state`, `decidedBy` and `decidedAt` say who and when.";
    Expired = CONFLICT, "expired", "The deadline has passed",
        "Nothing will be executed. The agent can propose it again.";
    Changed = CONFLICT, "changed", "It is not what you saw",
        "`current` is what stands there now and `changes` what happened since: look again, then decide.";
    State = CONFLICT, "state", "It cannot be done as things stand",
        "`detail` says what stands against it, and `state`, where there is one, where it is now.";
    Precondition = PRECONDITION_FAILED, "precondition", "It changed since you read it",
        "Read it again; `changes`, where there is one, is what happened since.";
    TooLarge = PAYLOAD_TOO_LARGE, "too-large", "The body is too large",
        "Send at most 256 KiB.";
    MediaType = UNSUPPORTED_MEDIA_TYPE, "media-type", "The body is not JSON",
        "Send `Content-Type: application/json`.";
    TooMany = TOO_MANY_REQUESTS, "too-many", "You ask too often",
        "Wait for the seconds in `Retry-After`.";
    Internal = INTERNAL_SERVER_ERROR, "internal", "Something is broken on our side",
        "Trying again will not help; it has been logged.";
    NotConfigured = SERVICE_UNAVAILABLE, "not-configured", "A setting is missing",
        "Whoever runs the system sets the variable that `detail` names.";
    Unavailable = SERVICE_UNAVAILABLE, "unavailable", "Something we need does not answer",
        "Try again after the seconds in `Retry-After`.";
}

impl Kind {
    /// The URI reference that names it: the part of the documentation page that explains it.
    pub(crate) fn uri(self) -> String {
        format!("/docs#problem-{}", self.slug())
    }
}
