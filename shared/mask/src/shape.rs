//! What is recognised by its shape in any text.

use regex_lite::{Captures, Regex};
use std::{borrow::Cow, sync::LazyLock};

type Pattern = LazyLock<Option<Regex>>;

/// Keys of known issuers. Distinctive beginnings are found inside longer words too.
static KEYS: Pattern = Pattern::new(|| {
    Regex::new(
        r"(?x)
        shp(?:at|ca|pa|ss|ua|tka)_[A-Za-z0-9_]+                          # Shopify
        | whsec_[A-Za-z0-9+/=]+                                          # webhook secrets
        | github_pat_[A-Za-z0-9_]+ | gh[a-z]_[A-Za-z0-9]{20,}            # GitHub
        | eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?      # JSON Web Tokens
        | hooks\.slack\.com/[A-Za-z0-9/]+                                # Slack webhooks
        | xox[a-z]-[A-Za-z0-9-]+ | xapp-[A-Za-z0-9-]+                    # Slack
        ",
    )
    .ok()
});

/// Keys whose beginning may be the end of a word (`task-12345678`). `\\[nrt]`: an escaped line break or tab.
static SHORT_KEYS: Pattern = Pattern::new(|| {
    Regex::new(
        r"(?x)(^|[^A-Za-z0-9]|\\[nrt])(?:
        sk-[A-Za-z0-9_-]{6,}                                             # OpenAI
        | [prs]k_(?:live|test)_[A-Za-z0-9]+ | pk_[0-9a-f]{16,}           # Stripe, Klaviyo
        | SG\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]+                          # SendGrid
        | A[KS]IA[A-Z0-9]{12,}                                           # AWS
        | EAA[A-Za-z0-9]{20,}                                            # Meta
        | AIza[A-Za-z0-9_-]{20,} | ya29\.[A-Za-z0-9_-]+                  # Google
        )",
    )
    .ok()
});

/// `bearer abc`, `Bearer: abc`.
static BEARER: Pattern = Pattern::new(|| Regex::new(r#"(?i)\b(bearer[\s:=]+)([^\s"',;()\[\]{}<>]+)"#).ok());

/// `https://user:password@host`.
static USERINFO: Pattern = Pattern::new(|| Regex::new(r#"(://)[^/?#\s"'@]+@"#).ok());

/// Anything with an at sign (`%40` in a URL) between a word and a domain. Letters of all languages count.
static EMAIL: Pattern = Pattern::new(|| {
    Regex::new(
        r#"(?x)
        [^\s@<>()\[\]{}"`,;:=/\\|?&\#!*]+ (?:@|%40)
        [^\s@<>()\[\]{}"'`,;:=/\\|?&\#!*.%]+ (?:\.[^\s@<>()\[\]{}"'`,;:=/\\|?&\#!*.%]+)*
        \.[^\s\d@<>()\[\]{}"'`,;:=/\\|?&\#!*.%-][^\s@<>()\[\]{}"'`,;:=/\\|?&\#!*.%]+"#,
    )
    .ok()
});

/// International numbers (`+`, `%2B` in a URL, or `tel:`, then 8 to 15 digits) and Dutch-style national ones
/// (`06-12345678`, `020 123 4567`). Other national numbers cannot be told from ids without their field.
static PHONE: Pattern = Pattern::new(|| {
    Regex::new(
        r"(?x)(^|[^A-Za-z0-9+]|\\[nrt])(
        (?:\+|%2B|tel:\+?)\ ?\(?\d(?:[\ \u{a0}.()/-]{0,2}\d){7,14}
        | 06[\ -]?\d(?:\ ?\d){7}\b
        | 0[1-9]\d{0,2}[\ -]\d(?:\ ?\d){5,6}\b
        )",
    )
    .ok()
});

/// Credentials become `[token]`.
pub(super) fn credentials(text: &str) -> Option<String> {
    let bearer = |found: &Captures<'_>| match found.get(2).map_or("", |word| word.as_str()) {
        "[redacted]" | "[token]" => whole(found),
        word if is_prose(word) => whole(found),
        _ => format!("{}[token]", first(found)),
    };
    let start = Cow::Borrowed(text);
    let masked = replace(&USERINFO, start, |found| format!("{}[redacted]@", first(found)));
    let masked = replace(&BEARER, masked, bearer);
    let masked = replace(&KEYS, masked, |_| "[token]".to_owned());
    owned(replace(&SHORT_KEYS, masked, |found| format!("{}[token]", first(found))))
}

/// E-mail addresses become `[email]`.
pub(super) fn emails(text: &str) -> Option<String> {
    if !text.contains('@') && !text.contains("%40") {
        return None;
    }
    owned(replace(&EMAIL, Cow::Borrowed(text), |_| "[email]".to_owned()))
}

/// Phone numbers become `[phone]`.
pub(super) fn phones(text: &str) -> Option<String> {
    if text.bytes().filter(u8::is_ascii_digit).count() < 8 {
        return None;
    }
    owned(replace(&PHONE, Cow::Borrowed(text), |found| {
        match found.get(2).is_some_and(|number| is_decimal(number.as_str())) {
            true => whole(found),
            false => format!("{}[phone]", first(found)),
        }
    }))
}

/// `bearer token`, `bearer of`: a short word in small letters is no token.
fn is_prose(word: &str) -> bool {
    word.len() < 8 && word.chars().all(|c| c.is_ascii_lowercase())
}

/// `+12345678.90` is a sum with its sign, not a phone number.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let sum = text.trim_start_matches('+');
    sum.split_once('.').is_some_and(|(whole, part)| digits(whole) && digits(part) && part.len() <= 4)
}

fn replace<'a>(pattern: &Pattern, text: Cow<'a, str>, with: impl Fn(&Captures<'_>) -> String) -> Cow<'a, str> {
    let Some(pattern) = pattern.as_ref() else {
        return text;
    };
    match pattern.replace_all(&text, with) {
        Cow::Owned(masked) => Cow::Owned(masked),
        Cow::Borrowed(_) => text,
    }
}

fn owned(text: Cow<'_, str>) -> Option<String> {
    match text {
        Cow::Owned(masked) => Some(masked),
        Cow::Borrowed(_) => None,
    }
}

fn first<'a>(found: &'a Captures<'_>) -> &'a str {
    found.get(1).map_or("", |group| group.as_str())
}

fn whole(found: &Captures<'_>) -> String {
    found.get(0).map_or("", |all| all.as_str()).to_owned()
}
