//! What a field's name says about its value.
//!
//! A name is split into words (`customer.firstName`, `x-shopify-access-token`). Doubt masks: a name is
//! personal unless it is known to be the name of a thing.

/// What a value is, by its field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything: only its shape can tell.
    Open,
    /// An identifier: digits in it are no phone or card number.
    Identifier,
    /// Personal data or a credential. `countable`: the name is a plural, so a number is a count (`tokens`).
    Sensitive { countable: bool },
}

/// A word that contains one of these is sensitive (`accesstoken`, `usermail`, `emails`).
const STEMS: &[&str] = &[
    "mail",
    "phone",
    "address",
    "token",
    "authoriz",
    "authoris",
    "secret",
    "passw",
    "passphrase",
    "credential",
    "cookie",
    "signature",
    "surname",
    "birth",
    "iban",
];

/// These words are sensitive as they stand.
const WORDS: &[&str] = &[
    "tel", "mobile", "street", "city", "zip", "postal", "postcode", "card", "cvc", "cvv", "pan", "pin", "otp", "dob",
    "bsn", "ssn", "jwt", "bearer", "pwd", "apikey",
];

/// What a key (`api_key`) is a credential of. Other keys (`idempotency_key`) are none.
const KEYS: &[&str] = &["api", "access", "private", "signing", "encryption", "client", "webhook"];

/// Things whose name is no person's.
const THINGS: &[&str] = &[
    "action",
    "agent",
    "attribute",
    "brand",
    "bucket",
    "budget",
    "bus",
    "campaign",
    "category",
    "cluster",
    "collection",
    "column",
    "crate",
    "domain",
    "event",
    "feed",
    "field",
    "file",
    "function",
    "goal",
    "header",
    "host",
    "index",
    "image",
    "metric",
    "module",
    "namespace",
    "operation",
    "option",
    "package",
    "path",
    "plan",
    "policy",
    "product",
    "query",
    "queue",
    "region",
    "resource",
    "role",
    "rule",
    "schedule",
    "service",
    "shop",
    "span",
    "stack",
    "stage",
    "store",
    "supplier",
    "table",
    "tag",
    "task",
    "thread",
    "tool",
    "topic",
    "type",
    "variable",
    "variant",
];

/// A name that ends so tells about the value, not the value itself (`token_hash`, `email_count`).
const ABOUT: &[&str] = &[
    "at", "bytes", "count", "digest", "hash", "kind", "len", "length", "ms", "s", "seconds", "size", "status", "type",
    "valid", "verified", "version",
];

/// A name that ends so is an identifier.
const IDENTIFIERS: &[&str] = &[
    "barcode", "cursor", "digest", "ean", "etag", "gid", "gtin", "hash", "id", "ids", "isbn", "key", "revision", "seq",
    "sha256", "sku", "skus", "upc", "uuid",
];

pub(super) fn kind(name: &str) -> Kind {
    let words = words(name);
    let last = words.last().map_or("", String::as_str);
    if IDENTIFIERS.contains(&last) && !is_credential_key(&words) {
        Kind::Identifier
    } else if ABOUT.contains(&last) {
        Kind::Open
    } else if is_sensitive(&words) {
        Kind::Sensitive { countable: last.ends_with('s') && !last.ends_with("ss") }
    } else {
        Kind::Open
    }
}

fn is_sensitive(words: &[String]) -> bool {
    has_sensitive_word(words) || is_credential_key(words) || is_persons_name(words)
}

fn has_sensitive_word(words: &[String]) -> bool {
    words.iter().any(|word| WORDS.contains(&word.as_str()) || STEMS.iter().any(|stem| word.contains(stem)))
}

/// `api_key`, `secret_key`, but not `idempotency_key`.
fn is_credential_key(words: &[String]) -> bool {
    let Some((key, of)) = words.split_last() else {
        return false;
    };
    let credential = || of.last().is_some_and(|of| KEYS.contains(&of.as_str()));
    key == "key" && (credential() || has_sensitive_word(of))
}

/// `name`, `first_name`, `customer.name`, `username`, but not `function.name`, `filename`.
fn is_persons_name(words: &[String]) -> bool {
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    let last = last.strip_suffix('s').unwrap_or(last);
    match (last.strip_suffix("name"), before.last()) {
        (Some(""), None) => true,
        (Some(""), Some(of)) => !THINGS.contains(&of.as_str()),
        (Some(of), _) => !THINGS.contains(&of),
        (None, _) => false,
    }
}

/// The words of a name in lower case: parted by anything but letters and digits, and before a capital that
/// follows a small letter.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (after_small && c.is_uppercase()) {
            words.push(String::new());
        }
        after_small = c.is_lowercase();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Kind = Kind::Sensitive { countable: false };
    const MANY: Kind = Kind::Sensitive { countable: true };

    #[test]
    fn names_tell_what_their_values_are() {
        for (kind, names) in [
            (
                ONE,
                "name email mail e-mail customer.email customerEmail CUSTOMER_EMAIL usermail phone phone_number \
                 phoneNumber mobile tel address shippingAddress address1 remote.address street city zip \
                 postal_code token access_token accessToken x-shopify-access-token X-Auth-Token \
                 authorization proxy-authorization Authorization secret client_secret password passwd pwd \
                 first_name firstName lastname customer.name displayName username recipient.name api_key \
                 apiKey private_key secret_key secretAccessKey token.key set-cookie card card.number cardNumber cvv iban date_of_birth jwt",
            ),
            (MANY, "tokens emails addresses names input_tokens customer.phones credentials"),
            (
                Kind::Open,
                "message function function.name agent.name file_name filename hostname table.name __typename \
                 duration_ms amount money price total currency country country_code reason error status \
                 token_type email_verified password_changed_at token.count page url quantity title span",
            ),
            (
                Kind::Identifier,
                "id order.id order_id orderId request.id message.id sku variant.sku barcode gtin hash \
                 token_hash customer.email_hash idempotency_key public_key cursor revision address_id",
            ),
        ] {
            for name in names.split_whitespace() {
                assert_eq!(self::kind(name), kind, "{name}");
            }
        }
    }

    #[test]
    fn a_nameless_value_is_open() {
        assert_eq!((kind(""), kind("._-")), (Kind::Open, Kind::Open));
    }
}
