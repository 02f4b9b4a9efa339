//! Signatures: Base64 of the HMAC-SHA256 of the body's very bytes, under the app's client secret.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Whether one of the secrets (parted by white space) made `signature` of `body`. How long it takes does not depend on
/// how much of a signature is right.
pub(crate) fn is_signed(secrets: &str, body: &[u8], signature: Option<&str>) -> bool {
    let Some(tag) = signature.and_then(|text| STANDARD.decode(text.trim()).ok()) else {
        return false;
    };
    let made = |secret: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        hmac::verify(&key, body, &tag).is_ok()
    };
    secrets.split_whitespace().any(made)
}

#[cfg(test)]
mod tests {
    use super::is_signed;

    /// The example that Shopify's own library is tested with.
    const BODY: &[u8] = br#"{"foo": "bar"}"#;
    const TAG: &str = "B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=";

    #[test]
    fn a_whole_order_is_signed_as_the_shops_own_library_accepts_it() {
        // accepted by `webhooks.validate` of the npm package `@shopify/shopify-api` 13.1.0
        let order = include_bytes!("../../../../../events/shopify/orders__create.json");
        assert!(is_signed("test_secret_key", order, Some("Mj53NoeqneGI1eiAFaupVl6IbBP92aJvxM4I0yfVeys=")));
    }

    #[test]
    fn the_published_example_is_accepted_with_any_of_the_secrets_and_nothing_else_is() {
        assert!(is_signed("test_secret_key", BODY, Some(TAG)));
        assert!(is_signed("new_secret test_secret_key", BODY, Some(TAG)));
        let hexadecimal = "076ded5cdebcd60674a8858d46b82dcc113d5d20e8e726b94bac1f9a1bb76bb8";
        for (secret, body, tag) in [
            ("other", BODY, Some(TAG)),
            ("test_secret_key", br#"{"foo":"bar"}"#.as_slice(), Some(TAG)),
            ("test_secret_key", BODY, Some(hexadecimal)),
            ("test_secret_key", BODY, Some("")),
            ("test_secret_key", BODY, Some("B23tXN681gZ0qIWNRrgtzA==")),
            ("test_secret_key", BODY, None),
            ("", BODY, Some(TAG)),
        ] {
            assert!(!is_signed(secret, body, tag), "{secret} {tag:?}");
        }
    }
}
